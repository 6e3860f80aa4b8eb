// A short article and a task for it.
import type { Article } from '../../lib/article.ts';
import type { SummarizeTask, TranslateTask } from '../../lib/protocol.ts';

export const ARTICLE: Article = {
  url: 'https://example.org/tides',
  title: 'How tides work',
  language: 'en',
  description: '',
  blocks: [
    { kind: 'heading', text: 'How tides work' },
    {
      kind: 'paragraph',
      text: 'The Moon pulls the sea towards itself. The far side bulges too, as the pull is weakest there.',
    },
    {
      kind: 'paragraph',
      text: 'The Sun does the same with less than half the force. Twice a month the two act in line.',
    },
  ],
  scope: 'page',
  hiddenCharacters: 0,
};

export function summarizeTask(article: Partial<Article> = {}): SummarizeTask {
  return {
    kind: 'summarize',
    article: { ...ARTICLE, ...article },
    type: 'tldr',
    length: 'short',
    compose: 'automatic',
  };
}

export function translateTask(texts: string[] = ['The Moon pulls the sea.']): TranslateTask {
  return {
    kind: 'translate',
    pair: { from: 'en', to: 'pt' },
    texts: texts.map((text) => ({ text, marks: [] })),
    remember: true,
  };
}
