import {requirePeer} from './installed';

/** What is used of @jax-js/jax. Every function consumes its arguments; `ref` keeps one for another use. */
export interface JaxArray {
  readonly ref: JaxArray;
  readonly shape: number[];
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  sum(): JaxArray;
  data(): Promise<ArrayLike<number>>;
}

type Function = (...args: never[]) => unknown;

export interface Jax {
  init(device: 'wasm'): Promise<unknown>;
  defaultDevice(device: 'wasm'): void;
  jit<F extends Function>(f: F): F;
  /** Of a function of parameters; its gradient by the first, an array. */
  valueAndGrad<Args extends unknown[]>(
    f: (parameters: JaxArray[], ...args: Args) => JaxArray,
  ): (parameters: JaxArray[], ...args: Args) => [JaxArray, JaxArray[]];
  numpy: {
    array(values: Float32Array | number): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    max(x: JaxArray): JaxArray;
    sqrt(x: JaxArray): JaxArray;
    zerosLike(x: JaxArray): JaxArray;
  };
  nn: {relu(x: JaxArray): JaxArray; softmax(x: JaxArray): JaxArray; logSoftmax(x: JaxArray): JaxArray};
  lax: {
    convGeneralDilated(x: JaxArray, filter: JaxArray, strides: readonly number[], padding: unknown): JaxArray;
    reduceWindow(
      x: JaxArray,
      reduce: (window: JaxArray) => JaxArray,
      size: readonly number[],
      strides: readonly number[],
    ): JaxArray;
  };
}

/** On its WebAssembly device, with one thread: without a global Worker, as in Node, there are no others. */
export async function startJax(): Promise<Jax> {
  const jax = requirePeer('@jax-js/jax') as Jax;
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  return jax;
}
