// A model with the reader's own sampling, for tasks that leave it open.
import type { LanguageModel, Sampling } from './language-model.ts';

export function withSampling(model: LanguageModel, sampling: Sampling): LanguageModel {
  return {
    entry: model.entry,
    contextWindow: model.contextWindow,
    countTokens: (text) => model.countTokens(text),
    generate: (messages, options, signal) =>
      model.generate(messages, { ...options, sampling: options.sampling ?? sampling }, signal),
    score: (...args) => model.score(...args),
    dispose: () => model.dispose(),
  };
}
