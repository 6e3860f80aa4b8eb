// Builds an ONNX model node by node; large initializers get a place in one external file, whose bytes others write.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { ProtoWriter } from './proto-writer.ts';

export const ELEMENT_TYPES = { float32: 1, uint8: 2, int32: 6, int64: 7, float16: 10 } as const;
export type ElementType = keyof typeof ELEMENT_TYPES;
const ELEMENT_BYTES: Record<ElementType, number> = { float32: 4, uint8: 1, int32: 4, int64: 8, float16: 2 };

export type Attribute = { int: number } | { float: number } | { ints: number[] };
export type Attributes = Record<string, Attribute>;

/** Where an initializer lies in the external file. */
export interface Region {
  name: string;
  offsetBytes: number;
  lengthBytes: number;
}

const IR_VERSION = 10;
const OPSET = 21;
const MICROSOFT = 'com.microsoft';
/** Operators of ONNX Runtime's own domain; every other one is ONNX's (SimplifiedLayerNormalization is there by mistake). */
const MICROSOFT_OPERATORS = new Set([
  'FastGelu',
  'GroupQueryAttention',
  'MatMulIntegerToFloat',
  'MatMulNBits',
  'SkipSimplifiedLayerNormalization',
]);
/** GPU buffer copies and typed array views need multiples of 16; cache lines are 64. */
const ALIGNMENT_BYTES = 64;

export class GraphBuilder {
  #graph = new ProtoWriter().string(2, 'graph');
  #names = 0;
  #externalBytes = 0;
  #constants = new Map<string, string>();

  constructor(readonly externalFile: string) {}

  /** Length of the external file so far. */
  get externalBytes(): number {
    return this.#externalBytes;
  }

  /** Declares an input; a string is a dimension that differs from run to run. */
  input(name: string, type: ElementType, dimensions: (number | string)[]): string {
    this.#graph.message(11, valueInfo(name, type, dimensions));
    return name;
  }

  output(name: string, type: ElementType, dimensions: (number | string)[]): void {
    this.#graph.message(12, valueInfo(name, type, dimensions));
  }

  /** Adds a node with one output and returns the output's name; '' is an input left out. */
  op(type: string, inputs: string[], attributes: Attributes = {}): string {
    const [output] = this.node(type, inputs, [this.fresh(type)], attributes);
    return output;
  }

  /** Adds a node with these outputs; '' is an output left out. */
  node<Outputs extends string[]>(
    type: string,
    inputs: string[],
    outputs: Outputs,
    attributes: Attributes = {},
  ): Outputs {
    const node = new ProtoWriter();
    for (const input of inputs) node.string(1, input);
    for (const output of outputs) node.string(2, output);
    node.string(3, this.fresh(type)).string(4, type);
    for (const [name, attribute] of Object.entries(attributes)) node.message(5, attributeProto(name, attribute));
    if (MICROSOFT_OPERATORS.has(type)) node.string(7, MICROSOFT);
    this.#graph.message(1, node);
    return outputs;
  }

  /** A small initializer inside the model; equal ones are stored once. */
  constant(type: ElementType, dimensions: number[], values: number[]): string {
    const key = `${type}[${dimensions.join()}] ${values.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.fresh('constant');
    const tensor = tensorProto(name, type, dimensions).bytes(9, rawData(type, values));
    this.#graph.message(5, tensor);
    this.#constants.set(key, name);
    return name;
  }

  scalar(type: ElementType, value: number): string {
    return this.constant(type, [], [value]);
  }

  /** Reserves a place in the external file for a large initializer. */
  external(name: string, type: ElementType, dimensions: number[]): Region {
    const lengthBytes = dimensions.reduce((product, size) => product * size, ELEMENT_BYTES[type]);
    const offsetBytes = this.#externalBytes;
    const tensor = tensorProto(name, type, dimensions);
    for (const [key, value] of [
      ['location', this.externalFile],
      ['offset', String(offsetBytes)],
      ['length', String(lengthBytes)],
    ]) {
      tensor.message(13, new ProtoWriter().string(1, key).string(2, value));
    }
    this.#graph.message(5, tensor.int(14, 1));
    this.#externalBytes = Math.ceil((offsetBytes + lengthBytes) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    return { name, offsetBytes, lengthBytes };
  }

  /** A name that no other value of this graph has. */
  fresh(stem: string): string {
    return `${stem}_${this.#names++}`;
  }

  /** The ModelProto. */
  finish(): Uint8Array<ArrayBuffer> {
    return new ProtoWriter()
      .int(1, IR_VERSION)
      .message(7, this.#graph)
      .message(8, new ProtoWriter().string(1, '').int(2, OPSET))
      .message(8, new ProtoWriter().string(1, MICROSOFT).int(2, 1))
      .finish();
  }
}

function tensorProto(name: string, type: ElementType, dimensions: number[]): ProtoWriter {
  const tensor = new ProtoWriter();
  for (const size of dimensions) tensor.int(1, size);
  return tensor.int(2, ELEMENT_TYPES[type]).string(8, name);
}

function rawData(type: ElementType, values: number[]): Uint8Array {
  if (type === 'uint8') return Uint8Array.from(values);
  if (type === 'int64') return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  if (type === 'int32') return new Uint8Array(Int32Array.from(values).buffer);
  if (type === 'float32') return new Uint8Array(Float32Array.from(values).buffer);
  throw new TypeError(`no inline constants of type ${type}`);
}

function attributeProto(name: string, attribute: Attribute): ProtoWriter {
  const proto = new ProtoWriter().string(1, name);
  if ('float' in attribute) return proto.float(2, attribute.float).int(20, 1);
  if ('int' in attribute) return proto.int(3, attribute.int).int(20, 2);
  for (const value of attribute.ints) proto.int(8, value);
  return proto.int(20, 7);
}

function valueInfo(name: string, type: ElementType, dimensions: (number | string)[]): ProtoWriter {
  const shape = new ProtoWriter();
  for (const size of dimensions) {
    const dimension = new ProtoWriter();
    shape.message(1, typeof size === 'string' ? dimension.string(2, size) : dimension.int(1, size));
  }
  const tensorType = new ProtoWriter().int(1, ELEMENT_TYPES[type]).message(2, shape);
  return new ProtoWriter().string(1, name).message(2, new ProtoWriter().message(1, tensorType));
}
