// The ONNX writer, judged by ONNX Runtime itself.
import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../lib/model/onnx/graph-builder.ts';
import { ProtoWriter } from '../../../lib/model/onnx/proto-writer.ts';

ort.env.wasm.numThreads = 1;

it('writes varints, floats, strings and messages as protobuf does', () => {
  const inner = new ProtoWriter().int(1, 150);
  const bytes = new ProtoWriter().int(1, -1).float(2, 1).string(3, 'testing').message(4, inner).finish();
  expect([...bytes]).toEqual([
    ...[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ...[0x15, 0x00, 0x00, 0x80, 0x3f],
    ...[0x1a, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67],
    ...[0x22, 0x03, 0x08, 0x96, 0x01],
  ]);
});

it('grows beyond its first bytes', () => {
  const long = 'x'.repeat(5000);
  expect(new ProtoWriter().string(1, long).string(2, long).finish()).toHaveLength(2 * (5000 + 3));
});

it('makes models that run: constants, attributes, external data, free dimensions', async () => {
  const graph = new GraphBuilder('data.bin');
  const x = graph.input('x', 'float32', ['n', 3]);
  const bias = graph.external('bias', 'float32', [3]);
  const weights = graph.external('weights', 'float32', [3, 2]);
  expect(weights.offsetBytes % 64).toBe(0);
  const shifted = graph.op('Add', [x, bias.name]);
  const scaled = graph.op('Mul', [shifted, graph.scalar('float32', 2)]);
  const product = graph.op('MatMul', [scaled, weights.name]);
  const axes = graph.constant('int64', [1], [-1]);
  graph.node('ReduceMax', [product, axes], ['y'], { keepdims: { int: 0 } });
  graph.output('y', 'float32', ['n']);

  const file = new Uint8Array(graph.externalBytes);
  new Float32Array(file.buffer, bias.offsetBytes, 3).set([1, 2, 3]);
  new Float32Array(file.buffer, weights.offsetBytes, 6).set([1, 0, 0, 1, 0, 0]);
  const session = await ort.InferenceSession.create(graph.finish(), {
    externalData: [{ path: 'data.bin', data: file }],
  });
  const feeds = { x: new ort.Tensor('float32', Float32Array.of(1, 0, 0, 5, 9, 0), [2, 3]) };
  expect([...((await session.run(feeds)).y.data as Float32Array)]).toEqual([4, 22]);
  await session.release();
});

it('stores equal constants once', () => {
  const graph = new GraphBuilder('data.bin');
  expect(graph.scalar('float32', 2)).toBe(graph.scalar('float32', 2));
  expect(graph.scalar('float32', 2)).not.toBe(graph.constant('float32', [1], [2]));
  expect(graph.scalar('float32', 2)).not.toBe(graph.scalar('int32', 2));
});
