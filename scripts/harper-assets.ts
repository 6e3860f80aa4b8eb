// The grammar checker's file that the extension carries under `harper/`: the smaller of its two builds, from the pinned package.
import { fileURLToPath } from 'node:url';

const WASM = 'harper_wasm_slim_bg.wasm';

/** In the shape of WXT's `build:publicAssets` hook. */
export function harperAssets(): { absoluteSrc: string; relativeDest: string }[] {
  const absoluteSrc = fileURLToPath(new URL(`../node_modules/harper.js/dist/${WASM}`, import.meta.url));
  return [{ absoluteSrc, relativeDest: `harper/${WASM}` }];
}
