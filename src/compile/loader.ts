import {assertText} from '../shared/given.js';

/** The files beside a compiled module: what loads it in JavaScript, in any runtime. */

/**
 * Of the module in `file`, such as lenet.wasm, which is beside it. It imports nothing of Node, which a bundler for browsers
 * would not find.
 */
export function loaderSource(file: string): string {
  assertText('file', 'the name of a module', file);
  return `// Loads ${inComment(file)}: a model that mnist-wasm compiled. In runtimes that compile no bytes, give load() the imported module.
async function read() {
  const url = new URL(${JSON.stringify(`./${encodeURIComponent(file)}`)}, import.meta.url);
  const fs = url.protocol === 'file:' && globalThis.process?.getBuiltinModule?.('node:fs');
  if (fs) return fs.readFileSync(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(url + ': ' + response.status);
  return response.arrayBuffer();
}

export async function load(source) {
  source ??= await read();
  const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
  const {exports} = await WebAssembly.instantiate(module);
  const ports = (kind) => Array.from({length: exports[kind + 's'].value}, (_, i) => {
    const at = exports[kind + '_' + i + '_shape'].value >>> 0;
    const [type, rank] = new Int32Array(exports.memory.buffer, at, 2);
    const shape = [...new Int32Array(exports.memory.buffer, at + 8, rank)];
    const values = new (type ? Int32Array : Float32Array)(
      exports.memory.buffer, exports[kind + '_' + i].value >>> 0, shape.reduce((a, b) => a * b, 1));
    return {shape, values};
  });
  const inputs = ports('input');
  const outputs = ports('output');
  return {
    inputShapes: inputs.map(({shape}) => shape),
    outputShapes: outputs.map(({shape}) => shape),
    predict(...given) {
      if (given.length !== inputs.length) throw new RangeError(given.length + ' inputs; expected ' + inputs.length);
      inputs.forEach(({values}, i) => {
        if (given[i].length === values.length) return values.set(given[i]);
        throw new RangeError('input ' + i + ' has ' + given[i].length + ' values; expected ' + values.length);
      });
      if (exports.predict()) throw new Error('an index that is in no embedding, or a sum that is not finite');
      const results = outputs.map(({values}) => values.slice());
      return results.length === 1 ? results[0] : results;
    },
  };
}
`;
}

/** The declarations of loaderSource(). */
export function loaderTypes(file: string): string {
  assertText('file', 'the name of a module', file);
  return `/** ${inComment(file)}: a model that mnist-wasm compiled, for batches of one size. */
export interface Model {
  /** Of each input and output, the batch first. */
  readonly inputShapes: number[][];
  readonly outputShapes: number[][];
  /** One array for each input, in the model's order; of one output the array itself. Throws RangeError on other lengths. */
  predict(...inputs: ArrayLike<number>[]): Float32Array | Int32Array | (Float32Array | Int32Array)[];
}
/** Without a source, the file beside this one is read. */
export function load(source?: WebAssembly.Module | BufferSource): Promise<Model>;
`;
}

/** A file's name where it can neither end a comment nor its line. */
function inComment(file: string): string {
  return file.replace(/[\r\n\u2028\u2029]|\*\//g, ' ');
}
