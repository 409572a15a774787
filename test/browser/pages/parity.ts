/** The suite `parity`: what the package promises of a page, and the case table against tfjs-backend-cpu. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {featureLevel} from 'mnist-wasm';
import {allCases} from '../../cases';
import type {KernelCase} from '../../cases/types';
import {reference, runPair} from '../../parity/pair';
import {awaitThreads} from '../../running';
import {checkNothingIsLeft, start} from './backend';
import type {Job} from './job';
import {check, runSpecs, type Spec} from './specs';
import type {Tell} from './tell';

export function run({level, best, filter, isolated = false}: Job, tell: Tell): Promise<void> {
  const specs: Spec[] = [
    {name: "the page's policy forbids eval", body: checkPolicy},
    {name: `the best level is found: ${best}`, body: () => checkBest(best)},
    {name: 'nothing but scripts of this page is loaded, on import or at the start', body: checkRequests},
    {name: `the backend starts at the level ${level}`, body: () => start(level)},
    {name: isolated ? 'two threads compute' : 'one thread computes', body: () => checkThreads(isolated ? 2 : 1)},
    ...kernelSpecs(),
    {
      name: 'nothing is left behind',
      body: async () => {
        await tf.setBackend('mnist-wasm');
        checkNothingIsLeft();
      },
    },
  ];
  return runSpecs('parity', specs, filter, tell);
}

/** The refusal is told to the page as well; here alone it is meant to happen. */
async function checkPolicy(): Promise<void> {
  const told = new Promise<void>((resolve) => {
    const expect = (event: Event) => {
      event.stopPropagation();
      resolve();
    };
    document.addEventListener('securitypolicyviolation', expect, {once: true});
  });
  let refused = false;
  try {
    new Function('');
  } catch {
    refused = true;
  }
  check(refused, 'new Function was allowed');
  await told;
}

async function checkBest(best: string): Promise<void> {
  await start();
  check(featureLevel() === best, `the level is ${featureLevel()}`);
}

async function checkThreads(expected: number): Promise<void> {
  check(crossOriginIsolated === expected > 1, `crossOriginIsolated is ${crossOriginIsolated}`);
  await awaitThreads(expected);
}

function checkRequests(): void {
  const loaded = performance.getEntriesByType('resource').map(({name}) => name);
  const others = loaded.filter((url) => !(url.startsWith(`${location.origin}/`) && url.endsWith('.js')));
  check(loaded.length > 0 && others.length === 0, `of ${loaded.length} requests: ${others.join(', ')}`);
}

function kernelSpecs(): Spec[] {
  const cases = allCases.filter((c) => c.test !== false && !c.throws && tf.getKernel(c.kernel, reference()));
  const kernels = [...new Set(cases.map(({kernel}) => kernel))].sort();
  return kernels.map((kernel) => ({
    name: kernel,
    body: async () => {
      for (const kernelCase of cases.filter((c) => c.kernel === kernel)) await checkCase(kernelCase);
    },
  }));
}

async function checkCase(kernelCase: KernelCase): Promise<void> {
  const {status, message} = await runPair(kernelCase, {backend: 'mnist-wasm', against: reference()});
  check(status === 'agrees', `${kernelCase.name}: ${message}`);
}
