// Models whose scores and embeddings are kept in a file: judging the same sentences again takes minutes, and says the same.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { LanguageModel } from '../../lib/model/language-model.ts';
import type { Models } from '../../lib/tasks/models.ts';

interface Kept {
  scores: Record<string, number[]>;
  vectors: Record<string, number[]>;
}

/** The same models, asked only for what `file` does not hold; `save` writes what is new. */
export function cachedModels(models: Models, file: string): Models & { save(): void } {
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Kept)
    : ({ scores: {}, vectors: {} } satisfies Kept);
  const model = async (): Promise<LanguageModel> => {
    const real = await models.model();
    const score: LanguageModel['score'] = async (messages, reply, signal, alternatives) => {
      if (alternatives) return real.score(messages, reply, signal, alternatives);
      const key = JSON.stringify([...messages, reply]);
      if (!(key in kept.scores)) {
        const { tokens } = await real.score(messages, reply, signal);
        kept.scores[key] = tokens.map(({ logProb }) => logProb);
      }
      return { tokens: kept.scores[key].map((logProb) => ({ start: 0, end: 0, logProb })), alternatives: [] };
    };
    return {
      entry: real.entry,
      contextWindow: real.contextWindow,
      countTokens: (text) => real.countTokens(text),
      generate: (messages, options, signal) => real.generate(messages, options, signal),
      score,
      dispose: () => real.dispose(),
    };
  };
  const embedder: Models['embedder'] = async () => {
    const real = await models.embedder();
    return {
      async embed(texts, signal) {
        const missing = [...new Set(texts.filter((text) => !(text in kept.vectors)))];
        const vectors = await real.embed(missing, signal);
        missing.forEach(
          (text, i) => (kept.vectors[text] = Array.from(vectors[i], (value) => Number(value.toFixed(5)))),
        );
        return texts.map((text) => Float32Array.from(kept.vectors[text]));
      },
      dispose: () => real.dispose(),
    };
  };
  return { entry: models.entry, model, embedder, save: () => writeFileSync(file, JSON.stringify(kept)) };
}
