// A converted model as byte arrays and back: what is kept so that the GGUF need not be read and converted again.
import type { BuiltDecoder } from './decoder.ts';
import type { ByteSource } from './file-store.ts';
import { BLOCK_FORMATS } from './gguf/blocks/block-formats.ts';
import type { DraftedDecoder } from './gguf/build-decoder.ts';
import { EmbeddingTable } from './gguf/embedding-table.ts';
import { Rotation } from './gguf/rotation.ts';
import type { TokenizerData } from './gguf/tokenizer-data.ts';
import { createTokenizer } from './gguf/tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

export interface ConvertedModel {
  decoder: BuiltDecoder;
  tokenizer: Tokenizer;
  /** To be called once the decoder's weights are read. */
  close: () => void;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** A packed model's parts; what is behind them are the weights, in pieces. */
export const HEAD_PARTS = 3;

/** All that is not bytes. */
interface Description extends Pick<BuiltDecoder, 'config' | 'precision' | 'maxPositions' | 'keyValueType'> {
  embeddings: { blockType: number; columns: number; rotated: boolean };
  tokenizer: TokenizerData;
}

/** The parts before the weights: a description, the graph, the embeddings. */
export function packHead(decoder: DraftedDecoder, tokenizer: TokenizerData): [Bytes, Bytes, Bytes] {
  const { config, precision, maxPositions, keyValueType, graph, embeddings } = decoder;
  const { format, columns, rotation } = embeddings;
  const table = { blockType: format.type, columns, rotated: rotation !== undefined };
  const description: Description = { config, precision, maxPositions, keyValueType, embeddings: table, tokenizer };
  return [new TextEncoder().encode(JSON.stringify(description)), graph, embeddings.bytes];
}

/** Takes what `packHead` made, and the weights. */
export function unpackModel(
  [json, graph, bytes]: [Bytes, Bytes, Bytes],
  weights: ByteSource,
): Omit<ConvertedModel, 'close'> {
  const description = JSON.parse(new TextDecoder().decode(json)) as Description;
  const { embeddings, tokenizer, ...decoder } = description;
  const format = BLOCK_FORMATS.get(embeddings.blockType);
  if (!format) throw new Error(`block type ${embeddings.blockType}`);
  const rotation = embeddings.rotated ? new Rotation(embeddings.columns) : undefined;
  const table = new EmbeddingTable(format, embeddings.columns, bytes, rotation);
  return {
    decoder: { ...decoder, graph, weights, embed: (ids, out) => table.embed(ids, out) },
    tokenizer: createTokenizer(tokenizer),
  };
}
