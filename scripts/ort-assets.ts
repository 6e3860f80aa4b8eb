// The ONNX Runtime files that the extension carries under `ort/`: glue and WebAssembly of the CPU build and of the WebGPU (JSPI)
// build, from the pinned package. Called by the build (a hook of wxt.config.ts), by tests and by the bench.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PACKAGE = path.join(ROOT, 'node_modules/onnxruntime-web');
/** lib/model/ort binds this version's private interface. */
const VERSION = '1.30.0';
const BUILDS = ['ort-wasm-simd-threaded', 'ort-wasm-simd-threaded.jspi'];

// The CPU flash attention of this version is some 17 times slower than the plain kernel for more than one token. It is switched
// off by an environment variable, which a WebAssembly module can only be given through this literal of Emscripten's.
const ENVIRONMENT = 'USER:"web_user"';
const FLAG = 'ORT_GQA_DISABLE_FLASH_ATTENTION';

/** In the shape of WXT's `build:publicAssets` hook. */
type Asset = { relativeDest: string } & ({ absoluteSrc: string } | { contents: string });

/** The files, one entry each. Throws where the package is not the one that lib/model/ort knows. */
export async function ortAssets(): Promise<Asset[]> {
  const { version } = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  if (version !== VERSION) throw new Error(`onnxruntime-web ${version} is installed, ${VERSION} is bound`);
  const files = await Promise.all(BUILDS.map(build));
  return files.flat();
}

/** Writes those of `ortAssets` to `directory` (so to `directory/ort/`). */
export async function writeOrtAssets(directory: string): Promise<void> {
  await mkdir(path.join(directory, 'ort'), { recursive: true });
  for (const file of await ortAssets()) {
    const target = path.join(directory, file.relativeDest);
    await ('contents' in file ? writeFile(target, file.contents) : copyFile(file.absoluteSrc, target));
  }
}

async function build(name: string): Promise<Asset[]> {
  const glue = await readFile(path.join(PACKAGE, 'dist', `${name}.mjs`), 'utf8');
  const absoluteSrc = path.join(PACKAGE, 'dist', `${name}.wasm`);
  if (!(await readFile(absoluteSrc)).includes(FLAG)) throw new Error(`${name}.wasm does not know ${FLAG}`);
  return [
    { relativeDest: `ort/${name}.mjs`, contents: patchGlue(glue) },
    { relativeDest: `ort/${name}.wasm`, absoluteSrc },
  ];
}

/** The glue with the flag in its environment. Throws where the literal does not stand in it exactly once. */
export function patchGlue(glue: string): string {
  const parts = glue.split(ENVIRONMENT);
  if (parts.length !== 2) throw new Error(`${ENVIRONMENT} stands ${parts.length - 1} times in the glue, expected once`);
  return parts.join(`${FLAG}:"1",${ENVIRONMENT}`);
}
