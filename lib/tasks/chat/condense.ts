// What of a conversation a model is given to read: the latest turns as they were, of the older ones only what was asked.
import type { ChatTurn } from '../../protocol.ts';

export interface Condensed {
  /** As they were, oldest first. */
  turns: ChatTurn[];
  /** The questions of the turns before those, oldest first, as far as there is room. */
  earlier: string[];
  /** Turns that are not there as they were. */
  condensed: number;
}

/** Tokens that the chat template puts around a message, and some to spare. */
const MESSAGE_TOKENS = 12;
/** Share of the room for the questions of turns that are condensed. */
const EARLIER = 0.25;

/** Fits the history into `maxTokens`. No model condenses: a small one would invent what was said. */
export function condense(
  history: readonly ChatTurn[],
  maxTokens: number,
  countTokens: (text: string) => number,
): Condensed {
  const costs = history.map(({ question, answer }) => countTokens(question) + countTokens(answer) + 2 * MESSAGE_TOKENS);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  if (total <= maxTokens) return { turns: [...history], earlier: [], condensed: 0 };
  let kept = history.length;
  let left = maxTokens * (1 - EARLIER);
  while (kept > 0 && costs[kept - 1] <= left) left -= costs[--kept];
  const earlier: string[] = [];
  let room = maxTokens * EARLIER;
  for (const { question } of history.slice(0, kept).reverse()) {
    room -= countTokens(question) + 1;
    if (room < 0) break;
    earlier.unshift(question);
  }
  return { turns: history.slice(kept), earlier, condensed: kept };
}
