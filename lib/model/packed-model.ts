// A converted model as byte arrays and back: what is kept so that the GGUF need not be read and converted again.
import type { BuiltDecoder } from './decoder.ts';
import { BLOCK_FORMATS } from './gguf/blocks/block-formats.ts';
import type { GgufDecoder } from './gguf/build-decoder.ts';
import { EmbeddingTable } from './gguf/embedding-table.ts';
import { Rotation } from './gguf/rotation.ts';
import { createTokenizer, type TokenizerData } from './gguf/tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

export interface ConvertedModel {
  decoder: BuiltDecoder;
  tokenizer: Tokenizer;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** All that is not bytes. */
interface Description extends Pick<BuiltDecoder, 'config' | 'precision' | 'maxPositions' | 'keyValueType'> {
  embeddings: { blockType: number; columns: number; rotated: boolean };
  tokenizer: TokenizerData;
}

export function packModel(decoder: GgufDecoder, tokenizer: TokenizerData): Bytes[] {
  const { config, precision, maxPositions, keyValueType, graph, weights, embeddings } = decoder;
  const { format, columns, rotation } = embeddings;
  const table = { blockType: format.type, columns, rotated: rotation !== undefined };
  const description: Description = { config, precision, maxPositions, keyValueType, embeddings: table, tokenizer };
  return [new TextEncoder().encode(JSON.stringify(description)), graph, weights, embeddings.bytes];
}

/** Takes what `packModel` made. The embeddings are copied: they outlive the other parts, which may share one buffer with them. */
export function unpackModel([json, graph, weights, bytes]: Bytes[]): ConvertedModel {
  const description = JSON.parse(new TextDecoder().decode(json)) as Description;
  const { embeddings, tokenizer, ...decoder } = description;
  const format = BLOCK_FORMATS.get(embeddings.blockType);
  if (!format) throw new Error(`block type ${embeddings.blockType}`);
  const rotation = embeddings.rotated ? new Rotation(embeddings.columns) : undefined;
  const table = new EmbeddingTable(format, embeddings.columns, bytes.slice(), rotation);
  return {
    decoder: { ...decoder, graph, weights, embed: (ids, out) => table.embed(ids, out) },
    tokenizer: createTokenizer(tokenizer),
  };
}
