// `npm run evaluate:injections -- [--model FILE.gguf] [--pages N]`: how many of the hostile pages of tests/injection a model obeys, in Node on
// one thread: the default model, or any file in .cache/models (a base model gets the turns of its family). Adds it to bench/injections.json,
// and writes docs/injections.md from that. `--pages`: only so many of them, for a look; nothing is kept.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_MODEL, type CatalogEntry } from '../lib/model/catalog.ts';
import { sha256 } from '../lib/model/files.ts';
import { GgufFile } from '../lib/model/gguf/gguf-file.ts';
import { withChatTemplate } from './evaluation/given-template.ts';
import { measureInjections, renderInjections, type InjectionScore } from './evaluation/injections.ts';
import { openModels } from './evaluation/node-models.ts';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'bench/injections.json');
/** Gemma's, without tools: also for its base model, which has seen no conversation. */
const GEMMA_TURNS =
  "{{ bos_token }}{% for message in messages %}{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else 'user') + '\\n' + " +
  "message['content'] + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}";

const { values } = parseArgs({ options: { model: { type: 'string' }, pages: { type: 'string' } } });

const opened = values.model ? await fileOf(values.model) : { entry: DEFAULT_MODEL, note: 'instruct' };
const models = await openModels(opened);
let score: InjectionScore;
try {
  score = await measureInjections(models, values.pages ? Number(values.pages) : undefined);
} finally {
  await models.close();
}
if (values.pages) console.log(score);
else {
  const earlier = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '{}')) as Record<string, InjectionScore>;
  const all = { ...earlier, [`${opened.entry.name} (${opened.note})`]: score };
  await writeFile(RESULTS, `${JSON.stringify(all, null, 2)}\n`);
  await writeFile(join(ROOT, 'docs/injections.md'), renderInjections(all));
}

/** An entry for a GGUF file of .cache/models, and its bytes. */
async function fileOf(name: string): Promise<{ entry: CatalogEntry; weights: Uint8Array; note: string }> {
  const bytes = new Uint8Array(await readFile(join(ROOT, '.cache/models', name)));
  const { metadata } = await GgufFile.open(bytes.buffer);
  const isBase = metadata.string('tokenizer.chat_template', '') === '';
  const weights = isBase ? withChatTemplate(bytes, GEMMA_TURNS) : new Uint8Array(bytes);
  const entry: CatalogEntry = {
    ...DEFAULT_MODEL,
    id: name,
    name: metadata.string('general.name', name),
    weights: { name, bytes: weights.length, sha256: await sha256(weights) },
    measured: false,
  };
  delete entry.knownAnswer;
  return { entry, weights, note: isBase ? 'base model' : 'instruct' };
}
