// The grammar checker of the package, in Node: for tests and measures.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Checker } from '../../lib/engine/checker.ts';
import type { Hunk } from '../../lib/protocol.ts';
import { hunksOf } from '../../lib/tasks/rewrite/grammar.ts';

const DIST = fileURLToPath(new URL('../../node_modules/harper.js/dist/', import.meta.url));

/** What "Fix grammar and spelling" proposes for a text, as the product does it. */
export function inNode(): (text: string, language: string) => Promise<Hunk[]> {
  const checker = checkerInNode();
  return async (text, language) => hunksOf(text, await checker.check(text, language));
}

/** The checker itself; its WebAssembly comes from the installed package. */
export function checkerInNode(): Checker {
  const own = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith('harper-package:')) return own(input, init);
    const wasm = await readFile(DIST + url.slice(url.lastIndexOf('/') + 1));
    return new Response(wasm, { headers: { 'content-type': 'application/wasm' } });
  };
  return new Checker('harper-package:');
}
