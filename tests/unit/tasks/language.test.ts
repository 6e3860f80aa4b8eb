import { describe, expect, it } from 'vitest';
import type { Article } from '../../../lib/article.ts';
import { detectLanguage, languageOf } from '../../../lib/tasks/language.ts';

const TEXTS: Record<string, string> = {
  en: 'The committee said that it would not have to pay for the repairs, which are due in May.',
  de: 'Der Ausschuss hat beschlossen, dass die Stadt für den Schaden nicht aufkommen muss und sich das Land beteiligt.',
  fr: 'Le comité a décidé que la ville ne paiera pas les réparations, mais que les habitants seront aidés par l’État.',
  es: 'El comité decidió que la ciudad no pagará los daños, pero los vecinos tendrán una ayuda del gobierno.',
  pt: 'O comitê decidiu que a cidade não vai pagar os danos, mas os moradores terão uma ajuda do governo.',
  it: 'Il comitato ha deciso che la città non pagherà i danni, ma gli abitanti avranno un aiuto dal governo.',
  nl: 'Het comité heeft besloten dat de stad niet voor de schade hoeft te betalen en dat het land een deel betaalt.',
  ja: '委員会は、市が修理の費用を払わないことを決めました。',
  zh: '委员会决定由国家支付修理费用，城市不承担责任。',
  ko: '위원회는 시가 수리비를 내지 않기로 결정했다.',
  th: 'คณะกรรมการตัดสินใจว่าเมืองจะไม่จ่ายค่าซ่อมแซม',
  ar: 'قررت اللجنة أن المدينة لن تدفع تكاليف الإصلاح في هذا العام، لكن الدولة سوف تساعد السكان على ذلك.',
  fa: 'کمیته تصمیم گرفت که شهر هزینه تعمیر را پرداخت نمی کند و دولت به مردم کمک خواهد کرد که این کار را با هم انجام دهند.',
  he: 'הוועדה החליטה כי העיר לא תשלם על התיקונים.',
  ru: 'Комитет решил, что город не будет платить за ремонт, но государство поможет жителям.',
};

describe('detectLanguage', () => {
  it.each(Object.entries(TEXTS))('knows %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('says nothing where the text does not tell', () => {
    expect(detectLanguage('')).toBe('');
    expect(detectLanguage('12 345 — 678')).toBe('');
    expect(detectLanguage('Lorem ipsum dolor sit amet consectetur adipisicing elit sed eiusmod tempor')).toBe('');
  });
});

describe('languageOf', () => {
  const article = (language: string, text: string): Article => ({
    url: '',
    title: '',
    language,
    description: '',
    scope: 'page',
    hiddenCharacters: 0,
    blocks: [{ kind: 'paragraph', text }],
  });

  it('keeps the region that the page names, corrects a page that lies, and believes it where the text is silent', () => {
    expect(languageOf(article('en-GB', TEXTS.en))).toBe('en-GB');
    expect(languageOf(article('en', TEXTS.de))).toBe('de');
    expect(languageOf(article('', TEXTS.th))).toBe('th');
    expect(languageOf(article('la', 'Lorem ipsum dolor sit amet'))).toBe('la');
  });
});
