import type {Taken} from './arena.js';
import type {Move} from './moves.js';
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
  /** What JavaScript has given it. */
  readonly numbers: readonly number[];
}

/** A word that is one of the numbers that JavaScript gives a step. */
interface NumberStep {
  kind: 'number';
  word: number;
  index: number;
}

export type ProgramStep = LiveStep | NumberStep;

/** Two recordings of a step as one program, or in what they differ. */
export type Merged = {readonly steps: readonly ProgramStep[]} | {readonly difference: string};

/** Where two recordings differ in nothing but in the numbers that they were given, they are a program for any numbers. */
export function merge(a: Recorded, b: Recorded): Merged {
  if (a.threads !== b.threads) return {difference: 'threads were started meanwhile'};
  if (a.steps.length !== b.steps.length) return {difference: 'it makes other calls each time'};
  const steps: ProgramStep[] = [];
  for (let i = 0; i < a.steps.length; i++) {
    steps.push(a.steps[i]);
    const found = compare(a.steps[i], b.steps[i], a.numbers, b.numbers);
    if (typeof found === 'string') return {difference: found};
    steps.push(...found);
  }
  const places = ({inputs, outputs, moves}: Recorded) => JSON.stringify([inputs.map(({to}) => to), outputs, moves]);
  return places(a) === places(b) ? {steps} : {difference: 'it takes other memory each time'};
}

/** In what two steps differ, or in which numbers. */
function compare(a: LiveStep, b: LiveStep, ofA: readonly number[], ofB: readonly number[]): string | NumberStep[] {
  if (a.kind === 'write' && b.kind === 'write') {
    if (a.offset !== b.offset || a.content.length !== b.content.length) return 'JavaScript writes elsewhere each time';
    const numbers = numbersIn(a.content, b.content, ofA, ofB);
    if (!numbers) return 'JavaScript writes other values each time, as where it draws random numbers';
    return numbers.map(({at, index}) => ({kind: 'number', word: a.offset + at, index}));
  }
  if (a.kind === 'copy' && b.kind === 'copy') {
    return a.word === b.word && a.from === b.from ? [] : 'it reads numbers elsewhere each time';
  }
  if (a.kind !== 'call' || b.kind !== 'call' || a.name !== b.name) return 'it makes other calls each time';
  const isSame =
    Object.is(a.result, b.result) &&
    a.numbers.length === b.numbers.length &&
    a.numbers.every((number, i) => Object.is(number, b.numbers[i]));
  return isSame ? [] : `it calls ${a.name} with other numbers each time`;
}

/** The words in which two contents differ, if each is the same of the numbers in both. */
function numbersIn(
  a: Uint8Array,
  b: Uint8Array,
  ofA: readonly number[],
  ofB: readonly number[],
): {at: number; index: number}[] | undefined {
  const found: {at: number; index: number}[] = [];
  const [inA, inB] = [a, b].map(({buffer, byteOffset, byteLength}) => new DataView(buffer, byteOffset, byteLength));
  for (let at = 0; at < a.length; at++) {
    if (a[at] === b[at]) continue;
    const word = at - (at % 4);
    if (word + 4 > a.length) return undefined;
    const [numberA, numberB] = [inA.getFloat32(word, true), inB.getFloat32(word, true)];
    const index = ofA.findIndex((n, i) => Math.fround(n) === numberA && Math.fround(ofB[i]) === numberB);
    if (index < 0) return undefined;
    found.push({at: word, index});
    at = word + 3;
  }
  return found;
}
