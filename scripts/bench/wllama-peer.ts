// llama.cpp in WebAssembly at the settings that are its best on the CPU for this model: Q8_0, no flash attention, f32 cache.
import { LoggerWithoutDebug, Wllama } from '@wllama/wllama';
import type { Peer } from './peer.ts';

export function wllamaPeer(assets: { wasm: string; gguf: string }, threads: number): Peer {
  const wllama = new Wllama({ default: assets.wasm }, { logger: LoggerWithoutDebug, suppressNativeLog: true });
  return {
    async load() {
      const gguf = await (await fetch(assets.gguf)).blob();
      await wllama.loadModel([gguf], {
        n_threads: threads,
        n_ctx: 4096,
        n_batch: 512,
        n_gpu_layers: 0,
        flash_attn: false,
        cache_type_k: 'f32',
        cache_type_v: 'f32',
      });
      if (wllama.getNumThreads() !== threads) throw new Error(`wllama runs ${wllama.getNumThreads()} threads`);
    },
    async complete(messages, maxNewTokens, onToken) {
      const stream = await wllama.createChatCompletion({
        messages,
        max_tokens: maxNewTokens,
        temperature: 0,
        cache_prompt: true,
        stream: true,
      });
      let promptTokens = 0;
      let completionTokens = 0;
      for await (const chunk of stream) {
        if (chunk.timings) promptTokens = chunk.timings.prompt_n + chunk.timings.cache_n;
        if (!chunk.choices[0]?.delta.content) continue;
        completionTokens += 1;
        onToken(1);
      }
      return { promptTokens, completionTokens };
    },
  };
}
