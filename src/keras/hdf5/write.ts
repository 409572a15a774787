import type {File, Group} from 'h5wasm';

export type {Group as NewGroup};

interface Files {
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
}

let count = 0;

/** The bytes of a new HDF5 file that `fill` fills. */
export async function writeHdf5(fill: (root: Group) => void): Promise<Uint8Array<ArrayBuffer>> {
  const {File, ready} = await import('h5wasm');
  const module = await ready;
  // Otherwise HDF5 prints its errors to the console and goes on.
  module.activate_throwing_error_handler();
  const files = module.FS as unknown as Files;
  const path = `/keras-${count++}.h5`;
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

function close(file: File): void {
  try {
    file.close();
  } catch {
    // It was closed: there is nothing to give back.
  }
}
