// Writes what other programs make of fixed conversations with a family's own tokenizer and chat template, beside as much of its
// vocabulary as these need: `npx tsx scripts/models/golden-prompts.ts <folder with tokenizer.json and tokenizer_config.json> <source> <pre>`.
// Ids are those of Hugging Face's tokenizers, the prompt that of its template, thinking off. Contents are such as both read alike:
// composed (NFC) and trimmed, as some tokenizers there compose and some templates trim, while llama.cpp and Inkling take text as it is.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Template } from '@huggingface/jinja';
import { Tokenizer } from '@huggingface/tokenizers';
import { HARD_STRINGS } from '../../tests/reference/hard-strings.ts';
import type { GoldenPrompts } from '../../tests/reference/golden/golden-prompts.ts';

const [folder, source, pre] = process.argv.slice(2);
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
const tokenizerFile = read('tokenizer.json') as {
  model: { vocab: Record<string, number>; merges: (string | [string, string])[] };
  added_tokens: { id: number; content: string }[];
};
const config = read('tokenizer_config.json') as { chat_template: string; bos_token: string | null; eos_token: string };
const tokenizer = new Tokenizer(tokenizerFile, config);
const template = new Template(config.chat_template);

const CONVERSATIONS: GoldenPrompts['prompts'][number]['messages'][] = [
  [{ role: 'user', content: 'Summarize the text in one sentence.\n\n"""\nThe bridge opened in 1962.\n"""' }],
  [
    { role: 'system', content: 'You answer from the text alone.' },
    { role: 'user', content: hardText() },
  ],
  [
    { role: 'user', content: 'Who built it?' },
    { role: 'assistant', content: 'A company of Varden, in 1,254 days.' },
    { role: 'user', content: '¿Y cuánto costó? 多少钱？ 😀' },
  ],
];

const prompts = CONVERSATIONS.map((messages) => {
  const text = template.render({
    messages,
    add_generation_prompt: true,
    enable_thinking: false,
    bos_token: config.bos_token ?? '',
    eos_token: config.eos_token,
  });
  return { messages, text, ids: tokenizer.encode(text, { add_special_tokens: false }).ids };
});

const { vocab, merges } = tokenizerFile.model;
const alphabet = byteAlphabet();
/** Every prompt in the vocabulary's letters: what is no part of it plays no part in it. */
const spelled = prompts.map(({ text }) => Array.from(Buffer.from(text), (byte) => alphabet[byte]).join('')).join(' ');
const isNeeded = (token: string) => token.length === 1 || spelled.includes(token);
const added = tokenizerFile.added_tokens.filter(({ content }) => prompts.some(({ text }) => text.includes(content)));
const golden: GoldenPrompts = {
  source,
  pre,
  bos: config.bos_token,
  eos: config.eos_token,
  chatTemplate: config.chat_template,
  control: Object.fromEntries(added.map(({ content, id }) => [content, id])),
  tokens: Object.fromEntries(Object.entries(vocab).filter(([token]) => isNeeded(token))),
  merges: merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' '))).filter(isMergeNeeded),
  prompts: prompts.map(({ messages, ids }) => ({ messages, ids })),
};
const file = resolve(import.meta.dirname, `../../tests/reference/golden/${pre}.json`);
writeFileSync(file, `${JSON.stringify(golden)}\n`);
console.log(`${file}: ${Object.keys(golden.tokens).length} tokens, ${golden.merges.length} merges`);

/** But for what looks like a control token: there it would become one, here it never does. */
function hardText(): string {
  const texts = Object.values(HARD_STRINGS).filter((text) => !text.includes('<|'));
  return texts.join('\n\n').normalize('NFC').trim();
}

function isMergeNeeded(merge: string): boolean {
  return spelled.includes(merge.replace(' ', ''));
}

/** https://github.com/openai/gpt-2/blob/master/src/encoder.py (bytes_to_unicode) */
function byteAlphabet(): string[] {
  let shifted = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(isPrintable ? byte : shifted++);
  });
}
