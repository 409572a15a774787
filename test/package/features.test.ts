import {describe, expect, it} from 'vitest';
import {runModule} from '../child';

/** Starts the backend in a Node of its own, and prints what became of it. */
const start = (options: {first?: string; env?: NodeJS.ProcessEnv} = {}) =>
  runModule(
    `${options.first ?? ''}
    const tf = await import('@tensorflow/tfjs-core');
    const {featureLevel, register} = await import('mnist-wasm');
    if (process.env.OPTION) register({features: process.env.OPTION});
    const started = await tf.setBackend('mnist-wasm');
    console.log(JSON.stringify({started, level: featureLevel(), sum: started && tf.sum([1, 2, 3]).arraySync()}));`,
    {env: options.env},
  );

describe('the feature level', () => {
  it.for(['simd', 'relaxed'])('is %s where the environment names it', async (level) => {
    const {stdout, stderr} = await start({env: {MNIST_WASM_FEATURES: level}});
    expect(JSON.parse(stdout)).toEqual({started: true, level, sum: 6});
    expect(stderr).toBe('');
  });

  it('is relaxed where nothing is named: every Node that is supported has it', async () => {
    expect(JSON.parse((await start()).stdout)).toMatchObject({started: true, level: 'relaxed'});
  });

  it('is what the option names, against the environment', async () => {
    const {stdout} = await start({env: {MNIST_WASM_FEATURES: 'relaxed', OPTION: 'simd'}});
    expect(JSON.parse(stdout)).toMatchObject({started: true, level: 'simd'});
  });

  it('is simd where the engine has no relaxed SIMD', async () => {
    // The first probe is for SIMD; the later ones are for relaxed SIMD.
    const first = 'let probes = 0; WebAssembly.validate = () => probes++ === 0;';
    expect(JSON.parse((await start({first})).stdout)).toEqual({started: true, level: 'simd', sum: 6});
  });

  it('is refused with the known names where it is none of them', async () => {
    const fromEnvironment = await start({env: {MNIST_WASM_FEATURES: 'sse2'}});
    expect(JSON.parse(fromEnvironment.stdout)).toMatchObject({started: false});
    expect(fromEnvironment.stderr).toContain("MNIST_WASM_FEATURES is 'sse2'; expected one of: simd, relaxed.");
    const fromOption = await start({env: {OPTION: 'sse2'}});
    expect(fromOption.code).not.toBe(0);
    expect(fromOption.stderr).toContain("the option 'features' is 'sse2'; expected one of: simd, relaxed.");
  });

  it('is an error that names the requirement where the engine has no SIMD', async () => {
    const {stdout, stderr} = await start({first: 'WebAssembly.validate = () => false;'});
    expect(JSON.parse(stdout)).toMatchObject({started: false});
    expect(stderr).toContain('mnist-wasm needs WebAssembly SIMD (128-bit), which this JavaScript engine lacks.');
  });
});
