import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {beforeEach, describe, expect, it, vi} from 'vitest';
import {runModule} from '../../../../test/child';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

describe('the fallback', () => {
  it('has every kernel that tfjs-backend-cpu has', () => {
    const ours = new Set(tf.getKernelsForBackend('mnist-wasm').map(({kernelName}) => kernelName));
    const missing = tf.getKernelsForBackend('cpu').filter(({kernelName}) => !ours.has(kernelName));
    expect(missing.map(({kernelName}) => kernelName)).toEqual([]);
  });

  it('runs strings', () => {
    const read = (t: tf.Tensor) => t.dataSync<'string'>();
    expect(tf.tidy(() => read(tf.concat([tf.tensor1d(['a', 'b']), tf.tensor1d(['ü'])])))).toEqual(['a', 'b', 'ü']);
    expect(tf.tidy(() => read(tf.slice(tf.tensor1d(['a', 'b', 'c']), [1], [2])))).toEqual(['b', 'c']);
    expect(tf.tidy(() => [...tf.equal(tf.tensor1d(['a', 'b']), 'b').dataSync()])).toEqual([0, 1]);
  });

  it('hands several outputs out, and leaves nothing else behind', () => {
    const x = tf.tensor1d([3, 1, 3]);
    const before = tf.memory() as tf.MemoryInfo & {heapBytes: number};
    const {values, indices} = tf.unique(x);
    expect([...values.dataSync(), ...indices.dataSync()]).toEqual([3, 1, 0, 1, 0]);
    const {numDataBuffers, heapBytes} = before;
    expect(tf.memory()).toMatchObject({numDataBuffers: numDataBuffers + 2, heapBytes: heapBytes + 2 * 64});
    tf.dispose([x, values, indices]);
  });

  it('draws, and leaves nothing behind', () => {
    vi.stubGlobal(
      'ImageData',
      class {
        constructor(readonly data: Uint8ClampedArray) {}
      },
    );
    const drawn: number[][] = [];
    const context = {putImageData: ({data}: ImageData) => drawn.push([...data])};
    const canvas = {getContext: () => context} as unknown as HTMLCanvasElement;
    const x = tf.tensor2d([10, 20], [1, 2], 'int32');
    const {numTensors, numDataBuffers} = tf.memory();
    tf.browser.draw(x, canvas);
    vi.unstubAllGlobals();
    expect(tf.memory()).toMatchObject({numTensors, numDataBuffers});
    expect(drawn).toEqual([[10, 10, 10, 255, 20, 20, 20, 255]]);
    expect([...x.dataSync()]).toEqual([10, 20]);
    x.dispose();
  });

  it('does not change its inputs', () => {
    const x = tf.tensor1d([3, 1, 2]);
    tf.dispose(tf.unique(x));
    expect([...x.dataSync()]).toEqual([3, 1, 2]);
    x.dispose();
  });
});

describe("without the fallback, 'mnist-wasm/native'", () => {
  const native = (body: string) =>
    runModule(`import * as tf from '@tensorflow/tfjs-core';
      import {register} from 'mnist-wasm/native';
      ${body}`);

  it('registers nothing on import, and its kernels when asked', async () => {
    const {stdout} = await native(`
      const factory = () => tf.findBackendFactory('mnist-wasm') !== null;
      const before = factory();
      register();
      await tf.setBackend('mnist-wasm');
      console.log(JSON.stringify([before, factory(), tf.reshape([1, 2], [2, 1]).arraySync()]));`);
    expect(JSON.parse(stdout)).toEqual([false, true, [[1], [2]]]);
  });

  it('says of a kernel that tfjs has no registration, and of a dtype which import would help', async () => {
    const {stdout} = await native(`
      register();
      await tf.setBackend('mnist-wasm');
      const message = (f) => { try { f(); } catch (error) { return error.message; } };
      console.log(JSON.stringify([
        message(() => tf.unique([1, 2])),
        message(() => tf.equal(tf.tensor1d(['a']), tf.tensor1d(['b']))),
      ]));`);
    const [kernel, dtype] = JSON.parse(stdout);
    expect(kernel).toContain("Kernel 'Unique' not registered for backend 'mnist-wasm'");
    expect(dtype).toMatch(
      /Equal has no WebAssembly kernel for \(a: string, b: string\)\. Import 'mnist-wasm', and not only 'mnist-wasm\/native'/,
    );
  });
});

describe('the console', () => {
  it.for([
    ['alone', "import 'mnist-wasm';"],
    ['before tfjs-backend-cpu', "import 'mnist-wasm'; import '@tensorflow/tfjs-backend-cpu';"],
    ['after tfjs-backend-cpu', "import '@tensorflow/tfjs-backend-cpu'; import 'mnist-wasm';"],
    ['beside tfjs-layers', "import '@tensorflow/tfjs-layers'; import 'mnist-wasm';"],
    ['beside its own native entry', "import 'mnist-wasm'; import {register} from 'mnist-wasm/native'; register();"],
  ])('stays silent with the package %s', async ([, imports]) => {
    const {code, stdout, stderr} = await runModule(`${imports}
      import * as tf from '@tensorflow/tfjs-core';
      await tf.setBackend('mnist-wasm');
      tf.unique([1, 2, 1]);
      if (tf.add([1], [2]).dataSync()[0] !== 3) throw new Error('1 + 2 is not 3');`);
    expect({code, stdout, stderr}).toEqual({code: 0, stdout: '', stderr: ''});
  });
});
