// Which files of a repository could be downloaded and run, and the one that is proposed. By their names and sizes: what is really in
// a file shows when it is here. Pure.
import { isHubLayout } from '../catalog.ts';
import { BLOCK_FORMATS } from '../gguf/blocks/block-formats.ts';
import type { HubFile } from './hub.ts';
import { companionNames, isDataOf } from './layout.ts';

/**
 * split: one of several parts. format: numbers stored in a way that Inkling does not read. memory: too large for this machine.
 * companions: a graph without the files that say how to use it.
 */
export type FileProblem = 'split' | 'format' | 'memory' | 'no-hash' | 'companions';

export interface RepositoryFile {
  path: string;
  /** With the data that a graph keeps outside of itself. */
  bytes: number;
  /** As the name has it ('Q4_K_M'), '' where it does not say. */
  quantization: string;
  problem?: FileProblem;
}

/** The best first: four bits lose little, and what is smaller loads and writes faster. Graphs are run as they are: 8 bits at best. */
const PREFERENCE = [
  ...['Q4_K_M', 'Q4_K_S', 'Q4_1', 'Q4_0', 'Q5_K_M', 'Q5_K_S', 'Q5_1', 'Q5_0', 'Q6_K', 'Q8_0'],
  ...['QUANTIZED', 'INT8', 'UINT8'],
];
const QUANTIZATION = /(?:^|[-._/])((?:I?Q\d|TQ\d|BF16|F16|F32|MXFP4)[\w]*)\.gguf$/i;
const PART_OF_SEVERAL = /-\d{5}-of-\d{5}\.gguf$/i;
/** A decoder of one graph, and what its name says of its numbers. */
const GRAPH = /^onnx\/model(?:_(\w+))?\.onnx$/;
/** What runs on the CPU at a bearable speed: four bits and halves do not. */
const GRAPH_FORMATS = ['', 'QUANTIZED', 'INT8', 'UINT8'];

/** The models: GGUF files, but for the projectors of models that see (`mmproj`), and graphs laid out as on the hub. */
export function modelFiles(files: readonly HubFile[], fits: (memoryBytes: number) => boolean): RepositoryFile[] {
  const weights = files.filter(({ path }) => /\.gguf$/i.test(path) && !/mmproj|imatrix/i.test(path));
  const graphs = files.filter(({ path }) => GRAPH.test(path));
  return [...weights, ...graphs]
    .map((file): RepositoryFile => {
      const quantization = (QUANTIZATION.exec(file.path) ?? GRAPH.exec(file.path))?.[1]?.toUpperCase() ?? '';
      const data = files.filter(({ path }) => isDataOf(file.path, path));
      const bytes = data.reduce((sum, each) => sum + each.bytes, file.bytes);
      const problem = isHubLayout(file.path)
        ? problemOfGraph(file, quantization, files)
        : problemOfWeights(file, quantization);
      const tooLarge = fits(memoryOf(file.path, bytes, quantization)) ? undefined : 'memory';
      const found = problem ?? tooLarge;
      return { path: file.path, bytes, quantization, ...(found && { problem: found }) };
    })
    .sort((a, b) => a.bytes - b.bytes);
}

/** Null where none can run. */
export function proposeFile(files: readonly RepositoryFile[]): RepositoryFile | null {
  const rank = ({ quantization }: RepositoryFile) => {
    const at = PREFERENCE.indexOf(quantization);
    return at < 0 ? PREFERENCE.length : at;
  };
  const fitting = files.filter(({ problem }) => !problem);
  return fitting.sort((a, b) => rank(a) - rank(b) || a.bytes - b.bytes).at(0) ?? null;
}

function problemOfWeights(file: HubFile, quantization: string): FileProblem | undefined {
  if (PART_OF_SEVERAL.test(file.path)) return 'split';
  if (!isRead(quantization)) return 'format';
  return file.sha256 ? undefined : 'no-hash';
}

function problemOfGraph(file: HubFile, quantization: string, files: readonly HubFile[]): FileProblem | undefined {
  if (!GRAPH_FORMATS.includes(quantization)) return 'format';
  const needed = [companionNames.config, companionNames.tokenizer];
  if (!needed.every((name) => files.some(({ path }) => path === name))) return 'companions';
  return file.sha256 ? undefined : 'no-hash';
}

/** `Q4_K_M` is Q4_K with some matrices in Q6_K; without a name the file itself will say. */
function isRead(quantization: string): boolean {
  const names = [...BLOCK_FORMATS.values()].map(({ name }) => name.toUpperCase());
  return quantization === '' || names.includes(quantization.replace(/_(XS|S|M|L|XL)$/, ''));
}

/** About, as the file's head has not been read: a byte for each number, as it is kept here, and half as much for cache and runtime. */
function memoryOf(path: string, bytes: number, quantization: string): number {
  if (isHubLayout(path)) return 2 * bytes;
  const bits = Number(/\d+/.exec(quantization)?.[0] ?? 8);
  return 1.4 * ((bytes * 8) / (bits + 0.5));
}
