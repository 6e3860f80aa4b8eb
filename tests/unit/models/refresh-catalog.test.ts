import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HUB_MODELS } from '../../../lib/model/catalog/hub-models.ts';
import { refreshSizes } from '../../../scripts/models/refresh-catalog.ts';
import { openHub } from '../../fakes/hub.ts';

test('of the models that the hub knows, the sizes are as it says; of the others they stay, and it is told', async () => {
  const [first, ...others] = HUB_MODELS;
  if (first.origin.kind !== 'hub') throw new Error('not of the hub');
  const { repository, file } = first.origin;
  const hub = await openHub({ repository, files: new Map([[file, Buffer.alloc(12_345)]]) });
  const source = readFileSync('lib/model/catalog/hub-models.ts', 'utf8');
  const leftOut: string[] = [];
  const refreshed = await refreshSizes(source, hub.url, (id) => leftOut.push(id));
  await hub.close();
  expect(leftOut).toEqual(others.map(({ id }) => id));
  const changed = refreshed.split('\n').filter((line, i) => line !== source.split('\n')[i]);
  expect(changed.map((line) => line.trim())).toEqual(['approximateBytes: 12345,']);
});
