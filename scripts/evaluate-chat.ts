// `npm run evaluate:chat -- <folder> [--json FILE]`: how well questions are answered, over a folder laid out as the test pages of
// mozilla/readability.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { EMBEDDER } from '../lib/model/catalog.ts';
import { evaluateExtraction } from './evaluate-extraction.ts';
import { figures, figuresOf, measureQuestion, type Measured } from './evaluation/chat-figures.ts';
import { isAnswer, readChatQuestions, readFollowUps, readOwnTexts } from './evaluation/chat-questions.ts';
import { measureTimes } from './evaluation/chat-times.ts';
import { openModels } from './evaluation/node-models.ts';
import { sentencesOf } from '../lib/tasks/sentences.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
  },
});
if (positionals.length !== 1) throw new Error('Usage: npm run evaluate:chat -- <folder> [--json FILE]');

const questions = readChatQuestions();
const extracted = (await evaluateExtraction(positionals[0])).pages.map(({ name, article }) => ({ name, article }));
const articles = new Map([...extracted, ...readOwnTexts()].map(({ name, article }) => [name, article]));
for (const question of questions) {
  const article = articles.get(question.page);
  if (!article) throw new Error(`No page ${question.page} in ${positionals[0]}`);
  const sentences = sentencesOf(article, article.language).map(({ text }) => text);
  const lost = question.quotes.find(
    (quote) => !sentences.some((text) => isAnswer(text, { ...question, quotes: [quote] })),
  );
  if (lost !== undefined) throw new Error(`${question.page} does not say: ${lost}`);
}

const models = await openModels();
try {
  const measured: Measured[] = [];
  for (const question of questions) {
    const article = articles.get(question.page);
    if (article) measured.push(await measureQuestion(question, article, models));
  }
  const alone: Measured[] = [];
  const resolved: Measured[] = [];
  for (const { before, question } of readFollowUps()) {
    const article = articles.get(question.page);
    if (!article) continue;
    alone.push(await measureQuestion(question, article, models));
    resolved.push(await measureQuestion(question, article, models, [{ question: before, answer: '' }]));
  }
  const table = [
    ...figuresOf(measured),
    figures('follow-ups, read alone', alone),
    figures('follow-ups, resolved', resolved),
  ];
  const percent = (value: number) => (100 * value).toFixed(1).padStart(7);
  console.log(
    '                              questions  recall@8 lexical | first sentence: lexical  +meaning | shown | unanswered: rightly wrongly',
  );
  for (const { name, count, ...row } of table) {
    console.log(
      `${name.padEnd(30)}${String(count).padStart(8)}${percent(row.recall)}${percent(row.lexicalRecall)}   ${percent(row.lexicalFirst)}` +
        `${percent(row.first)}   ${percent(row.shown)}   ${percent(row.unanswered)}${percent(row.lost)}`,
    );
  }
  const times = await measureTimes(
    extracted
      .map(({ article }) => article)
      .filter(({ language }) => EMBEDDER.languages.some((known) => language.startsWith(known))),
    models,
  );
  for (const [name, ms] of Object.entries(times)) console.log(`${name.padEnd(60)}${ms.toFixed(0).padStart(7)} ms`);
  if (values.json) await writeFile(values.json, `${JSON.stringify({ figures: table, times }, null, 2)}\n`);
} finally {
  await models.close();
}
