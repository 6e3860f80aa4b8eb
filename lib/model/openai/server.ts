// A server of the reader's choice that speaks OpenAI's protocol, and the entry that tasks see of it. Data only: pages use it too.
import type { ModelEntry } from '../catalog.ts';

export interface Server {
  /** Ours, never shown. */
  id: string;
  /** Base address, as lib/model/openai/address.ts makes it: what `/chat/completions` is appended to. */
  address: string;
  /** '' where it wants none. */
  key: string;
  /** By the server's own name for it. */
  model: string;
  /** Tokens of prompt and completion that the server gives the model; more would be cut there without a word. */
  contextWindow: number;
}

/** A model that runs on a server: what tasks ask is the same as of any other. */
export interface ServerEntry extends ModelEntry {
  server: Server;
}

/** What most servers give a model that nobody has said more of. */
export const USUAL_CONTEXT = 4096;

/** A model of a server is not measured; one that somebody runs a server for is taken to write, in the languages of large models. */
const LANGUAGES = (
  'ar be bg bn ca cs da de el en es et fa fi fr gu he hi hr hu id it ja ka kn ko lt lv ml mr ms nb nl nn no pa pl pt ro ru sk sl sq ' +
  'sr sv sw ta te th tl tr uk ur vi zh'
).split(' ');

export function serverEntry(server: Server): ServerEntry {
  return {
    id: server.id,
    name: nameOf(server),
    languages: LANGUAGES,
    contextWindow: server.contextWindow,
    methods: { summarize: 'composes', rewrite: 'composes', chat: 'composes', translate: 'composes' },
    cannotScore: true,
    server,
  };
}

/** As shown: of a file, which is what llama.cpp calls its model by, the name without its folders. */
export function nameOf({ model }: Pick<Server, 'model'>): string {
  return model.replace(/^.*[\\/](?=[^\\/]+\.gguf$)/i, '');
}

/** As a reader writes it: 'localhost:11434', 'api.example.com'. */
export function hostOf({ address }: Pick<Server, 'address'>): string {
  return new URL(address).host;
}
