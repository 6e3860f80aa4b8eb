// What a task needs of the model layer. Types only: tasks never know how a model is loaded, nor when it is let go.
import type { ModelEntry } from '../model/catalog.ts';
import type { Embedder, LanguageModel } from '../model/language-model.ts';

/**
 * The models at a task's disposal. `entry` says what the language model may do before it is loaded; the two functions load
 * on their first call and answer from then on with the same instance, so a task that selects only never pays for either.
 */
export interface Models {
  entry: ModelEntry;
  model(): Promise<LanguageModel>;
  embedder(): Promise<Embedder>;
}
