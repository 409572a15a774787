import {engine, type Variable} from '@tensorflow/tfjs-core';
import {type HeapBuffer, isDeferred} from '../buffer.js';
import type {DataIds} from '../data-ids.js';
import type {Deferral} from '../deferral.js';
import {OutOfMemoryError} from '../errors.js';
import {blockSize} from '../heap.js';
import type {Storage} from '../storage.js';
import type {Arena} from './arena.js';

/** What of a backend the steps are recorded on. */
export interface CapturedParts {
  readonly storage: Storage;
  readonly dataIds: DataIds;
  readonly deferral: Deferral;
}

interface Home {
  readonly offset: number;
  /** The buffer that was there last. */
  buffer: HeapBuffer;
}

/** The places of variables: where recorded steps read them, whatever tensor a variable is given. */
export class Homes {
  private readonly homes = new Map<Variable, Home>();

  constructor(
    private readonly parts: CapturedParts,
    private readonly arena: Arena,
  ) {}

  has(variable: Variable): boolean {
    return this.homes.has(variable);
  }

  offsetOf(variable: Variable): number {
    return (this.homes.get(variable) as Home).offset;
  }

  /** Gives a home to variables that have none, where they are if nobody else uses the block; false if it cannot be. */
  add(variables: readonly Variable[]): boolean {
    for (const variable of variables) {
      if (this.homes.has(variable)) continue;
      if (!this.isAlone(variable) || this.parts.storage.heap.owners.has(this.bufferOf(variable).offset)) {
        if (!this.giveCopy(variable, this.parts.storage.heap.allocate(this.bufferOf(variable).bytes))) return false;
      }
      const buffer = this.bufferOf(variable);
      if (!this.arena.adopt(buffer.offset, blockSize(buffer.bytes))) return false;
      this.homes.set(variable, {offset: buffer.offset, buffer});
    }
    return true;
  }

  /**
   * Brings all variables home, where they are not: nobody else has the bytes there then. False if one cannot be, since
   * what is there is in use, or there is no memory.
   */
  settle(): boolean {
    try {
      return this.bringAll();
    } catch (error) {
      if (error instanceof OutOfMemoryError) return false;
      throw error;
    }
  }

  private bringAll(): boolean {
    for (const [variable, home] of this.homes) {
      if (variable.isDisposed) return false;
      const buffer = this.bufferOf(variable);
      // A step overwrites the bytes of the buffer that is there.
      this.parts.storage.dropLayout(buffer);
      if (buffer.offset === home.offset && this.isAlone(variable)) home.buffer = buffer;
      else if (!this.bring(variable, home, buffer)) return false;
    }
    return !this.arena.isGone;
  }

  /** The buffer of a variable, computed. */
  bufferOf({dataId}: Variable): HeapBuffer {
    const {dataIds, deferral} = this.parts;
    const buffer = dataIds.get(dataId).buffer as HeapBuffer;
    if (isDeferred(buffer)) deferral.computeAll();
    return buffer;
  }

  /** Whether no other tensor has a variable's bytes. */
  isAlone({dataId}: Variable): boolean {
    const {dataIds} = this.parts;
    return dataIds.references(dataId) === 1 && dataIds.get(dataId).buffer?.references === 1;
  }

  private bring(variable: Variable, home: Home, buffer: HeapBuffer): boolean {
    const {storage} = this.parts;
    if (buffer.bytes !== home.buffer.bytes) return false;
    const there = buffer.offset === home.offset ? buffer : home.buffer;
    if (this.arena.isUsed(home.offset)) {
      if (there.references === 0 || there.offset !== home.offset) return false;
      const elsewhere = storage.heap.allocate(there.bytes);
      // To find memory the heap may have taken that of the program.
      if (this.arena.isGone) {
        storage.heap.release(elsewhere, there.bytes);
        return false;
      }
      storage.move(there, elsewhere);
    }
    this.arena.reuse(home.offset);
    if (this.isAlone(variable)) storage.move(buffer, home.offset);
    else this.giveCopy(variable, home.offset);
    home.buffer = this.bufferOf(variable);
    return true;
  }

  /** Gives a variable a copy of its bytes, in a block that nobody uses; false if the memory of the program is gone. */
  private giveCopy(variable: Variable, offset: number): boolean {
    const {storage, dataIds} = this.parts;
    const {bytes, offset: from} = this.bufferOf(variable);
    new Uint8Array(storage.heap.memory.buffer).copyWithin(offset, from, from + bytes);
    const dataId = {};
    dataIds.set(dataId, {dtype: variable.dtype, buffer: storage.place(bytes, offset)});
    const copy = engine().makeTensorFromTensorInfo({dataId, shape: variable.shape, dtype: variable.dtype});
    variable.assign(copy);
    copy.dispose();
    return !this.arena.isGone;
  }
}
