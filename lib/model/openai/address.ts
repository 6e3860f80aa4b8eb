// Makes an address out of what the reader typed, and says what is to be known of it. Text goes there, so it is read strictly. Pure.

export interface ServerAddress {
  /** Ends in the version ('http://localhost:11434/v1'), without a slash. */
  base: string;
  /** Who else can read what is sent: nobody, or whoever is on the reader's own network. */
  exposure: 'none' | 'network';
}

/** not-an-address: nothing that can be asked. plain-http: it would go through the internet for all to read. */
export type BadAddress = 'not-an-address' | 'plain-http';

/** Takes 'localhost:11434', a base with or without its version, or the address of an endpoint. */
export function parseAddress(typed: string): ServerAddress | BadAddress {
  const text = typed.trim();
  const isWhole = /^https?:\/\//i.test(text);
  const guess = isWhole ? text : `${isPrivate(hostnameOf(`http://${text}`)) ? 'http' : 'https'}://${text}`;
  const isOther = !isWhole && /^\w+:\/\//.test(text);
  if (isOther || /\s/.test(text) || !URL.canParse(guess)) return 'not-an-address';
  const url = new URL(guess);
  if (!url.hostname || url.username || url.password) return 'not-an-address';
  const isPlain = url.protocol === 'http:';
  if (isPlain && !isPrivate(url.hostname)) return 'plain-http';
  const path = url.pathname.replace(/\/(chat\/completions|models)?\/*$/, '').replace(/\/+$/, '');
  return {
    base: `${url.origin}${path || '/v1'}`,
    exposure: isPlain && !isLoopback(url.hostname) ? 'network' : 'none',
  };
}

function hostnameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

/** This machine. */
function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** This machine or the reader's own network: names and ranges that the internet does not carry (RFC 1918, 3927, 4193, 4291, 6598, 6762, 8375). */
function isPrivate(hostname: string): boolean {
  if (isLoopback(hostname)) return true;
  if (hostname.startsWith('[')) return /^\[(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(hostname);
  if (/^\d+(\.\d+){3}$/.test(hostname)) {
    const [a, b] = hostname.split('.').map(Number);
    return (
      a === 10 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128)
    );
  }
  return /^[^.]+$|\.(local|lan|internal|home\.arpa)$/.test(hostname);
}
