import type * as h5wasm from 'h5wasm';
import {reasonOf} from '../shared/reason.js';
import {KerasError} from './error.js';

/** HDF5 compiled to WebAssembly, one instance of it; h5wasm's own classes are bound to another. */
export type Library = typeof h5wasm.Module;

/** An error leaves some of the library's memory and stack behind; a trap may leave anything. */
export type Failure = 'none' | 'error' | 'trap';

/** A file that is open. */
export class OpenFile {
  private failure: Failure = 'none';

  constructor(
    private readonly library: Library,
    private readonly id: bigint,
    /** The file's length. */
    readonly bytes: number,
    /** The most memory that the library may have. */
    private readonly memoryBytes: number,
  ) {}

  /** @throws KerasError where the library fails, by an error or a trap. */
  run<T>(use: (library: Library, id: bigint) => T): T {
    try {
      return withMemory(this.memoryBytes, () => use(this.library, this.id));
    } catch (error) {
      this.failure = error instanceof WebAssembly.RuntimeError ? 'trap' : 'error';
      throw error instanceof KerasError ? error : damaged(error);
    }
  }

  /** Closes it, and tells how the library has failed since it was opened. */
  close(): Failure {
    if (this.failure === 'none') {
      try {
        this.run((library, id) => library.close_file(id));
      } catch {
        // What was read is good; it is told by what is returned.
      }
    }
    return this.failure;
  }
}

/**
 * HDF5 asks for as much memory as a string claims before it looks for the string: 1.6 GB where four bytes are damaged. Its
 * own memory cannot be had, so that of all modules grows no further while it runs, which is never while another does.
 */
function withMemory<T>(most: number, use: () => T): T {
  const {prototype} = WebAssembly.Memory;
  const {grow} = prototype;
  prototype.grow = function (this: WebAssembly.Memory, pages: number) {
    const bytes = this.buffer.byteLength + 65536 * pages;
    if (bytes > most) throw new RangeError(`${bytes} bytes of memory are more than ${most}`);
    return grow.call(this, pages);
  };
  try {
    return use();
  } finally {
    prototype.grow = grow;
  }
}

/** HDF5 reports a stack of errors; the last one is the cause. */
export function damaged(error: unknown): KerasError {
  const reasons = [...String(error).matchAll(/#\d+: .*\(\): (.*)/g)].map(([, reason]) => reason);
  return new KerasError(`The HDF5 file is truncated or damaged: ${reasons.at(-1) ?? reasonOf(error)}.`, {
    cause: error,
  });
}

export interface DatasetMetadata {
  /** HDF5's class of types: 1 is float. */
  type: number;
  /** Bytes of one element. */
  size: number;
  /** null where it holds nothing at all. */
  shape: number[] | null;
}

const STRING = 3;

class Node {
  constructor(
    protected readonly file: OpenFile,
    readonly path: string,
  ) {}

  /** The names of all attributes. */
  attributes(): string[] {
    return this.file.run((library, id) => library.get_attribute_names(id, this.path));
  }

  /**
   * The strings of an attribute, of fixed or variable length. They are read as UTF-8, which ASCII is a part of: h5py says
   * ASCII of names in any language. Undefined where it holds something else, or nothing.
   *
   * @throws KerasError where it claims more than the file has.
   */
  strings(name: string): {values: string[]; isScalar: boolean} | undefined {
    return this.file.run((library, id) => {
      const {type, size, shape, total_size: count, vlen} = library.get_attribute_metadata(id, this.path, name);
      if (type !== STRING || shape === null) return undefined;
      const bytes = size * Number(count);
      if (bytes > this.file.bytes) throw damaged(`the attribute ${name} claims ${bytes} bytes`);
      const at = allocate(library, bytes);
      // What malloc gives holds anything; where HDF5 finds no string it leaves that, and it would be taken for a pointer.
      library.HEAPU8.fill(0, at, at + bytes);
      library.get_attribute_data(id, this.path, name, BigInt(at));
      const data = library.HEAPU8.slice(at, at + bytes);
      const values = vlen
        ? Array.from(new Uint32Array(data.buffer), (start) => library.UTF8ToString(start))
        : fixedStrings(data, size);
      if (vlen) library.reclaim_vlen_memory(id, this.path, name, BigInt(at));
      library._free(at);
      return {values, isScalar: shape.length === 0};
    });
  }

  /** Tells two names of one object from two objects: its address in the file. */
  identity(): string {
    return this.file.run((library, id) => library.create_object_reference(id, this.path).join());
  }
}

export class Dataset extends Node {
  private known: DatasetMetadata | undefined;

  get metadata(): DatasetMetadata {
    this.known ??= this.file.run((library, id) => library.get_dataset_metadata(id, this.path));
    return this.known;
  }

  /** The numbers of a float32 data set. Its shape tells how much that will be: look at it first. */
  floats(): Float32Array {
    const {size, shape} = this.metadata;
    const bytes = size * (shape ?? [0]).reduce((product, side) => product * side, 1);
    return this.file.run((library, id) => {
      const at = allocate(library, bytes);
      library.get_dataset_data(id, this.path, null, null, null, BigInt(at));
      const {buffer} = library.HEAPU8.slice(at, at + bytes);
      library._free(at);
      return new Float32Array(buffer);
    });
  }
}

export class Group extends Node {
  keys(): string[] {
    return this.file.run((library, id) => library.get_names(id, this.path, false));
  }

  /** What stands at a path below this group; undefined where there is nothing, or a link that leads nowhere. */
  get(path: string): Group | Dataset | undefined {
    const full = `/${`${this.path}/${path}`.split('/').filter(Boolean).join('/')}`;
    return this.file.run((library, id) => {
      const type = library.get_type(id, full);
      if (type === library.H5G_GROUP) return new Group(this.file, full);
      return type === library.H5G_DATASET ? new Dataset(this.file, full) : undefined;
    });
  }
}

/** Memory of the library's; all of it goes with the instance where something fails before it is given back. */
function allocate(library: Library, bytes: number): number {
  const at = library._malloc(Math.max(1, bytes));
  if (at === 0) throw new KerasError(`HDF5 has no memory for ${bytes} bytes.`);
  return at;
}

function fixedStrings(data: Uint8Array, size: number): string[] {
  const decoder = new TextDecoder();
  return Array.from({length: size === 0 ? 0 : data.length / size}, (_, i) => {
    const item = data.subarray(i * size, (i + 1) * size);
    const end = item.indexOf(0);
    return decoder.decode(end === -1 ? item : item.subarray(0, end));
  });
}

/** A text attribute, or undefined where there is none. */
export function textOf(node: Node, name: string): string | undefined {
  const found = node.attributes().includes(name) ? node.strings(name) : undefined;
  return found?.isScalar ? found.values[0] : undefined;
}

/** A list of strings; Keras spreads one that HDF5 finds too long over attributes `name0`, `name1` ... */
export function textsOf(node: Node, name: string): string[] | undefined {
  const names = new Set(node.attributes());
  // An empty list has no strings in it: NumPy makes it one of float64.
  const valuesOf = (attribute: string) => node.strings(attribute)?.values ?? [];
  if (names.has(name)) return valuesOf(name);
  if (!names.has(`${name}0`)) return undefined;
  const parts: string[] = [];
  for (let i = 0; names.has(`${name}${i}`); i++) parts.push(...valuesOf(`${name}${i}`));
  return parts;
}

export function groupAt(group: Group, path: string): Group | undefined {
  const found = group.get(path);
  return isGroup(found) ? found : undefined;
}

export function datasetAt(group: Group, path: string): Dataset | undefined {
  const found = group.get(path);
  return isDataset(found) ? found : undefined;
}

export function isGroup(node: unknown): node is Group {
  return node instanceof Group;
}

export function isDataset(node: unknown): node is Dataset {
  return node instanceof Dataset;
}
