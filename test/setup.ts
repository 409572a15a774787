import {engine, env} from '@tensorflow/tfjs-core';
import {afterEach, beforeEach, expect} from 'vitest';
import type {MnistWasmBackend} from '../src/internal';

// The engine checks each kernel for leaks, and the CPU backend does not suggest tfjs-node.
env().set('IS_TEST', true);

/** After every test the tensors, data ids and heap bytes are back where they were before it. */
let before: ReturnType<typeof inUse>;

beforeEach(() => {
  before = inUse();
});

afterEach(() => {
  expect(inUse(), 'tensors or bytes that the test leaves behind').toEqual(before);
});

function inUse() {
  const {numTensors, numDataBuffers} = engine().state;
  // engine().findBackend would initialise a backend that the test has no use for.
  const backend = engine().registry['mnist-wasm'] as MnistWasmBackend | undefined;
  return {
    numTensors,
    numDataBuffers,
    backendDataIds: backend?.numDataIds() ?? 0,
    heapBytes: backend?.memory().heapBytes ?? 0,
  };
}
