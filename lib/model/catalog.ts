// The models that Inkling knows: what each file is, and what each model may do, as measured (README, "What the models may do").

/** selects: the page's own sentences, which the model judges. composes: writes freely, then every sentence is checked. */
export type Method = 'selects' | 'composes';

export interface ModelFile {
  /** Name in the package's `models/` folder and in the store. */
  name: string;
  bytes: number;
  sha256: string;
}

/** What a sound model makes of a fixed text: a device that computes something else is not used (lib/model/self-test.ts). */
export interface KnownAnswer {
  /** At least 64 tokens: some kernels differ between short and long runs. */
  text: string;
  /** Mean of log P(token | tokens before it) over the last 63 tokens of `text`, in exact arithmetic. */
  meanLogProb: number;
  /** Tokens that may come next. */
  next: string[];
}

export interface CatalogEntry {
  id: string;
  /** As shown to the reader. */
  name: string;
  licence: string;
  weights: ModelFile;
  /** BCP 47 primary subtags of the languages that it knows; others are selected without it. */
  languages: string[];
  /** Tokens kept in the KV cache: at most the model's own limit, at most what the memory budget allows. */
  contextWindow: number;
  summarize: { method: Method };
  /** Without one the model runs on the CPU only. */
  knownAnswer?: KnownAnswer;
}

export const DEFAULT_MODEL: CatalogEntry = {
  id: 'smollm2-135m-instruct',
  name: 'SmolLM2 135M',
  licence: 'Apache-2.0',
  weights: {
    name: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98362432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  },
  languages: ['en'],
  contextWindow: 2048,
  summarize: { method: 'selects' },
  knownAnswer: {
    text:
      'The Earth moves around the Sun once a year, and the Moon moves around the Earth once a month. Water freezes at 0 degrees ' +
      'Celsius and boils at 100 degrees Celsius. The numbers from one to ten are 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10. The capital of ' +
      'France is the city of',
    meanLogProb: -1.302,
    next: [' Paris'],
  },
};

/** Sentence embeddings for all tasks: all-MiniLM-L6-v2, int8, mean-pooled. */
export const EMBEDDER = {
  id: 'all-minilm-l6-v2',
  licence: 'Apache-2.0',
  dimensions: 384,
  languages: ['en'],
  model: {
    name: 'all-MiniLM-L6-v2.int8.onnx',
    bytes: 22928619,
    sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
  },
  tokenizer: {
    name: 'all-MiniLM-L6-v2.tokenizer.json',
    bytes: 466247,
    sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  },
} as const satisfies { model: ModelFile; tokenizer: ModelFile } & Record<string, unknown>;
