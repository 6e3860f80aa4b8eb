// Stock transformers.js text generation on WebAssembly, q8, as its documentation shows it, from local files.
import { AutoModelForCausalLM, AutoTokenizer, BaseStreamer, env } from '@huggingface/transformers';
import type { PreTrainedModel, PreTrainedTokenizer } from '@huggingface/transformers';
import type { Peer } from './peer.ts';

class TokenCounter extends BaseStreamer {
  private prompt = true;
  constructor(private readonly onToken: (count: number) => void) {
    super();
  }
  override put(): void {
    if (!this.prompt) this.onToken(1);
    this.prompt = false;
  }
  override end(): void {
    /* the generate call returns */
  }
}

export function transformersPeer(assets: { models: string; ort: string; id: string }, threads: number): Peer {
  let model: PreTrainedModel;
  let tokenizer: PreTrainedTokenizer;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = assets.models;
  env.useBrowserCache = false;
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new Error('transformers.js has no WebAssembly backend here');
  wasm.wasmPaths = assets.ort;
  wasm.numThreads = threads;
  return {
    async load() {
      tokenizer = await AutoTokenizer.from_pretrained(assets.id);
      model = await AutoModelForCausalLM.from_pretrained(assets.id, { dtype: 'q8', device: 'wasm' });
    },
    async complete(messages, maxNewTokens, onToken) {
      const inputs = tokenizer.apply_chat_template(messages, { add_generation_prompt: true, return_dict: true }) as {
        input_ids: { dims: number[] };
      };
      let completionTokens = 0;
      const streamer = new TokenCounter((count) => {
        completionTokens += count;
        onToken(count);
      });
      await model.generate({ ...inputs, max_new_tokens: maxNewTokens, do_sample: false, streamer } as never);
      return { promptTokens: inputs.input_ids.dims[1] ?? 0, completionTokens };
    },
  };
}
