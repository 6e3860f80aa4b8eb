// A model's own chat template, rendered so that message contents stay apart: they are data, only the template may set roles.
import { Template } from '@huggingface/jinja';
import { AppError } from '../../errors.ts';
import type { Message } from '../language-model.ts';

/** A piece of a rendered prompt: the template's own text, or a message's content. */
export interface PromptPart {
  text: string;
  from: 'template' | 'content';
}

/** Stands in for contents while the template runs. Private-use characters: no white space to trim, no markup to escape. */
const MARK = '\u{F8FE}';

export class ChatTemplate {
  readonly #template: Template;

  constructor(
    source: string,
    private readonly tokens: { bos_token: string; eos_token: string },
  ) {
    if (source.includes(MARK)) throw new AppError('model-corrupt', 'chat template with private-use characters');
    this.#template = understood(() => new Template(source));
  }

  /** The prompt up to where the assistant's reply begins. Throws `unsupported` if the template leaves a message out. */
  render(messages: Message[]): PromptPart[] {
    const marked = messages.map(({ role }, index) => ({ role, content: `${MARK}${index}${MARK}` }));
    const variables = { messages: marked, add_generation_prompt: true, enable_thinking: false, ...this.tokens };
    const text = understood(() => this.#template.render(variables));
    const parts = text
      .split(MARK)
      .map((piece, i): PromptPart =>
        i % 2 === 0 ? { text: piece, from: 'template' } : { text: messages[Number(piece)].content, from: 'content' },
      );
    if (parts.length < 2 * messages.length + 1) throw new AppError('unsupported', 'the chat template drops a message');
    return parts;
  }
}

/** Throws `unsupported` for what the template language's interpreter throws. */
function understood<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new AppError('unsupported', `the chat template: ${String(cause)}`, { cause });
  }
}
