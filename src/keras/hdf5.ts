import type {Dataset, File, Group} from 'h5wasm';
import {reasonOf} from '../shared/reason.js';
import {KerasError} from './error.js';

export type {Dataset, Group};

interface Library {
  File: typeof File;
  files: {
    writeFile(path: string, bytes: Uint8Array): void;
    readFile(path: string): Uint8Array;
    unlink(path: string): void;
  };
}

let library: Promise<Library> | undefined;

/** HDF5 compiled to WebAssembly: some megabytes, so it is loaded with the first file and not before. */
function loadLibrary(): Promise<Library> {
  library ??= import('h5wasm').then(async ({File, ready}) => {
    const module = await ready;
    // Otherwise HDF5 prints its errors to the console and goes on.
    module.activate_throwing_error_handler();
    return {File, files: module.FS as unknown as Library['files']};
  });
  return library;
}

let count = 0;
/** A name of its own in the library's file system in memory. */
const temporary = () => `/keras-${count++}.h5`;

/**
 * Opens HDF5 bytes, hands the root group to `use`, and closes. `use` runs to its end before anything else can use the
 * library, and must not keep groups or data sets.
 *
 * @throws KerasError where HDF5 finds the file truncated or damaged; what `use` throws otherwise passes.
 */
export async function readHdf5<T>(bytes: Uint8Array, use: (root: Group) => T): Promise<T> {
  const {File, files} = await loadLibrary();
  const path = temporary();
  files.writeFile(path, bytes);
  let file: File | undefined;
  try {
    file = new File(path, 'r');
    return use(file);
  } catch (error) {
    throw isHdf5Error(error) ? damaged(error) : error;
  } finally {
    close(file);
    files.unlink(path);
  }
}

/** The bytes of a new HDF5 file that `fill` fills. */
export async function writeHdf5(fill: (root: Group) => void): Promise<Uint8Array<ArrayBuffer>> {
  const {File, files} = await loadLibrary();
  const path = temporary();
  const file = new File(path, 'w');
  try {
    fill(file);
    file.flush();
    close(file);
    // A copy: what the library's file system gives is its own.
    return new Uint8Array(files.readFile(path));
  } finally {
    close(file);
    files.unlink(path);
  }
}

function close(file: File | undefined): void {
  try {
    file?.close();
  } catch {
    // It was closed, or never opened: there is nothing to give back.
  }
}

function isHdf5Error(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith('HDF5-DIAG');
}

/** HDF5 reports a stack of errors; the last one is the cause. */
function damaged(error: Error): KerasError {
  const reasons = [...error.message.matchAll(/#\d+: .*\(\): (.*)/g)].map(([, reason]) => reason);
  return new KerasError(`The HDF5 file is truncated or damaged: ${reasons.at(-1) ?? reasonOf(error)}.`, {
    cause: error,
  });
}

/** A text attribute, or undefined where there is none. */
export function textOf(node: Group, name: string): string | undefined {
  const value = node.attrs[name]?.value;
  return typeof value === 'string' ? value : undefined;
}

/** A list of strings; Keras spreads one that HDF5 finds too long over attributes `name0`, `name1` ... */
export function textsOf(node: Group, name: string): string[] | undefined {
  const {attrs} = node;
  if (name in attrs) return strings(attrs[name].value);
  if (!(`${name}0` in attrs)) return undefined;
  const parts: string[] = [];
  for (let i = 0; `${name}${i}` in attrs; i++) parts.push(...strings(attrs[`${name}${i}`].value));
  return parts;
}

/** An empty list has no strings in it: NumPy makes it one of float64. */
function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
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
  return (node as Group | null)?.type === 'Group';
}

export function isDataset(node: unknown): node is Dataset {
  return (node as Dataset | null)?.type === 'Dataset';
}
