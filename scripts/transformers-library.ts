// transformers.js as the extension carries it: without a second ONNX Runtime, and without the address that it would load one from.
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = path.dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'));
/** The same version as lib/model/ort binds; its WebAssembly comes from `ort/` (scripts/ort-assets.ts). */
const RUNTIME = path.join(PACKAGE, 'ort.wasm.min.mjs');
const LIBRARY = path.join(PACKAGE, '../../@huggingface/transformers/dist/transformers.web.js');

// Its code stands in one file, which names that address once.
const CODE_HOST = 'https://cdn.jsdelivr.net/npm/onnxruntime-web@${ONNX_ENV.versions.web}/dist/';

/** For Vite: what the library imports, and the library itself as browsers have it. */
export const transformersAliases = [
  { find: /^onnxruntime-web\/webgpu$/, replacement: RUNTIME },
  { find: /^onnxruntime-common$/, replacement: RUNTIME },
  { find: /^@huggingface\/transformers$/, replacement: LIBRARY },
];

/** Fails the build where the library no longer is what this knows. */
export function transformersLibrary(): Plugin {
  return {
    name: 'transformers-library',
    transform(code, id) {
      if (id.split('?')[0] !== LIBRARY) return null;
      const parts = code.split(CODE_HOST);
      if (parts.length !== 2)
        this.error(`${CODE_HOST} stands ${parts.length - 1} times in transformers.js, expected once`);
      return { code: parts.join(''), map: null };
    },
  };
}
