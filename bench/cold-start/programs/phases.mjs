/** mnist-wasm.mjs with the time of each of its parts: they are told after the answer, in milliseconds, as JSON. */
import {finish, readArtifacts, readImage} from './task.mjs';

const spent = {};
/** What is running, the innermost last: that is what the time is counted as. */
const running = [];
let since = performance.now();

enter('import of tfjs-core');
const {io, setBackend, tensor} = await import('@tensorflow/tfjs-core');
next('import of tfjs-layers');
const {loadLayersModel} = await import('@tensorflow/tfjs-layers');
next('import of mnist-wasm');
// Not before: Node's own loader of CommonJS compiles a module too.
watchWebAssembly();
await import('mnist-wasm');
next('rest until the backend is ready');
await setBackend('mnist-wasm');
next('model');
const model = await loadLayersModel(io.fromMemory(readArtifacts()));
next('first prediction');
const probabilities = await model.predict(tensor(readImage(), [1, 28, 28, 1])).data();
count();
finish(probabilities, spent);

/** The functions that take a module's way from text to exports, whoever calls them and whichever there are. */
function watchWebAssembly() {
  watch(Buffer, 'from', (_, encoding) => encoding === 'hex' && 'decoding');
  if (Uint8Array.fromHex) watch(Uint8Array, 'fromHex', () => 'decoding');
  watch(WebAssembly, 'validate', () => 'feature detection');
  watch(WebAssembly, 'compile', () => 'WebAssembly.compile');
  watch(WebAssembly, 'Module', () => 'WebAssembly.compile');
  watch(WebAssembly, 'instantiate', () => 'WebAssembly.instantiate');
  watch(WebAssembly, 'Instance', () => 'WebAssembly.instantiate');
}

/** @param {(...args: unknown[]) => string | false} phaseOf what a call is counted as */
function watch(object, name, phaseOf) {
  const timed = (args, run) => {
    const phase = phaseOf(...args);
    if (!phase) return run();
    enter(phase);
    const result = run();
    if (result instanceof Promise) return result.finally(() => leave(phase));
    leave(phase);
    return result;
  };
  object[name] = new Proxy(object[name], {
    apply: (target, self, args) => timed(args, () => Reflect.apply(target, self, args)),
    construct: (target, args) => timed(args, () => Reflect.construct(target, args)),
  });
}

function enter(phase) {
  count();
  running.push(phase);
}

function leave(phase) {
  count();
  running.splice(running.lastIndexOf(phase), 1);
}

function next(phase) {
  count();
  running.splice(0, running.length, phase);
}

/** Counts the time since the last count. */
function count() {
  const now = performance.now();
  const phase = running.at(-1);
  if (phase) spent[phase] = (spent[phase] ?? 0) + now - since;
  since = now;
}
