import type {InputTemplate} from './sweeps';
import type {CaseOptions, KernelCase} from './types';

/** The dtypes that have kernels of their own. */
export const dtypes = ['float32', 'int32', 'bool'] as const;
/** For the benchmark alone. */
export const timed: CaseOptions = {bench: true, test: false};

/** For cases of bool. */
export const wordsOnly: CaseOptions = {tfjsWasm: {skip: 'it takes bytes for words, and reads and writes past the end'}};

/** One call with the input x, of which the name says dtype, shape and attributes. */
export function call(
  kernel: string,
  shape: readonly number[],
  attrs: object,
  template: InputTemplate = {},
): KernelCase {
  const {dtype = 'float32', values} = template;
  return {
    kernel,
    name: `${dtype} [${shape}] ${JSON.stringify(attrs)}${values ? ` ${values}` : ''}`,
    inputs: {x: {...template, shape}},
    attrs: attrs as KernelCase['attrs'],
  };
}

/** The same for every dtype. */
export function calls(kernel: string, shape: readonly number[], attrs: object): KernelCase[] {
  return dtypes.map((dtype) => call(kernel, shape, attrs, {dtype}));
}
