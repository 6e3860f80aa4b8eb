// Languages as the reader calls them, and a page's tag among those that can be translated. Pure but for the catalogue.
import type { LanguagePair } from '../lib/protocol.ts';
import type { TranslatingModel } from '../lib/requests.ts';
import { t } from '../lib/platform/i18n.ts';

/** Within a sentence: "English", "inglês", "英语"; the tag itself where the browser knows no name. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames([t('locale')], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
}

/** Standing alone: "English", "Inglês", "英语". */
export function languageLabel(tag: string): string {
  const [first = '', ...rest] = languageName(tag);
  return first.toLocaleUpperCase(t('locale')) + rest.join('');
}

/** "English to Portuguese" */
export function pairLabel({ from, to }: LanguagePair): string {
  return t('pairName', languageLabel(from), languageName(to));
}

/** By their names, each once. */
export function sortLanguages(tags: Iterable<string>): string[] {
  const { compare } = new Intl.Collator(t('locale'));
  return [...new Set(tags)].sort((a, b) => compare(languageName(a), languageName(b)));
}

/** The languages, and those of the model that none of them is. */
export function withModel(languages: Iterable<string>, model: TranslatingModel | null): string[] {
  const all = [...languages];
  const primary = new Set(all.map((tag) => tag.split('-')[0]));
  return [...all, ...(model?.languages ?? []).filter((tag) => !primary.has(tag))];
}

/** The one of `tags` that says what `tag` says: 'pt' for 'pt-BR', 'zh-Hant' for 'zh-TW'. Else `tag` without its region; '' for ''. */
export function matchLanguage(tag: string, tags: Iterable<string>): string {
  if (tag === '') return '';
  const known = new Set(tags);
  if (known.has(tag)) return tag;
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    const withScript = `${language}-${script}`;
    return known.has(withScript) ? withScript : language;
  } catch {
    return ''; // not a tag at all: pages say what they like
  }
}
