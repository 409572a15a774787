import {PANEL_COLUMNS, PANEL_UNIT} from '../../assembly/abi.js';
import type {Step} from '../backend/step.js';
import type {Program, Weight} from './program.js';

/**
 * Smaller weights stay as they are. LeNet's, of up to 48,000, gain nothing (0.032 ms a prediction with both), and its module
 * would have 1,100 bytes of code more; mlp-plain, of 200,704 and 65,536, takes 0.017 ms in place of 0.025.
 */
const MIN_ELEMENTS = 2 ** 16;

type Call = Extract<Step, {kind: 'call'}>;

/**
 * Lays out the weights that only products with one row read, as dense layers at batch 1 do, in the order in which these
 * read them fastest (assembly/gemm/panels.ts). The bits of the results stay.
 */
export function usePanels(program: Program, minElements = MIN_ELEMENTS): Program {
  const readers = new Map<Weight, readonly Call[]>();
  for (const weight of program.weights) {
    if (weight.elements < minElements) continue;
    const steps = program.steps.filter((step) => mentions(step, weight));
    if (steps.length === 0 || !steps.every((step) => isRowTimes(step, weight)) || isShared(program, weight)) continue;
    readers.set(weight, steps as Call[]);
  }
  const rewritten = new Map([...readers.values()].flat().map((call) => [call as Step, withPanels(call)]));
  const image = program.image.slice();
  for (const weight of readers.keys()) layOut(image, weight);
  return {
    ...program,
    image,
    steps: program.steps.map((step) => rewritten.get(step) ?? step),
    weights: program.weights.flatMap((weight) => (readers.has(weight) ? panelsOf(weight) : weight)),
  };
}

/** Whether a step may read or write a weight. A size may look like an address in it: then the weight stays as it is. */
function mentions(step: Step, weight: Weight): boolean {
  if (step.kind === 'call') return step.numbers.some((number) => isInside(number, weight));
  const {offset, content} = step;
  if (offset < endOf(weight) && offset + content.length > weight.offset) return true;
  // Records and lists have addresses, which are aligned.
  const words = new Uint32Array(content.slice(0, content.length & -4).buffer);
  return words.some((word) => isInside(word, weight));
}

/** Whether a step is the product of one row with a weight as a matrix, and with nothing else of it. */
function isRowTimes(step: Step, weight: Weight): boolean {
  if (step.kind !== 'call' || step.name !== 'gemm_f32') return false;
  const [a, b, c, m, n, k, , transposeB, bias] = step.numbers;
  return (
    b === weight.offset &&
    m === 1 &&
    n === weight.columns &&
    n * k === weight.elements &&
    !transposeB &&
    ![a, c, bias].some((address) => isInside(address, weight))
  );
}

/** Whether a weight is also another one, an input or an output. */
function isShared({weights, inputs, outputs}: Program, weight: Weight): boolean {
  return [...weights, ...inputs, ...outputs].some((other) => other !== weight && isInside(other.offset, weight));
}

function isInside(address: number, weight: Weight): boolean {
  return address >= weight.offset && address < endOf(weight);
}

function endOf({offset, elements}: Weight): number {
  return offset + elements * 4;
}

function withPanels({numbers: [a, b, c, , n, k, , , bias]}: Call): Call {
  return {kind: 'call', name: 'row_times_panels_f32', numbers: [a, b, c, n, k, bias], result: undefined};
}

/** Panels in place of a weight: each has all rows of some of its columns. */
function panelsOf({offset, elements, columns, tensorElements}: Weight): Weight[] {
  const rows = elements / columns;
  const whole = columns - (columns % PANEL_UNIT);
  const panels: Weight[] = [];
  for (let first = 0; first < columns; ) {
    const width = first < whole ? Math.min(PANEL_COLUMNS, whole - first) : columns - whole;
    panels.push({offset: offset + first * rows * 4, elements: width * rows, columns: width, tensorElements});
    first += width;
  }
  return panels;
}

function layOut(image: Uint8Array, weight: Weight): void {
  const {offset, elements, columns} = weight;
  const matrix = new Float32Array(image.slice(offset, endOf(weight)).buffer);
  const to = new Float32Array(image.buffer, image.byteOffset + offset, elements);
  let first = 0;
  let at = 0;
  for (const panel of panelsOf(weight)) {
    for (let row = 0; row < elements; row += columns) {
      to.set(matrix.subarray(row + first, row + first + panel.columns), at);
      at += panel.columns;
    }
    first += panel.columns;
  }
}
