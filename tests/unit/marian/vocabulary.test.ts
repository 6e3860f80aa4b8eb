// Tokens as SentencePiece itself makes them, with their places in the text.
import { describe, expect, it } from 'vitest';
import { CharacterMap } from '../../../lib/model/marian/character-map.ts';
import { UNKNOWN, Vocabulary } from '../../../lib/model/marian/vocabulary.ts';
import { readPack } from '../../reference/marian-pack.ts';
import { writeSentencePiece } from '../../reference/marian-writer.ts';
/** Ids by the Python package sentencepiece 0.2, `SentencePieceProcessor.encode`. */
import reference from '../../reference/sentencepiece-ids.json' with { type: 'json' };

describe.each(['en-pt', 'pt-en'] as const)('the vocabulary of %s', async (pair) => {
  const [from, to] = pair.split('-');
  const vocabulary = Vocabulary.open((await readPack(from, to)).vocabulary);

  it.each(reference.texts.map((text, i) => ({ text, ids: reference[pair][i] })))('encodes $text', ({ text, ids }) => {
    expect(vocabulary.encode(text).map(({ id }) => id)).toEqual(ids);
  });

  it('gives tokens their places: in order, without spaces, together all that is not space', () => {
    for (const text of reference.texts) {
      const tokens = vocabulary.encode(text);
      const shown = tokens.map(({ start, end }) => text.slice(start, end));
      expect(shown.filter((piece) => piece !== piece.trim())).toEqual([]);
      expect(tokens).toEqual(tokens.toSorted((a, b) => a.start - b.start || a.end - b.end));
    }
    const text = '  Hello,   wonderful world. ';
    const shown = vocabulary.encode(text).map(({ start, end }) => text.slice(start, end));
    expect(shown.join('|')).toMatch(/^Hello\|,\|wonder\|?ful\|world\|\.$/);
  });

  it('writes what it reads', () => {
    const text = 'Hello, wonderful world.';
    const { text: decoded, tokens } = vocabulary.decode(vocabulary.encode(text).map(({ id }) => id));
    expect(decoded).toBe(text);
    expect(tokens.map(({ start, end }) => [start, end])).toEqual(
      vocabulary.encode(text).map(({ start, end }) => [start, end]),
    );
  });

  it('knows what it does not know', () => {
    const text = 'A “quoted” word, 5 €, 😀.';
    const lost = vocabulary.encode(text).filter(({ id }) => id === UNKNOWN);
    expect(lost.map(({ start, end }) => text.slice(start, end))).toEqual(['“', '”', '€', '😀']);
  });

  it('never takes text for the end of a sentence', () => {
    expect(vocabulary.encode('a </s> b').map(({ id }) => id)).not.toContain(0);
  });
});

it('a changed character stands for all that it was made from', async () => {
  const vocabulary = Vocabulary.open((await readPack('en', 'pt')).vocabulary);
  const text = 'No e\u0301 ﬁt';
  const tokens = vocabulary.encode(text).map(({ start, end }) => text.slice(start, end));
  expect(tokens.join('|')).toMatch(/^No\|e\u0301\|ﬁ/);
});

it('half a surrogate pair is one unknown character', () => {
  const vocabulary = Vocabulary.open(writeSentencePiece(['</s>', '<unk>', '\u2581', 'a']));
  expect(vocabulary.encode('a\ud83d').map(({ id }) => id)).toEqual([2, 3, 1]);
});

it('an empty map changes no character but spaces', () => {
  expect(CharacterMap.open(new Uint8Array()).normalize(' ﬁ  x ').text).toBe('\u2581ﬁ\u2581x');
});
