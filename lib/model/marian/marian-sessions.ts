// Runs a model's graphs in ONNX Runtime: the encoder's outputs go to the decoder as they lie in the heap. Knows no text.
import { throwIfAborted } from '../../errors.ts';
import { joined, WeightFile } from '../gguf/weight-file.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { allocateCopy, createTensor, float32View, int64View, tensorData, type ElementType } from '../ort/heap.ts';
import type { OrtModule } from '../ort/module.ts';
import { OrtSession } from '../ort/session.ts';
import { macrotask } from '../runtime/macrotask.ts';
import type { BatchInputs } from './batch.ts';
import { writeDecoder } from './decoder-graph.ts';
import { writeEncoder } from './encoder-graph.ts';
import type { Draft } from './layers.ts';
import { feedForwardOf, float32Linear, int8LinearButOutliers, type Precision } from './linear.ts';

const WEIGHTS_FILE = 'weights.bin';
/** How long the thread may go without looking at its messages. */
const SLICE_MS = 50;

export interface Precisions {
  encoder: Precision;
  decoder: Precision;
}

/** What a run wrote. */
export interface Written {
  /** Places among the choices; 0 from a sentence's end on. [written, batch] */
  tokens: BigInt64Array;
  /** How much each head of the last layer looked at each source token meanwhile. [written, batch, heads, source] */
  attention: Float32Array;
}

/** The parts of a model that the graphs are written from. */
export interface Parts extends Pick<Draft, 'file' | 'config'> {
  positions: Float32Array;
  /** A target embedding is its int8 number times this. */
  targetScale: number;
}

export class MarianSessions {
  #encoders = new Map<Precision, OrtSession>();
  #decoders = new Map<Precision, OrtSession>();

  constructor(
    /** Waited for when the first graph is built: the runtime and the files may come at once. */
    private readonly module: OrtModule | Promise<OrtModule>,
    private readonly parts: Parts,
  ) {}

  /** Graphs are built on first use. Throws `model-corrupt`, `load-failed`, `out-of-memory`, `aborted`, `internal`. */
  async run(inputs: BatchInputs, maxTokens: number, precisions: Precisions, signal: AbortSignal): Promise<Written> {
    const encoder = await this.#session(this.#encoders, precisions.encoder, signal, (draft) => {
      const linear = precisions.encoder === 'int8' ? int8LinearButOutliers(draft.weights) : draft.linear;
      writeEncoder({ ...draft, linear, hasManyRows: true });
    });
    const decoder = await this.#session(this.#decoders, precisions.decoder, signal, (draft) => {
      writeDecoder(draft, precisions.decoder, this.parts.positions, this.parts.targetScale);
    });
    const module = await this.module;
    const tensors = new RunTensors(module);
    const { batch, source, choices } = inputs;
    const hiddenSize = this.parts.config.hiddenSize;
    try {
      encoder.setInput('x', tensors.add('float32', [inputs.placeOfRow.length, hiddenSize], inputs.x));
      encoder.setInput('rowOfPlace', tensors.add('int64', [batch, source], inputs.rowOfPlace));
      encoder.setInput('placeOfRow', tensors.add('int64', [inputs.placeOfRow.length], inputs.placeOfRow));
      encoder.setInput('isToken', tensors.add('int32', [batch, source], inputs.isToken));
      for (const name of encoder.outputNames) encoder.setOutput(name, 0);
      await encoder.run();
      for (const name of encoder.outputNames) decoder.setInput(name, tensors.own(encoder.output(name)));
      decoder.setInput('mask', tensors.add('float32', [batch, 1, 1, source], inputs.mask));
      decoder.setInput('targets', tensors.add('int8', [choices.length, hiddenSize], inputs.targets));
      decoder.setInput('bias', tensors.add('float32', [batch, choices.length], inputs.bias));
      decoder.setInput('steps', tensors.add('int64', [], BigInt64Array.of(BigInt(maxTokens))));
      for (const name of decoder.outputNames) decoder.setOutput(name, 0);
      await decoder.run();
      const [tokens, attention] = ['tokens', 'attention'].map((name) =>
        tensorData(module, tensors.own(decoder.output(name))),
      );
      return {
        tokens: int64View(module, tokens.pointer, tokens.length).slice(),
        attention: float32View(module, attention.pointer, attention.length).slice(),
      };
    } finally {
      tensors.release();
    }
  }

  areOpen({ encoder, decoder }: Precisions): boolean {
    return this.#encoders.has(encoder) && this.#decoders.has(decoder);
  }

  dispose(): void {
    for (const session of [...this.#encoders.values(), ...this.#decoders.values()]) session.dispose();
    this.#encoders.clear();
    this.#decoders.clear();
  }

  async #session(
    sessions: Map<Precision, OrtSession>,
    precision: Precision,
    signal: AbortSignal,
    write: (draft: Draft) => void,
  ): Promise<OrtSession> {
    const open = sessions.get(precision);
    if (open) return open;
    const weights = new WeightFile(new GraphBuilder(WEIGHTS_FILE));
    write({ ...this.parts, weights, linear: float32Linear(weights), feedForward: feedForwardOf(precision, weights) });
    const data = await joined(weights.pieces(pauser(signal)), weights.graph.externalBytes);
    const session = await OrtSession.create(await this.module, {
      graph: weights.graph.finish(),
      asWritten: true,
      weights: { path: WEIGHTS_FILE, data },
    });
    sessions.set(precision, session);
    return session;
  }
}

/** The tensors of one run and the memory under those that are ours. */
class RunTensors {
  #tensors: number[] = [];
  #buffers: number[] = [];

  constructor(private readonly module: OrtModule) {}

  add(type: ElementType, dimensions: number[], values: Float32Array | Int8Array | Int32Array | BigInt64Array): number {
    const buffer = allocateCopy(this.module, values);
    this.#buffers.push(buffer);
    return this.own(createTensor(this.module, type, buffer, dimensions));
  }

  /** To be released with the others. */
  own(tensor: number): number {
    this.#tensors.push(tensor);
    return tensor;
  }

  release(): void {
    for (const tensor of this.#tensors) this.module._OrtReleaseTensor(tensor);
    for (const buffer of this.#buffers) this.module._free(buffer);
  }
}

/** Lets the thread's other messages in from time to time, so that an abort can arrive. */
function pauser(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < SLICE_MS) return;
    await macrotask();
    throwIfAborted(signal);
    last = performance.now();
  };
}
