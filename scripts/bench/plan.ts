// The prompts that every engine is timed on, cut to length by the model's own tokens from the sample article.
import type { Tokenizer } from '../../lib/model/tokenizer.ts';
import type { Message, Plan } from './peer.ts';

const PAGE_TOKENS = 512;
const CONTEXT_TOKENS = 600;

/** `article` is plain text of some 2,000 words, a paragraph a line. */
export function makePlan(article: string, tokenizer: Tokenizer): Plan {
  const long = article.replace(/\s+/g, ' ');
  const user = (content: string): Message[] => [{ role: 'user', content }];
  const about = (text: string, question: string) => user(`${text}\n\n${question}`);
  const page = cut(long, PAGE_TOKENS, (text) => tokenizer.encodeChat(about(text, FIRST_QUESTION)).length);
  const background = cut(long, CONTEXT_TOKENS, (text) => tokenizer.encodeChat(about(text, LONG_QUESTION)).length);
  return {
    firstRequest: about(page, FIRST_QUESTION),
    secondRequest: about(page, SECOND_QUESTION),
    longReply: about(background, LONG_QUESTION),
    page: article,
  };
}

const FIRST_QUESTION = 'What is the text above about?';
const SECOND_QUESTION = 'Who is named in the text above?';
const LONG_QUESTION = 'Now forget the text above and tell me a long story about a dragon who learns to bake bread.';

/** The most words of `text` whose prompt has at most `tokens` tokens. */
function cut(text: string, tokens: number, count: (text: string) => number): string {
  const words = text.split(' ');
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (count(words.slice(0, middle).join(' ')) <= tokens) low = middle;
    else high = middle - 1;
  }
  return words.slice(0, low).join(' ');
}
