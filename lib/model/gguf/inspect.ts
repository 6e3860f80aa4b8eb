// What a GGUF file is and whether it can run here, from its head alone: known before it is downloaded or converted.
import { AppError } from '../../errors.ts';
import type { DecoderPlan } from './architectures/architecture.ts';
import { readPlan } from './architectures/architectures.ts';
import { formatName } from './blocks/block-formats.ts';
import { GgufFile, readHeader } from './gguf-file.ts';
import { parseHeader, type Header, type TensorEntry } from './header.ts';
import { Metadata } from './metadata.ts';
import { checkTensors } from './required-tensors.ts';
import { checkTokenizer } from './tokenizer-data.ts';

export interface GgufInspection {
  /** As the file says, '' where it does not. */
  architecture: string;
  name: string;
  /** Numbers in all tensors. */
  parameters: number;
  /** Block formats, the one of most numbers first. */
  formats: string[];
  /** Tokens that it was trained for; 0 where the file does not say. */
  contextLength: number;
  /** True, or in a few words what stands against it. */
  supported: true | string;
  /** About what it takes to run on the CPU with `CONTEXT_TOKENS` of context; 0 where it is not supported. */
  memoryBytes: number;
}

const CONTEXT_TOKENS = 2048;
/** ONNX Runtime itself, its buffers for one step, and a tokenizer. */
const RUNTIME_BYTES = 120e6;

/**
 * From the bytes that a file begins with; undefined where its head is longer than these. Vocabularies make it long: 2 to 12 MB.
 * `sizeBytes`: of the whole file, where that is known. Throws `model-corrupt` for what is no GGUF file.
 */
export function inspectGguf(bytes: Uint8Array<ArrayBuffer>, sizeBytes = Infinity): GgufInspection | undefined {
  const header = parseHeader(bytes);
  return header && inspectHeader(header, sizeBytes);
}

/** The same of a whole file, of which only the head is read; one that is cut short is not supported. Throws `model-corrupt`. */
export async function inspectGgufFile(file: Blob): Promise<GgufInspection> {
  return inspectHeader(await readHeader(file, file.size), file.size);
}

function inspectHeader(header: Header, sizeBytes: number): GgufInspection {
  const metadata = new Metadata(header.metadata);
  const architecture = metadata.string('general.architecture', '');
  const sizes = new Map<string, number>();
  for (const tensor of header.tensors) {
    const format = formatName(tensor.type);
    sizes.set(format, (sizes.get(format) ?? 0) + numbersIn(tensor));
  }
  const formats = [...sizes].sort(([, a], [, b]) => b - a).map(([format]) => format);
  const parameters = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const found = {
    architecture,
    name: metadata.string('general.name', ''),
    parameters,
    formats,
    contextLength: metadata.number(`${architecture}.context_length`, 0),
  };
  try {
    const gguf = GgufFile.withHeader(header, new ArrayBuffer(0), sizeBytes);
    const plan = readPlan(gguf);
    checkTensors(gguf, plan);
    checkTokenizer(metadata);
    return { ...found, supported: true, memoryBytes: memoryBytes(gguf, plan) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...found, supported: error.detail, memoryBytes: 0 };
  }
}

function numbersIn({ dimensions }: TensorEntry): number {
  return dimensions.reduce((product, size) => product * size, 1);
}

/** Matrices as one byte per number, the embeddings as they are in the file, the cache in float32. */
function memoryBytes(gguf: GgufFile, { config }: DecoderPlan): number {
  const embeddings = gguf.tensor('token_embd.weight');
  const head = gguf.has('output.weight') ? 0 : embeddings.rows * embeddings.columns;
  const others = gguf.tensorNames.filter((name) => name !== embeddings.name).map((name) => gguf.tensor(name));
  const matrices = others.reduce((sum, { rows, columns }) => sum + rows * (columns + 4), head);
  const positions = Math.min(CONTEXT_TOKENS, config.contextLength);
  const cache = config.layers * 2 * config.keyValueHeads * config.headSize * 4 * positions;
  return Math.round(matrices + embeddings.rows * embeddings.rowBytes + cache + RUNTIME_BYTES);
}
