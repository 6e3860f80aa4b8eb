// Characters that nobody sees go, those that a script needs stay.
import { describe, expect, it } from 'vitest';
import { collapse, collapseLines, countCharacters, stripInvisible } from '../../../lib/page/text.ts';

describe('stripInvisible', () => {
  it('takes out zero-width, bidi and tag characters, and counts them', () => {
    const smuggled = 'go\u200bod \u202ekcab\u2066 \u{e0049}\u{e0067}\u{e006e}end\ufeff';
    expect(stripInvisible(smuggled)).toEqual({ text: 'good kcab end', removed: 7 });
  });

  it('takes out soft hyphens and icon fonts without calling them hidden', () => {
    expect(stripInvisible('wind\u00admill \uf015')).toEqual({ text: 'windmill ', removed: 0 });
  });

  it('keeps joiners where Persian, Hindi and emoji need them, and takes them from Latin', () => {
    for (const text of ['می\u200cخواهم', 'क्\u200dष', '👩\u200d👩\u200d👧', '🏳️\u200d🌈', '❤️']) {
      expect(stripInvisible(text)).toEqual({ text, removed: 0 });
    }
    expect(stripInvisible('pass\u200dword').text).toBe('password');
  });

  it('leaves plain text of every script as it is', () => {
    for (const text of [
      'Grüße, naïve – “ok”…',
      '日本語、ひらがな。',
      '中文，标点。',
      'ภาษาไทย',
      'עברית',
      '한국어',
      '1 € = 1.08 $',
    ]) {
      expect(stripInvisible(text)).toEqual({ text, removed: 0 });
    }
  });
});

describe('white space', () => {
  it('collapses to one line, composed', () => {
    expect(collapse('  a\u00a0\n\tb  cafe\u0301 ')).toBe('a b café');
  });

  it('keeps the lines of code', () => {
    expect(collapseLines('\n\na {\r\n  b  \n\n\n\n}\n')).toBe('a {\n  b\n\n}');
  });

  it('counts as the collapsed text is long', () => {
    for (const text of ['', '   ', ' a  b ', 'one\n two\tthree', 'x'])
      expect(countCharacters(text)).toBe(collapse(text).length);
  });
});
