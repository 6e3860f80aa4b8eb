// llama.cpp itself, through its prebuilt Node binding, on the CPU: the second opinion on the same file.
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import type { LlamaModel, Token } from 'node-llama-cpp';

export class LlamaCpp {
  private constructor(private readonly model: LlamaModel) {}

  static async open(modelPath: string): Promise<LlamaCpp> {
    const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
    return new LlamaCpp(await llama.loadModel({ modelPath }));
  }

  /** Ids of plain text: no control tokens. */
  encode(text: string): number[] {
    return [...this.model.tokenize(text)];
  }

  /** For every position of `ids`: the most likely next tokens with their probabilities, likeliest first. */
  async nextTokens(ids: number[]): Promise<Map<number, number>[]> {
    const context = await this.model.createContext({ contextSize: 512, threads: 2 });
    try {
      const input = ids.map((id): [Token, object] => [id as Token, { generateNext: { probabilities: true } }]);
      const outputs = await context.getSequence().controlledEvaluate(input);
      return outputs.map((output) => output?.next.probabilities ?? new Map<number, number>());
    } finally {
      await context.dispose();
    }
  }

  async close(): Promise<void> {
    await this.model.dispose();
  }
}
