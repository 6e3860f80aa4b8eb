// Makes lib/model/packs/snapshot.ts anew: npx tsx scripts/packs/snapshot.ts > lib/model/packs/snapshot.ts
// Takes the models' bucket as it is now, and the hashes from Firefox's records. Packs that differ from it go on working.
import { pathToFileURL } from 'node:url';
import { fromBucketTag, ROLES, type CataloguePack } from '../../lib/model/packs/catalogue.ts';
import { findInIndex } from '../../lib/model/packs/live-index.ts';
import { fillFromRecords } from '../../lib/model/packs/records.ts';
import { baseUrl, RECORDS_URL } from '../../lib/model/packs/server.ts';

interface Index {
  generated: string;
  models: Record<string, unknown>;
}

/** The text of the file. A pair without a released model of a known kind, or whose files do not answer, is left out and named. */
export async function makeSnapshot(
  base: string,
  recordsUrl: string,
  leftOut: (pair: string, reason: string) => void,
): Promise<string> {
  const index = (await readJson(`${base}db/models.json`)) as Index;
  const records = await readJson(recordsUrl);
  const lines: string[] = [];
  for (const pair of Object.keys(index.models).sort()) {
    const [from, to] = pair.split('-').map(fromBucketTag);
    const pack = findInIndex(index, { from, to });
    try {
      if (!pack) throw new Error('no model of a known kind');
      lines.push(await snapshotLine(pair, fillFromRecords(pack, records), base));
    } catch (error) {
      leftOut(pair, String(error));
    }
  }
  return `// The language packs of Firefox Translations, one line a direction. Made by scripts/packs/snapshot.ts from the bucket's index of
// ${index.generated.slice(0, 10)} and from Firefox's records. Columns: pair (as the bucket spells it), architecture, training run, then of model,
// shortlist, vocabulary and, where it has its own, target vocabulary: compressed bytes / bytes / SHA-256, \`?\` where not known.
export const SNAPSHOT = \`
${lines.join('\n')}
\`;
`;
}

async function snapshotLine(pair: string, { architecture, files }: CataloguePack, base: string): Promise<string> {
  const run = /^models\/[^/]+\/([^/]+)\/exported\//.exec(files.model.path)?.[1];
  if (!run) throw new Error(`${files.model.path}: not where models are`);
  const columns: string[] = [];
  for (const role of ROLES) {
    const file = files[role];
    if (!file) continue;
    const { ok, status, headers } = await fetch(`${base}${file.path}`, { method: 'HEAD' });
    if (!ok) throw new Error(`${file.path}: status ${status}`);
    columns.push([headers.get('content-length'), file.bytes ?? '?', file.sha256 ?? '?'].join('/'));
  }
  return [pair, architecture, run, ...columns].join(' ');
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  return response.json();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = await makeSnapshot(baseUrl(''), RECORDS_URL, (pair, reason) => console.error(`${pair}: ${reason}`));
  process.stdout.write(text);
}
