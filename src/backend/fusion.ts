import {Opcode} from '../../assembly/elementwise/opcode.js';
import type {HeapBuffer, Operand, Operation} from './buffer.js';

/** One instruction of an evaluation, with one to three operands. */
export interface Instruction {
  opcode: Opcode;
  operands: readonly Operand[];
  p: number;
  q: number;
  r: number;
  /** The buffers that p, q and r are read from, where they are. */
  from?: readonly (HeapBuffer | undefined)[];
}

/** What a plan may know of an operand that is one number. */
export interface KnownNumbers {
  /** Its value; undefined where no instruction may hold it. */
  numberIn(buffer: HeapBuffer): number | undefined;
  /** Whether it is 1, and will be when the instruction runs again. */
  isOne(buffer: HeapBuffer): boolean;
}

type Pattern = (operation: Operation, known: KnownNumbers) => Instruction | undefined;

/**
 * The instruction that computes an operation, fused with operands that only it reads where
 * assembly/elementwise/fused.ts has a function for all of them: adam is 4 passes over the first-level cache instead of
 * 14. The bits of the result are the same.
 */
export function fuse(operation: Operation, known: KnownNumbers): Instruction {
  for (const pattern of patterns[operation.opcode] ?? []) {
    const found = pattern(operation, known);
    if (found) return {...found, operands: found.operands.map((operand) => simplify(operand, known))};
  }
  const {opcode, operands, p, q} = operation;
  return {opcode, operands: operands.map((operand) => simplify(operand, known)), p, q, r: 0};
}

const patterns: Partial<Record<Opcode, readonly Pattern[]>> = {
  [Opcode.add_f32]: [blendSquare, blend, multiplyAdd],
  [Opcode.multiply_f32]: [multiplyStep],
  [Opcode.real_div_f32]: [adamQuotient, rootQuotient],
};

/** p a + q b. */
function blend({operands: [first, second]}: Operation, known: KnownNumbers): Instruction | undefined {
  const a = scaled(first, Opcode.multiply_f32, known);
  const b = scaled(second, Opcode.multiply_f32, known);
  if (!a && !b) return undefined;
  const operands = [a?.operand ?? first, b?.operand ?? second];
  return {opcode: Opcode.blend_f32, operands, p: a?.factor ?? 1, q: b?.factor ?? 1, r: 0, from: [a?.number, b?.number]};
}

/** p a + q b^2. */
function blendSquare({operands: [first, second]}: Operation, known: KnownNumbers): Instruction | undefined {
  const a = scaled(first, Opcode.multiply_f32, known);
  const b = scaled(second, Opcode.multiply_f32, known);
  const square = a && b && inner(b.operand, Opcode.square_f32);
  if (!square) return undefined;
  const operands = [a.operand, square.operands[0]];
  return {opcode: Opcode.blend_square_f32, operands, p: a.factor, q: b.factor, r: 0, from: [a.number, b.number]};
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
function adamQuotient({operands: [first, second]}: Operation, known: KnownNumbers): Instruction | undefined {
  const a = scaled(first, Opcode.real_div_f32, known);
  const sum = a && scaled(second, Opcode.add_f32, known);
  const root = sum && inner(sum.operand, Opcode.sqrt_f32);
  const b = root && scaled(root.operands[0], Opcode.real_div_f32, known);
  if (!b) return undefined;
  const operands = [a.operand, b.operand];
  return {
    opcode: Opcode.adam_quotient_f32,
    operands,
    p: a.factor,
    q: b.factor,
    r: sum.factor,
    from: [a.number, b.number, sum.number],
  };
}

/** p a / sqrt(b + q). */
function rootQuotient({operands: [first, second]}: Operation, known: KnownNumbers): Instruction | undefined {
  const a = scaled(first, Opcode.multiply_f32, known);
  const root = a && inner(second, Opcode.sqrt_f32);
  const b = root && scaled(root.operands[0], Opcode.add_f32, known);
  if (!b) return undefined;
  const operands = [a.operand, b.operand];
  return {opcode: Opcode.root_quotient_f32, operands, p: a.factor, q: b.factor, r: 0, from: [a.number, b.number]};
}

/** The operation of an operand, if it has this opcode and nothing else refers to it. */
function inner({buffer, period}: Operand, opcode: Opcode): Operation | undefined {
  const {operation, references} = buffer;
  return period === 0 && references === 1 && operation?.opcode === opcode ? operation : undefined;
}

/** An operand times, divided by, or plus a number. */
interface Scaled {
  operand: Operand;
  factor: number;
  number: HeapBuffer;
}

/** The first operand of such an operation and the number that is its second, if it is one. */
function scaled(operand: Operand, opcode: Opcode, known: KnownNumbers): Scaled | undefined {
  const [first, second] = inner(operand, opcode)?.operands ?? [];
  if (second?.period !== 1 || first.period !== 0) return undefined;
  const factor = known.numberIn(second.buffer);
  return factor === undefined ? undefined : {operand: first, factor, number: second.buffer};
}

/** The operand that can replace this one, if this is a repeated row or a product with 1. */
function simplify(operand: Operand, known: KnownNumbers): Operand {
  const {buffer, period} = operand;
  if (period !== 0 || !buffer.operation || buffer.references !== 1) return operand;
  const {opcode, operands} = buffer.operation;
  if (opcode === Opcode.copy_bytes && operands[0].period > 0) return operands[0];
  if (opcode === Opcode.multiply_f32) {
    const [first, second] = operands.map((o) => simplify(o, known));
    if (second.period === 1 && known.isOne(second.buffer)) return first;
  }
  return operand;
}
