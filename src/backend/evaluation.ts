import {Opcode} from '../../assembly/elementwise/opcode.js';
import {leastCommonMultiple} from './arithmetic.js';
import type {EvaluationNote, HeapBuffer, Operand, Operation, PendingCall} from './buffer.js';
import {fuse, type Instruction} from './fusion.js';
import type {KernelExports} from './module/load.js';
import type {Parameters} from './parameters.js';
import type {Storage} from './storage.js';

/**
 * Elements of a chunk, about. A step of adam has ten chunks in use: at 512 they are 20 KiB. Steps of model A and recipe 3 took
 * 31.4 and 55.7 ms so, 32.3 and 57.8 at 1024, 33.0 and 58.3 at 2048.
 */
const CHUNK = 512;
/** The int32 of an Instruction of assembly/elementwise/evaluate.ts. */
const INSTRUCTION_WORDS = 12;
/** Whole vectors are written past the last element of a chunk. */
const SLACK_BYTES = 64;

/** Sums of all elements of a chain whose indices are equal modulo `columns`. */
export interface Sums {
  columns: number;
  /** What each is divided by. */
  divisor: number;
  /** Where they go. */
  y: number;
}

/** Computes what was deferred, all of whose pending operands are on the heap. */
export class Evaluation {
  constructor(
    private readonly wasm: KernelExports,
    private readonly storage: Storage,
    private readonly parameters: Parameters,
  ) {}

  /**
   * Computes a chain, and in the same pass those of its operations that others hold too. What nobody else holds stays in
   * the first-level cache, and what nobody will read again is written over.
   *
   * @throws OutOfMemoryError; everything is as it was then.
   */
  compute(root: HeapBuffer): void {
    new Pass(root, this.wasm, this.storage).run();
  }

  /**
   * Sums a chain up without storing any of it.
   *
   * @throws OutOfMemoryError
   */
  sum(root: HeapBuffer, sums: Sums): void {
    new Pass(root, this.wasm, this.storage, sums).run();
  }

  /**
   * Runs a pending call into `buffer`: the call's own, or that of its epilogue. What is computed now may be the operand
   * of a kernel that has written its parameters.
   *
   * @throws OutOfMemoryError; everything is as it was then.
   */
  runCall(buffer: HeapBuffer, call: PendingCall, operands: readonly number[], bias: number, activates: boolean): void {
    const {heap} = this.storage;
    const offset = heap.allocate(buffer.bytes);
    try {
      this.parameters.preserve(() => call.run(operands, offset, bias, activates));
    } catch (error) {
      heap.release(offset, buffer.bytes);
      throw error;
    }
    this.storage.store(buffer, offset);
  }
}

/** A buffer in a pass, with the instruction that computes it, if it is not read from the heap. */
class Note implements EvaluationNote {
  reads = 0;
  lastRead = -1;
  target = -1;
  register = -1;

  constructor(
    readonly buffer: HeapBuffer,
    public position: number,
  ) {}
}

/** One pass over a chain. */
class Pass {
  /** What is computed, operands before what reads them, and how. */
  private readonly nodes: Note[] = [];
  private readonly instructions: Instruction[] = [];
  /** The bytes on the heap that are read. */
  private readonly leaves: Note[] = [];
  /** Those that are repeated to a whole chunk first. */
  private readonly rows: Operand[] = [];
  private registers = 0;

  constructor(
    private readonly root: HeapBuffer,
    private readonly wasm: KernelExports,
    private readonly storage: Storage,
    private readonly sums?: Sums,
  ) {}

  run(): void {
    const allocated: Note[] = [];
    try {
      this.collect(this.root);
      this.place(allocated);
      this.compute();
    } catch (error) {
      for (const {target, buffer} of allocated) this.storage.heap.release(target, buffer.bytes);
      this.forget();
      throw error;
    }
    this.forget();
    if (!this.sums) this.commit();
  }

  private collect(buffer: HeapBuffer): void {
    const instruction = fuse(buffer.operation as Operation, this.numberOf);
    const {operands} = instruction;
    for (const operand of operands) {
      const read = operand.buffer;
      if (!read.note) {
        if (read.operation) this.collect(read);
        else this.leaves.push(noteOn(read, -1));
      }
      if (operand.period > 0 && !this.rows.some((row) => row.buffer === read)) this.rows.push(operand);
    }
    const note = noteOn(buffer, this.nodes.length);
    this.nodes.push(note);
    this.instructions.push(instruction);
    for (const operand of operands) {
      const read = noteOf(operand);
      read.reads++;
      read.lastRead = note.position;
    }
  }

  private readonly numberOf = ({offset}: HeapBuffer): number => {
    return new Float32Array(this.storage.heap.memory.buffer, offset, 1)[0];
  };

  /** Chooses where each result goes: to the heap if it outlives this, else to a register, a chunk of scratch. */
  private place(allocated: Note[]): void {
    const free: number[] = [];
    for (const node of this.nodes) {
      let last: EvaluationNote | undefined;
      for (const operand of this.instructions[node.position].operands) {
        const read = noteOf(operand);
        if (read !== last && read.register >= 0 && read.lastRead === node.position) free.push(read.register);
        last = read;
      }
      if (this.sums || (node.buffer !== this.root && node.buffer.references === node.reads)) {
        node.register = free.pop() ?? this.registers++;
      } else if (!this.takeOver(node)) {
        node.target = this.storage.heap.allocate(node.buffer.bytes);
        allocated.push(node);
      }
    }
  }

  /** Gives a node the bytes of a leaf that nobody reads any more. */
  private takeOver(node: Note): boolean {
    for (const leaf of this.leaves) {
      const isRead = leaf.buffer.references > leaf.reads || leaf.lastRead > node.position;
      if (isRead || leaf.buffer.bytes !== node.buffer.bytes || leaf.target >= 0) continue;
      node.target = leaf.buffer.offset;
      leaf.target = leaf.buffer.offset;
      return true;
    }
    return false;
  }

  private compute(): void {
    const {nodes, rows, wasm, root, sums} = this;
    const {heap} = this.storage;
    const {unit} = root.operation as Operation;
    const multiple = sums ? leastCommonMultiple(unit, sums.columns) : unit;
    const chunk = multiple >= CHUNK ? multiple : CHUNK - (CHUNK % multiple);
    const pitch = chunk * 4 + SLACK_BYTES;
    const length = nodes.length + (sums ? 1 : 0);
    const programBytes = (length * INSTRUCTION_WORDS * 4 + SLACK_BYTES) & -SLACK_BYTES;
    const scratchBytes = programBytes + (this.registers + rows.length + 1) * pitch;
    const program = heap.allocate(scratchBytes);
    const registers = program + programBytes;
    rows.forEach((row, i) => {
      const note = noteOf(row);
      note.register = this.registers + i;
      wasm.repeat_run(row.buffer.offset, registers + note.register * pitch, row.period * 4, chunk / row.period);
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
    const {buffer: memory} = this.storage.heap.memory;
    const words = new Int32Array(memory, program, (this.nodes.length + 1) * INSTRUCTION_WORDS);
    const floats = new Float32Array(memory, program, words.length);
    let at = 0;
    const writeAddress = ({register, target, buffer}: EvaluationNote, word: number) => {
      words[word] = register >= 0 ? registers + register * pitch : target >= 0 ? target : buffer.offset;
      words[word + 1] = register >= 0 ? 0 : -1;
    };
    for (const {opcode, operands, p, q, r} of this.instructions) {
      words[at] = opcode;
      writeAddress(noteOf(operands[0]), at + 1);
      writeAddress(noteOf(operands[1] ?? operands[0]), at + 3);
      writeAddress(noteOf(operands[2] ?? operands[0]), at + 5);
      writeAddress(this.nodes[at / INSTRUCTION_WORDS], at + 7);
      floats[at + 9] = p;
      floats[at + 10] = q;
      floats[at + 11] = r;
      at += INSTRUCTION_WORDS;
    }
    if (!this.sums) return;
    words[at] = Opcode.add_to;
    writeAddress(this.nodes[this.nodes.length - 1], at + 1);
    words[at + 7] = totals;
    words[at + 8] = 0;
  }

  private commit(): void {
    for (const {target, buffer} of this.leaves) if (target >= 0) this.storage.handOver(buffer);
    for (const {target, buffer} of this.nodes) if (target >= 0) this.storage.store(buffer, target);
  }

  private forget(): void {
    for (const {buffer} of this.nodes) buffer.note = undefined;
    for (const {buffer} of this.leaves) buffer.note = undefined;
  }
}

function noteOn(buffer: HeapBuffer, position: number): Note {
  const note = new Note(buffer, position);
  buffer.note = note;
  return note;
}

/** The note on an operand, which is one of the pass that reads it. */
function noteOf({buffer}: Operand): EvaluationNote {
  return buffer.note as EvaluationNote;
}
