// The models that Inkling knows: what each file is, and what each model may do, as measured (README, "What the models may do").
import type { ModelTask } from '../protocol.ts';
import { HUB_MODELS } from './catalog/hub-models.ts';
import type { Pack } from './packs/pack.ts';

/** selects: the reader's own text, chosen and cut by rules that the model judges. composes: writes freely, then all of it is checked. */
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

/** What a task has to know of a language model, wherever that runs. */
export interface ModelEntry {
  id: string;
  /** As shown to the reader. */
  name: string;
  /** BCP 47 primary subtags of the languages that it knows; others are selected without it. */
  languages: string[];
  /** Tokens of prompt and completion together: at most the model's own limit, at most what the memory budget allows. */
  contextWindow: number;
  /** How it does each task, as measured. translate: set where it may be asked to, between its languages, for want of a language pack. */
  methods: Record<ModelTask['kind'], Method> & { translate?: 'composes' };
  /** Set where it cannot say how likely a text is (`LanguageModel.score` throws `unsupported`): tasks do without that check. */
  cannotScore?: true;
}

/** Where a model's weights come from. package: the extension itself. hub: downloaded; `commit`: the one that is here. own: a file of the reader's. */
export type Origin =
  { kind: 'package' } | { kind: 'hub'; repository: string; file: string; commit?: string } | { kind: 'own' };

/** A model that runs on this machine. */
export interface CatalogEntry extends ModelEntry {
  /** '' where unknown: a file of the reader's. */
  licence: string;
  origin: Origin;
  /** Of a hub model that is not installed `bytes` is about right and `sha256` '': the hub states both when it is downloaded. */
  weights: ModelFile;
  /**
   * Of a model that is laid out as on the hub: what it needs beside its weights (`config.json`, `tokenizer.json`, external data), by
   * path. Absent where a file has all of it, and as long as it is not installed.
   */
  companions?: ModelFile[];
  /** What loading and running it takes on the CPU, about (lib/model/gguf/inspect.ts); 0 where nobody has looked into it yet. */
  memoryBytes: number;
  /** Whether `methods` are as measured (README), or as the model's makers and size suggest. */
  measured: boolean;
  /** Without one the model runs on the CPU only. Of a downloaded one it is measured there, at its first load. */
  knownAnswer?: KnownAnswer;
}

/** What models are tested with. */
export const TEST_TEXT =
  'The Earth moves around the Sun once a year, and the Moon moves around the Earth once a month. Water freezes at 0 degrees ' +
  'Celsius and boils at 100 degrees Celsius. The numbers from one to ten are 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10. The capital of ' +
  'France is the city of';

export const DEFAULT_MODEL: CatalogEntry = {
  id: 'smollm2-135m-instruct',
  name: 'SmolLM2 135M',
  licence: 'Apache-2.0',
  origin: { kind: 'package' },
  measured: true,
  memoryBytes: 380e6,
  weights: {
    name: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98362432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  },
  languages: ['en'],
  contextWindow: 2048,
  methods: { summarize: 'selects', rewrite: 'selects', chat: 'selects' },
  knownAnswer: {
    text: TEST_TEXT,
    meanLogProb: -1.302,
    next: [' Paris'],
  },
};

/** Whether weights are an ONNX graph with companions, run by transformers.js, and not a GGUF file, which is converted here. */
export function isHubLayout(file: string): boolean {
  return file.endsWith('.onnx');
}

/** All models that run here; what is not in the package is downloaded first (lib/model/hub). */
export const CATALOG: readonly CatalogEntry[] = [DEFAULT_MODEL, ...HUB_MODELS];

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

/** Firefox Translations, tiny architecture, MPL-2.0: the directions that work at install. */
export const PACKAGED_PACKS: readonly Pack[] = [
  {
    pair: { from: 'en', to: 'pt' },
    files: {
      model: {
        name: 'model.enpt.intgemm.alphas.bin',
        bytes: 17140836,
        sha256: 'd968735704c75e33c2e183b9241f14c0b2a560d01d88a2728e5c0119a4d7fb22',
      },
      shortlist: {
        name: 'lex.50.50.enpt.s2t.bin',
        bytes: 4472528,
        sha256: '1e96599123d275afa37353dfe84677a4070f013494fbdc9c52a28445cc9bc38d',
      },
      vocabulary: {
        name: 'vocab.enpt.spm',
        bytes: 812781,
        sha256: '633a3d782c79f7d5e4b94ab96848f47c2fdf8ba82dd99efd1742b8a696bbd0cc',
      },
    },
  },
  {
    pair: { from: 'pt', to: 'en' },
    files: {
      model: {
        name: 'model.pten.intgemm.alphas.bin',
        bytes: 17140836,
        sha256: '6c3b7af01772022a19712410c63342ba581468c2f1aac34d7488409c4043e697',
      },
      shortlist: {
        name: 'lex.50.50.pten.s2t.bin',
        bytes: 5001420,
        sha256: '212ed0ae44a6f920cd6d17ca02f0a523ba6c4b0ef5078ae310c20bc4c51484c5',
      },
      vocabulary: {
        name: 'vocab.pten.spm',
        bytes: 812889,
        sha256: '8389979e3c965688b07aeb712a7e44406e5dcdb2b84087229d26fcc71448c4ed',
      },
    },
  },
];

/** All model files of the package. */
export const PACKAGED_FILES: readonly ModelFile[] = [
  DEFAULT_MODEL.weights,
  EMBEDDER.model,
  EMBEDDER.tokenizer,
  ...PACKAGED_PACKS.flatMap(({ files }) => [files.model, files.shortlist, files.vocabulary]),
];
