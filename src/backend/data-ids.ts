import type {DataType, TensorInfo} from '@tensorflow/tfjs-core';
import type {HeapBuffer} from './buffer.js';
import type {Storage} from './storage.js';

export type DataId = TensorInfo['dataId'];

/** The values of a data id: one of `buffer`, `strings` and `complexParts` is set. */
export interface TensorData {
  readonly dtype: DataType;
  readonly buffer?: HeapBuffer;
  readonly strings?: Uint8Array[];
  readonly complexParts?: ComplexParts;
}

/** The parts of a complex64 tensor: float32, of its shape, under data ids of their own. */
export interface ComplexParts {
  readonly real: TensorInfo;
  readonly imag: TensorInfo;
}

interface Counted {
  readonly data: TensorData;
  /** References of tensors to the data id; Identity and Reshape add one. */
  references: number;
}

/** Is told which data ids are used, and which are new. */
export interface DataIdWatcher {
  found(dataId: DataId): void;
  made(dataId: DataId): void;
}

/** The data ids of one backend, their reference counts, and their values. */
export class DataIds {
  watcher: DataIdWatcher | undefined;
  private readonly counted = new Map<DataId, Counted>();

  /** @param fetch moves a data id of another backend to this one; throws if no backend has it */
  constructor(
    private readonly storage: Storage,
    private readonly fetch: (dataId: DataId) => void,
  ) {}

  get size(): number {
    return this.counted.size;
  }

  /** Takes over the reference to the data's buffer or parts. */
  set(dataId: DataId, data: TensorData, references = 1): void {
    this.counted.set(dataId, {data, references});
    this.watcher?.made(dataId);
  }

  /** @throws Error if there is no such data id on any backend */
  get(dataId: DataId): TensorData {
    return this.find(dataId).data;
  }

  references(dataId: DataId): number {
    return this.counted.get(dataId)?.references ?? 0;
  }

  retain(dataId: DataId): void {
    this.find(dataId).references++;
  }

  /** Gives up one reference (all of them with `force`); true if the values were released, or were not there. */
  release(dataId: DataId, force = false): boolean {
    const found = this.counted.get(dataId);
    if (!found) return true;
    found.references--;
    if (!force && found.references > 0) return false;
    const {buffer, complexParts} = found.data;
    if (buffer) this.storage.release(buffer);
    if (complexParts) {
      this.release(complexParts.real.dataId);
      this.release(complexParts.imag.dataId);
    }
    this.counted.delete(dataId);
    return true;
  }

  private find(dataId: DataId): Counted {
    this.watcher?.found(dataId);
    const found = this.counted.get(dataId);
    if (found) return found;
    this.fetch(dataId);
    return this.counted.get(dataId) as Counted;
  }
}
