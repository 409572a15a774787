/** What a pending call can end in, asked of buffers that nothing computes. */
import {describe, expect, it} from 'vitest';
import {Opcode} from '../../assembly/elementwise/opcode';
import type {HeapBuffer} from './buffer';
import {epilogueOf, isPending} from './epilogue';
import {bytes, operation, pending, type TestBuffer} from './testing/buffers';

const bias = bytes();
const x = bytes();
const convolution = () => pending({biasSize: 6});
const poolGradient = () => pending({kernelName: 'MaxPoolGrad', stepOf: x});
const withBias = (call: HeapBuffer, period = 6) => operation(Opcode.add_f32, [call, {buffer: bias, period}]);
const relu = (sum: HeapBuffer) => operation(Opcode.relu_f32, [sum]);
const timesStep = (call: HeapBuffer, of: HeapBuffer, alpha = 0) =>
  operation(Opcode.multiply_f32, [call, operation(Opcode.step_f32, [of], alpha)]);

describe('a pending call ends in', () => {
  it('a bias, in either order', () => {
    const call = convolution();
    const reversed = operation(Opcode.add_f32, [{buffer: bias, period: 6}, call]);
    for (const sum of [withBias(call), reversed]) {
      expect(isPending(sum)).toBe(true);
      expect(epilogueOf(sum)).toEqual({call: call.call, source: call, bias, activates: false});
    }
  });

  it('the relu of one', () => {
    const call = convolution();
    const activated = relu(withBias(call));
    expect(isPending(activated)).toBe(true);
    expect(epilogueOf(activated)).toEqual({call: call.call, source: call, bias, activates: true});
  });

  it('the step of its operand', () => {
    const call = poolGradient();
    expect(epilogueOf(timesStep(call, x))).toEqual({call: call.call, source: call, activates: true});
  });
});

describe('a pending call does not end in', () => {
  it.each<[string, (call: TestBuffer) => HeapBuffer]>([
    ['a number', (call) => withBias(call, 1)],
    ['a row that is no bias', (call) => withBias(call, 12)],
    ['another tensor', (call) => operation(Opcode.add_f32, [call, x])],
    ['a relu without a bias', (call) => relu(call)],
    ['another operation on a sum', (call) => operation(Opcode.tanh_f32, [withBias(call)])],
    ['the relu of a relu', (call) => relu(relu(withBias(call)))],
    ['a step', (call) => timesStep(call, x)],
  ])('%s, if it is a convolution', (_, next) => {
    expect(isPending(next(convolution()))).toBe(false);
  });

  it.each<[string, (call: TestBuffer) => HeapBuffer]>([
    ['the step of another tensor', (call) => timesStep(call, bytes())],
    ['a step that is not zero below zero', (call) => timesStep(call, x, 0.5)],
    ['a bias', (call) => withBias(call)],
  ])('%s, if it is the gradient of a pool', (_, next) => {
    expect(isPending(next(poolGradient()))).toBe(false);
  });

  it('anything once it was computed itself', () => {
    const call = convolution();
    const activated = relu(withBias(call));
    Object.assign(call, {call: undefined, offset: 64});
    expect(epilogueOf(activated)).toBeUndefined();
  });

  it('a sum that was computed itself', () => {
    const sum = withBias(convolution());
    const activated = relu(sum);
    Object.assign(sum, {operation: undefined, offset: 64});
    expect(epilogueOf(activated)).toBeUndefined();
  });
});
