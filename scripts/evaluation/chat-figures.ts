// What is measured of the answer to one question, and the figures over all of them.
import type { Article, Source } from '../../lib/article.ts';
import type { ChatTask, ChatTurn, Passage, TaskEvent } from '../../lib/protocol.ts';
import { chat } from '../../lib/tasks/chat/chat.ts';
import type { Models } from '../../lib/tasks/models.ts';
import { isAnswer, type ChatQuestion } from './chat-questions.ts';

export interface Measured {
  question: ChatQuestion;
  language: string;
  /** Whether a sentence that answers is the best of the first passage: by words alone, by meaning as well. */
  lexicalFirst: boolean;
  first: boolean;
  /** Whether what is shown as the answer holds one. */
  shown: boolean;
  /** Whether one of the passages that are found, by words or by all, has it. */
  lexicalRecall: boolean;
  recall: boolean;
  unanswered: boolean;
}

export interface Figures {
  name: string;
  count: number;
  recall: number;
  lexicalRecall: number;
  lexicalFirst: number;
  first: number;
  shown: number;
  /** Of the unanswerable questions, those that are said to be so; of the others, those too. */
  unanswered: number;
  lost: number;
}

export async function measureQuestion(
  question: ChatQuestion,
  article: Article,
  models: Models,
  history: ChatTurn[] = [],
): Promise<Measured> {
  const task: ChatTask = { kind: 'chat', question: question.question, articles: [article], history };
  const events: TaskEvent[] = [];
  for await (const event of chat(task, models, new AbortController().signal)) events.push(event);
  const lists = events.flatMap((event) => (event.kind === 'passages' ? [event.passages] : []));
  const answers = (source: Source) => isAnswer(textAt(article, source), question);
  const isFirst = (passages: Passage[] | undefined) => passages?.[0] !== undefined && answers(passages[0].best);
  const has = (passages: Passage[]) =>
    passages.some(({ firstBlock, lastBlock }) =>
      article.blocks
        .slice(firstBlock, lastBlock + 1)
        .some(({ text }) => question.quotes.some((quote) => oneLine(text).includes(quote))),
    );
  const statement = events.find((event) => event.kind === 'statement')?.statement;
  return {
    question,
    language: article.language.slice(0, 2) || 'en',
    lexicalFirst: isFirst(lists[0]),
    first: isFirst(lists.at(-1)),
    shown: statement !== undefined && question.quotes.some((quote) => oneLine(statement.text).includes(quote)),
    lexicalRecall: has(lists[0]),
    recall: has(lists.at(-1) ?? lists[0]),
    unanswered: events.some(({ kind }) => kind === 'unanswered'),
  };
}

/** The rows of the table: halves of the documents, kinds of questions, languages. */
export function figuresOf(measured: Measured[]): Figures[] {
  const isEnglish = ({ question }: Measured) => !/\p{Script=Han}/u.test(question.question);
  const rows: [string, (one: Measured) => boolean][] = [
    ['all', () => true],
    ['English', isEnglish],
    ['English, half fitted on', (one) => isEnglish(one) && one.question.half === 'tune'],
    ['English, other half', (one) => isEnglish(one) && one.question.half === 'test'],
    ['English, literal', (one) => isEnglish(one) && one.question.kind !== 'paraphrased'],
    ['English, paraphrased', (one) => isEnglish(one) && one.question.kind !== 'literal'],
    ['Chinese (by words alone)', (one) => !isEnglish(one)],
  ];
  return rows.map(([name, belongs]) => figures(name, measured.filter(belongs)));
}

/** One row. */
export function figures(name: string, of: Measured[]): Figures {
  const answerable = of.filter(({ question }) => question.kind !== 'unanswerable');
  const unanswerable = of.filter(({ question }) => question.kind === 'unanswerable');
  const share = (set: Measured[], is: (one: Measured) => boolean) => set.filter(is).length / (set.length || 1);
  return {
    name,
    count: of.length,
    recall: share(answerable, (one) => one.recall),
    lexicalRecall: share(answerable, (one) => one.lexicalRecall),
    lexicalFirst: share(answerable, (one) => one.lexicalFirst),
    first: share(answerable, (one) => one.first),
    shown: share(
      answerable.filter(({ unanswered }) => !unanswered),
      (one) => one.shown,
    ),
    unanswered: share(unanswerable, (one) => one.unanswered),
    lost: share(answerable, (one) => one.unanswered),
  };
}

function textAt({ blocks }: Article, { block, start, end }: Source): string {
  return blocks[block].text.slice(start, end);
}

function oneLine(text: string): string {
  return text.replace(/[\t\n]/g, ' ');
}
