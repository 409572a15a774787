/**
 * Writes the lists of kernels to build/generated: the native ones are the files in src/backend/kernels, of which
 * mnist-wasm/inference has most; the fallback's are those of tfjs-backend-cpu, one by one, since its own list registers
 * them, and its index the backend 'cpu', on import.
 */
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

const NATIVE = 'src/backend/kernels';
const CPU = '@tensorflow/tfjs-backend-cpu/dist/kernels';
const GENERATED = 'build/generated';
/** Of the native ones: gradients, and what neither tfjs-layers nor the inputs and outputs of its models need. */
const NOT_FOR_INFERENCE = new Set(
  `Acos Acosh ArgMin Asin Asinh Atan Atan2 Atanh BatchNormSums BatchNormTraining BitwiseAnd Complex ComplexAbs Cos Cosh Cumprod Cumsum Diag
  Dilation2D DropoutMask Einsum Expm1 FFT FloorDiv GatherNd IFFT Imag IsFinite IsInf IsNan LRN LinSpace Log1p LogicalXor
  MaxPoolWithArgmax MirrorPad Mod NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 Prod Real
  RotateWithOffset ScatterNd SearchSorted Sin Sinh SparseToDense Tan TensorScatterUpdate Transform
  UnsortedSegmentSum`.split(/\s+/),
);
/** Transposed convolutions are gradients too, which inference calls. */
const GRADIENT = /Grad$|BackpropFilter|^(DepthwiseConv2dNative|Dilation2D)Backprop/;

export function writeKernelLists() {
  mkdirSync(GENERATED, {recursive: true});
  const native = kernelsIn(NATIVE, '.ts', /^export const (\w+) = /gm);
  writeList('nativeKernels', native, (file) => `../../${NATIVE}/${file}.js`);
  const forInference = native.filter(({file}) => !GRADIENT.test(file) && !NOT_FOR_INFERENCE.has(file));
  writeList('inferenceKernels', forInference, (file) => `../../${NATIVE}/${file}.js`);
  const cpu = kernelsIn(`node_modules/${CPU}`, '.js', /^export const (\w+Config) = /gm, /_impl\.js$/i);
  writeList('cpuKernels', cpu, (file) => `${CPU}/${file}`);
}

/** The kernels that a folder's files export, one each. */
function kernelsIn(folder, extension, pattern, left = /\.test\.ts$/) {
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension) && !left.test(file))
    .map((file) => {
      const names = [...readFileSync(path.join(folder, file), 'utf8').matchAll(pattern)].map(([, name]) => name);
      if (names.length !== 1) throw new Error(`${folder}/${file} exports ${names.length} kernels; expected one.`);
      return {file: path.basename(file, extension), name: names[0]};
    });
}

function writeList(list, kernels, specifierOf) {
  const imports = kernels.map(({file, name}) => `import {${name}} from '${specifierOf(file)}';`);
  const lines = [
    '// Written by scripts/kernel-lists.mjs.',
    "import type {KernelConfig} from '@tensorflow/tfjs-core';",
    ...imports,
    '',
    `export const ${list}: readonly KernelConfig[] = [${kernels.map(({name}) => name).join(', ')}];`,
    '',
  ];
  writeFileSync(path.join(GENERATED, `${list}.ts`), lines.join('\n'));
}
