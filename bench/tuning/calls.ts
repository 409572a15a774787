/** Calls of kernels on memory of their own, prepared to be timed. */
import {Geometry2DWords, Geometry3DWords} from '../../assembly/abi';
import {type Fields, type Kernels, numbers, RecordLayout} from '../../src/internal';

/** Prepares a call on a module; what it returns runs it once. */
type Call = (kernels: Kernels) => () => void;

/** What is timed. */
export interface TimedCall {
  title: string;
  /** Floating-point operations of the direct sum. */
  flops: number;
  prepare: Call;
}

const geometry2D = new RecordLayout(Geometry2DWords);
const geometry3D = new RecordLayout(Geometry3DWords);

/** C = op(A) op(B), M x N x K. */
export function product(m: number, n: number, k: number, transposeA = false, transposeB = false): TimedCall {
  const mark = (name: string, transposed: boolean) => (transposed ? `${name}^T` : name);
  return {
    title: `${m} x ${n} x ${k} ${mark('A', transposeA)} ${mark('B', transposeB)}`,
    flops: 2 * m * n * k,
    prepare(kernels) {
      const {wasm} = kernels;
      const [a, b] = [kernels.floats(numbers(m * k)), kernels.floats(numbers(k * n))];
      const c = kernels.floats(numbers(m * n));
      const scratch = kernels.allocate(wasm.gemm_f32_scratch_bytes(m, n, k, transposeB));
      return () => wasm.gemm_f32(a, b, c, m, n, k, transposeA, transposeB, 0, scratch);
    },
  };
}

/** A square 2D convolution. */
export interface Convolution {
  batch: number;
  size: number;
  channels: number;
  filters: number;
  taps: number;
  stride?: number;
  padding?: 'same' | 'valid';
  winograd?: boolean;
}

export type Pass = 'forward' | 'filter gradient' | 'input gradient';

export function convolution(layer: Convolution, pass: Pass = 'forward'): TimedCall {
  const {batch, size, channels, filters, taps, stride = 1} = layer;
  const geometry = geometryOf(layer);
  const out = geometry.outHeight;
  return {
    title: `${titleOf(layer)}, ${pass}`,
    flops: 2 * batch * out * out * filters * taps * taps * channels,
    prepare(kernels) {
      const {wasm} = kernels;
      const at = kernels.words(geometry2D.pack([geometry]));
      const x = kernels.floats(numbers(batch * size * size * channels));
      const filter = kernels.floats(numbers(taps * taps * channels * filters));
      const y = kernels.floats(numbers(batch * out * out * filters));
      if (pass === 'forward') {
        const scratch = kernels.allocate(wasm.conv2d_f32_scratch_bytes(at));
        return () => wasm.conv2d_f32(x, filter, 0, y, false, at, scratch);
      }
      if (pass === 'filter gradient') {
        const scratch = kernels.allocate(wasm.conv2d_backprop_filter_f32_scratch_bytes(at));
        return () => wasm.conv2d_backprop_filter_f32(x, y, filter, at, scratch);
      }
      const scratch = kernels.allocate(wasm.conv2d_backprop_input_f32_scratch_bytes(at));
      return () => wasm.conv2d_backprop_input_f32(y, filter, x, at, scratch);
    },
  };

  function titleOf({padding = 'same', winograd = true}: Convolution): string {
    const strided = `${stride === 1 ? '' : `, stride ${stride}`}${winograd ? '' : ', direct'}`;
    return `${batch} x ${size}x${size}x${channels}, ${taps}x${taps} ${padding} to ${filters}${strided}`;
  }
}

/** A square depthwise convolution, padded to the same size. */
export function depthwise(size: number, channels: number, batch: number, taps = 3): TimedCall {
  const geometry = geometryOf({batch, size, channels, filters: channels, taps});
  return {
    title: `${batch} x ${size}x${size}x${channels}, ${taps}x${taps} depthwise`,
    flops: 2 * batch * size * size * channels * taps * taps,
    prepare(kernels) {
      const {wasm} = kernels;
      const at = kernels.words(geometry2D.pack([geometry]));
      const x = kernels.floats(numbers(batch * size * size * channels));
      const filter = kernels.floats(numbers(taps * taps * channels));
      const y = kernels.floats(numbers(batch * size * size * channels));
      const scratch = kernels.allocate(wasm.depthwise_conv2d_f32_scratch_bytes(at));
      return () => wasm.depthwise_conv2d_f32(x, filter, 0, y, at, scratch);
    },
  };
}

/** A cubic 3D convolution of stride 2, and its filter gradient. */
export function convolution3D(size: number, channels: number, filters: number, pass: Pass): TimedCall {
  const [batch, taps, stride] = [2, 3, 2];
  const out = Math.ceil(size / stride);
  const geometry = {
    ...{batchSize: batch, inDepth: size, inHeight: size, inWidth: size, inChannels: channels},
    ...{outDepth: out, outHeight: out, outWidth: out, outChannels: filters},
    ...{filterDepth: taps, filterHeight: taps, filterWidth: taps},
    ...{strideDepth: stride, strideHeight: stride, strideWidth: stride},
    ...{dilationDepth: 1, dilationHeight: 1, dilationWidth: 1, padFront: 0, padTop: 0, padLeft: 0},
  };
  return {
    title: `${batch} x ${size}^3 x ${channels}, 3x3x3 to ${filters}, stride 2, ${pass}`,
    flops: 2 * batch * out ** 3 * filters * taps ** 3 * channels,
    prepare(kernels) {
      const {wasm} = kernels;
      const at = kernels.words(geometry3D.pack([geometry]));
      const x = kernels.floats(numbers(batch * size ** 3 * channels));
      const filter = kernels.floats(numbers(taps ** 3 * channels * filters));
      const y = kernels.floats(numbers(batch * out ** 3 * filters));
      if (pass === 'forward') {
        const scratch = kernels.allocate(wasm.conv3d_f32_scratch_bytes(at));
        return () => wasm.conv3d_f32(x, filter, y, at, scratch);
      }
      const scratch = kernels.allocate(wasm.conv3d_backprop_filter_f32_scratch_bytes(at));
      return () => wasm.conv3d_backprop_filter_f32(x, y, filter, at, scratch);
    },
  };
}

function geometryOf(layer: Convolution): Fields<Geometry2DWords> {
  const {batch, size, channels, filters, taps, stride = 1, padding = 'same', winograd = true} = layer;
  const out = Math.ceil((padding === 'same' ? size : size - taps + 1) / stride);
  const pad = padding === 'same' ? Math.floor(Math.max((out - 1) * stride + taps - size, 0) / 2) : 0;
  return {
    ...{batchSize: batch, inHeight: size, inWidth: size, inChannels: channels},
    ...{outHeight: out, outWidth: out, outChannels: filters, filterHeight: taps, filterWidth: taps},
    ...{strideHeight: stride, strideWidth: stride, dilationHeight: 1, dilationWidth: 1},
    ...{padTop: pad, padLeft: pad, usesWinograd: winograd ? 1 : 0},
  };
}
