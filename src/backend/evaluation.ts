import {Opcode} from '../../assembly/elementwise/opcode.js';
import type {EvaluationNote, HeapBuffer, Operand, Operation, PendingCall} from './buffer.js';
import {fuse, type Instruction, type KnownNumbers} from './fusion.js';
import type {KernelExportName, KernelExports} from './module/load.js';
import type {Parameters} from './parameters.js';
import {noteOf, type Program, runProgram, type Sums} from './program.js';
import type {Storage} from './storage.js';

/** One operation on so much is worth a program, which several threads can run. */
const MIN_SHARED_BYTES = 2 ** 18;

/** Computes deferred operations and calls. The pending calls among their operands have been computed before. */
export class Evaluation {
  constructor(
    private readonly wasm: KernelExports,
    private readonly storage: Storage,
    private readonly parameters: Parameters,
  ) {}

  /**
   * Computes a chain in one pass. Intermediate results that are also referenced elsewhere are stored, all others stay
   * in the first-level cache. Operands that are not read afterwards are overwritten in place.
   *
   * @throws OutOfMemoryError; nothing has changed then.
   */
  compute(root: HeapBuffer): void {
    if (!this.computeAlone(root)) new Pass(root, this.wasm, this.storage).run();
  }

  /**
   * Computes an operation whose operands are on the heap by a call of its function; false if it has no such call. A
   * program gives the same bits and takes 2 us more, after a pass over large tensors 8 us: its plan is out of the cache.
   */
  private computeAlone(root: HeapBuffer): boolean {
    const {opcode, operands, p, q} = root.operation as Operation;
    const [first, second = first] = operands;
    if (opcode === Opcode.copy_bytes || first.buffer.operation || second.buffer.operation) return false;
    const {wasm, storage} = this;
    const {heap} = storage;
    if (root.bytes >= MIN_SHARED_BYTES) {
      if (wasm.thread_count() > 1) return false;
      wasm.note_chunks(2);
    }
    if (first.period | second.period && wasm.operand_scratch_bytes(first.period, second.period, 2)) return false;
    const taken = operands.find(({buffer}) => {
      const reads = first.buffer === second.buffer ? operands.length : 1;
      return buffer.bytes === root.bytes && buffer.references === reads;
    })?.buffer;
    const y = taken ? taken.offset : heap.allocate(root.bytes);
    const n = root.bytes / 4;
    const run = wasm[Opcode[opcode] as KernelExportName] as (...numbers: number[]) => void;
    if (operands.length === 1) run(first.buffer.offset, y, n, p, q);
    else run(first.buffer.offset, second.buffer.offset, y, n, first.period, second.period, 0, 0);
    if (taken) storage.handOver(taken);
    storage.store(root, y);
    return true;
  }

  /**
   * Sums a chain, of which nothing is stored unless `isStored`. False if a sum is not finite: then the chain has to be
   * stored and summed in order.
   *
   * @throws OutOfMemoryError
   */
  sum(root: HeapBuffer, sums: Sums, isStored: boolean): boolean {
    return new Pass(root, this.wasm, this.storage, sums, isStored).run();
  }

  /**
   * Runs a pending call, with its output in `buffer`: the call's own, or that of its epilogue. Parameters are
   * preserved, since it may compute an operand of a kernel that has already written its own.
   *
   * @throws OutOfMemoryError; nothing has changed then.
   */
  runCall(buffer: HeapBuffer, call: PendingCall, operands: readonly number[], bias: number, activates: boolean): void {
    const {heap} = this.storage;
    const offset = heap.allocate(buffer.bytes);
    try {
      this.parameters.preserve(() => call.run(operands, offset, bias, activates));
    } catch (error) {
      this.wasm.close_job();
      heap.release(offset, buffer.bytes);
      throw error;
    }
    this.storage.store(buffer, offset);
  }
}

/** A buffer in a pass: computed by the instruction of that index, or (-1) read from the heap. */
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
  /** The buffers to compute, operands before what reads them, and the instruction for each. */
  private readonly nodes: Note[] = [];
  private readonly instructions: Instruction[] = [];
  /** The buffers that are read from the heap. */
  private readonly leaves: Note[] = [];
  /** The operands that are first repeated to fill a chunk. */
  private readonly rows: Operand[] = [];
  private registers = 0;

  constructor(
    private readonly root: HeapBuffer,
    private readonly wasm: KernelExports,
    private readonly storage: Storage,
    private readonly sums?: Sums,
    private readonly isStored = true,
  ) {}

  run(): boolean {
    const allocated: Note[] = [];
    let areFinite: boolean;
    try {
      this.collect(this.root);
      this.place(allocated);
      areFinite = runProgram(this.wasm, this.storage.heap, this.program());
    } catch (error) {
      this.wasm.close_job();
      for (const {target, buffer} of allocated) this.storage.heap.release(target, buffer.bytes);
      this.forget();
      throw error;
    }
    this.forget();
    if (this.isStored) this.commit();
    return areFinite;
  }

  private collect(buffer: HeapBuffer): void {
    const instruction = fuse(buffer.operation as Operation, this.known);
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

  private readonly known: KnownNumbers = {
    numberIn: ({offset}) => {
      const {recorder} = this.storage.heap;
      return recorder?.isConstant(offset) === false && !recorder.copiesNumbers ? undefined : this.numberAt(offset);
    },
    isOne: ({offset}) => this.storage.heap.recorder?.isConstant(offset) !== false && this.numberAt(offset) === 1,
  };

  private numberAt(offset: number): number {
    return new Float32Array(this.storage.heap.memory.buffer, offset, 1)[0];
  }

  /**
   * Chooses where each result goes: to the heap if it outlives the pass, else to a register, which is a chunk of
   * scratch.
   */
  private place(allocated: Note[]): void {
    const free: number[] = [];
    for (const node of this.nodes) {
      let last: EvaluationNote | undefined;
      for (const operand of this.instructions[node.position].operands) {
        const read = noteOf(operand);
        if (read !== last && read.register >= 0 && read.lastRead === node.position) free.push(read.register);
        last = read;
      }
      if (!this.isStored || (node.buffer !== this.root && node.buffer.references === node.reads)) {
        node.register = free.pop() ?? this.registers++;
      } else if (!this.takeOver(node)) {
        node.target = this.storage.heap.allocate(node.buffer.bytes);
        allocated.push(node);
      }
    }
  }

  /**
   * Gives a node the bytes of a leaf that is not read after it, by this pass or by anything else: best of its own operand,
   * so that a variable and what an optimizer keeps of it stay where they are.
   */
  private takeOver(node: Note): boolean {
    const own = this.instructions[node.position].operands.map(noteOf);
    const leaf = own.find((note) => canTakeOver(node, note)) ?? this.leaves.find((note) => canTakeOver(node, note));
    if (!leaf) return false;
    node.target = leaf.buffer.offset;
    leaf.target = leaf.buffer.offset;
    return true;
  }

  private program(): Program {
    const {nodes, instructions, rows, registers, root, sums} = this;
    const {unit} = root.operation as Operation;
    return {nodes, instructions, rows, registers, elements: root.bytes / 4, unit, sums};
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

/** Whether the bytes of a leaf, which no other node has, can be a node's. */
function canTakeOver(node: EvaluationNote, {buffer, position, reads, lastRead, target}: EvaluationNote): boolean {
  if (position >= 0 || target >= 0 || buffer.bytes !== node.buffer.bytes) return false;
  return buffer.references <= reads && lastRead <= node.position;
}

function noteOn(buffer: HeapBuffer, position: number): Note {
  const note = new Note(buffer, position);
  buffer.note = note;
  return note;
}
