// GPT-2's alphabet: every byte as one printable character, so that BPE works on strings.
// https://github.com/openai/gpt-2/blob/master/src/encoder.py (bytes_to_unicode)

const BYTE_OF_CHARACTER = new Map<string, number>();
for (let byte = 0, shifted = 256; byte < 256; byte++) {
  const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  BYTE_OF_CHARACTER.set(String.fromCharCode(printable ? byte : shifted++), byte);
}

/** The bytes that a token of this alphabet stands for; `undefined` if it has other characters. */
export function byteLevelBytes(token: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = BYTE_OF_CHARACTER.get(token[i]);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}
