// Makes a base address to download from out of what the reader typed. What comes from there is trusted, so it is read strictly. Pure.
import { isThisMachine, type BadAddress } from '../openai/address.ts';

export interface BaseAddress {
  /** Ends in a slash; '' for nothing typed: the usual place. */
  base: string;
}

export function parseBase(typed: string): BaseAddress | BadAddress {
  const text = typed.trim();
  if (text === '') return { base: '' };
  const guess = /^\w+:\/\//.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !URL.canParse(guess)) return 'not-an-address';
  const { protocol, hostname, username, password, origin, pathname } = new URL(guess);
  if (!/^https?:$/.test(protocol) || !hostname || username || password) return 'not-an-address';
  if (protocol === 'http:' && !isThisMachine(hostname)) return 'plain-http';
  return { base: origin + pathname.replace(/\/*$/, '/') };
}
