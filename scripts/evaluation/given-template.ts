// A GGUF file with a chat template in its head: base models have none, and without one nothing can be asked of them here.

/** All known files are aligned to this or to less. */
const ALIGNMENT_BYTES = 32;
/** After the magic number, the version and the number of tensors. */
const COUNT_AT = 16;
const PAIRS_AT = 24;
const STRING = 8;

/** The same file with `tokenizer.chat_template`, of a file that has none. `template` is Jinja. */
export function withChatTemplate(gguf: Uint8Array, template: string): Uint8Array<ArrayBuffer> {
  const key = new TextEncoder().encode('tokenizer.chat_template');
  // Everything behind it moves by a multiple of the alignment, so that no offset changes: a comment fills the template up.
  const fixed = 8 + key.length + 4 + 8;
  const bare = new TextEncoder().encode(`${template}{##}`).length;
  const fill = (ALIGNMENT_BYTES - ((fixed + bare) % ALIGNMENT_BYTES)) % ALIGNMENT_BYTES;
  const value = new TextEncoder().encode(`${template}{#${' '.repeat(fill)}#}`);
  const pair = new Uint8Array(fixed + value.length);
  const view = new DataView(pair.buffer);
  view.setBigUint64(0, BigInt(key.length), true);
  pair.set(key, 8);
  view.setUint32(8 + key.length, STRING, true);
  view.setBigUint64(12 + key.length, BigInt(value.length), true);
  pair.set(value, fixed);

  const result = new Uint8Array(gguf.length + pair.length);
  result.set(gguf.subarray(0, PAIRS_AT));
  result.set(pair, PAIRS_AT);
  result.set(gguf.subarray(PAIRS_AT), PAIRS_AT + pair.length);
  const head = new DataView(result.buffer);
  head.setBigUint64(COUNT_AT, head.getBigUint64(COUNT_AT, true) + 1n, true);
  return result;
}
