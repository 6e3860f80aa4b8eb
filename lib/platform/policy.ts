// What an organisation has laid down for its browsers (docs/policy.md): it stands above what the reader chooses. Browsers keep it where
// neither pages nor readers can write.
import { browser } from 'wxt/browser';
import { array, matching } from '../engine/schema.ts';
import type { Check } from '../engine/schema.ts';
import { hostOf } from '../model/openai/server.ts';

export interface Policy {
  /** Base address of the hub that models are downloaded from. */
  hubEndpoint?: string;
  /** Base address of the mirror of language packs. */
  packMirror?: string;
  /** Hosts that text may be sent to, as a reader writes them ('ollama.example:8000'); none: no server at all. Absent: any. */
  allowedServers?: string[];
}

const address = matching(/^https?:\/\/\S+$/);
const CHECKS: { [K in keyof Policy]-?: Check<NonNullable<Policy[K]>> } = {
  hubEndpoint: address,
  packMirror: address,
  allowedServers: array(matching(/^\S+$/)),
};

/** A field that is not as it should be counts as absent, but for the servers: then none is allowed. */
export function parsePolicy(stored: unknown): Policy {
  const record = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const sound = Object.entries(CHECKS).filter(([key, check]) => (check as Check<unknown>)(record[key]));
  const policy = Object.fromEntries(sound.map(([key]) => [key, record[key]])) as Policy;
  const isUnclear = record.allowedServers !== undefined && !policy.allowedServers;
  return isUnclear ? { ...policy, allowedServers: [] } : policy;
}

/** Empty where there is none: Firefox rejects then, Chrome has nothing to say. */
export async function readPolicy(): Promise<Policy> {
  return parsePolicy(await browser.storage.managed.get(null).catch(() => ({})));
}

/** `address`: of a server. */
export function isAllowed({ allowedServers }: Policy, server: { address: string }): boolean {
  return !allowedServers || (URL.canParse(server.address) && allowedServers.includes(hostOf(server)));
}
