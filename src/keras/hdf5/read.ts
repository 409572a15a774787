import {damaged, Group, type Library, OpenFile} from '../hdf5.js';
import {checkGlobalHeaps} from './heaps.js';

interface Files {
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
}

let library: Promise<Library> | undefined;

/** The instance that is good at the moment: a file that was waited for may have broken the former one. */
async function loadLibrary(): Promise<Library> {
  let loading: Promise<Library>;
  let instance: Library;
  do {
    loading = library ??= newLibrary();
    instance = await loading;
  } while (loading !== library);
  return instance;
}

/** HDF5 compiled to WebAssembly: some megabytes, so it is loaded with the first file and not before. */
async function newLibrary(): Promise<Library> {
  const {default: instantiate} = await import('../../../node_modules/h5wasm/dist/esm/hdf5_util.js');
  // A file may name other files: no standard input, which would be waited for.
  const instance = await instantiate({noInitialRun: true, stdin: () => null});
  // Otherwise HDF5 prints its errors to the console and goes on.
  instance.activate_throwing_error_handler();
  return instance;
}

/**
 * After so many damaged files, or one that the library traps on, the next file gets a new instance, which takes 0.1 s: each
 * leaves 0.4 MB and a part of the stack behind, and 2,300 of them were the end.
 */
const MOST_FAILURES = 50;
let failures = 0;
let count = 0;

/**
 * Opens HDF5 bytes, hands the root group to `use`, and closes. `use` runs to its end before anything else can use the
 * library, and must not keep groups or data sets.
 *
 * @param limit The most bytes that HDF5 may add to its memory.
 * @throws KerasError where HDF5 finds the file truncated or damaged; what `use` throws otherwise passes.
 */
export async function readHdf5<T>(bytes: Uint8Array, limit: number, use: (root: Group) => T): Promise<T> {
  checkGlobalHeaps(bytes);
  const instance = await loadLibrary();
  const files = instance.FS as unknown as Files;
  const path = `/keras-${count++}.h5`;
  let file: OpenFile | undefined;
  try {
    files.writeFile(path, bytes);
    file = new OpenFile(instance, open(instance, path), bytes.length, instance.HEAPU8.length + limit);
    return use(new Group(file, '/'));
  } finally {
    failures += {none: 0, error: 1, trap: MOST_FAILURES}[file?.close() ?? 'error'];
    files.unlink(path);
    if (failures >= MOST_FAILURES) {
      library = undefined;
      failures = 0;
    }
  }
}

function open(instance: Library, path: string): bigint {
  try {
    // Creation orders are not kept; -1: any version of the format.
    return instance.open(path, instance.H5F_ACC_RDONLY, false, -1, -1);
  } catch (error) {
    throw damaged(error);
  }
}
