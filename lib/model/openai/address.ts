// Makes an address out of what the reader typed, and says what is to be known of it. Text goes there, so it is read strictly. Pure.

export interface ServerAddress {
  /** Ends in the version ('http://localhost:11434/v1'), without a slash. */
  base: string;
}

/** not-an-address: nothing that can be asked. plain-http: others on the way could read what is sent. */
export type BadAddress = 'not-an-address' | 'plain-http';

/** Takes 'localhost:11434', a base with or without its version, or the address of an endpoint. */
export function parseAddress(typed: string): ServerAddress | BadAddress {
  const text = typed.trim();
  const isWhole = /^https?:\/\//i.test(text);
  const guess = isWhole ? text : `${isThisMachine(hostnameOf(`http://${text}`)) ? 'http' : 'https'}://${text}`;
  const isOther = !isWhole && /^\w+:\/\//.test(text);
  if (isOther || /\s/.test(text) || !URL.canParse(guess)) return 'not-an-address';
  const url = new URL(guess);
  if (!url.hostname || url.username || url.password) return 'not-an-address';
  const isPlain = url.protocol === 'http:';
  if (isPlain && !isThisMachine(url.hostname)) return 'plain-http';
  const path = url.pathname.replace(/\/(chat\/completions|models)?\/*$/, '').replace(/\/+$/, '');
  return { base: `${url.origin}${path || '/v1'}` };
}

function hostnameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

/** As the extension's policy names it (connect-src in wxt.config.ts). */
export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1';
}
