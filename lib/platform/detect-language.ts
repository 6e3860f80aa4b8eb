// The language of a text, by the detector that both browsers carry, which knows a hundred; our own rules speak where it is not sure.
import { browser } from 'wxt/browser';
import { detectLanguage as detectByRules } from '../tasks/language.ts';

/** Old or wider codes of the detector, as the catalogue of translations has them. */
const OTHER_NAMES: Record<string, string> = { iw: 'he', no: 'nb', 'zh-CN': 'zh', 'zh-Latn': 'zh', 'zh-TW': 'zh-Hant' };

/** BCP 47, '' where the text does not tell. */
export async function detectLanguage(text: string): Promise<string> {
  const { isReliable, languages } = await browser.i18n.detectLanguage(text);
  const guess = languages.at(0)?.language ?? 'und';
  const found = guess === 'und' ? '' : (OTHER_NAMES[guess] ?? guess);
  return isReliable && found ? found : detectByRules(text) || found;
}
