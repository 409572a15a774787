import type {Taken} from './arena.js';
import type {Move} from './playback.js';
import type {LiveStep} from './step-recorder.js';

/** What a step did: it can be repeated if it does the same again. */
export interface Recorded {
  readonly steps: readonly LiveStep[];
  readonly taken: readonly Taken[];
  /** How inputs get to where they are read; from where depends. */
  readonly inputs: readonly Move[];
  /** Where the results are. */
  readonly outputs: readonly number[];
  /** How variables come home afterwards. */
  readonly moves: readonly Move[];
  readonly threads: number;
}

/** In what two recordings of a step differ; undefined if they are the same. */
export function differenceOf(a: Recorded, b: Recorded): string | undefined {
  if (a.threads !== b.threads) return 'threads were started meanwhile';
  if (a.steps.length !== b.steps.length) return 'it makes other calls each time';
  for (let i = 0; i < a.steps.length; i++) {
    const difference = differenceOfSteps(a.steps[i], b.steps[i]);
    if (difference) return difference;
  }
  const places = ({inputs, outputs, moves}: Recorded) => JSON.stringify([inputs.map(({to}) => to), outputs, moves]);
  return places(a) === places(b) ? undefined : 'it takes other memory each time';
}

function differenceOfSteps(a: LiveStep, b: LiveStep): string | undefined {
  if (a.kind === 'write' && b.kind === 'write') {
    if (a.offset !== b.offset || a.content.length !== b.content.length) return 'JavaScript writes elsewhere each time';
    return a.content.every((byte, i) => byte === b.content[i])
      ? undefined
      : 'JavaScript writes other values each time, as where it draws random numbers';
  }
  if (a.kind === 'copy' && b.kind === 'copy') {
    return a.word === b.word && a.from === b.from ? undefined : 'it reads numbers elsewhere each time';
  }
  if (a.kind !== 'call' || b.kind !== 'call' || a.name !== b.name) return 'it makes other calls each time';
  const isSame =
    Object.is(a.result, b.result) &&
    a.numbers.length === b.numbers.length &&
    a.numbers.every((number, i) => Object.is(number, b.numbers[i]));
  return isSame ? undefined : `it calls ${a.name} with other numbers each time`;
}
