import type {KernelExports} from '../module/load.js';
import type {LiveStep} from './step-recorder.js';

/** The memory, as steps write to it; views are made anew where it has grown. */
interface Views {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/**
 * What runs recorded steps: false as soon as a call returns something else than in the recording, so that another would
 * have come next.
 */
export function playbackOf(steps: readonly LiveStep[], wasm: KernelExports): (memory: WebAssembly.Memory) => boolean {
  const run = steps.map((step) => actionOf(step, wasm));
  let views: Views = {bytes: new Uint8Array(), words: new Int32Array()};
  return ({buffer}) => {
    if (views.bytes.buffer !== buffer) views = {bytes: new Uint8Array(buffer), words: new Int32Array(buffer)};
    for (const action of run) if (!action(views)) return false;
    return true;
  };
}

function actionOf(step: LiveStep, wasm: KernelExports): (views: Views) => boolean {
  if (step.kind === 'write') {
    const {offset, content} = step;
    return ({bytes}) => {
      bytes.set(content, offset);
      return true;
    };
  }
  if (step.kind === 'copy') {
    const [to, from] = [step.word / 4, step.from / 4];
    return ({words}) => {
      words[to] = words[from];
      return true;
    };
  }
  const {numbers, result} = step;
  const call = (wasm as unknown as Record<string, (...numbers: number[]) => unknown>)[step.name];
  if (result !== undefined) return () => Object.is(Number(call(...numbers)), result);
  return () => {
    call(...numbers);
    return true;
  };
}

/** Bytes that are copied from one place to another. */
export interface Move {
  from: number;
  to: number;
  bytes: number;
}

/** Copies all at once: what one reads, another may write. */
export function moveAll(memory: WebAssembly.Memory, moves: readonly Move[]): void {
  const bytes = new Uint8Array(memory.buffer);
  const targets = new Set(moves.map(({to}) => to));
  const kept = moves.map(({from, bytes: length}) => (targets.has(from) ? bytes.slice(from, from + length) : undefined));
  moves.forEach(({from, to, bytes: length}, i) => {
    const content = kept[i];
    if (content) bytes.set(content, to);
    else bytes.copyWithin(to, from, from + length);
  });
}
