// A tokenizer from the hub's `tokenizer.json`: text to ids as that file says, and prompts by the model's own chat template.
import { Tokenizer as HubTokenizer } from '@huggingface/tokenizers';
import { isObject } from '../download/json.ts';
import { byteLevelBytes } from '../gguf/byte-level.ts';
import { ChatTemplate } from '../gguf/chat-template.ts';
import { byteOf, SPACE } from '../gguf/sentencepiece.ts';
import { companionNames, readTemplate } from '../hub/layout.ts';
import type { Message } from '../language-model.ts';
import type { Tokenizer } from '../tokenizer.ts';

interface AddedToken {
  id: number;
  content: string;
  special: boolean;
}

/** `companions` by path. Throws `unsupported`, and SyntaxError for what is not JSON. */
export async function tokenizerFromHub(companions: ReadonlyMap<string, Blob>): Promise<Tokenizer> {
  const [json, config, generation, model, template] = await Promise.all([
    readJson(companions, companionNames.tokenizer),
    readJson(companions, companionNames.tokenizerConfig),
    readJson(companions, companionNames.generationConfig),
    readJson(companions, companionNames.config),
    readTemplate(companions),
  ]);
  const added = Array.isArray(json.added_tokens) ? (json.added_tokens as AddedToken[]) : [];
  const control = added.filter(({ special }) => special);
  const controlIds = new Map(control.map(({ content, id }) => [content, id]));
  const controlTokens = new Set(control.map(({ id }) => id));
  const whole = new HubTokenizer(json, config);
  const plain = new HubTokenizer(withoutControl(json, controlIds), config);
  const tokenBytes = JSON.stringify(json.decoder ?? {}).includes('"ByteLevel"') ? byteLevelBytes : sentencePieceBytes;
  const chat = new ChatTemplate(template, {
    bos_token: textOf(config.bos_token),
    eos_token: textOf(config.eos_token),
  });

  function encode(text: string): number[] {
    // UTF-8 cannot hold half a surrogate pair.
    const { ids } = plain.encode(text.replace(/\p{Surrogate}/gu, '\u{FFFD}'), { add_special_tokens: false });
    return ids.filter((id) => !controlTokens.has(id));
  }

  return {
    controlTokens,
    endOfReply: endOfReply([generation.eos_token_id, model.eos_token_id, controlIds.get(textOf(config.eos_token))]),
    encode,
    bytesOf(id) {
      const token = controlTokens.has(id) ? undefined : whole.id_to_token(id);
      if (token === undefined) return new Uint8Array();
      return tokenBytes(token) ?? new TextEncoder().encode(token);
    },
    encodeChat(messages: Message[]) {
      return chat
        .render(messages)
        .flatMap(({ text, from }) =>
          from === 'template' ? whole.encode(text, { add_special_tokens: false }).ids : encode(text),
        );
    },
  };
}

/** A tokenizer to which control tokens are ordinary text: neither matched in it nor in its vocabulary. */
function withoutControl(json: Record<string, unknown>, controlIds: ReadonlyMap<string, number>): object {
  const added = (json.added_tokens as AddedToken[] | undefined)?.filter(({ special }) => !special) ?? [];
  const model = isObject(json.model) ? json.model : {};
  if (!isObject(model.vocab) || Array.isArray(model.vocab)) return { ...json, added_tokens: added };
  const kept = Object.entries(model.vocab).filter(([token]) => !controlIds.has(token) || token === model.unk_token);
  return { ...json, added_tokens: added, model: { ...model, vocab: Object.fromEntries(kept) } };
}

function sentencePieceBytes(token: string): Uint8Array {
  const byte = byteOf(token);
  return byte === undefined ? new TextEncoder().encode(token.replaceAll(SPACE, ' ')) : Uint8Array.of(byte);
}

/** A token of the tokenizer's configuration is its text, or an object with that in it. */
function textOf(token: unknown): string {
  if (typeof token === 'string') return token;
  return isObject(token) && typeof token.content === 'string' ? token.content : '';
}

function endOfReply(stated: unknown[]): ReadonlySet<number> {
  return new Set(stated.flat().filter((id): id is number => typeof id === 'number'));
}

async function readJson(companions: ReadonlyMap<string, Blob>, name: string): Promise<Record<string, unknown>> {
  const value = JSON.parse((await companions.get(name)?.text()) ?? '{}') as unknown;
  return isObject(value) ? value : {};
}
