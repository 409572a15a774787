import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {
  ALL_PARTS,
  assertBuilt,
  forgetInputs,
  hashesOf,
  isBuilt,
  noteInputs,
  type Part,
  StaleBuildError,
} from './inputs.mjs';

const FILES = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'asconfig.json', 'bench/asconfig.json'];
const FOLDERS = ['assembly', 'bench', 'bench/assembly', 'cli', 'common', 'recipes', 'scripts', 'src', 'test', 'web'];
const OUTPUTS = [
  'dist/wasm/simd.wasm',
  'dist/wasm/relaxed.wasm',
  'dist/wasm/inference-relaxed.wasm',
  'dist/bench/peak-relaxed.wasm',
  'dist/types/index.d.ts',
  'dist/web/index.html',
];
const BUNDLE = 'dist/index.js';

let root: string;

const write = (file: string, text = file) => {
  mkdirSync(path.dirname(path.join(root, file)), {recursive: true});
  writeFileSync(path.join(root, file), text);
};

/** As the build does it. */
function build(parts: readonly Part[] = ALL_PARTS): void {
  const hashes = Object.fromEntries(parts.map((part) => [part, hashesOf(part, root)]));
  forgetInputs(parts, root);
  noteInputs(hashes, [BUNDLE], root);
}

const check = (parts: readonly Part[] = ALL_PARTS) => assertBuilt(parts, root);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-inputs-'));
  for (const file of [...FILES, ...FOLDERS.map((folder) => `${folder}/inner/x.ts`), ...OUTPUTS, BUNDLE]) write(file);
  build();
});

afterEach(() => rmSync(root, {recursive: true}));

describe('what was built', () => {
  it('is fresh as long as its sources are what they were, whenever they were written', () => {
    expect(() => check()).not.toThrow();
    write('src/inner/x.ts');
    expect(() => check()).not.toThrow();
  });

  it.for(['src', 'assembly', 'recipes', 'cli', 'common', 'bench', 'scripts'])(
    'is stale where a file of %s has changed, is new or is gone',
    (folder) => {
      write(`${folder}/inner/x.ts`, 'changed');
      expect(() => check()).toThrow(`${folder}/inner/x.ts has changed; run npm run build`);
      write(`${folder}/inner/x.ts`);
      write(`${folder}/y.ts`);
      expect(() => check()).toThrow(`${folder}/y.ts is new; run npm run build`);
      rmSync(path.join(root, `${folder}/y.ts`));
      rmSync(path.join(root, `${folder}/inner/x.ts`));
      expect(() => check()).toThrow(`${folder}/inner/x.ts is gone; run npm run build`);
    },
  );

  it('says which of it is stale, in one sentence', () => {
    write('package.json', '{}');
    expect(() => check()).toThrow(
      new StaleBuildError('dist/ was built from other sources: package.json has changed; run npm run build'),
    );
    expect(() => check(['relaxed', 'simd', 'types', 'programs'])).not.toThrow();
  });

  it('has no tests, fixtures or installed packages in it', () => {
    for (const file of ['src/x.test.ts', 'cli/fixtures/x.ts', 'bench/peers/node_modules/x/index.js']) write(file);
    expect(() => check()).not.toThrow();
  });

  it('is asked of test/ only for the files that are in a bundle', () => {
    write('test/y.ts');
    expect(() => check()).not.toThrow();
    write('test/inner/x.ts', 'changed');
    expect(() => check()).toThrow('build/ was built from other sources: test/inner/x.ts has changed');
    expect(() => check(['relaxed', 'simd', 'bundles', 'types'])).not.toThrow();
  });

  it('keeps a level stale that a draft leaves out', () => {
    write('assembly/inner/x.ts', 'changed');
    build(['relaxed', 'bundles']);
    expect(() => check(['relaxed', 'bundles'])).not.toThrow();
    expect(() => check(['simd', 'bundles'])).toThrow('dist/wasm/simd.wasm was built from other sources');
    expect(isBuilt(['relaxed', 'bundles'], root)).toBe(true);
    expect(isBuilt(['optimized'], root)).toBe(false);
  });

  it('is nothing where a build did not come to its end, or somebody has removed it', () => {
    forgetInputs(['bundles'], root);
    expect(() => check()).toThrow('dist/ is not built, or not to its end; run npm run build');
    build();
    rmSync(path.join(root, 'dist/types'), {recursive: true});
    expect(() => check()).toThrow('dist/types/ is not built');
    build(['bundles']);
    rmSync(path.join(root, BUNDLE));
    expect(() => check(['bundles'])).toThrow(`${BUNDLE} is missing; run npm run build`);
  });
});
