import {Conv2DPath, Geometry2DWords, InstructionWords} from '../../assembly/abi';
import {Opcode} from '../../assembly/elementwise/opcode';
import {type Fields, type MnistWasmBackend, RecordLayout} from '../../src/internal';

/** A product of some shape, and its calls. */
export interface Product {
  title: string;
  calls: number;
  milliseconds: number;
  /** Of a call: those of the direct sum, and those of minimal filtering where that computes it. */
  flops: number;
  leastFlops: number;
}

/** What a pass over tensors reads and writes, in bytes. */
export interface Traffic {
  calls: number;
  bytes: number;
}

/** The same of many steps: the milliseconds of every call. */
type TimedProduct = Omit<Product, 'calls' | 'milliseconds'> & {times: number[]};

type Args = readonly number[];
type ProductOf = (args: Args) => Omit<TimedProduct, 'times'>;

const geometryWords = new RecordLayout(Geometry2DWords);
const {words: INSTRUCTION_WORDS, index: AT} = new RecordLayout(InstructionWords);
const FLOAT = 4;
/** Points of a tile of minimal filtering along an axis. */
const POINTS = 6;

/** Meters what the WebAssembly functions of a backend are called with: products are timed, traffic is counted. */
export class Meter {
  readonly products = new Map<string, TimedProduct>();
  readonly chains: Traffic = {calls: 0, bytes: 0};
  readonly updates: Traffic = {calls: 0, bytes: 0};
  /** Whether the optimizer runs. */
  isUpdating = false;

  /** Has calls metered until the function that it returns is called. */
  attach({tensors}: MnistWasmBackend): () => void {
    const {wasm} = tensors;
    const original = {...wasm} as Record<string, unknown>;
    // The memory moves where it grows: a tensor in it knows where it is.
    const anchor = tensors.allocate([1], 'float32');
    const memory = () => new Int32Array(tensors.writable(anchor).buffer);
    const products = productsOf(memory, (geometry) => wasm.conv2d_path(geometry));
    const wrap = (name: string, run: (...args: number[]) => unknown) => {
      const product = products[name];
      if (product) return (...args: number[]) => this.timeProduct(product(args), () => run(...args));
      const bytesOf = trafficOf(name, memory);
      if (!bytesOf) return run;
      return (...args: number[]) => {
        this.count(bytesOf(args));
        return run(...args);
      };
    };
    const wrapped = Object.entries(original).map(([name, value]) =>
      typeof value === 'function' ? [name, wrap(name, value as (...args: number[]) => unknown)] : [name, value],
    );
    Object.assign(wasm, Object.fromEntries(wrapped));
    return () => {
      Object.assign(wasm, original);
      tensors.dispose(anchor);
    };
  }

  private timeProduct(product: ReturnType<ProductOf>, run: () => unknown): unknown {
    const start = performance.now();
    const result = run();
    const elapsed = performance.now() - start;
    const known = this.products.get(product.title) ?? {...product, times: []};
    known.times.push(elapsed);
    this.products.set(product.title, known);
    return result;
  }

  private count(bytes: number): void {
    const traffic = this.isUpdating ? this.updates : this.chains;
    traffic.calls++;
    traffic.bytes += bytes;
  }
}

/** By function: what product a call is. */
function productsOf(memory: () => Int32Array, forwardPath: (geometry: number) => number): Record<string, ProductOf> {
  const matrices =
    (first: number, transposes?: number, batch?: number): ProductOf =>
    (args) => {
      const [m, n, k] = args.slice(first);
      const count = batch === undefined ? 1 : args[batch];
      const [a, b] = transposes === undefined ? [0, 0] : args.slice(transposes).map(Number);
      const turned = a ? ', the first transposed' : b ? ', the second transposed' : '';
      const flops = 2 * count * m * n * k;
      const many = count === 1 ? '' : `${count} times `;
      return {title: `${many}${m}x${k} by ${k}x${n}${turned}`, flops, leastFlops: flops};
    };
  const convolution =
    (pass: string, geometry: number): ProductOf =>
    (args) => {
      const words = memory();
      const at = args[geometry] / 4;
      const g = Object.fromEntries(
        Object.entries<number>(geometryWords.index).map(([name, i]) => [name, words[at + i]]),
      ) as unknown as Fields<Geometry2DWords>;
      return {title: `${describe(g)}, ${pass}`, ...flopsOf(g, forwardPath(args[geometry]) === Conv2DPath.winograd)};
    };
  return {
    gemm_f32: matrices(3, 6),
    gemm_packed_f32: matrices(3),
    batch_matmul_f32: matrices(6, 9, 5),
    conv2d_f32: convolution('forward', 5),
    conv2d_backprop_filter_f32: convolution('weight gradient', 3),
    conv2d_backprop_input_f32: convolution('input gradient', 3),
  };
}

function describe(g: Fields<Geometry2DWords>): string {
  const stride = g.strideHeight === 1 && g.strideWidth === 1 ? '' : `, stride ${g.strideHeight}`;
  const images = `${g.batchSize} x ${g.inHeight}x${g.inWidth}x${g.inChannels}`;
  return `conv ${images} to ${g.outChannels}, ${g.filterHeight}x${g.filterWidth}${stride}`;
}

/** Of the direct sum, padding included; and of the products of points where there are tiles. */
function flopsOf(g: Fields<Geometry2DWords>, isWinograd: boolean): {flops: number; leastFlops: number} {
  const pixels = g.batchSize * g.outHeight * g.outWidth;
  const channels = g.inChannels * g.outChannels;
  const flops = 2 * pixels * channels * g.filterHeight * g.filterWidth;
  const tile = POINTS + 1 - g.filterHeight;
  return {flops, leastFlops: isWinograd ? 2 * pixels * channels * (POINTS / tile) ** 2 : flops};
}

/** What a call of a function reads and writes, if it is a pass over tensors. */
function trafficOf(name: string, memory: () => Int32Array): ((args: Args) => number) | undefined {
  if (name === 'evaluate' || name === 'evaluate_sums') {
    return ([start, length, elements]) => FLOAT * elements * tensorsOf(memory(), start / 4, length);
  }
  if (Opcode[name as keyof typeof Opcode] === undefined) return undefined;
  return (args) => {
    // A function of one operand has: x, y, n, and two numbers.
    if (args.length < 8) return 2 * FLOAT * args[2];
    const [, , , n, firstPeriod, secondPeriod] = args;
    return FLOAT * n * (1 + (firstPeriod ? 0 : 1) + (secondPeriod ? 0 : 1));
  };
}

/** How many tensors of a program are read and written; what it has written itself is in the cache. */
function tensorsOf(words: Int32Array, start: number, length: number): number {
  const read = new Set<number>();
  const written = new Set<number>();
  for (let i = 0; i < length; i++) {
    const at = start + i * INSTRUCTION_WORDS;
    const pairs = [
      [AT.a, AT.maskA],
      [AT.b, AT.maskB],
      [AT.c, AT.maskC],
    ];
    for (const [address, mask] of pairs) {
      if (words[at + mask] !== 0 && !written.has(words[at + address])) read.add(words[at + address]);
    }
    if (words[at + AT.maskY] !== 0) written.add(words[at + AT.y]);
  }
  return read.size + written.size;
}
