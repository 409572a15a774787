import type {Buffers, Expression, HeapBuffer, Operand} from './buffers.js';

/** Elements of a chunk, about. */
const CHUNK = 1024;
/** The int32 of an Instruction of assembly/elementwise/evaluate.ts. */
const INSTRUCTION_WORDS = 9;
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

class Evaluation {
  /** What is computed, operands before what reads them. */
  private readonly nodes: HeapBuffer[] = [];
  /** The bytes on the heap that are read. */
  private readonly leaves: HeapBuffer[] = [];
  /** Those that are repeated to a whole chunk first. */
  private readonly rows: Operand[] = [];
  private readonly allocated: HeapBuffer[] = [];
  private registers = 0;

  constructor(
    private readonly root: HeapBuffer,
    private readonly buffers: Buffers,
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
    this.commit();
  }

  private collect(node: HeapBuffer): void {
    const {operands} = node.expression as Expression;
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
    for (const {buffer} of operands) {
      buffer.reads++;
      buffer.lastRead = node.position;
    }
  }

  /** Chooses where each result goes: to the heap if it outlives this, else to a register, a chunk of scratch. */
  private place(): void {
    const free: number[] = [];
    for (const node of this.nodes) {
      let last: HeapBuffer | undefined;
      for (const {buffer} of (node.expression as Expression).operands) {
        if (buffer !== last && buffer.register >= 0 && buffer.lastRead === node.position) free.push(buffer.register);
        last = buffer;
      }
      if (node !== this.root && node.references === node.reads) {
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
    const {nodes, rows, buffers, root} = this;
    const {unit} = root.expression as Expression;
    const chunk = unit >= CHUNK ? unit : CHUNK - (CHUNK % unit);
    const pitch = chunk * 4 + SLACK_BYTES;
    const programBytes = (nodes.length * INSTRUCTION_WORDS * 4 + SLACK_BYTES) & -SLACK_BYTES;
    const scratchBytes = programBytes + (this.registers + rows.length) * pitch;
    const program = buffers.heap.allocate(scratchBytes);
    const registers = program + programBytes;
    rows.forEach(({buffer, period}, i) => {
      buffer.register = this.registers + i;
      buffers.wasm.repeat_run(buffer.offset, registers + buffer.register * pitch, period * 4, chunk / period);
    });
    this.write(program, registers, pitch);
    buffers.wasm.evaluate(program, nodes.length, root.bytes / 4, chunk);
    buffers.heap.release(program, scratchBytes);
  }

  private write(program: number, registers: number, pitch: number): void {
    const {buffer: memory} = this.buffers.heap.memory;
    const words = new Int32Array(memory, program, this.nodes.length * INSTRUCTION_WORDS);
    const floats = new Float32Array(memory, program, words.length);
    let at = 0;
    for (const node of this.nodes) {
      const {opcode, operands, p, q} = node.expression as Expression;
      words[at] = opcode;
      const inputs = [operands[0], operands[1] ?? operands[0]];
      for (const [i, {buffer}] of [...inputs, {buffer: node}].entries()) {
        const moves = buffer.register < 0;
        words[at + 1 + 2 * i] = moves
          ? buffer.target >= 0
            ? buffer.target
            : buffer.offset
          : registers + buffer.register * pitch;
        words[at + 2 + 2 * i] = moves ? -1 : 0;
      }
      floats[at + 7] = p;
      floats[at + 8] = q;
      at += INSTRUCTION_WORDS;
    }
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
