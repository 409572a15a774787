/**
 * The compiler's modules import a shared memory. They run on one that is not shared too, where nothing waits: what
 * differs is one byte, the flags of the import's limits. A module is published as one for any memory, and gets the other
 * byte where it is loaded for threads.
 */
import {readFileSync, writeFileSync} from 'node:fs';

const IMPORT_SECTION = 2;
const MEMORY = 2;
/** Of the limits of a memory: it has a maximum; and it is shared. */
const BOUNDED = 1;
const SHARED = 3;

/**
 * Makes a module one for memories that are not shared.
 *
 * @param {string} file its one import is a shared memory
 * @returns {number} the offset of the byte that was SHARED and is BOUNDED now
 */
export function unshare(file) {
  const bytes = readFileSync(file);
  const at = limitsOffset(bytes);
  if (bytes[at] !== SHARED && bytes[at] !== BOUNDED) throw new Error(`${file} does not import a memory with a maximum`);
  bytes[at] = BOUNDED;
  writeFileSync(file, bytes);
  return at;
}

/** @param {Uint8Array} bytes */
function limitsOffset(bytes) {
  let at = 8;
  const readNumber = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = readNumber() + at;
    if (section === IMPORT_SECTION) {
      readNumber();
      // The names of the module and of the import.
      for (let name = 0; name < 2; name++) at = readNumber() + at;
      if (bytes[at++] === MEMORY) return at;
      break;
    }
    at = end;
  }
  throw new Error('the module does not begin by importing a memory');
}
