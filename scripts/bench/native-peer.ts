// llama.cpp as a native program (its prebuilt binding for Node): the limit to approach, not a rival in the browser.
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import type { LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import type { Message, Peer } from './peer.ts';

export function nativePeer(ggufPath: string, threads: number): Peer {
  let model: LlamaModel;
  let sequence: LlamaContextSequence;
  return {
    async load() {
      const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error, maxThreads: threads });
      model = await llama.loadModel({ modelPath: ggufPath });
      const context = await model.createContext({ contextSize: 4096, threads, batchSize: 512 });
      sequence = context.getSequence();
    },
    async complete(messages, maxNewTokens, onToken) {
      const prompt = model.tokenize(chatText(messages), true);
      // Keeps what the cache shares with this prompt; one token at least must run to have logits.
      await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
      let completionTokens = 0;
      for await (const _token of sequence.evaluate(prompt.slice(sequence.nextTokenIndex), { temperature: 0 })) {
        completionTokens += 1;
        onToken(1);
        if (completionTokens >= maxNewTokens) break;
      }
      return { promptTokens: prompt.length, completionTokens };
    },
  };
}

/** The model's own template, as its other engines apply it from the file. */
function chatText(messages: Message[]): string {
  const system: Message = {
    role: 'system',
    content: 'You are a helpful AI assistant named SmolLM, trained by Hugging Face',
  };
  const all = messages[0]?.role === 'system' ? messages : [system, ...messages];
  return (
    all.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`).join('') + '<|im_start|>assistant\n'
  );
}
