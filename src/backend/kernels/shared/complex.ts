/** Kernels of complex64, by functions of float32 over its two parts. */
import {
  type BinaryInputs,
  backend_util,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type {ComplexParts} from '../../data-ids.js';
import type {Tensors} from '../../tensors.js';
import {type BinaryExport, type BinaryFunctions, runBinary, runBinaryOf} from './binary.js';
import {cast} from './cast.js';
import {defineKernel, type KernelCall, type KernelResult} from './kernel.js';
import {expand} from './strided.js';

type Part = keyof ComplexParts;
type Run<Inputs extends NamedTensorInfoMap, Attrs> = (
  call: KernelCall<Inputs, Attrs>,
  part?: Part,
) => KernelResult | undefined;

/**
 * A kernel that moves elements, or computes each part of a complex number alone: complex64 inputs are replaced by their
 * real parts, then by their imaginary parts. `run` is told which; other inputs (indices) stay as they are.
 */
export function partwiseKernel<Inputs extends NamedTensorInfoMap, Attrs = NamedAttrMap>(
  kernelName: string,
  run: Run<Inputs, Attrs>,
): KernelConfig {
  return defineKernel<Inputs, Attrs>(kernelName, (call) => (hasComplex(call.inputs) ? byParts(call, run) : run(call)));
}

/** Inputs are tensors by name, or an array of them. */
function hasComplex(inputs: NamedTensorInfoMap): boolean {
  for (const name in inputs) if (inputs[name]?.dtype === 'complex64') return true;
  return false;
}

function byParts<Inputs extends NamedTensorInfoMap, Attrs>(
  call: KernelCall<Inputs, Attrs>,
  run: Run<Inputs, Attrs>,
): KernelResult | undefined {
  const {inputs, tensors} = call;
  // A list of which some are complex is no list of one dtype.
  if (Array.isArray(inputs) && inputs.some(({dtype}) => dtype !== 'complex64')) return undefined;
  const runPart = (part: Part) => {
    const partOf = (x: TensorInfo) => (x?.dtype === 'complex64' ? tensors.complexParts(x)[part] : x);
    const parts = Array.isArray(inputs)
      ? inputs.map(partOf)
      : Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, partOf(x)]));
    const result = run({...call, inputs: parts as typeof inputs}, part);
    // What is shared instead of copied has the data id of an input's part, which that owns.
    const own = (y: TensorInfo) => {
      const alias = tensors.alias(y);
      tensors.dispose(y);
      return alias;
    };
    return result && (Array.isArray(result) ? result.map(own) : own(result));
  };
  const real = runPart('real');
  const imag = real && runPart('imag');
  if (!imag) return undefined;
  if (!Array.isArray(real)) return tensors.makeComplex(real, imag as TensorInfo);
  return real.map((part, i) => tensors.makeComplex(part, (imag as TensorInfo[])[i]));
}

type Combine = (tensors: Tensors, a: ComplexParts, b: ComplexParts) => ComplexParts;

/** A kernel of two inputs a and b that are broadcast, like binaryKernel; of complex64 too, if one of them is. */
export function arithmeticKernel(kernelName: string, functions: BinaryFunctions, combine: Combine): KernelConfig {
  return defineKernel<BinaryInputs>(kernelName, ({inputs: {a, b}, tensors}) => {
    if (a.dtype !== 'complex64' && b.dtype !== 'complex64') return runBinaryOf(tensors, functions, a, b);
    const left = cast(tensors, a, 'complex64');
    const right = cast(tensors, b, 'complex64');
    if (!left || !right) return undefined;
    const {real, imag} = combine(tensors, tensors.complexParts(left), tensors.complexParts(right));
    tensors.dispose(left);
    tensors.dispose(right);
    return tensors.makeComplex(real, imag);
  });
}

/** Each part of the result by the same function of that part of a and b. */
export function combineEach(run: BinaryExport): Combine {
  return (tensors, a, b) => ({
    real: runBinary(tensors, run, a.real, b.real, 'float32'),
    imag: runBinary(tensors, run, a.imag, b.imag, 'float32'),
  });
}

/** Both parts of the result by a function of all parts of a and b, as in assembly/elementwise/complex.ts. */
export function combineAll(run: 'complex_multiply_f32' | 'complex_real_div_f32'): Combine {
  return (tensors, a, b) => {
    const shape = backend_util.assertAndGetBroadcastShape(a.real.shape, b.real.shape);
    const operands = [a.real, a.imag, b.real, b.imag].map((part) => expand(tensors, part, shape));
    const real = tensors.allocate(shape, 'float32');
    const imag = tensors.allocate(shape, 'float32');
    const [ar, ai, br, bi] = operands.map((part) => tensors.offset(part));
    tensors.wasm[run](ar, ai, br, bi, tensors.offset(real), tensors.offset(imag), util.sizeFromShape(shape));
    for (const part of operands) tensors.dispose(part);
    return {real, imag};
  };
}
