import {readFileSync} from 'node:fs';
import path from 'node:path';
import {BLOCK_PADDING, READ_PADDING} from '../../../assembly/abi';
import {checkFeatureLevel, detectFeatureLevel} from '../module/features';
import type {KernelExports} from '../module/load';

const LEVEL = checkFeatureLevel(process.env.MNIST_WASM_FEATURES ?? 'relaxed', 'MNIST_WASM_FEATURES');
/** Of this level as it was built, or another build of it. */
const FILE = process.env.MNIST_WASM_FILE ?? path.resolve('build', 'wasm', `${LEVEL}.wasm`);

/** The kernels alone, on a memory of their own: without a backend, tensors or an allocator. */
export class Kernels {
  private readonly memory = new WebAssembly.Memory({initial: 256, maximum: 65536});
  readonly wasm: KernelExports;
  private top: number;

  /** @param file by default that of the level that the tests run at */
  static async load(file = FILE): Promise<Kernels> {
    await detectFeatureLevel(LEVEL);
    return new Kernels(new WebAssembly.Module(readFileSync(file)));
  }

  private constructor(module: WebAssembly.Module) {
    this.wasm = new WebAssembly.Instance(module, {env: {memory: this.memory}}).exports as unknown as KernelExports;
    this.top = Math.ceil(this.wasm.heap_base() / BLOCK_PADDING) * BLOCK_PADDING;
  }

  /** Whether the level has six rows in a tile of a matrix product. */
  get tileRows(): number {
    return LEVEL === 'relaxed' ? 6 : 5;
  }

  /** The address of so many bytes, 64-byte aligned, of undefined content. */
  allocate(bytes: number): number {
    const address = this.top;
    this.top += Math.ceil((bytes + READ_PADDING) / BLOCK_PADDING) * BLOCK_PADDING;
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65536));
    return address;
  }

  /** The address of a copy of float32 values. */
  floats(values: ArrayLike<number>): number {
    const address = this.allocate(values.length * 4);
    this.view(Float32Array, address, values.length).set(values);
    return address;
  }

  /** The address of a copy of int32 values. */
  words(values: ArrayLike<number>): number {
    const address = this.allocate(values.length * 4);
    this.view(Int32Array, address, values.length).set(values);
    return address;
  }

  /** A view of so many elements from an address, valid until the next allocation. */
  view<T>(View: new (memory: ArrayBuffer, offset: number, length: number) => T, address: number, count: number): T {
    return new View(this.memory.buffer, address, count);
  }

  /** A copy of `count` float32 values from an address. */
  read(address: number, count: number): Float32Array {
    return this.view(Float32Array, address, count).slice();
  }
}

/** Numbers from -1 to 1 that are the same on every run. */
export function numbers(count: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({length: count}, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
