import {BLOCK_PADDING, InstructionWords, SUM_GROUPS} from '../../assembly/abi.js';
import {Opcode} from '../../assembly/elementwise/opcode.js';
import {leastCommonMultiple} from './arithmetic.js';
import type {EvaluationNote, Operand} from './buffer.js';
import type {Instruction} from './fusion.js';
import type {Heap} from './heap.js';
import type {KernelExports} from './module/load.js';
import {RecordLayout} from './records.js';

/**
 * Elements of a chunk, about. A step of adam uses ten chunks at once: 20 KiB at 512 elements. Steps of simple-cnn-a and
 * strided-cnn at batch 128 took 31.4 and 55.7 ms with 512, 32.3 and 57.8 with 1024, 33.0 and 58.3 with 2048.
 */
const CHUNK = 512;

const {words: INSTRUCTION_WORDS, index: AT} = new RecordLayout(InstructionWords);

/** Sums of all elements of a chain whose indices are equal modulo `columns`. */
export interface Sums {
  columns: number;
  /** What each sum is divided by. */
  divisor: number;
  /** The offset of the sums. */
  y: number;
}

/** The plan of a pass over a chain: what is computed, how, and where the results go. */
export interface Program {
  /** What is computed, in order: nodes[i] by instructions[i]. */
  nodes: readonly EvaluationNote[];
  instructions: readonly Instruction[];
  /** Operands that are first repeated to fill a chunk, in registers of their own after the others. */
  rows: readonly Operand[];
  registers: number;
  elements: number;
  /** Chunks have a multiple of this many elements. */
  unit: number;
  /** If given, the last node is summed instead of stored. */
  sums?: Sums;
}

/** The note on an operand, in the evaluation that is planned or runs. */
export function noteOf({buffer}: Operand): EvaluationNote {
  return buffer.note as EvaluationNote;
}

/**
 * Runs a program chunk by chunk; its registers are chunks of scratch. False if there are sums that are not finite, which
 * may be due to the order of their terms.
 *
 * @throws OutOfMemoryError
 */
export function runProgram(wasm: KernelExports, heap: Heap, program: Program): boolean {
  const {nodes, rows, elements, unit, sums} = program;
  const multiple = sums ? leastCommonMultiple(unit, sums.columns) : unit;
  const chunk = multiple >= CHUNK ? multiple : CHUNK - (CHUNK % multiple);
  const pitch = chunk * 4 + BLOCK_PADDING;
  const length = nodes.length + (sums ? 1 : 0);
  const programBytes = (length * INSTRUCTION_WORDS * 4 + BLOCK_PADDING) & -BLOCK_PADDING;
  // Each thread has registers of its own: those of the program, the repeated operands, and the totals of a group of chunks.
  const threads = wasm.thread_count();
  const registerBytes = (program.registers + rows.length + (sums ? 1 : 0)) * pitch;
  const sumBytes = sums ? (2 + (threads > 1 ? SUM_GROUPS : 0)) * pitch : 0;
  const scratchBytes = programBytes + threads * registerBytes + sumBytes;
  const start = heap.allocate(scratchBytes);
  const registers = start + programBytes;
  rows.forEach((row, i) => {
    const note = noteOf(row);
    note.register = program.registers + i;
    for (let thread = 0; thread < threads; thread++) {
      const to = registers + thread * registerBytes + note.register * pitch;
      wasm.repeat_run(row.buffer.offset, to, row.period * 4, chunk / row.period);
    }
  });
  const totals = registers + (program.registers + rows.length) * pitch;
  writeInstructions(heap, program, {start, registers, pitch, totals});
  let areFinite = true;
  if (sums) {
    const {columns, divisor, y} = sums;
    const sumsAt = registers + threads * registerBytes;
    areFinite = wasm.evaluate_sums(start, length, elements, chunk, registerBytes, totals, sumsAt, columns, divisor, y);
  } else {
    wasm.evaluate(start, length, elements, chunk, registerBytes);
  }
  heap.release(start, scratchBytes);
  return areFinite;
}

/** Offsets in the scratch of a program, and the bytes from one register to the next. */
interface Layout {
  start: number;
  registers: number;
  pitch: number;
  totals: number;
}

/** Writes the instructions, and for sums one more, which adds the last node to the totals. */
function writeInstructions(heap: Heap, {nodes, instructions, sums}: Program, layout: Layout): void {
  const {start, registers, pitch, totals} = layout;
  const {recorder} = heap;
  recorder?.wrote(start, (nodes.length + (sums ? 1 : 0)) * INSTRUCTION_WORDS * 4);
  const words = new Int32Array(heap.memory.buffer, start, (nodes.length + 1) * INSTRUCTION_WORDS);
  const floats = new Float32Array(heap.memory.buffer, start, words.length);
  let at = 0;
  const writeAddress = ({register, target, buffer}: EvaluationNote, address: number, mask: number) => {
    words[at + address] = register >= 0 ? registers + register * pitch : target >= 0 ? target : buffer.offset;
    words[at + mask] = register >= 0 ? 0 : -1;
  };
  instructions.forEach(({opcode, operands, p, q, r, from}, i) => {
    words[at + AT.opcode] = opcode;
    writeAddress(noteOf(operands[0]), AT.a, AT.maskA);
    writeAddress(noteOf(operands[1] ?? operands[0]), AT.b, AT.maskB);
    writeAddress(noteOf(operands[2] ?? operands[0]), AT.c, AT.maskC);
    writeAddress(nodes[i], AT.y, AT.maskY);
    floats[at + AT.p] = p;
    floats[at + AT.q] = q;
    floats[at + AT.r] = r;
    if (recorder && from) {
      [AT.p, AT.q, AT.r].forEach((word, j) => {
        const read = from[j];
        if (read) recorder.copied(start + (at + word) * 4, read.offset);
      });
    }
    at += INSTRUCTION_WORDS;
  });
  if (!sums) return;
  // What recorded programs are compared by: no word may be what was there before.
  words.fill(0, at, at + INSTRUCTION_WORDS);
  words[at + AT.opcode] = Opcode.add_to;
  writeAddress(nodes[nodes.length - 1], AT.a, AT.maskA);
  words[at + AT.y] = totals;
  words[at + AT.maskY] = 0;
}
