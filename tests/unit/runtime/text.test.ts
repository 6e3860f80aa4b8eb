import { describe, expect, it } from 'vitest';
import { DraftLength } from '../../../lib/model/runtime/draft-length.ts';
import { PromptLookup } from '../../../lib/model/runtime/prompt-lookup.ts';
import { mulberry32 } from '../../../lib/model/runtime/random.ts';
import { endsInLoop } from '../../../lib/model/runtime/repetition.ts';
import { Sampler } from '../../../lib/model/runtime/sampler.ts';
import { StopStrings } from '../../../lib/model/runtime/stop-strings.ts';
import { TextStream } from '../../../lib/model/runtime/text-stream.ts';

const TEXTS = [
  'Plain words, and a line\nand another.',
  'これは日本語の文章です。ガギグゲゴ パピプペポ',
  'か\u3099き\u3099', // kana with combining marks
  'ภาษาไทยที่มีสระและวรรณยุกต์',
  '👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇩🇪🇫🇷 e\u0301 ñ',
  'مرحبا بالعالم שלום',
  '한국어 \r\n 中文\u{20000}',
];
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

describe('TextStream', () => {
  it('gives the same text however the bytes are cut, never half a grapheme', () => {
    const random = mulberry32(1);
    for (const text of TEXTS) {
      const bytes = new TextEncoder().encode(text);
      const boundaries = new Set([...graphemes.segment(text)].map(({ index }) => index).concat(text.length));
      for (let round = 0; round < 50; round++) {
        const stream = new TextStream();
        let out = '';
        for (let i = 0; i < bytes.length;) {
          const end = Math.min(bytes.length, i + 1 + Math.floor(random() * 4));
          out += stream.push(bytes.subarray(i, end));
          i = end;
          expect(boundaries).toContain(out.length);
        }
        expect(out + stream.flush()).toBe(text);
      }
    }
  });

  it('shows Japanese as it comes', () => {
    const stream = new TextStream();
    const tokens = Array.from(TEXTS[1]).map((character) => new TextEncoder().encode(character));
    const updates = tokens.filter((token) => stream.push(token) !== '').length;
    expect(updates).toBeGreaterThan(tokens.length / 2);
  });

  it('never gives a replacement character, and drops what is no text', () => {
    const stream = new TextStream();
    const bytes = [...new TextEncoder().encode('a'), 0xff, 0xc3, ...new TextEncoder().encode('b'), 0xf0, 0x9f, 0x91];
    const out = stream.push(Uint8Array.from(bytes)) + stream.flush();
    expect(out).toBe('ab');
  });

  it('does not wait for the end of a cluster that has none', () => {
    const stream = new TextStream();
    let out = '';
    for (let i = 0; i < 500; i++) out += stream.push(new TextEncoder().encode(i === 0 ? 'a' : '\u0301'));
    expect(out.length).toBeGreaterThan(400);
    expect(out + stream.flush()).toBe(`a${'\u0301'.repeat(499)}`);
  });
});

describe('StopStrings', () => {
  it('cuts before the first stop string, whatever the pieces', () => {
    const text = 'One sentence. And ####\n more';
    for (let size = 1; size < 8; size++) {
      const stops = new StopStrings(['####', '###\n', 'never']);
      let out = '';
      for (let i = 0; i < text.length; i += size) {
        const piece = stops.push(text.slice(i, i + size));
        out += piece.text;
        if (piece.stopped) break;
      }
      expect(out).toBe('One sentence. And ');
    }
  });

  it('holds back only what may become one', () => {
    const stops = new StopStrings(['END']);
    expect(stops.push('the E')).toEqual({ text: 'the ', stopped: false });
    expect(stops.push('N')).toEqual({ text: '', stopped: false });
    expect(stops.push('d')).toEqual({ text: 'ENd', stopped: false });
    expect(stops.push('EN').text + stops.flush()).toBe('EN');
  });
});

describe('Sampler', () => {
  const logits = () => Float32Array.from([1, 3, 2, -1, 2.5, -20]);
  const draws = (sampling: ConstructorParameters<typeof Sampler>[0], count = 4000) => {
    const sampler = new Sampler({ seed: 3, ...sampling });
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < count; i++) counts[sampler.pick(logits())]++;
    return counts.map((n) => n / count);
  };

  it('is greedy without a temperature', () => {
    expect(new Sampler().pick(logits())).toBe(1);
    expect(new Sampler({ topK: 3, seed: 1 }).pick(logits())).toBe(1);
  });

  it('draws by probability', () => {
    const exp = logits().map(Math.exp);
    const sum = exp.reduce((a, b) => a + b);
    draws({ temperature: 1 }).forEach((share, i) => expect(Math.abs(share - exp[i] / sum)).toBeLessThan(0.03));
  });

  it('keeps to top-k, top-p and min-p', () => {
    expect(draws({ temperature: 2, topK: 2 }).map((share) => share > 0)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(draws({ temperature: 1, topP: 0.5 }).map((share) => share > 0)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(draws({ temperature: 1, minP: 0.3 })[0]).toBe(0);
    expect(draws({ temperature: 1, minP: 0.3 })[2]).toBeGreaterThan(0);
    expect(draws({ temperature: 1, topP: 0 })[1]).toBe(1);
  });

  it('penalizes what has been said', () => {
    const sampler = new Sampler({ repetitionPenalty: 1.5 });
    expect(sampler.pick(logits())).toBe(1);
    sampler.observe([1]);
    expect(sampler.pick(logits())).toBe(4);
  });
});

describe('PromptLookup', () => {
  it('drafts what followed the longest and latest match', () => {
    const lookup = new PromptLookup([1, 2, 3, 4, 5, 9, 2, 3, 6, 7, 1, 2, 3]);
    expect(lookup.draft(3)).toEqual([4, 5, 9]); // 1 2 3 before, though 2 3 came later with 6
    lookup.append(8);
    expect(lookup.draft(3)).toEqual([]);
    for (const id of [0, 2, 3]) lookup.append(id);
    expect(lookup.draft(2)).toEqual([8, 0]);
  });
});

describe('DraftLength', () => {
  const run = (accepted: (drafted: number) => number, ms: (drafted: number) => number) => {
    const lengths = new DraftLength();
    return Array.from({ length: 200 }, () => {
      const drafted = lengths.next();
      lengths.observe(drafted, Math.min(drafted, accepted(drafted)), ms(drafted));
      return drafted;
    });
  };

  it('drafts much where drafts hold, nothing where they cost more than they bring', () => {
    expect(
      run(
        (n) => n,
        (n) => 10 + n,
      ).at(-1),
    ).toBe(7);
    const never = run(
      () => 0,
      (n) => 10 + n,
    );
    expect(never.slice(20).filter((n) => n > 0).length).toBeLessThan(12);
    const costly = run(
      (n) => n - 1,
      (n) => 10 * (n + 1),
    );
    expect(costly.slice(50).filter((n) => n > 0).length).toBeLessThan(20);
  });
});

describe('endsInLoop', () => {
  it('sees loops, not lists', () => {
    expect(endsInLoop(new Array<number>(30).fill(5))).toBe(true);
    const sentence = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(endsInLoop([...sentence, ...sentence, ...sentence, ...sentence])).toBe(true);
    expect(endsInLoop([...sentence, ...sentence, ...sentence])).toBe(false);
    const list = [1, 2, 3, 4, 5, 6].flatMap((item) => [90, 91, item, 92, 93]);
    expect(endsInLoop(list)).toBe(false);
  });
});
