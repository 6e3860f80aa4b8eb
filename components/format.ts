// Numbers as the reader says them, in the language of the catalogue. Pure but for the catalogue.
import { t } from '../lib/platform/i18n.ts';

/** What takes less is said to. */
const LEAST_SECONDS = 0.1;
const MEGABYTE = 1_000_000;
const GIGABYTE = 1_000_000_000;

/** About, of English: what a reader can imagine. */
const WORDS_PER_TOKEN = 0.75;

/** "12 words a second", "0.8 words a second" */
export function formatWordsASecond(tokensPerSecond: number): string {
  const rounded = new Intl.NumberFormat(t('locale'), { maximumSignificantDigits: 2 });
  return t('wordsASecond', rounded.format(WORDS_PER_TOKEN * tokensPerSecond));
}

/** 12,400 */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(t('locale'), { maximumFractionDigits: 0 }).format(value);
}

/** "1 word", "12,400 words" */
export function formatWords(words: number): string {
  return isOne(words) ? t('wordsOne', formatNumber(words)) : t('wordsOther', formatNumber(words));
}

/** "1 thread", "4 threads" */
export function formatThreads(threads: number): string {
  return isOne(threads) ? t('threadsOne', formatNumber(threads)) : t('threadsOther', formatNumber(threads));
}

/** "45 of 98 MB" */
export function formatLoaded(loadedBytes: number, totalBytes: number): string {
  return t('loadedBytes', formatNumber(loadedBytes / MEGABYTE), formatNumber(totalBytes / MEGABYTE));
}

/** "34 MB" */
export function formatMegabytes(bytes: number): string {
  return t('megabytes', formatNumber(Math.max(1, bytes / MEGABYTE)));
}

/** "397 MB", "1.1 GB" */
export function formatBytes(bytes: number): string {
  if (bytes < GIGABYTE) return formatMegabytes(bytes);
  const digits = { maximumFractionDigits: bytes < 10 * GIGABYTE ? 1 : 0 };
  return t('gigabytes', new Intl.NumberFormat(t('locale'), digits).format(bytes / GIGABYTE));
}

/** Of room on the disk: never more than there is. */
export function formatFree(bytes: number): string {
  const megabytes = Math.floor(bytes / MEGABYTE);
  return megabytes > 0 ? formatBytes(megabytes * MEGABYTE) : t('megabytes', formatNumber(0));
}

/** "12 kB" */
export function formatKilobytes(bytes: number): string {
  const inKilobytes = { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(t('locale'), inKilobytes).format(Math.ceil(bytes / 1000));
}

/** "43%" */
export function formatPercent(fraction: number): string {
  return new Intl.NumberFormat(t('locale'), { style: 'percent' }).format(fraction);
}

/** "1 sentence left in the original"; '' for none. */
export function formatKept(count: number): string {
  if (count === 0) return '';
  return isOne(count) ? t('keptOne', formatNumber(count)) : t('keptOther', formatNumber(count));
}

/** "1 change", "4 changes" */
export function formatChanges(count: number): string {
  return isOne(count) ? t('changesOne', formatNumber(count)) : t('changesOther', formatNumber(count));
}

/** "Apply 1 change", "Apply 4 changes" */
export function formatApply(count: number): string {
  return isOne(count) ? t('applyOne', formatNumber(count)) : t('applyOther', formatNumber(count));
}

/** Time left, rounded the more the longer it is, so that it does not flicker: "about 20 s", "about 3 min". */
export function formatTimeLeft(remainingMs: number): string {
  const seconds = remainingMs / 1000;
  if (seconds < 10) return t('aboutSeconds', formatNumber(Math.max(1, Math.ceil(seconds))));
  if (seconds < 55) return t('aboutSeconds', formatNumber(Math.ceil(seconds / 5) * 5));
  return t('aboutMinutes', formatNumber(Math.ceil(seconds / 60)));
}

/** Time taken: "0.4 s", "12 s", "3 min". */
export function formatDuration(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds >= 100) return t('minutes', formatNumber(seconds / 60));
  const digits = seconds < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(t('locale'), { maximumFractionDigits: digits });
  return t('seconds', seconds < LEAST_SECONDS ? `< ${number.format(LEAST_SECONDS)}` : number.format(seconds));
}

/** "Nov 22, 2026, 2:05 PM" */
export function formatMoment(timeMs: number): string {
  return new Intl.DateTimeFormat(t('locale'), { dateStyle: 'medium', timeStyle: 'short' }).format(timeMs);
}

/** "a, b, and c" by the language's own rules. */
export function formatList(items: string[]): string {
  return new Intl.ListFormat(t('locale'), { type: 'conjunction' }).format(items);
}

/** By the language's own rules: 0 is singular in Portuguese, nothing is in Chinese. */
function isOne(count: number): boolean {
  return new Intl.PluralRules(t('locale')).select(count) === 'one';
}
