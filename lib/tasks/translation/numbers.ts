// Whether a translation has the numbers of its source, in whatever form its language writes them.
import type { LanguagePair } from '../../protocol.ts';
import type { Edit } from './edits.ts';

/** Digits with separators between groups of three or before decimals; a no-break space separates groups too. */
const NUMBER = /\p{Nd}+(?:[.,'’\u00a0\u202f]\p{Nd}+)*/gu;
/** Up to here numbers are often written in words, and nothing tells which word it is. */
const MAX_WRITTEN = 12;
/** Words for numbers and periods that come out in digits ("the nineties", "two thousand"), in any of the common languages. */
const NUMBER_WORDS =
  /(?<!\p{L})(?:(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ies|een)\p{L}*|eleven|twelve|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|quarter|noon|midnight|centur\p{L}+|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|onze|doze|treze|catorze|quatorze|quinze|dezess?\p{L}+|dezoito|dezenove|cem|cento|\p{L}+centos|mil|milh\p{L}+|bilh\p{L}+|trilh\p{L}+|d[uú]zias?|meio|meia|s[eé]culos?)(?!\p{L})/iu;

/** False where a number of the source is missing, or where a number has come from nowhere. */
export function keepsNumbers(source: string, translation: string): boolean {
  const [before, after] = [numbersOf(source), numbersOf(translation)];
  const isSaid = (number: string) =>
    isSmall(number) || isRoman(number, translation) || after.some((other) => matches(number, other));
  if (!before.every(isSaid)) return false;
  if (NUMBER_WORDS.test(source)) return true;
  return after.every(
    (number) => isSmall(number) || before.some((other) => matches(number, other)) || isRoman(number, source),
  );
}

/** The digits alone: the languages differ in what they put between them. */
function numbersOf(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(NUMBER)].map(([number]) => asciiDigits(number).replace(/^0+(?=\d)/, ''));
}

function asciiDigits(number: string): string {
  return number.replace(/\P{Nd}/gu, '').replace(/\p{Nd}/gu, (digit) => {
    if (digit <= '9') return digit;
    // Digits of a script follow each other from zero: the nearest character before that is no digit is one before zero.
    let zero = digit.codePointAt(0) ?? 0;
    const end = zero;
    while (end - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(end - zero);
  });
}

function isSmall(number: string): boolean {
  return number.length <= 2 && Number(number) <= MAX_WRITTEN;
}

/** The same, in thousands or millions ("3 mil", "3,000"), without the century ("anos 90"), or on a clock of 24 hours. */
function matches(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.startsWith(short) && /^(?:0{3})+$/.test(long.slice(short.length))) return true;
  // 1.5 and 1.50; 2.5 thousand and 2,500; 1.25 million and 1,250,000.
  if (long.startsWith(short) && /^0+$/.test(long.slice(short.length))) return true;
  if (long.length === 4 && short.length === 2 && long.endsWith(short)) return true;
  return Math.abs(Number(a) - Number(b)) === 12 && Number(long) <= 24;
}

function isRoman(number: string, text: string): boolean {
  return Number(number) <= 30 && new RegExp(`(?<!\\p{L})${roman(Number(number))}(?!\\p{L})`, 'u').test(text);
}

function roman(number: number): string {
  const ones = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];
  return 'X'.repeat(Math.floor(number / 10)) + ones[number % 10];
}

/** A number as the other language groups and points it ("1,234.5", "1.234,5"); what is not plainly a number stays as it is. */
export function asWrittenIn(number: string, from: string, to: string): string {
  const [before, after] = [separatorsOf(from), separatorsOf(to)];
  const pattern = new RegExp(`^\\d{1,3}(?:\\${before.group}\\d{3})*(?:\\${before.decimal}\\d+)?$`);
  if (!pattern.test(number) || before.group === '' || after.group === '') return number;
  return number.replace(/\D/g, (separator) => (separator === before.group ? after.group : after.decimal));
}

/**
 * Numbers that the translation has copied though its readers would take them for others: "10,000" is ten in Portuguese. Only those
 * with groups and sums of money: "3.5" may be a version.
 */
export function copiedNumbers(sentence: string, translation: string, { from, to }: LanguagePair): Edit[] {
  const { group } = separatorsOf(from);
  if (group === '') return [];
  const isGrouped = new RegExp(`^\\d{1,3}(?:\\${group}\\d{3})+(?!\\d)`);
  const edits: Edit[] = [];
  for (const { 0: number, index } of translation.matchAll(/(?<![\p{L}\p{N}.,])\d+(?:[.,]\d+)+(?![\p{L}\p{N}])/gu)) {
    const isSum = /\p{Sc}\s?$/u.test(translation.slice(0, index));
    const text = isGrouped.test(number) || isSum ? asWrittenIn(number, from, to) : number;
    if (text !== number && sentence.includes(number)) edits.push({ start: index, end: index + number.length, text });
  }
  return edits;
}

function separatorsOf(language: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.8);
  const value = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { group: value('group'), decimal: value('decimal') };
}
