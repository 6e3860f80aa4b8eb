// How many tokens a text may take on a server, whose tokenizer nobody knows. Never far too few: what is too long is cut there unseen.

/** Letters of a word that current vocabularies take in one token, in a script that they know well. */
const LATIN_LETTERS = 3;

/** An upper estimate, about half more than the real number for English prose. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  // The space before a word is part of its token.
  for (const [run] of text.matchAll(/ ?[A-Za-z]+| ?\p{L}+|\s+|[^\p{L}\s]/gu)) {
    const word = run.trimStart();
    if (/^[A-Za-z]/.test(word)) tokens += Math.ceil(word.length / LATIN_LETTERS);
    else if (/^\p{L}/u.test(word)) tokens += letters(word);
    else if (word === '') tokens += 1;
    else tokens += run.codePointAt(0)! > 0xffff ? 3 : 1;
  }
  return tokens;
}

/** Of other scripts: accented Latin and Cyrillic one a letter at most, the rest by their bytes. */
function letters(run: string): number {
  let tokens = 0;
  for (const letter of run) tokens += letter.codePointAt(0)! < 0x800 ? 0.75 : 1.5;
  return Math.ceil(tokens);
}
