// llama.cpp itself, through its prebuilt Node binding, on the CPU: the second opinion on the same file.
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import type { Llama, LlamaModel, Token } from 'node-llama-cpp';

/** Started once: every start costs a second, and none is given back. */
let runtime: Promise<Llama> | undefined;

export class LlamaCpp {
  private constructor(private readonly model: LlamaModel) {}

  /** `vocabOnly`: the tokenizer alone, for files without weights. */
  static async open(modelPath: string, { vocabOnly = false } = {}): Promise<LlamaCpp> {
    runtime ??= getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
    const llama = await runtime;
    return new LlamaCpp(await llama.loadModel({ modelPath, vocabOnly }));
  }

  /** Ids of plain text: no control tokens. */
  encode(text: string): number[] {
    return [...this.model.tokenize(text)];
  }

  /** Log-probabilities of the next token at every position of `ids`: ids.length x vocabulary. */
  async logProbabilities(ids: number[], vocabulary: number): Promise<Float32Array> {
    // Threads of its own wait for each other by spinning: beside another test that takes fifteen times the processor.
    const context = await this.model.createContext({ contextSize: 512, threads: 1 });
    const all = new Float32Array(ids.length * vocabulary);
    try {
      const input = ids.map((id): [Token, object] => [id as Token, { generateNext: { probabilities: true } }]);
      await context.getSequence().controlledEvaluate(input, {
        onTokenResult(position, { next }) {
          for (const [id, probability] of next.probabilities ?? []) {
            all[position * vocabulary + id] = Math.log(probability);
          }
        },
      });
      return all;
    } finally {
      await context.dispose();
    }
  }

  async close(): Promise<void> {
    await this.model.dispose();
  }
}
