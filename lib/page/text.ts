// What counts as text: characters that nobody sees are taken out, whitespace collapses, the rest is NFC.
// Pure functions over strings.

/**
 * Characters that carry instructions past a reader's eyes: bidi controls, zero-width characters, Unicode tags, the
 * supplementary variation selectors. A joiner stays where a script or an emoji needs it (Persian, Hindi, families).
 */
const SMUGGLED =
  /[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|(?<![\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}])[\u200c\u200d]/gu;

/** Characters without meaning in plain text, in everyday use: soft hyphens, icon fonts, control characters. */
const MEANINGLESS =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\ue000-\uf8ff]|[\u{f0000}-\u{10ffff}]/gu;

/** True for almost all text: nothing in it that either expression could match. */
const PLAIN = /^[\t-\r -~\u00a0-\u00ac\u00ae-\u0233\u2010-\u2027\u2030-\u205e\u3000-\u3163\u4e00-\u9fff]*$/;

/** The text without characters that cannot be seen, and how many of them were put there to hide something. */
export function stripInvisible(text: string): { text: string; removed: number } {
  if (PLAIN.test(text)) return { text, removed: 0 };
  let removed = 0;
  const kept = text.replace(SMUGGLED, () => {
    removed += 1;
    return '';
  });
  return { text: kept.replace(MEANINGLESS, ''), removed };
}

/** One line: NFC, whitespace (no-break spaces too) collapsed to single spaces, trimmed. */
export function collapse(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Preformatted text: NFC, line breaks and indentation kept, trailing space and empty edges dropped. */
export function collapseLines(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+$/gmu, '')
    .replace(/^\n+|\n+$/g, '')
    .replace(/\n{3,}/g, '\n\n');
}

/** Characters of a text that could be read: each run of whitespace between words counts once. */
export function countCharacters(text: string): number {
  let count = 0;
  let spaced = true;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isSpace = code === 32 || (code >= 9 && code <= 13) || code === 160;
    if (!isSpace || !spaced) count += 1;
    spaced = isSpace;
  }
  return spaced && count > 0 ? count - 1 : count;
}

/** Text from outside the page's body (metadata, field values), as one clean line. */
export function cleanLine(text: string): string {
  return collapse(stripInvisible(text).text);
}
