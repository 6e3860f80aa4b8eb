// Writes a small model of random weights, laid out as on the hub, to a folder: npx tsx scripts/models/tiny-hub-model.ts FOLDER
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tinyHubModel } from '../../tests/reference/tiny-hub-model.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('the folder to write to');
for (const [path, bytes] of await tinyHubModel({ contextLength: 4096 })) {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
}
