// One direction: its vocabularies, shortlist and graphs, and sentences through them. Knows no route and no batching.
import { AppError } from '../../errors.ts';
import type { OrtModule } from '../ort/module.ts';
import type { PackReading } from '../packs/pack.ts';
import type { SentenceTranslation } from '../translator.ts';
import { batchInputs, type BatchInputs } from './batch.ts';
import { readConfig, type MarianConfig } from './config.ts';
import { MarianFile, type Int8Matrix } from './marian-file.ts';
import { MarianSessions, type Precisions, type Written } from './marian-sessions.ts';
import { positionTable } from './positions.ts';
import { Shortlist } from './shortlist.ts';
import { END, Vocabulary, type Token } from './vocabulary.ts';

/** Longer sentences than the models were trained on; what is longer still must be split. */
export const MAX_SOURCE_TOKENS = 200;
/** Tokens written for one read, at most. A translation that needs more is a runaway. */
const MAX_GROWTH = 3;

export interface Way {
  precisions: Precisions;
  /** shortlist: what the source's words usually become. all: the whole vocabulary, slower. */
  choices: 'shortlist' | 'all';
}

export class MarianModel {
  private constructor(
    readonly vocabulary: Vocabulary,
    readonly targetVocabulary: Vocabulary,
    private readonly shortlist: Shortlist,
    private readonly embeddings: { source: Int8Matrix; target: Int8Matrix },
    private readonly outputBias: Float32Array,
    private readonly positions: Float32Array,
    private readonly sessions: MarianSessions,
  ) {}

  /** Reads what comes first while the rest still comes. Throws `model-corrupt` or `unsupported`, and as the files' promises do. */
  static async open(module: OrtModule | Promise<OrtModule>, pack: PackReading): Promise<MarianModel> {
    const vocabularies = openVocabularies(pack);
    const [[vocabulary, targetVocabulary], shortlist, file] = await Promise.all([
      vocabularies,
      openShortlist(pack, vocabularies),
      openFile(pack),
    ]);
    const config = readConfig(file.configuration);
    const { hiddenSize, targetTokens } = config;
    const embeddings = readEmbeddings(file, config);
    if (vocabulary.size > embeddings.source.rows || targetVocabulary.size > embeddings.target.rows) {
      throw new AppError('model-corrupt', 'more pieces than embeddings');
    }
    const positions = positionTable((MAX_SOURCE_TOKENS + 1) * MAX_GROWTH, hiddenSize);
    return new MarianModel(
      vocabulary,
      targetVocabulary,
      shortlist,
      embeddings,
      file.floats('decoder_ff_logit_out_b', targetTokens),
      positions,
      new MarianSessions(module, { file, config, positions, targetScale: embeddings.target.scale }),
    );
  }

  /**
   * Translates sentences together, each of 1 to MAX_SOURCE_TOKENS tokens of `vocabulary`. Throws `model-corrupt`, `load-failed`,
   * `out-of-memory`, `aborted`, `internal`.
   */
  async translate(
    sentences: readonly (readonly Token[])[],
    way: Way,
    signal: AbortSignal,
  ): Promise<SentenceTranslation[]> {
    const longest = Math.max(...sentences.map((tokens) => tokens.length));
    if (longest > MAX_SOURCE_TOKENS) throw new AppError('internal', `a sentence of ${longest} tokens`);
    const allowed = sentences.map((tokens) => this.#choices(tokens, way));
    const { embeddings, outputBias, positions } = this;
    const inputs = batchInputs(sentences, allowed, embeddings, outputBias, positions);
    const written = await this.sessions.run(inputs, inputs.source * MAX_GROWTH, way.precisions, signal);
    return sentences.map((tokens, b) => this.#read(written, b, tokens, inputs));
  }

  /** Whether `translate` that way runs at once, without building a graph first. */
  isOpen({ precisions }: Way): boolean {
    return this.sessions.areOpen(precisions);
  }

  dispose(): void {
    this.sessions.dispose();
  }

  #choices(tokens: readonly Token[], { choices }: Way): Uint32Array {
    if (choices === 'all') return Uint32Array.from({ length: this.targetVocabulary.size }, (_, id) => id);
    return this.shortlist.select([...tokens.map(({ id }) => id), END]);
  }

  #read(
    { tokens, attention }: Written,
    b: number,
    source: readonly Token[],
    { batch, choices, source: longest }: BatchInputs,
  ): SentenceTranslation {
    const ids: number[] = [];
    const most = (source.length + 1) * MAX_GROWTH;
    for (let at = b; at < tokens.length && tokens[at] !== 0n && ids.length < most; at += batch) {
      ids.push(choices[Number(tokens[at])]);
    }
    const heads = attention.length / (tokens.length * longest);
    const decoded = this.targetVocabulary.decode(ids);
    const pieces = decoded.tokens.map(({ start, end }, t) => {
      // The first head is the one that was trained to align.
      const looks = attention.subarray((t * batch + b) * heads * longest);
      const from = mostLookedAt(source, looks);
      return { start, end, sourceStart: from.start, sourceEnd: from.end };
    });
    return { text: decoded.text, alignment: pieces.filter(({ start, end }) => end > start) };
  }
}

async function openVocabularies({ vocabulary, targetVocabulary }: PackReading): Promise<[Vocabulary, Vocabulary]> {
  const source = Vocabulary.open(await vocabulary);
  return [source, targetVocabulary ? Vocabulary.open(await targetVocabulary) : source];
}

async function openShortlist(
  { shortlist }: PackReading,
  vocabularies: Promise<[Vocabulary, Vocabulary]>,
): Promise<Shortlist> {
  const [source, target] = await vocabularies;
  return Shortlist.open(await shortlist, source.size, target.size, source === target);
}

async function openFile({ model }: PackReading): Promise<MarianFile> {
  return MarianFile.open(await model);
}

/** Of the tokens that have text. */
function mostLookedAt(source: readonly Token[], looks: Float32Array): Token {
  let best = source[0];
  let most = -1;
  for (const [i, token] of source.entries()) {
    if (looks[i] > most && token.end > token.start) [best, most] = [token, looks[i]];
  }
  return best;
}

function readEmbeddings(file: MarianFile, config: MarianConfig): { source: Int8Matrix; target: Int8Matrix } {
  const { hiddenSize, sourceTokens, targetTokens } = config;
  if (file.has('Wemb')) {
    const both = file.embeddings('Wemb', sourceTokens, hiddenSize);
    return { source: both, target: both };
  }
  return {
    source: file.embeddings('encoder_Wemb', sourceTokens, hiddenSize),
    target: file.embeddings('decoder_Wemb', targetTokens, hiddenSize),
  };
}
