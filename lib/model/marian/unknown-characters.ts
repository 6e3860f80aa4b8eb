// Which characters of a text do not survive a route of models. Pure.
import type { MarianModel } from './marian-model.ts';
import { UNKNOWN, type Vocabulary } from './vocabulary.ts';

/** Letters and their marks are translated: only the first model must know them. Signs pass through all vocabularies as they are. */
const LETTER = /[\p{L}\p{M}]/u;

/** Code points. `route` is not empty. */
export function unknownCharacters(text: string, route: readonly MarianModel[]): Set<string> {
  const [first, ...others] = route.flatMap(({ vocabulary, targetVocabulary }) => [vocabulary, targetVocabulary]);
  const unknown = unknownTo(first, text);
  for (const vocabulary of new Set(others)) {
    for (const character of unknownTo(vocabulary, text)) if (!LETTER.test(character)) unknown.add(character);
  }
  return unknown;
}

function unknownTo(vocabulary: Vocabulary, text: string): Set<string> {
  const lost = vocabulary.encode(text).filter(({ id }) => id === UNKNOWN);
  return new Set(lost.flatMap(({ start, end }) => Array.from(text.slice(start, end))));
}
