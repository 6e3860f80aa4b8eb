// What stands in a text for machines, and is the same in every language: addresses, code, placeholders of templates, tags.
import type { Span } from '../sentences.ts';
import { UNSPACED_SCRIPTS } from '../words.ts';

/** Letters of scripts without spaces stand right beside an address, and are part of it only behind one of its signs: ".../wiki/北京". */
const IN_ADDRESS = String.raw`(?:[^\s<>"“”«»\u3000-\u303f\uff01-\uff65${UNSPACED_SCRIPTS}]|(?<![A-Za-z0-9])[${UNSPACED_SCRIPTS}])`;
const REST_OF_ADDRESS = String.raw`${IN_ADDRESS}*(?![.,;:!?)\]}'’…])${IN_ADDRESS}`;
const ADDRESS = String.raw`(?:https?|ftps?|file|chrome|about|mailto):(?:\/\/)?${REST_OF_ADDRESS}|www\.${REST_OF_ADDRESS}`;
const SPACED = `(?![${UNSPACED_SCRIPTS}])`;
const E_MAIL = String.raw`(?:${SPACED}[\p{L}\p{N}._%+-])+@(?:${SPACED}[\p{L}\p{N}-])+(?:\.(?:${SPACED}[\p{L}\p{N}-])+)+`;
const DOMAIN = String.raw`(?<!${SPACED}[\p{L}\p{N}.@-])(?:(?:${SPACED}[\p{L}\p{N}-])+\.)+(?:com|org|net|edu|gov|mil|info|io|co|uk|de|fr|br|pt|es|it|eu|ru|cn|jp|us|ca|au|tv|me|ly|app|dev)(?!${SPACED}[\p{L}\p{N}-])(?:\/${REST_OF_ADDRESS}|\/)?`;
const TEMPLATE = String.raw`\{\{[^{}\n]{0,60}\}\}|\$?\{[\w.:$ -]{0,60}\}|%(?:\d+\$)?(?:\(\w+\))?[-+0#]?\d*(?:\.\d+)?(?:[sdifuxXeEgGc@](?![\p{L}\p{N}]))|<\/?[A-Za-z][\w:-]*(?:\s[^<>\n]{0,200})?\/?>`;
const HANDLE = String.raw`(?<![\p{L}\p{N}_@#&])[@#][\p{L}\p{N}_]+`;
const CODE = [
  // Backquoted, then calls, names with underscores or scopes, options, paths and files.
  '`[^`\\n]{1,120}`',
  String.raw`(?<![\p{L}\p{N}_.])[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)*\(\)`,
  String.raw`(?<![\p{L}\p{N}_])\w*[A-Za-z0-9]_\w+(?![\p{L}])`,
  String.raw`(?<![\p{L}\p{N}_])\w+(?:::\w+)+`,
  String.raw`(?<![\S])--?[a-z][\w-]*(?:=[^\s,;]+)?(?=[\s,.;:)]|$)`,
  String.raw`(?<![\p{L}\p{N}.])(?:~|\.{1,2})?(?:\/[\w.@-]+){2,}\/?|(?<![\p{L}\p{N}])[A-Za-z]:\\[^\s"]+`,
  String.raw`(?<![\p{L}\p{N}_.-])[\w-]+\.(?:js|mjs|ts|tsx|jsx|json|html|css|py|rb|rs|go|java|cpp|sh|txt|md|pdf|zip|tar|gz|png|jpe?g|gif|svg|mp[34]|exe|dll|csv|xml|ya?ml|toml|ini|log|docx?|xlsx?)(?![\p{L}\p{N}_])`,
].join('|');

/** U+FFFC, where something stands in a sentence that is no text but has its part in it: code, a formula, a name left alone. */
export const OBJECT = '\ufffc';
const VERBATIM = new RegExp([ADDRESS, E_MAIL, TEMPLATE, CODE, DOMAIN, HANDLE, OBJECT].join('|'), 'gu');
/** Almost no sentence has any, and this is found much faster. */
const HINT = /[@#{%<`_/\\\ufffc]|[\p{L}\p{N}]\.[\p{L}\p{N}]|::|\(\)|(?:^|\s)--?[a-z]|(?:about|mailto):/u;

export interface Piece extends Span {
  text: string;
}

/** The pieces for machines in a text, in order and disjoint. */
export function verbatimIn(text: string): Piece[] {
  if (!HINT.test(text)) return [];
  return [...text.matchAll(VERBATIM)].map(({ 0: piece, index }) => ({
    text: piece,
    start: index,
    end: index + piece.length,
  }));
}

/** The text with a space in the place of each such piece. */
export function withoutVerbatim(text: string): string {
  return HINT.test(text) ? text.replace(VERBATIM, ' ') : text;
}

/** References to notes, one or more, as encyclopedias set them right behind a word: "[12]", "[note 3]", "[citation needed]". */
export const NOTES = String.raw`(?<=[\p{L}\p{N}.,;:!?)\]”’»])(?:\[[^\[\]\n]{1,24}\])+(?!\p{L})`;
