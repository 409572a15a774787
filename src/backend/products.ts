import {Opcode} from '../../assembly/elementwise/opcode.js';
import type {Buffers, Expression, HeapBuffer, Operand, Product} from './buffers.js';

/** Whether an operation is computed together with the product that it reads, as Product says. */
export function endsProduct(opcode: Opcode, operands: readonly Operand[]): boolean {
  if (opcode === Opcode.add_f32) return biased(operands) !== undefined;
  if (opcode === Opcode.multiply_f32) return stepped(operands) !== undefined;
  const {expression} = operands[0].buffer;
  return opcode === Opcode.relu_f32 && expression?.opcode === Opcode.add_f32 && expression.ends;
}

/** Whether a buffer is a product, or what ends one: nothing else may read it before it is computed. */
export function isProduct({product, expression}: HeapBuffer): boolean {
  return product !== undefined || expression?.ends === true;
}

/**
 * Computes a product that somebody asks for as it is.
 *
 * @throws OutOfMemoryError; it is as it was then.
 */
export function computeProduct(buffer: HeapBuffer, buffers: Buffers): void {
  const product = buffer.product as Product;
  buffer.offset = run(product, 0, false, buffer.bytes, buffers);
  buffer.product = undefined;
  for (const operand of product.operands) buffers.release(operand);
}

/**
 * Computes an expression that ends a product, in one pass; false where it does not. The product itself stays put off:
 * mostly nobody ever asks for it.
 *
 * @throws OutOfMemoryError; everything is as it was then.
 */
export function computeWithProduct(buffer: HeapBuffer, buffers: Buffers): boolean {
  const expression = buffer.expression as Expression;
  if (!expression.ends) return false;
  const activates = expression.opcode === Opcode.relu_f32;
  const summed = activates ? expression.operands[0].buffer : buffer;
  if (activates && summed.references > 1) {
    // Somebody else holds the sum, so that it is stored anyway.
    buffers.offset(summed);
    return false;
  }
  // The sum, the product or the step may have been asked for itself meanwhile.
  const {opcode, operands = []} = summed.expression ?? {};
  const found = opcode === Opcode.multiply_f32 ? stepped(operands) : biased(operands);
  if (!found) {
    for (const operand of operands) if (isProduct(operand.buffer)) buffers.offset(operand.buffer);
    return false;
  }
  const {product, bias} = found;
  const isActivated = activates || opcode === Opcode.multiply_f32;
  const start = bias ? buffers.offset(bias) : 0;
  buffers.runEvaluation(() => {
    buffer.offset = run(product, start, isActivated, buffer.bytes, buffers);
  }, product.kernelName);
  buffer.expression = undefined;
  buffers.releaseOperands(expression);
  return true;
}

interface Found {
  product: Product;
  bias?: HeapBuffer;
}

/** A product and a bias that fits it, in either order. */
function biased(operands: readonly Operand[]): Found | undefined {
  for (const [i, {buffer}] of operands.entries()) {
    const bias = operands[1 - i];
    if (buffer.product && bias?.period === buffer.product.biasSize) return {product: buffer.product, bias: bias.buffer};
  }
  return undefined;
}

/** A product and the step of its operand. */
function stepped([first, second]: readonly Operand[]): Found | undefined {
  const {product} = first.buffer;
  const factor = second.buffer.expression;
  if (!product?.stepOf || factor?.opcode !== Opcode.step_f32 || factor.p !== 0) return undefined;
  return factor.operands[0].buffer === product.stepOf ? {product} : undefined;
}

/** The offset of a new block with the result. What is computed now may be an operand of a call that is under way. */
function run(product: Product, bias: number, activates: boolean, bytes: number, buffers: Buffers): number {
  const operands = product.operands.map((operand) => buffers.offset(operand));
  const offset = buffers.heap.allocate(bytes);
  try {
    buffers.keepingParams(() => product.run(operands, offset, bias, activates));
  } catch (error) {
    buffers.heap.release(offset, bytes);
    throw error;
  }
  return offset;
}
