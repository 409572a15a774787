import {Opcode} from '../../assembly/elementwise/opcode.js';
import type {Buffers, Expression, HeapBuffer, Operand} from './buffers.js';
import {fuse, type Instruction} from './fusion.js';
import {leastCommonMultiple} from './kernels/shared/arithmetic.js';

/**
 * Elements of a chunk, about. A step of adam has ten chunks in use: at 512 they are 20 KiB. Steps of model A and recipe 3 took
 * 31.4 and 55.7 ms so, 32.3 and 57.8 at 1024, 33.0 and 58.3 at 2048.
 */
const CHUNK = 512;
/** The int32 of an Instruction of assembly/elementwise/evaluate.ts. */
const INSTRUCTION_WORDS = 12;
/** Whole vectors are written past the last element of a chunk. */
const SLACK_BYTES = 64;

/**
 * Computes a buffer's expression, and in the same pass those of its operands that others hold too. What nobody else
 * holds stays in the first-level cache, and what nobody will read again is written over.
 *
 * @throws OutOfMemoryError; every expression is as it was then.
 */
export function evaluate(root: HeapBuffer, buffers: Buffers): void {
  new Evaluation(root, buffers).run();
}

/** Sums of all elements of an expression whose indices are equal modulo `columns`. */
export interface Sums {
  columns: number;
  /** What each is divided by. */
  divisor: number;
  /** Where they go. */
  y: number;
}

/**
 * Sums an expression up without storing any of it.
 *
 * @throws OutOfMemoryError
 */
export function sumUp(root: HeapBuffer, sums: Sums, buffers: Buffers): void {
  new Evaluation(root, buffers, sums).run();
}

class Evaluation {
  /** What is computed, operands before what reads them. */
  private readonly nodes: HeapBuffer[] = [];
  /** How: the instruction of each node. */
  private readonly instructions: Instruction[] = [];
  /** The bytes on the heap that are read. */
  private readonly leaves: HeapBuffer[] = [];
  /** Those that are repeated to a whole chunk first. */
  private readonly rows: Operand[] = [];
  private readonly allocated: HeapBuffer[] = [];
  private registers = 0;

  constructor(
    private readonly root: HeapBuffer,
    private readonly buffers: Buffers,
    private readonly sums?: Sums,
  ) {}

  run(): void {
    this.collect(this.root);
    try {
      this.place();
      this.compute();
    } catch (error) {
      for (const {target, bytes} of this.allocated) this.buffers.heap.release(target, bytes);
      this.forget();
      throw error;
    }
    if (this.sums) this.forget();
    else this.commit();
  }

  private collect(node: HeapBuffer): void {
    const instruction = fuse(node.expression as Expression, this.numberOf);
    const {operands} = instruction;
    for (const operand of operands) {
      const {buffer, period} = operand;
      if (buffer.expression) {
        if (buffer.position < 0) this.collect(buffer);
      } else if (buffer.reads === 0) {
        this.leaves.push(buffer);
      }
      if (period > 0 && !this.rows.some((row) => row.buffer === buffer)) this.rows.push(operand);
    }
    node.position = this.nodes.length;
    this.nodes.push(node);
    this.instructions.push(instruction);
    for (const {buffer} of operands) {
      buffer.reads++;
      buffer.lastRead = node.position;
    }
  }

  private readonly numberOf = ({offset}: HeapBuffer): number => {
    return new Float32Array(this.buffers.heap.memory.buffer, offset, 1)[0];
  };

  /** Chooses where each result goes: to the heap if it outlives this, else to a register, a chunk of scratch. */
  private place(): void {
    const free: number[] = [];
    for (const node of this.nodes) {
      let last: HeapBuffer | undefined;
      for (const {buffer} of this.instructions[node.position].operands) {
        if (buffer !== last && buffer.register >= 0 && buffer.lastRead === node.position) free.push(buffer.register);
        last = buffer;
      }
      if (this.sums || (node !== this.root && node.references === node.reads)) {
        node.register = free.pop() ?? this.registers++;
      } else if (!this.takeOver(node)) {
        node.target = this.buffers.heap.allocate(node.bytes);
        this.allocated.push(node);
      }
    }
  }

  /** Gives a node the bytes of a leaf that nobody reads any more. */
  private takeOver(node: HeapBuffer): boolean {
    for (const leaf of this.leaves) {
      const isRead = leaf.references > leaf.reads || leaf.lastRead > node.position;
      if (isRead || leaf.bytes !== node.bytes || leaf.target >= 0) continue;
      node.target = leaf.offset;
      leaf.target = leaf.offset;
      return true;
    }
    return false;
  }

  private compute(): void {
    const {nodes, rows, buffers, root, sums} = this;
    const {wasm, heap} = buffers;
    const {unit} = root.expression as Expression;
    const multiple = sums ? leastCommonMultiple(unit, sums.columns) : unit;
    const chunk = multiple >= CHUNK ? multiple : CHUNK - (CHUNK % multiple);
    const pitch = chunk * 4 + SLACK_BYTES;
    const length = nodes.length + (sums ? 1 : 0);
    const programBytes = (length * INSTRUCTION_WORDS * 4 + SLACK_BYTES) & -SLACK_BYTES;
    const scratchBytes = programBytes + (this.registers + rows.length + 1) * pitch;
    const program = heap.allocate(scratchBytes);
    const registers = program + programBytes;
    rows.forEach(({buffer, period}, i) => {
      buffer.register = this.registers + i;
      wasm.repeat_run(buffer.offset, registers + buffer.register * pitch, period * 4, chunk / period);
    });
    const totals = registers + (this.registers + rows.length) * pitch;
    if (sums) wasm.zero_bytes(totals, chunk * 4);
    this.write(program, registers, pitch, totals);
    wasm.evaluate(program, length, root.bytes / 4, chunk);
    if (sums) {
      wasm.sum_f32(totals, sums.y, 1, chunk / sums.columns, sums.columns);
      if (sums.divisor !== 1) {
        wasm.fill_f32(totals, 1, sums.divisor);
        wasm.real_div_f32(sums.y, totals, sums.y, sums.columns, 0, 1, 0);
      }
    }
    heap.release(program, scratchBytes);
  }

  /** Writes the instructions, and for sums one more that adds the root to the totals. */
  private write(program: number, registers: number, pitch: number, totals: number): void {
    const {buffer: memory} = this.buffers.heap.memory;
    const words = new Int32Array(memory, program, (this.nodes.length + 1) * INSTRUCTION_WORDS);
    const floats = new Float32Array(memory, program, words.length);
    let at = 0;
    const writeAddress = ({register, target, offset}: HeapBuffer, word: number) => {
      words[word] = register >= 0 ? registers + register * pitch : target >= 0 ? target : offset;
      words[word + 1] = register >= 0 ? 0 : -1;
    };
    for (const {opcode, operands, p, q, r} of this.instructions) {
      words[at] = opcode;
      writeAddress(operands[0].buffer, at + 1);
      writeAddress((operands[1] ?? operands[0]).buffer, at + 3);
      writeAddress((operands[2] ?? operands[0]).buffer, at + 5);
      writeAddress(this.nodes[at / INSTRUCTION_WORDS], at + 7);
      floats[at + 9] = p;
      floats[at + 10] = q;
      floats[at + 11] = r;
      at += INSTRUCTION_WORDS;
    }
    if (!this.sums) return;
    words[at] = Opcode.add_to;
    writeAddress(this.root, at + 1);
    words[at + 7] = totals;
    words[at + 8] = 0;
  }

  private commit(): void {
    const {nodes, leaves, buffers} = this;
    // Bytes that a result took over are no longer the leaf's to give back.
    for (const leaf of leaves) if (leaf.target >= 0) leaf.offset = -1;
    const stored = nodes.filter(({target}) => target >= 0);
    const expressions = stored.map((node) => {
      const {expression} = node;
      node.offset = node.target;
      node.expression = undefined;
      return expression as Expression;
    });
    this.forget();
    for (const expression of expressions) buffers.releaseOperands(expression);
  }

  private forget(): void {
    for (const buffer of [...this.nodes, ...this.leaves]) {
      buffer.position = -1;
      buffer.reads = 0;
      buffer.lastRead = -1;
      buffer.target = -1;
      buffer.register = -1;
    }
  }
}
