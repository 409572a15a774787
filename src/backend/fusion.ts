import {Opcode} from '../../assembly/elementwise/opcode.js';
import type {HeapBuffer, Operand, Operation} from './buffer.js';

/** One instruction of an evaluation, with one to three operands. */
export interface Instruction {
  opcode: Opcode;
  operands: readonly Operand[];
  p: number;
  q: number;
  r: number;
}

/** The value of an operand that is one number. */
/** Undefined where the number may be another when the instruction runs again. */
type NumberOf = (buffer: HeapBuffer) => number | undefined;

type Pattern = (operation: Operation, numberOf: NumberOf) => Instruction | undefined;

/**
 * The instruction that computes an operation, fused with operands that only it reads where
 * assembly/elementwise/fused.ts has a function for all of them: adam is 4 passes over the first-level cache instead of
 * 14. The bits of the result are the same.
 */
export function fuse(operation: Operation, numberOf: NumberOf): Instruction {
  for (const pattern of patterns[operation.opcode] ?? []) {
    const found = pattern(operation, numberOf);
    if (found) return {...found, operands: found.operands.map((operand) => simplify(operand, numberOf))};
  }
  const {opcode, operands, p, q} = operation;
  return {opcode, operands: operands.map((operand) => simplify(operand, numberOf)), p, q, r: 0};
}

const patterns: Partial<Record<Opcode, readonly Pattern[]>> = {
  [Opcode.add_f32]: [blendSquare, blend, multiplyAdd],
  [Opcode.multiply_f32]: [multiplyStep],
  [Opcode.real_div_f32]: [adamQuotient, rootQuotient],
};

/** p a + q b. */
function blend({operands: [first, second]}: Operation, numberOf: NumberOf): Instruction | undefined {
  const a = scaled(first, Opcode.multiply_f32, numberOf);
  const b = scaled(second, Opcode.multiply_f32, numberOf);
  if (!a && !b) return undefined;
  const operands = [a?.operand ?? first, b?.operand ?? second];
  return {opcode: Opcode.blend_f32, operands, p: a?.factor ?? 1, q: b?.factor ?? 1, r: 0};
}

/** p a + q b^2. */
function blendSquare({operands: [first, second]}: Operation, numberOf: NumberOf): Instruction | undefined {
  const a = scaled(first, Opcode.multiply_f32, numberOf);
  const b = scaled(second, Opcode.multiply_f32, numberOf);
  const square = a && b && inner(b.operand, Opcode.square_f32);
  if (!square) return undefined;
  const operands = [a.operand, square.operands[0]];
  return {opcode: Opcode.blend_square_f32, operands, p: a.factor, q: b.factor, r: 0};
}

/** a b + c. */
function multiplyAdd({operands: [first, second]}: Operation): Instruction | undefined {
  const opcode = Opcode.multiply_add_f32;
  const left = inner(first, Opcode.multiply_f32);
  if (left) return {opcode, operands: [...left.operands, second], p: 0, q: 0, r: 0};
  const right = inner(second, Opcode.multiply_f32);
  return right && {opcode, operands: [...right.operands, first], p: 0, q: 0, r: 0};
}

/** a step(b): the gradient of relu. */
function multiplyStep({operands: [first, second]}: Operation): Instruction | undefined {
  const step = inner(second, Opcode.step_f32);
  return step && {opcode: Opcode.multiply_step_f32, operands: [first, step.operands[0]], p: step.p, q: 0, r: 0};
}

/** (a / p) / (sqrt(b / q) + r). */
function adamQuotient({operands: [first, second]}: Operation, numberOf: NumberOf): Instruction | undefined {
  const a = scaled(first, Opcode.real_div_f32, numberOf);
  const sum = a && scaled(second, Opcode.add_f32, numberOf);
  const root = sum && inner(sum.operand, Opcode.sqrt_f32);
  const b = root && scaled(root.operands[0], Opcode.real_div_f32, numberOf);
  if (!b) return undefined;
  const operands = [a.operand, b.operand];
  return {opcode: Opcode.adam_quotient_f32, operands, p: a.factor, q: b.factor, r: sum.factor};
}

/** p a / sqrt(b + q). */
function rootQuotient({operands: [first, second]}: Operation, numberOf: NumberOf): Instruction | undefined {
  const a = scaled(first, Opcode.multiply_f32, numberOf);
  const root = a && inner(second, Opcode.sqrt_f32);
  const b = root && scaled(root.operands[0], Opcode.add_f32, numberOf);
  return b && {opcode: Opcode.root_quotient_f32, operands: [a.operand, b.operand], p: a.factor, q: b.factor, r: 0};
}

/** The operation of an operand, if it has this opcode and nothing else refers to it. */
function inner({buffer, period}: Operand, opcode: Opcode): Operation | undefined {
  const {operation, references} = buffer;
  return period === 0 && references === 1 && operation?.opcode === opcode ? operation : undefined;
}

/** The first operand of such an operation and the number that is its second, if it is one. */
function scaled(operand: Operand, opcode: Opcode, numberOf: NumberOf): {operand: Operand; factor: number} | undefined {
  const [first, second] = inner(operand, opcode)?.operands ?? [];
  if (second?.period !== 1 || first.period !== 0) return undefined;
  const factor = numberOf(second.buffer);
  return factor === undefined ? undefined : {operand: first, factor};
}

/** The operand that can replace this one, if this is a repeated row or a product with 1. */
function simplify(operand: Operand, numberOf: NumberOf): Operand {
  const {buffer, period} = operand;
  if (period !== 0 || !buffer.operation || buffer.references !== 1) return operand;
  const {opcode, operands} = buffer.operation;
  if (opcode === Opcode.copy_bytes && operands[0].period > 0) return operands[0];
  if (opcode === Opcode.multiply_f32) {
    const [first, second] = operands.map((o) => simplify(o, numberOf));
    if (second.period === 1 && numberOf(second.buffer) === 1) return first;
  }
  return operand;
}
