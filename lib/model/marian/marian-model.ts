// One direction: its vocabularies, shortlist and network, and sentences through them. Knows no route and no batching.
import { AppError } from '../../errors.ts';
import type { PackReading } from '../packs/pack.ts';
import type { SentenceTranslation } from '../translator.ts';
import { readConfig } from './config.ts';
import { Arena } from './arena.ts';
import { MarianFile } from './marian-file.ts';
import { MarianNetwork, type Written } from './network.ts';
import { positionTable } from './positions.ts';
import { Shortlist } from './shortlist.ts';
import { END, Vocabulary, type Token } from './vocabulary.ts';
import { placeWeights } from './weights.ts';

/** Longer sentences than the models were trained on; what is longer still must be split. */
export const MAX_SOURCE_TOKENS = 200;
/** Tokens written for one read, at most. A translation that needs more is a runaway. */
const MAX_GROWTH = 3;

/** shortlist: what the source's words usually become. all: the whole vocabulary, slower. */
export type Choices = 'shortlist' | 'all';

export class MarianModel {
  private constructor(
    readonly vocabulary: Vocabulary,
    readonly targetVocabulary: Vocabulary,
    private readonly shortlist: Shortlist,
    private readonly network: MarianNetwork,
  ) {}

  /**
   * Reads what comes first while the rest still comes. `kernels`: lib/model/marian/assembly/kernels.ts compiled. Throws `model-corrupt`,
   * `unsupported`, `load-failed`, `out-of-memory`, and as the files' promises do.
   */
  static async open(kernels: WebAssembly.Module, pack: PackReading): Promise<MarianModel> {
    const vocabularies = openVocabularies(pack);
    const [[vocabulary, targetVocabulary], shortlist, file, arena] = await Promise.all([
      vocabularies,
      openShortlist(pack, vocabularies),
      openFile(pack),
      Arena.open(kernels),
    ]);
    const config = readConfig(file.configuration);
    if (vocabulary.size > config.sourceTokens || targetVocabulary.size > config.targetTokens) {
      throw new AppError('model-corrupt', 'more pieces than embeddings');
    }
    const weights = placeWeights(arena, file, config);
    const positions = arena.takeFloats(positionTable((MAX_SOURCE_TOKENS + 1) * MAX_GROWTH, config.hiddenSize));
    const network = new MarianNetwork(arena, config, weights, positions);
    return new MarianModel(vocabulary, targetVocabulary, shortlist, network);
  }

  /** Translates sentences together, each of 1 to MAX_SOURCE_TOKENS tokens of `vocabulary`. Throws `out-of-memory`, `internal`. */
  translate(sentences: readonly (readonly Token[])[], choices: Choices): SentenceTranslation[] {
    const longest = Math.max(...sentences.map((tokens) => tokens.length));
    if (longest > MAX_SOURCE_TOKENS) throw new AppError('internal', `a sentence of ${longest} tokens`);
    const written = this.network.translate(
      sentences.map((tokens) => {
        const source = [...tokens.map(({ id }) => id), END];
        return { source, choices: this.#choices(source, choices), maxTokens: source.length * MAX_GROWTH };
      }),
    );
    return written.map((each, i) => this.#read(each, sentences[i]));
  }

  #choices(source: readonly number[], choices: Choices): Uint32Array {
    if (choices === 'all') return Uint32Array.from({ length: this.targetVocabulary.size }, (_, id) => id);
    return this.shortlist.select(source);
  }

  #read({ ids, looks }: Written, source: readonly Token[]): SentenceTranslation {
    const decoded = this.targetVocabulary.decode(ids);
    const pieces = decoded.tokens.map(({ start, end }, i) => {
      const from = mostLookedAt(source, looks[i]);
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
