import {readFile} from 'node:fs/promises';
import {MnistError} from './error.js';

/** A plain Uint8Array: a Buffer's slice() means something else, and callers get views of these bytes. */
export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const {buffer, byteOffset, byteLength} = await readFile(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** For a promise that fails. @throws MnistError that says what could not be done with which file. */
export function refuse(act: string, file: string, hint = ''): (error: Error) => never {
  return (error) => {
    throw new MnistError(`Cannot ${act} ${file}: ${error.message}.${hint}`, {file, cause: error});
  };
}
