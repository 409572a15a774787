/** What tfjs-core has gradients of, and what needs none. */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const FOLDER = fileURLToPath(new URL('../../node_modules/@tensorflow/tfjs-core/dist/gradients/', import.meta.url));

/** The kernels that tfjs-core registers gradients of: one file each. */
export function registeredGradients(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('_grad.js'));
  return files.map((file) => {
    const [, kernel] = /kernelName: (\w+)/.exec(readFileSync(FOLDER + file, 'utf8')) ?? [];
    return kernel;
  });
}

/** Of those, what no operation runs. */
export const unreachable: Readonly<Record<string, string>> = {
  BroadcastTo: 'broadcastTo runs Tile',
  ComplexAbs: 'its input is complex, and nothing that makes one has a gradient',
  LogSoftmax: 'logSoftmax is composed of other kernels',
};

/** Kernels without a gradient that have nothing to differentiate by, or are not run where it is differentiated. */
export const without: readonly {kernels: RegExp; reason: string}[] = [
  {kernels: /^(String|StaticRegex|Sparse(?!ToDense)|Ragged)/, reason: 'strings, sparse and ragged tensors'},
  {kernels: /^(BitwiseAnd|BroadcastArgs|Logical\w+|SearchSorted|Unique)$/, reason: 'integers and booleans'},
  {kernels: /^(DropoutMask|Fill|LinSpace|Range|Multinomial)$/, reason: 'made of numbers, or drawn'},
  {kernels: /^(NonMaxSuppressionV\d|Draw)$/, reason: 'they select, or paint'},
  {kernels: /^(Fused\w+|_FusedMatMul)$/, reason: 'their operations have gradients of their own'},
  {kernels: /^BatchNormSums$/, reason: "a gradient's own"},
  {kernels: /^EluGrad$/, reason: 'this backend has the gradient of a gradient of elu without it'},
  {kernels: /^(FFT|IFFT|Real|Imag|Complex)$/, reason: 'complex tensors: tfjs-core takes float32 gradients alone'},
];
