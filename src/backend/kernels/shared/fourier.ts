import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';

/** The discrete Fourier transform over the last dimension of a complex64 tensor, or its inverse, which divides by n. */
export function fourier(tensors: Tensors, x: TensorInfo, direction: 'forward' | 'inverse'): TensorInfo | undefined {
  if (x.dtype !== 'complex64' || x.shape.length === 0) return undefined;
  const {real, imag} = tensors.complexParts(x);
  const size = util.sizeFromShape(x.shape);
  const n = x.shape[x.shape.length - 1];
  if (size === 0 || n === 1) return tensors.makeComplex(tensors.alias(real), tensors.alias(imag));
  const y = {real: tensors.allocate(x.shape, 'float32'), imag: tensors.allocate(x.shape, 'float32')};
  const [xr, xi, yr, yi] = [real, imag, y.real, y.imag].map((part) => tensors.offset(part));
  const {fft_f32, fft_f32_scratch_bytes} = tensors.wasm;
  tensors.withScratch(fft_f32_scratch_bytes(n), (scratch) => {
    if (direction === 'forward') fft_f32(xr, xi, yr, yi, size / n, n, 1, scratch);
    else fft_f32(xi, xr, yi, yr, size / n, n, n, scratch);
  });
  return tensors.makeComplex(y.real, y.imag);
}
