import {readFileSync} from 'node:fs';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {relaxedSimd, simd} from 'wasm-feature-detect';
import {checkFeatureLevel, detectFeatureLevel} from './features';

vi.mock('wasm-feature-detect', {spy: true});

beforeEach(() => {
  vi.stubEnv('MNIST_WASM_FEATURES', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetAllMocks();
});

/** An engine with or without the two; setting V8's flag changes nothing. */
function engineHas(has: {simd: boolean; relaxed: boolean}): void {
  vi.mocked(simd).mockResolvedValue(has.simd);
  vi.mocked(relaxedSimd).mockResolvedValue(has.relaxed);
}

describe('detectFeatureLevel', () => {
  it('takes the best that there is', async () => {
    engineHas({simd: true, relaxed: true});
    expect(await detectFeatureLevel()).toBe('relaxed');
    engineHas({simd: true, relaxed: false});
    expect(await detectFeatureLevel()).toBe('simd');
  });

  it('takes what is asked for, the option before the environment', async () => {
    engineHas({simd: true, relaxed: true});
    expect(await detectFeatureLevel('simd')).toBe('simd');
    vi.stubEnv('MNIST_WASM_FEATURES', 'simd');
    expect(await detectFeatureLevel()).toBe('simd');
    expect(await detectFeatureLevel('relaxed')).toBe('relaxed');
    vi.stubEnv('MNIST_WASM_FEATURES', '');
    expect(await detectFeatureLevel()).toBe('relaxed');
  });

  it('says what is missing', async () => {
    engineHas({simd: false, relaxed: false});
    await expect(detectFeatureLevel()).rejects.toThrow(/needs WebAssembly SIMD .* engine lacks/);
    await expect(detectFeatureLevel('simd')).rejects.toThrow(/needs WebAssembly SIMD/);
    engineHas({simd: true, relaxed: false});
    await expect(detectFeatureLevel('relaxed')).rejects.toThrow(/'relaxed' was asked for, .* ask for 'simd'/);
  });

  it('refuses a level that it does not know, and names those that it does', async () => {
    vi.stubEnv('MNIST_WASM_FEATURES', 'avx512');
    engineHas({simd: true, relaxed: true});
    await expect(detectFeatureLevel()).rejects.toThrow(
      "the environment variable MNIST_WASM_FEATURES is 'avx512'; expected one of: simd, relaxed.",
    );
    expect(() => checkFeatureLevel('SIMD', "the option 'features'")).toThrow("the option 'features' is 'SIMD'");
  });

  it('takes a variable that it may not read for one that is not set, as in Deno without a permission', async () => {
    engineHas({simd: true, relaxed: false});
    const env = new Proxy(
      {},
      {
        get: () => {
          throw new Error('NotCapable: Requires env access to "MNIST_WASM_FEATURES"');
        },
      },
    );
    vi.stubGlobal('process', {env});
    expect(await detectFeatureLevel()).toBe('simd');
    vi.unstubAllGlobals();
  });

  it('does without a process global, as browsers do', async () => {
    engineHas({simd: true, relaxed: false});
    vi.stubGlobal('process', undefined);
    const level = await detectFeatureLevel();
    vi.unstubAllGlobals();
    expect(level).toBe('simd');
  });
});

describe('the modules of the two levels', () => {
  const module = (level: string) => readFileSync(new URL(`../../../dist/wasm/${level}.wasm`, import.meta.url));

  it('are valid where the engine has the level, and the simd one has no relaxed instruction', async () => {
    vi.mocked(relaxedSimd).mockRestore();
    expect(WebAssembly.validate(module('simd'))).toBe(true);
    // False on Node 20, where it takes a flag: there the line above shows that the first module needs none of it.
    expect(WebAssembly.validate(module('relaxed'))).toBe(await relaxedSimd());
  });
});
