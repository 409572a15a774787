import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients, which tfjs-core alone does not.
import '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {describe, it} from 'vitest';
import {expectGradients} from './agreement';
import {allCases} from './cases';

const cases = allCases.filter((c) => c.gradient);

describe.for([...new Set(cases.map(({kernel}) => kernel))].sort())('%s', (kernel) => {
  it.for(cases.filter((c) => c.kernel === kernel).map((c) => [c.name, c] as const))('%s', ([, kernelCase]) =>
    expectGradients(kernelCase),
  );
});
