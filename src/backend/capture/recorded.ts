import type {Given} from '../../shared/captured-steps.js';
import {seededWords} from '../kernels/shared/alea.js';
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
  readonly given: Given;
}

/** A word that is one of the numbers that JavaScript gives a step. */
interface NumberStep {
  kind: 'number';
  word: number;
  index: number;
}

/** A mask that is drawn from one of the seeds. */
interface MaskStep {
  kind: 'mask';
  numbers: readonly number[];
  seed: number;
}

export type ProgramStep = LiveStep | NumberStep | MaskStep;

/** Two recordings of a step as one program, or in what they differ. */
export type Merged =
  | {
      readonly steps: readonly ProgramStep[];
      /** Whether it does what the step would do with that. */
      isFor(given: Given): boolean;
    }
  | {readonly difference: string};

/** Draws a mask by words that its seed makes, from one of its numbers on. */
const MASK = 'dropout_mask_f32';
export const SEED_WORDS = {first: 2, end: 5};

/** Where two recordings differ in nothing but in what they were given, they are a program for whatever is given. */
export function merge(a: Recorded, b: Recorded): Merged {
  if (a.threads !== b.threads) return {difference: 'threads were started meanwhile'};
  if (a.steps.length !== b.steps.length) return {difference: 'it makes other calls each time'};
  const steps: ProgramStep[] = [];
  for (let i = 0; i < a.steps.length; i++) {
    const found = compare(a.steps[i], b.steps[i], a.given, b.given);
    if (typeof found === 'string') return {difference: found};
    steps.push(...found);
  }
  const places = ({inputs, outputs, moves}: Recorded) => JSON.stringify([inputs.map(({to}) => to), outputs, moves]);
  if (places(a) !== places(b)) return {difference: 'it takes other memory each time'};
  return {steps, isFor: (given) => isKnown(given, a.given, b.given, steps)};
}

/**
 * Whether it is known where all that is given is read: what was the same both times may be read anywhere, and must be the
 * same again. But a seed is found by the mask that is drawn from it, if no other was the same.
 */
function isKnown(given: Given, a: Given, b: Given, steps: readonly ProgramStep[]): boolean {
  const isMask = (index: number) => steps.some((step) => step.kind === 'mask' && step.seed === index);
  const isLike = (i: number, j: number) => a.seeds[i] === a.seeds[j] && b.seeds[i] === b.seeds[j];
  const isFound = (index: number) =>
    (a.seeds[index] !== b.seeds[index] || isMask(index)) &&
    a.seeds.every((_seed, other) => other === index || !isLike(index, other));
  return (
    given.numbers.every((number, i) => Object.is(number, b.numbers[i]) || !Object.is(a.numbers[i], b.numbers[i])) &&
    given.seeds.every((seed, i) => seed === b.seeds[i] || isFound(i))
  );
}

/** What two steps are in a program, or in what they differ. */
function compare(a: LiveStep, b: LiveStep, ofA: Given, ofB: Given): string | ProgramStep[] {
  if (a.kind === 'write' && b.kind === 'write') {
    if (a.offset !== b.offset || a.content.length !== b.content.length) return 'JavaScript writes elsewhere each time';
    const numbers = numbersIn(a.content, b.content, ofA.numbers, ofB.numbers);
    if (!numbers) return 'JavaScript writes other values each time, as where it draws random numbers';
    return [a, ...numbers.map(({at, index}): NumberStep => ({kind: 'number', word: a.offset + at, index}))];
  }
  if (a.kind === 'copy' && b.kind === 'copy') {
    return a.word === b.word && a.from === b.from ? [a] : 'it reads numbers elsewhere each time';
  }
  if (a.kind !== 'call' || b.kind !== 'call' || a.name !== b.name) return 'it makes other calls each time';
  const mask = a.name === MASK ? maskOf(a.numbers, b.numbers, ofA.seeds, ofB.seeds) : undefined;
  if (mask) return [mask];
  return Object.is(a.result, b.result) && areEqual(a.numbers, b.numbers)
    ? [a]
    : `it calls ${a.name} with other numbers each time`;
}

/** Two calls that draw a mask from the same of the seeds, if they do. */
function maskOf(
  a: readonly number[],
  b: readonly number[],
  ofA: readonly string[],
  ofB: readonly string[],
): MaskStep | undefined {
  const {first, end} = SEED_WORDS;
  const others = (numbers: readonly number[]) => [...numbers.slice(0, first), ...numbers.slice(end)];
  const isFrom = (numbers: readonly number[], seed: string) => areEqual(numbers.slice(first, end), seededWords(seed));
  const seed = ofA.findIndex((one, i) => isFrom(a, one) && isFrom(b, ofB[i]));
  return seed >= 0 && areEqual(others(a), others(b)) ? {kind: 'mask', numbers: a, seed} : undefined;
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number, i) => Object.is(number, b[i]));
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
    const index = ofA.findIndex((number, i) => Object.is(number, numberA) && Object.is(ofB[i], numberB));
    if (index < 0) return undefined;
    found.push({at: word, index});
    at = word + 3;
  }
  return found;
}
