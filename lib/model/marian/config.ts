// What a Marian model says of its own architecture. All Firefox Translations models are one architecture in several sizes; what is
// anything else is refused rather than computed wrongly.
import { AppError } from '../../errors.ts';

export interface MarianConfig {
  encoderLayers: number;
  decoderLayers: number;
  hiddenSize: number;
  feedForwardSize: number;
  heads: number;
  sourceTokens: number;
  targetTokens: number;
}

/** What all of them have in common. */
const REQUIRED = {
  type: 'transformer',
  'transformer-decoder-autoreg': 'rnn',
  'dec-cell': 'ssru',
  'dec-cell-base-depth': '2',
  'transformer-preprocess': '',
  'transformer-postprocess': 'dan',
  'transformer-postprocess-emb': 'd',
  'transformer-postprocess-top': '',
  'transformer-ffn-activation': 'relu',
  'transformer-ffn-depth': '2',
  'transformer-train-position-embeddings': 'false',
};
/** Far beyond any real model; sizes multiply, and a damaged file must not ask for the memory of a planet. */
const MOST = 1 << 17;

/** Throws `model-corrupt`, or `unsupported` for another architecture. */
export function readConfig(yaml: string): MarianConfig {
  const values = parseYaml(yaml);
  for (const [key, wanted] of Object.entries(REQUIRED)) {
    const found = values.get(key)?.[0] ?? wanted;
    if (found !== wanted) throw new AppError('unsupported', `Marian model with ${key}: ${found}`);
  }
  const size = (key: string, index = 0) => {
    const value = Number(values.get(key)?.[index]);
    if (!(Number.isInteger(value) && value > 0 && value <= MOST)) {
      throw new AppError('model-corrupt', `Marian model with ${key}: ${value}`);
    }
    return value;
  };
  const config = {
    encoderLayers: size('enc-depth'),
    decoderLayers: size('dec-depth'),
    hiddenSize: size('dim-emb'),
    feedForwardSize: size('transformer-dim-ffn'),
    heads: size('transformer-heads'),
    sourceTokens: size('dim-vocabs', 0),
    targetTokens: size('dim-vocabs', 1),
  };
  const { hiddenSize, feedForwardSize, heads } = config;
  if (hiddenSize % heads !== 0) throw new AppError('model-corrupt', `${heads} heads in ${hiddenSize}`);
  // What the kernels compute at a time.
  if ((hiddenSize / heads) % 4 !== 0 || hiddenSize % 8 !== 0 || feedForwardSize % 8 !== 0) {
    throw new AppError('unsupported', `Marian model with ${heads} heads in ${hiddenSize}, and ${feedForwardSize}`);
  }
  return config;
}

/** The part of YAML that Marian writes: `key: value` and lists of scalars, a `- value` a line. */
function parseYaml(yaml: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  let items: string[] = [];
  for (const line of yaml.split('\n')) {
    const entry = /^([\w-]+):\s*(.*?)\s*$/.exec(line);
    if (entry) values.set(entry[1], (items = entry[2] === '' ? [] : [unquoted(entry[2])]));
    const item = /^\s*-\s+(.*?)\s*$/.exec(line);
    if (item) items.push(unquoted(item[1]));
  }
  return values;
}

function unquoted(scalar: string): string {
  return scalar.replace(/^(["'])(.*)\1$/, '$2');
}
