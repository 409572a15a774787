/** Which operations become one instruction, asked of operations that nothing computes. */
import {describe, expect, it} from 'vitest';
import {Opcode} from '../../assembly/elementwise/opcode';
import type {HeapBuffer, Operand, Operation} from './buffer';
import {fuse, type Instruction, type KnownNumbers} from './fusion';
import {bytes, number, operation, type TestBuffer} from './testing/buffers';

const numberIn = (buffer: HeapBuffer) => (buffer as TestBuffer).number;
const known: KnownNumbers = {numberIn, isOne: (buffer) => numberIn(buffer) === 1};
const instruction = (buffer: HeapBuffer): Instruction => fuse(buffer.operation as Operation, known);
const operandsOf = ({operands}: Instruction) => operands.map(({buffer}) => buffer);

const [x, y, z] = [bytes(), bytes(), bytes()];
const times = (buffer: HeapBuffer | Operand, factor: number) =>
  operation(Opcode.multiply_f32, [buffer, number(factor)]);
const dividedBy = (buffer: HeapBuffer, divisor: number) => operation(Opcode.real_div_f32, [buffer, number(divisor)]);
const plus = (buffer: HeapBuffer, term: number) => operation(Opcode.add_f32, [buffer, number(term)]);
const add = (a: HeapBuffer, b: HeapBuffer) => operation(Opcode.add_f32, [a, b]);
const multiply = (a: HeapBuffer, b: HeapBuffer) => operation(Opcode.multiply_f32, [a, b]);
const divide = (a: HeapBuffer, b: HeapBuffer) => operation(Opcode.real_div_f32, [a, b]);
const unary = (opcode: Opcode, a: HeapBuffer, p = 0) => operation(opcode, [a], p);

describe('one instruction is', () => {
  it.each([
    ['adam: a moving average', add(times(x, 0.9), times(y, 0.1)), Opcode.blend_f32, [x, y], [0.9, 0.1, 0]],
    ['momentum', add(times(x, 0.9), y), Opcode.blend_f32, [x, y], [0.9, 1, 0]],
    ['a step of sgd', add(x, times(y, -0.5)), Opcode.blend_f32, [x, y], [1, -0.5, 0]],
    [
      'adam: a moving average of squares',
      add(times(x, 0.99), times(unary(Opcode.square_f32, y), 0.01)),
      Opcode.blend_square_f32,
      [x, y],
      [0.99, 0.01, 0],
    ],
    [
      'adam: its direction',
      divide(dividedBy(x, 0.5), plus(unary(Opcode.sqrt_f32, dividedBy(y, 0.25)), 1e-7)),
      Opcode.adam_quotient_f32,
      [x, y],
      [0.5, 0.25, 1e-7],
    ],
    [
      'rmsprop: its direction',
      divide(times(x, 0.01), unary(Opcode.sqrt_f32, plus(y, 1e-7))),
      Opcode.root_quotient_f32,
      [x, y],
      [0.01, 1e-7, 0],
    ],
    ['a product and a sum', add(multiply(x, y), z), Opcode.multiply_add_f32, [x, y, z], [0, 0, 0]],
    ['a sum and a product', add(z, multiply(x, y)), Opcode.multiply_add_f32, [x, y, z], [0, 0, 0]],
    [
      'the gradient of relu',
      multiply(x, unary(Opcode.step_f32, y, 0.5)),
      Opcode.multiply_step_f32,
      [x, y],
      [0.5, 0, 0],
    ],
  ] as const)('%s', (_, buffer, opcode, operands, [p, q, r]) => {
    const found = instruction(buffer);
    expect(Opcode[found.opcode]).toBe(Opcode[opcode]);
    expect(operandsOf(found)).toEqual(operands);
    expect([found.p, found.q, found.r]).toEqual([p, q, r]);
  });
});

describe('an operation stays one of its own', () => {
  it('where somebody else holds what it reads', () => {
    const product = multiply(x, y);
    product.references++;
    const found = instruction(add(product, z));
    expect([Opcode[found.opcode], operandsOf(found)]).toEqual(['add_f32', [product, z]]);
  });

  it('where the factor is a row and not a number', () => {
    const row = operation(Opcode.multiply_f32, [x, {buffer: y, period: 5}]);
    expect(Opcode[instruction(add(row, z)).opcode]).toBe('multiply_add_f32');
    expect(Opcode[instruction(add(z, unary(Opcode.neg_f32, x))).opcode]).toBe('add_f32');
  });
});

describe('an operand is read as what it is', () => {
  it('a fill as its number', () => {
    const filled = operation(Opcode.copy_bytes, [number(3)]);
    expect(instruction(operation(Opcode.maximum_f32, [x, filled])).operands[1].period).toBe(1);
  });

  it('a product with one as its other factor', () => {
    expect(operandsOf(instruction(operation(Opcode.maximum_f32, [x, times(y, 1)])))).toEqual([x, y]);
  });

  it('but not where somebody else holds it', () => {
    const product = times(y, 1);
    product.references++;
    expect(operandsOf(instruction(operation(Opcode.maximum_f32, [x, product])))).toEqual([x, product]);
  });
});
