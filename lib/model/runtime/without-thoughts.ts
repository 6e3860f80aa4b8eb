// A reply without what the model thinks aloud before it: models that a reader brings may do so, whatever their template is told.
import type { Generated } from '../language-model.ts';
import { ThinkFilter } from '../openai/think-filter.ts';
import type { Tokenizer } from '../tokenizer.ts';

/** More than the longest opening tag has. */
const TAIL_TOKENS = 12;

/** Whether the prompt ends within a thought: some templates open one for the model. */
export function opensThought(prompt: readonly number[], tokenizer: Tokenizer): boolean {
  const bytes = prompt.slice(-TAIL_TOKENS).flatMap((id) => [...tokenizer.bytesOf(id)]);
  return /<think(ing)?>\s*$/.test(new TextDecoder().decode(Uint8Array.from(bytes)));
}

/** The same events; of a reply that is a thought to its end no text is left. */
export async function* withoutThoughts(
  events: AsyncIterable<Generated>,
  isThinking: boolean,
): AsyncGenerator<Generated> {
  const filter = new ThinkFilter(isThinking);
  for await (const event of events) {
    const text = event.kind === 'delta' ? filter.push(event.text) : event.kind === 'end' ? filter.flush() : '';
    if (text !== '') yield { kind: 'delta', text };
    if (event.kind !== 'delta') yield event;
  }
}
