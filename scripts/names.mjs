/** The names of a module's functions, in a custom section: https://webassembly.github.io/spec/core/appendix/custom.html */
import {MAGIC_AND_VERSION_BYTES, numberAt} from './exports.mjs';

const CUSTOM_SECTION = 0;
const NAME_SECTION = 'name';
const FUNCTION_NAMES = 1;

/**
 * A module without its names, which are for who debugs it, and the names of its functions by their indices.
 *
 * @param {Uint8Array} module
 * @returns {{module: Uint8Array, functions: Record<number, string>}}
 */
export function withoutNames(module) {
  const parts = [module.subarray(0, MAGIC_AND_VERSION_BYTES)];
  const functions = {};
  for (let at = MAGIC_AND_VERSION_BYTES; at < module.length; ) {
    const length = numberAt(module, at + 1);
    const end = length.end + length.value;
    const title = module[at] === CUSTOM_SECTION ? textAt(module, length.end) : undefined;
    if (title?.text === NAME_SECTION) Object.assign(functions, functionNames(module.subarray(title.end, end)));
    else parts.push(module.subarray(at, end));
    at = end;
  }
  return {module: Buffer.concat(parts), functions};
}

function functionNames(section) {
  const names = {};
  for (let at = 0; at < section.length; ) {
    const length = numberAt(section, at + 1);
    if (section[at] === FUNCTION_NAMES) {
      const count = numberAt(section, length.end);
      let entry = count.end;
      for (let i = 0; i < count.value; i++) {
        const index = numberAt(section, entry);
        const name = textAt(section, index.end);
        names[index.value] = name.text;
        entry = name.end;
      }
    }
    at = length.end + length.value;
  }
  return names;
}

function textAt(bytes, at) {
  const length = numberAt(bytes, at);
  const end = length.end + length.value;
  return {text: Buffer.from(bytes.subarray(length.end, end)).toString(), end};
}
