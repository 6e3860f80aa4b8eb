// Held against the tokenizer of the packaged model, whose vocabulary is smaller than those of the models that servers run.
import { beforeAll, expect, test } from 'vitest';
import { tokenizerFromGguf } from '../../../lib/model/gguf/tokenizer.ts';
import { estimateTokens } from '../../../lib/model/openai/estimate-tokens.ts';
import type { Tokenizer } from '../../../lib/model/tokenizer.ts';
import { openRealModel } from '../../reference/real-model.ts';

let tokenizer: Tokenizer;
beforeAll(async () => void (tokenizer = tokenizerFromGguf((await openRealModel()).metadata)));

test.each([
  ['English', 'The Moon pulls the sea towards itself, and the far side bulges too, as the pull is weakest there.', 1.7],
  ['names', 'Ms Oyelaran-Whitcombe met Dr Szczepaniak at Llanfairpwllgwyngyll near Ynys Môn on Wednesday.', 1.5],
  ['numbers', 'In 2024, 1,234,567 people (12.5 %) paid $99.95 on 2024-05-31 at 10:45.', 1.3],
  ['Portuguese', 'A Lua atrai o mar para si, e o lado distante também incha, pois ali a atração é mais fraca.', 1.3],
  ['code', 'const x = items.filter(({ id }) => id !== undefined).map((each) => each.value ?? 0);\n', 1.8],
  ['a table', '| a | b |\n|---|---|\n| 1 | 2 |\n', 1.8],
])('%s: never fewer, and not many more', (_, text, atMost) => {
  const real = tokenizer.encode(text).length;
  expect(estimateTokens(text)).toBeGreaterThanOrEqual(real);
  expect(estimateTokens(text)).toBeLessThanOrEqual(real * atMost);
});

test('scripts that take a token or more for each letter are counted so', () => {
  expect(estimateTokens('潮の満ち引きは月による')).toBeGreaterThanOrEqual(11);
  expect(estimateTokens('Луна притягивает море')).toBeGreaterThanOrEqual(9);
  expect(estimateTokens('')).toBe(0);
});
