// What the options page does with a server before it is of use: it may be reached, it lists its models, it is tried.
import { browser } from 'wxt/browser';
import { toWire, type WireError } from '../errors.ts';
import { listModels, type OfferedModel } from '../model/openai/list-models.ts';
import { ServerLanguageModel } from '../model/openai/server-language-model.ts';
import { serverEntry, type Server } from '../model/openai/server.ts';
import { requestSitePermission } from './permissions.ts';
import { isAllowed, readPolicy, type Policy } from './policy.ts';

/** How a server did: its first words and how soon they came, or what went wrong. */
export type Trial =
  { kind: 'ok'; text: string; firstMs: number; tokensPerSecond: number } | { kind: 'failed'; error: WireError };

export interface ServersPlatform {
  /** Asks the reader to let Inkling reach that address; false as well where their organisation does not. Call it in the click, before any await. */
  allow(address: string): Promise<boolean>;
  isAllowed(address: string): Promise<boolean>;
  /** Throws `aborted`, or a code of a server. */
  listModels(server: Pick<Server, 'address' | 'key'>, signal: AbortSignal): Promise<OfferedModel[]>;
  /** Has the server write some words; `onText` gets all of them so far. */
  tryServer(server: Server, onText: (text: string) => void, signal: AbortSignal): Promise<Trial>;
}

/** Nothing of the reader's: it is sent before anything is chosen. */
const PROMPT = [{ role: 'user' as const, content: 'Name three colours of the sea, in one short sentence.' }];
const MAX_NEW_TOKENS = 40;

let policy: Policy = {};
/** Read ahead: in a click there is no time for it. The background holds to it in any case (lib/platform/model-settings.ts). */
void readPolicy().then((read) => (policy = read));

export const serversPlatform: ServersPlatform = {
  allow: (address) => (isAllowed(policy, { address }) ? requestSitePermission(address) : Promise.resolve(false)),
  isAllowed: (address) => {
    const { protocol, hostname } = new URL(address);
    return browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] });
  },
  listModels,
  async tryServer(server, onText, signal) {
    let text = '';
    try {
      const model = new ServerLanguageModel(serverEntry(server));
      for await (const event of model.generate(PROMPT, { maxNewTokens: MAX_NEW_TOKENS }, signal)) {
        if (event.kind === 'delta') onText((text += event.text));
        if (event.kind !== 'end') continue;
        const { timeToFirstTokenMs, decodeTokensPerSecond } = event.metrics;
        return { kind: 'ok', text, firstMs: timeToFirstTokenMs, tokensPerSecond: decodeTokensPerSecond };
      }
      throw new Error('no end');
    } catch (error) {
      return { kind: 'failed', error: toWire(error) };
    }
  },
};
