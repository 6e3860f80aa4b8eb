// Refreshes the sizes in lib/model/catalog/hub-models.ts from the hub: npx tsx scripts/models/refresh-catalog.ts [hub's address]
// What a download is verified by is asked of the hub each time; these are what the reader is told before.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { HUB_MODELS } from '../../lib/model/catalog/hub-models.ts';
import { HUB, readRepository } from '../../lib/model/hub/hub.ts';

const SOURCE = fileURLToPath(new URL('../../lib/model/catalog/hub-models.ts', import.meta.url));

/** `source` with the size of every file that the hub knows; of each other model the reason is told, and its size stays. */
export async function refreshSizes(
  source: string,
  hub: string,
  leftOut: (id: string, reason: string) => void,
): Promise<string> {
  const { signal } = new AbortController();
  let refreshed = source;
  for (const { id, origin } of HUB_MODELS) {
    if (origin.kind !== 'hub') continue;
    try {
      const { files } = await readRepository(origin.repository, hub, { signal });
      const file = files.find(({ path }) => path === origin.file);
      if (!file?.sha256) throw new Error(`${origin.repository} has no ${origin.file} with a hash`);
      const size = new RegExp(`(file: '${origin.file.replaceAll('.', '\\.')}',\\s+approximateBytes: )[\\d.e]+`);
      refreshed = refreshed.replace(size, `$1${file.bytes}`);
    } catch (error) {
      leftOut(id, String(error));
    }
  }
  return refreshed;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const before = readFileSync(SOURCE, 'utf8');
  const told = (id: string, reason: string) => console.error(`${id}: ${reason}`);
  const after = await refreshSizes(before, process.argv[2] ?? HUB, told);
  writeFileSync(SOURCE, after);
  console.log(after === before ? 'Nothing has changed' : 'Refreshed');
}
