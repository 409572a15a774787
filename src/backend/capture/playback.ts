import type {Given} from '../../shared/captured-steps.js';
import {seededWords} from '../kernels/shared/alea.js';
import type {KernelExports} from '../module/load.js';
import {type ProgramStep, SEED_WORDS} from './recorded.js';

/** The memory, as steps write to it; views are made anew where it has grown. */
interface Views {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;
}

/**
 * What runs recorded steps: false as soon as a call returns something else than in the recording, so that another would
 * have come next.
 */
export function playbackOf(steps: readonly ProgramStep[], wasm: KernelExports): Playback {
  const run = steps.map((step) => actionOf(step, wasm));
  let views = viewsOf(new ArrayBuffer(0));
  return ({buffer}, given) => {
    if (views.bytes.buffer !== buffer) views = viewsOf(buffer);
    for (const action of run) if (!action(views, given)) return false;
    return true;
  };
}

type Playback = (memory: WebAssembly.Memory, given: Given) => boolean;

function viewsOf(buffer: ArrayBufferLike): Views {
  return {bytes: new Uint8Array(buffer), words: new Int32Array(buffer), floats: new Float32Array(buffer)};
}

function actionOf(step: ProgramStep, wasm: KernelExports): (views: Views, given: Given) => boolean {
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
  if (step.kind === 'number') {
    const [at, index] = [step.word / 4, step.index];
    return ({floats}, {numbers}) => {
      floats[at] = numbers[index];
      return true;
    };
  }
  if (step.kind === 'mask') {
    const {numbers, seed} = step;
    const {first, end} = SEED_WORDS;
    const draw = wasm.dropout_mask_f32 as (...numbers: number[]) => void;
    return (_views, {seeds}) => {
      draw(...numbers.slice(0, first), ...seededWords(seeds[seed]), ...numbers.slice(end));
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
