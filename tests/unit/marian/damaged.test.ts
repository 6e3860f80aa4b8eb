// Damaged files of a pack: each is said to be the model's fault, at once, whatever sizes it claims.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { CharacterMap } from '../../../lib/model/marian/character-map.ts';
import { readConfig } from '../../../lib/model/marian/config.ts';
import { MarianFile } from '../../../lib/model/marian/marian-file.ts';
import { Shortlist } from '../../../lib/model/marian/shortlist.ts';
import { Vocabulary } from '../../../lib/model/marian/vocabulary.ts';
import { writeMarian, writePack } from '../../reference/marian-writer.ts';

const SHAPE = { encoderLayers: 1, decoderLayers: 1, hiddenSize: 32, feedForwardSize: 32, heads: 8 };
const pack = writePack(SHAPE);
const TOKENS = 54;

type Bytes = Uint8Array<ArrayBuffer>;
const openModel = (bytes: Bytes) => {
  const file = MarianFile.open(bytes);
  readConfig(file.configuration);
  file.embeddings('Wemb', TOKENS + 1, SHAPE.hiddenSize);
  file.floats('decoder_ff_logit_out_b', TOKENS + 1);
};
const openShortlist = (bytes: Bytes) => void Shortlist.open(bytes, TOKENS + 1, TOKENS + 1, true);
const openVocabulary = (bytes: Bytes) => void Vocabulary.open(bytes);

const FILES: [string, Bytes, (bytes: Bytes) => void][] = [
  ['the model', pack.model, openModel],
  ['the shortlist', pack.shortlist, openShortlist],
  ['the vocabulary', pack.vocabulary, openVocabulary],
];

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe.each(FILES)('%s', (_, whole, open) => {
  const changed = (change: (view: DataView) => void) => {
    const copy = whole.slice();
    change(new DataView(copy.buffer));
    return copy;
  };

  it('is sound as it was written', () => expect(codeOf(() => open(whole))).toBe('none'));

  it.each([0, 1, 7, 8, 40, 100, whole.length >> 1, whole.length - 4, whole.length - 1])('cut to %i bytes', (length) => {
    expect(codeOf(() => open(whole.slice(0, length)))).toBe('model-corrupt');
  });

  it('is HTML instead', () => {
    const html = new TextEncoder().encode('<!doctype html><title>Not found</title>'.repeat(50));
    expect(codeOf(() => open(html))).toBe('model-corrupt');
  });

  it('claims sizes beyond any memory', () => {
    for (let at = 0; at < 64; at += 8) {
      const code = codeOf(() => open(changed((view) => view.setBigUint64(at, 2n ** 62n, true))));
      expect(['model-corrupt', 'unsupported', 'none']).toContain(code);
    }
  });

  it('has any byte changed: an AppError or a file that can be read, never anything else', () => {
    for (let at = 0; at < Math.min(whole.length, 4000); at += 3) {
      const code = codeOf(() => open(changed((view) => view.setUint8(at, view.getUint8(at) ^ 0xff))));
      expect(['model-corrupt', 'unsupported', 'none']).toContain(code);
    }
  });
});

it('a shortlist with offsets that fall or lead outside selects what there is', () => {
  const copy = pack.shortlist.slice();
  const view = new DataView(copy.buffer);
  for (let id = 0; id <= TOKENS; id++) view.setBigUint64(48 + 8 * id, id % 2 ? 2n ** 40n : 0n, true);
  const shortlist = Shortlist.open(copy, TOKENS + 1, TOKENS + 1, true);
  const selected = shortlist.select([3, 4, 5]);
  expect(Math.max(...selected)).toBeLessThanOrEqual(TOKENS);
});

it('a character map of noise ends and changes what it must', () => {
  const noise = Uint8Array.from({ length: 404 }, (_, i) => (i * 7919) % 251);
  new DataView(noise.buffer).setUint32(0, 400, true);
  expect(CharacterMap.open(noise).normalize('any text at all').text).toBeTypeOf('string');
  new DataView(noise.buffer).setUint32(0, 401, true);
  expect(codeOf(() => CharacterMap.open(noise))).toBe('model-corrupt');
});

describe('the configuration', () => {
  const configured = (yaml: string) =>
    codeOf(() => readConfig(MarianFile.open(writeMarian(new Map(), yaml)).configuration));
  const sound = MarianFile.open(pack.model).configuration;

  it('is sound as it was written', () => expect(configured(sound)).toBe('none'));

  it.each([
    ['another decoder', sound.replace('ssru', 'gru'), 'unsupported'],
    ['another order of norms', sound.replace('dan', 'n'), 'unsupported'],
    ['no depth', sound.replace('enc-depth', 'x'), 'model-corrupt'],
    ['an absurd size', sound.replace('dim-emb: 32', 'dim-emb: 99999999'), 'model-corrupt'],
    ['heads that do not fit', sound.replace('heads: 8', 'heads: 7'), 'model-corrupt'],
    ['heads of five numbers', sound.replace('dim-emb: 32', 'dim-emb: 40'), 'unsupported'],
    ['an uneven layer', sound.replace('dim-ffn: 32', 'dim-ffn: 36'), 'unsupported'],
  ])('of %s', (_, yaml, code) => expect(configured(yaml)).toBe(code));
});
