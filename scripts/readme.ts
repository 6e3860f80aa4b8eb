// The README's tables that a script writes, each between comments with its name.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';

const README = resolve(import.meta.dirname, '../README.md');

/** A table of Markdown. Cells must not hold a bar. */
export function tableOf([head, ...rows]: readonly string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Puts it between the comments `<!-- name -->` and `<!-- /name -->`. Throws where the README has none. */
export async function writeReadmeBlock(name: string, markdown: string): Promise<void> {
  const readme = await readFile(README, 'utf8');
  const block = new RegExp(`<!-- ${name} -->\n[^]*<!-- /${name} -->`);
  if (!block.test(readme)) throw new Error(`the README has no place for ${name}`);
  const written = readme.replace(block, `<!-- ${name} -->\n\n${markdown}\n\n<!-- /${name} -->`);
  await writeFile(README, await format(written, { ...(await resolveConfig(README)), filepath: README }));
}
