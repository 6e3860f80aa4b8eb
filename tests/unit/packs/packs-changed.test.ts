import { expect, test, vi } from 'vitest';
import { onPacksChanged, sayPacksChanged } from '../../../lib/model/packs/packs-changed.ts';

test('who listens hears of every change, until the end of it', async () => {
  const [staying, leaving] = [vi.fn(), vi.fn()];
  const ends = [onPacksChanged(staying), onPacksChanged(leaving)];
  sayPacksChanged();
  await vi.waitFor(() => expect(staying).toHaveBeenCalledTimes(1));
  expect(leaving).toHaveBeenCalledTimes(1);
  ends[1]();
  sayPacksChanged();
  await vi.waitFor(() => expect(staying).toHaveBeenCalledTimes(2));
  expect(leaving).toHaveBeenCalledTimes(1);
  ends[0]();
});
