// The models that can be downloaded from the Hugging Face hub. Nothing here is a promise about the bytes: sizes are for telling the
// reader what to expect, and the hub states length and hash of the very file at the time of the download (lib/model/hub/hub.ts).
// `memoryBytes` is what lib/model/gguf/inspect.ts makes of each model's shape at 2,048 tokens of context; of LFM2 as of its layout.
import type { CatalogEntry, Method } from '../catalog.ts';
import type { ModelTask } from '../../protocol.ts';

type HubModel = Omit<CatalogEntry, 'origin' | 'weights' | 'measured'> & {
  repository: string;
  file: string;
  approximateBytes: number;
};

/** Small models invent when they retell a page, so they choose its own sentences; other words for a given text they may write. */
const SELECTS_PAGES: Record<ModelTask['kind'], Method> = { summarize: 'selects', rewrite: 'composes', chat: 'selects' };
const COMPOSES: Record<ModelTask['kind'], Method> = { summarize: 'composes', rewrite: 'composes', chat: 'composes' };
/** Trained on many languages and on doing what it is told in them. */
const TRANSLATES = { ...COMPOSES, translate: 'composes' } as const;

const QWEN_LANGUAGES = ['en', 'zh', 'fr', 'es', 'pt', 'de', 'it', 'ru', 'ja', 'ko', 'vi', 'th', 'ar'];

const MODELS: readonly HubModel[] = [
  {
    id: 'gemma-3-270m-it',
    name: 'Gemma 3 270M',
    licence: 'Gemma',
    repository: 'unsloth/gemma-3-270m-it-GGUF',
    file: 'gemma-3-270m-it-Q4_K_M.gguf',
    approximateBytes: 253e6,
    memoryBytes: 641e6,
    languages: ['en'],
    contextWindow: 2048,
    methods: SELECTS_PAGES,
  },
  {
    id: 'smollm2-360m-instruct',
    name: 'SmolLM2 360M',
    licence: 'Apache-2.0',
    repository: 'bartowski/SmolLM2-360M-Instruct-GGUF',
    file: 'SmolLM2-360M-Instruct-Q4_K_M.gguf',
    approximateBytes: 271e6,
    memoryBytes: 690e6,
    languages: ['en'],
    contextWindow: 2048,
    methods: SELECTS_PAGES,
  },
  {
    id: 'lfm2-350m',
    name: 'LFM2 350M',
    licence: 'LFM Open License 1.0',
    repository: 'onnx-community/LFM2-350M-ONNX',
    file: 'onnx/model_quantized.onnx',
    approximateBytes: 360e6,
    memoryBytes: 1020e6,
    languages: ['en', 'ar', 'zh', 'fr', 'de', 'ja', 'ko', 'es'],
    contextWindow: 2048,
    methods: SELECTS_PAGES,
  },
  {
    id: 'qwen3-0.6b',
    name: 'Qwen3 0.6B',
    licence: 'Apache-2.0',
    repository: 'unsloth/Qwen3-0.6B-GGUF',
    file: 'Qwen3-0.6B-Q4_K_M.gguf',
    approximateBytes: 397e6,
    memoryBytes: 1314e6,
    languages: QWEN_LANGUAGES,
    contextWindow: 2048,
    methods: TRANSLATES,
  },
  {
    id: 'qwen2.5-0.5b-instruct',
    name: 'Qwen2.5 0.5B',
    licence: 'Apache-2.0',
    repository: 'Qwen/Qwen2.5-0.5B-Instruct-GGUF',
    file: 'qwen2.5-0.5b-instruct-q4_k_m.gguf',
    approximateBytes: 491e6,
    memoryBytes: 776e6,
    languages: QWEN_LANGUAGES,
    contextWindow: 4096,
    methods: COMPOSES,
  },
  {
    id: 'gemma-3-1b-it',
    name: 'Gemma 3 1B',
    licence: 'Gemma',
    repository: 'ggml-org/gemma-3-1b-it-GGUF',
    file: 'gemma-3-1b-it-Q4_K_M.gguf',
    approximateBytes: 806e6,
    memoryBytes: 1477e6,
    languages: ['en'],
    contextWindow: 2048,
    methods: COMPOSES,
  },
  {
    id: 'llama-3.2-1b-instruct',
    name: 'Llama 3.2 1B',
    licence: 'Llama 3.2 Community',
    repository: 'bartowski/Llama-3.2-1B-Instruct-GGUF',
    file: 'Llama-3.2-1B-Instruct-Q4_K_M.gguf',
    approximateBytes: 808e6,
    memoryBytes: 1705e6,
    languages: ['en', 'de', 'fr', 'it', 'pt', 'hi', 'es', 'th'],
    contextWindow: 2048,
    methods: TRANSLATES,
  },
  {
    id: 'qwen2.5-1.5b-instruct',
    name: 'Qwen2.5 1.5B',
    licence: 'Apache-2.0',
    repository: 'Qwen/Qwen2.5-1.5B-Instruct-GGUF',
    file: 'qwen2.5-1.5b-instruct-q4_k_m.gguf',
    approximateBytes: 1117e6,
    memoryBytes: 1972e6,
    languages: QWEN_LANGUAGES,
    contextWindow: 2048,
    methods: TRANSLATES,
  },
];

/** By size. */
export const HUB_MODELS: readonly CatalogEntry[] = MODELS.map(({ repository, file, approximateBytes, ...entry }) => ({
  ...entry,
  origin: { kind: 'hub', repository, file },
  weights: { name: file, bytes: approximateBytes, sha256: '' },
  measured: false,
}));
