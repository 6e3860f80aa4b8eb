// Which files of a repository could be downloaded and run, and the one that is proposed. By their names and sizes: what is really in
// a file shows when it is here. Pure.
import { BLOCK_FORMATS } from '../gguf/blocks/block-formats.ts';
import type { HubFile } from './hub.ts';

/** split: one of several parts. format: numbers stored in a way that Inkling does not read. memory: too large for this machine. */
export type FileProblem = 'split' | 'format' | 'memory' | 'no-hash';

export interface RepositoryFile {
  path: string;
  bytes: number;
  /** As the name has it ('Q4_K_M'), '' where it does not say. */
  quantization: string;
  problem?: FileProblem;
}

/** The best first: four bits lose little, and what is smaller loads and writes faster. */
const PREFERENCE = ['Q4_K_M', 'Q4_K_S', 'Q4_1', 'Q4_0', 'Q5_K_M', 'Q5_K_S', 'Q5_1', 'Q5_0', 'Q6_K', 'Q8_0'];
const QUANTIZATION = /(?:^|[-._/])((?:I?Q\d|TQ\d|BF16|F16|F32|MXFP4)[\w]*)\.gguf$/i;
const PART_OF_SEVERAL = /-\d{5}-of-\d{5}\.gguf$/i;

/** The GGUF files of a language model: the projectors of models that see (`mmproj`) are none. */
export function modelFiles(files: readonly HubFile[], fits: (bytes: number) => boolean): RepositoryFile[] {
  return files
    .filter(({ path }) => /\.gguf$/i.test(path) && !/mmproj|imatrix/i.test(path))
    .map((file): RepositoryFile => {
      const quantization = QUANTIZATION.exec(file.path)?.[1].toUpperCase() ?? '';
      const problem = problemOf(file, quantization, fits);
      return { path: file.path, bytes: file.bytes, quantization, ...(problem && { problem }) };
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

function problemOf(file: HubFile, quantization: string, fits: (bytes: number) => boolean): FileProblem | null {
  if (PART_OF_SEVERAL.test(file.path)) return 'split';
  if (!isRead(quantization)) return 'format';
  if (!file.sha256) return 'no-hash';
  return fits(file.bytes) ? null : 'memory';
}

/** `Q4_K_M` is Q4_K with some matrices in Q6_K; without a name the file itself will say. */
function isRead(quantization: string): boolean {
  const names = [...BLOCK_FORMATS.values()].map(({ name }) => name.toUpperCase());
  return quantization === '' || names.includes(quantization.replace(/_(XS|S|M|L|XL)$/, ''));
}
