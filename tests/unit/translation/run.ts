// Running the translate task to its end.
import type { LanguagePair, MarkedText, TaskEvent, Translation } from '../../../lib/protocol.ts';
import type { Translator } from '../../../lib/model/translator.ts';
import { translate } from '../../../lib/tasks/translate.ts';
import { MemoryCache } from '../../../lib/tasks/translation/cache.ts';
import type { TranslationCache } from '../../../lib/tasks/translation/cache.ts';
import { drain, forever } from '../../fakes/events.ts';
import { FakeTranslator } from '../../fakes/translator.ts';

export const EN_PT: LanguagePair = { from: 'en', to: 'pt' };

export interface Setting {
  translator?: Translator;
  cache?: TranslationCache;
  pair?: LanguagePair;
  remember?: boolean;
}

export function run(texts: MarkedText[], setting: Setting = {}, signal = forever()): AsyncIterable<TaskEvent> {
  const { translator = new FakeTranslator(), cache = new MemoryCache(), pair = EN_PT, remember = true } = setting;
  return translate({ kind: 'translate', pair, texts, remember }, { translator, cache }, signal);
}

/** The translations in the order of the texts. */
export async function translations(texts: MarkedText[], setting: Setting = {}): Promise<Translation[]> {
  const found: Translation[] = [];
  for (const event of await drain(run(texts, setting)))
    if (event.kind === 'translation') found[event.index] = event.translation;
  return found;
}

export async function translated(text: string, setting: Setting = {}): Promise<string> {
  const [translation] = await translations([{ text, marks: [] }], setting);
  return translation.text;
}
