/**
 * Every operation of tfjs-core that can be differentiated, with its options, against finite differences: its gradient,
 * and the derivatives of that. What tfjs-core has wrong or lacks is in the table, and is checked to be so.
 */
import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients, which tfjs-core alone does not.
import '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {env, setBackend} from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {expectAgreement} from './agreement';
import {difference} from './cases/compare';
import {differentiableCases, type Known} from './differentiable';
import {type Derivatives, derivatives} from './differentiable/derivatives';
import {reference} from './parity/pair';

// tfjs-core takes what an operation saves for its own gradient for a leak of that operation.
env().set('IS_TEST', false);

/** Twice differentiated, the error of the first derivative is divided by the step of the differences. */
const TOLERANCE = {relative: 2e-3, absolute: 2e-5, of: 'output'} as const;

const found = ({byTfjs, byDifferences}: Derivatives) => difference(byDifferences(), byTfjs(), TOLERANCE);

function throwsOr<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

async function check(of: Derivatives, {missing, wrong, unmended}: Known): Promise<void> {
  await setBackend('mnist-wasm');
  if (missing !== undefined) {
    expect(of.byTfjs).toThrow(missing);
    return;
  }
  if (unmended !== undefined) {
    expect(found(of), 'what differs').toBeDefined();
    return;
  }
  expectAgreement(found(of), 'finite differences');
  if (wrong === undefined) return;
  await setBackend(reference());
  expect(
    throwsOr(() => found(of)),
    "what differs in tfjs-core's own",
  ).toBeDefined();
}

const titled = differentiableCases.map((c) => [`${c.operation} ${c.name}`.trim(), c] as const);

it('has one case of each name', () => {
  const titles = titled.map(([title]) => title);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});

describe('the gradient of', () => {
  it.for(titled)('%s', ([, c]) => check(derivatives(c, 1), c));
});

describe('the second derivative of', () => {
  const second = titled.filter(([, c]) => c.second && c.missing === undefined && c.unmended === undefined);
  it.for(second)('%s', ([, c]) => check(derivatives(c, 2), c.second as Known));
});
