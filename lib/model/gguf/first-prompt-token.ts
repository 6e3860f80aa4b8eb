// The token that a model's prompts begin with: attention of every later position rests on it (lib/model/gguf/first-token-values.ts).
import { ChatTemplate } from './chat-template.ts';
import type { TokenizerData } from './tokenizer-data.ts';

/** Undefined where prompts begin with plain text. */
export function firstPromptToken(data: TokenizerData): number | undefined {
  if (data.beginOfText !== undefined) return data.beginOfText;
  if (!data.chatTemplate) return undefined;
  const template = new ChatTemplate(data.chatTemplate, { bos_token: data.bosToken, eos_token: data.eosToken });
  const [{ text }] = template.render([{ role: 'user', content: '' }]);
  const leading = data.controlTokens.filter((id) => data.tokens[id] !== '' && text.startsWith(data.tokens[id]));
  return leading.sort((a, b) => data.tokens[b].length - data.tokens[a].length)[0];
}
