// Checks of tasks that come from another context, and of what they are about.
import type { Article, Block, Milestone } from '../article.ts';
import type {
  ChatTask,
  ChatTurn,
  DownloadModelTask,
  DownloadTask,
  JobTask,
  LanguagePair,
  Mark,
  MarkedText,
  MeasureTask,
  ModelTask,
  ReadAheadTask,
  ResultUse,
  RewriteAction,
  RewriteTask,
  SummarizeTask,
  Task,
  TranslateTask,
} from '../protocol.ts';
import { array, boolean, literal, natural, nothing, number, object, optional, string, union } from './schema.ts';
import type { Check } from './schema.ts';

const block: Check<Block> = object<Block>({
  kind: literal('heading', 'paragraph', 'list-item', 'quote', 'code', 'table', 'caption'),
  text: string,
  milestones: optional(
    array(object<Milestone>({ start: natural, page: optional(natural), seconds: optional(number) })),
  ),
});

export const isArticle: Check<Article> = object<Article>({
  url: string,
  title: string,
  language: string,
  siteName: optional(string),
  description: string,
  blocks: array(block),
  scope: literal('page', 'selection', 'pasted', 'file'),
  hiddenCharacters: natural,
  truncated: optional(boolean),
});

const history = array(object<ChatTurn>({ question: string, answer: string }));
const results = optional(literal<ResultUse>('reuse', 'renew'));

const isSummarizeTask: Check<SummarizeTask> = object<SummarizeTask>({
  kind: literal('summarize'),
  article: isArticle,
  type: literal('tldr', 'key-points', 'headline'),
  length: literal('short', 'medium', 'long'),
  compose: literal('automatic', 'requested'),
  results,
});

const isChatTask: Check<ChatTask> = object<ChatTask>({
  kind: literal('chat'),
  question: string,
  instruct: optional(boolean),
  articles: array(isArticle),
  history,
  results,
});

const isReadAheadTask: Check<ReadAheadTask> = object<ReadAheadTask>({
  kind: literal('read-ahead'),
  articles: array(isArticle),
  history,
});

const isRewriteTask: Check<RewriteTask> = object<RewriteTask>({
  kind: literal('rewrite'),
  action: literal<RewriteAction>(
    'fix-grammar',
    'shorten',
    'bullet-list',
    'improve',
    'expand',
    'simplify',
    'formal',
    'friendly',
    'instruct',
  ),
  text: string,
  language: string,
  instruction: string,
  results,
});

export const isJobTask: Check<JobTask> = union<[SummarizeTask, ChatTask]>(isSummarizeTask, isChatTask);

const isModelTask: Check<ModelTask> = union<[JobTask, RewriteTask]>(isJobTask, isRewriteTask);

export const isPair: Check<LanguagePair> = object<LanguagePair>({ from: string, to: string });

export const mark: Check<Mark> = object<Mark>({ id: natural, start: natural, end: natural });

const isTranslateTask: Check<TranslateTask> = object<TranslateTask>({
  kind: literal('translate'),
  pair: isPair,
  texts: array(object<MarkedText>({ text: string, marks: array(mark) })),
  remember: boolean,
  by: optional(literal('browser')),
});

const isDownloadTask: Check<DownloadTask> = object<DownloadTask>({
  kind: literal('download'),
  pair: isPair,
  mirror: string,
});

const isDownloadModelTask: Check<DownloadModelTask> = object<DownloadModelTask>({
  kind: literal('download-model'),
  repository: string,
  file: string,
  endpoint: string,
});

const isMeasureTask: Check<MeasureTask> = object<MeasureTask>({
  kind: literal('measure'),
  model: string,
  device: literal('cpu', 'gpu', 'automatic'),
  sample: union(isSummarizeTask, nothing),
});

export const isTask: Check<Task> = union<
  [ModelTask, ReadAheadTask, MeasureTask, TranslateTask, DownloadTask, DownloadModelTask]
>(isModelTask, isReadAheadTask, isMeasureTask, isTranslateTask, isDownloadTask, isDownloadModelTask);

/** UTF-16 units of all that a task is about. */
export function textLength(task: Task): number {
  const total = (parts: { text: string }[]) => parts.reduce((sum, { text }) => sum + text.length, 0);
  const ofArticle = ({ title, description, blocks }: Article) => title.length + description.length + total(blocks);
  switch (task.kind) {
    case 'summarize':
      return ofArticle(task.article);
    case 'measure':
      return task.sample ? ofArticle(task.sample.article) : 0;
    case 'chat':
      return task.articles.reduce((sum, article) => sum + ofArticle(article), task.question.length);
    case 'read-ahead':
      return task.articles.reduce((sum, article) => sum + ofArticle(article), 0);
    case 'rewrite':
      return task.text.length + task.instruction.length;
    case 'translate':
      return total(task.texts);
    case 'download':
    case 'download-model':
      return 0;
  }
}
