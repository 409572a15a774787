/**
 * Every operation of tfjs-core that can be differentiated, with its options, against finite differences: its gradient,
 * and the derivatives of that. What tfjs-core has wrong or lacks is in the table, and is checked to be so.
 */
import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients, which tfjs-core alone does not.
import '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {env, getGradient, getKernelsForBackend, registerGradient, setBackend} from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {expectAgreement} from './agreement';
import {difference} from './cases/compare';
import {differentiableCases, type Known} from './differentiable';
import {type Derivatives, derivatives} from './differentiable/derivatives';
import {registeredGradients, unreachable, without} from './differentiable/registered';
import {reference} from './parity/pair';

// tfjs-core takes what an operation saves for its own gradient for a leak of that operation.
env().set('IS_TEST', false);

/** The step of the differences divides what rounding leaves. */
const TOLERANCE = {relative: 2e-3, absolute: 5e-5, of: 'output'} as const;

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

describe('the table', () => {
  it('has every gradient that tfjs-core registers', async () => {
    await setBackend('mnist-wasm');
    const run = new Set<string>();
    const kernels = registeredGradients();
    const configs = kernels.map((kernel) => getGradient(kernel));
    expect(configs).not.toContain(undefined);
    for (const config of configs) {
      const gradFunc = (...call: Parameters<typeof config.gradFunc>) => {
        run.add(config.kernelName);
        return config.gradFunc(...call);
      };
      // What is saved is asked of the original, which decides that at each call.
      registerGradient(Object.create(config, {gradFunc: {value: gradFunc}}));
    }
    try {
      for (const c of differentiableCases) if (c.missing === undefined) derivatives(c, 1).byTfjs();
    } finally {
      for (const config of configs) registerGradient(config);
    }
    expect(kernels.filter((kernel) => !run.has(kernel)).sort()).toEqual(Object.keys(unreachable).sort());
  });

  it('has every kernel that lacks one', () => {
    const messages = differentiableCases.flatMap((c) => [c.missing, c.second ? c.second.missing : undefined]);
    const named = messages.flatMap((message) => /not found for (\w+)/.exec(message ?? '')?.[1] ?? []);
    const unnamed = getKernelsForBackend('mnist-wasm')
      .map(({kernelName}) => kernelName)
      .filter((kernel) => !getGradient(kernel) && !without.some(({kernels}) => kernels.test(kernel)))
      .filter((kernel) => !named.some((name) => kernel.startsWith(name)));
    expect(unnamed).toEqual([]);
  });
});
