import {cp, readFile, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import {build} from 'esbuild';
import {publint} from 'publint';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {run, runModule} from '../child';
import {type PackedProject, packedProject} from '../packed-project';

const require = createRequire(import.meta.url);
let packed: PackedProject;
let project: string;

beforeAll(async () => {
  packed = await packedProject();
  project = packed.folder;
}, 60_000);

afterAll(() => packed?.remove());

/** The JavaScript files of the package as it was installed, with their text, but those of the programs. */
async function scripts(): Promise<[file: string, text: string][]> {
  const installed = path.join(project, 'node_modules/mnist-wasm');
  const names = packed.files.filter((file) => /^dist\/(?!cli\/|bench\/|web\/).*\.js$/.test(file));
  return Promise.all(names.map(async (file) => [file, await readFile(path.join(installed, file), 'utf8')]));
}

const train = `
  await tf.setBackend('mnist-wasm');
  const model = layers.sequential();
  model.add(layers.layers.conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: 'relu'}));
  model.add(layers.layers.flatten());
  model.add(layers.layers.dense({units: 3, activation: 'softmax'}));
  model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy'});
  const xs = tf.randomNormal([12, 8, 8, 1]);
  const ys = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2], 'float32');
  const {history} = await model.fit(xs, ys, {epochs: 8, verbose: 0});
  console.log(JSON.stringify({backend: tf.getBackend(), loss: history.loss}));`;

function expectTrained({code, stdout, stderr}: Awaited<ReturnType<typeof run>>): void {
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  const {backend, loss} = JSON.parse(stdout);
  expect(backend).toBe('mnist-wasm');
  expect(loss.at(-1)).toBeLessThan(loss[0]);
}

describe('the installed package', () => {
  it('trains from an ES module', async () => {
    const source = `import 'mnist-wasm';
      import * as tf from '@tensorflow/tfjs-core';
      import * as layers from '@tensorflow/tfjs-layers';
      ${train}`;
    expectTrained(await runModule(source, {cwd: project}));
  });

  it('trains from CommonJS by a dynamic import', async () => {
    const file = path.join(project, 'train.cjs');
    await writeFile(
      file,
      `const tf = require('@tensorflow/tfjs-core');
      const layers = require('@tensorflow/tfjs-layers');
      (async () => {
        await import('mnist-wasm');
        ${train}
      })();`,
    );
    expectTrained(await run(process.execPath, [file], {cwd: project}));
  });

  it('gives the data set, and the modules as files', async () => {
    const source = `import {drawDigits} from 'mnist-wasm/mnist';
      import {readFile} from 'node:fs/promises';
      const {images} = drawDigits({count: 3});
      const valid = [];
      for (const level of ['simd', 'relaxed']) {
        const bytes = await readFile(new URL(import.meta.resolve('mnist-wasm/wasm/' + level + '.wasm')));
        valid.push(bytes.subarray(0, 4).toString('latin1'));
      }
      console.log(JSON.stringify([images.length, ...valid]));`;
    const {stdout, stderr} = await runModule(source, {cwd: project});
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([3 * 784, '\0asm', '\0asm']);
  });

  it('is registered once where a bundler loads it twice, as Next.js does on a server', async () => {
    const copy = path.join(project, 'node_modules/mnist-wasm-copy');
    await cp(path.join(project, 'node_modules/mnist-wasm'), copy, {recursive: true});
    const source = `import * as tf from '@tensorflow/tfjs-core';
      import 'mnist-wasm';
      import {featureLevel, register} from 'mnist-wasm-copy';
      register({features: 'simd'});
      await tf.setBackend('mnist-wasm');
      console.log(featureLevel(), tf.add([1], [2]).dataSync()[0]);`;
    expect(await runModule(source, {cwd: project})).toEqual({code: 0, stdout: 'simd 3\n', stderr: ''});
  });

  it('gives Node its own data set, and what a browser can have to everything else', async () => {
    const source = "console.log(import.meta.resolve('mnist-wasm/mnist').split('/').at(-1))";
    expect((await runModule(source, {cwd: project})).stdout).toBe('mnist.js\n');
    const {outputFiles} = await build({
      stdin: {contents: "export * from 'mnist-wasm/mnist'", resolveDir: project},
      bundle: true,
      format: 'esm',
      // No condition but `import`, as Rollup has it.
      platform: 'neutral',
      conditions: [],
      external: ['@tensorflow/*'],
      write: false,
    });
    expect(outputFiles[0].text).not.toContain('node:');
  });

  it('saves and loads a Keras file', async () => {
    const source = `import 'mnist-wasm';
      import * as tf from '@tensorflow/tfjs-core';
      import * as layers from '@tensorflow/tfjs-layers';
      import {loadKeras, saveKerasH5} from 'mnist-wasm/keras';
      await tf.setBackend('mnist-wasm');
      const model = layers.sequential({layers: [layers.layers.dense({units: 2, inputShape: [3]})]});
      const loaded = await loadKeras(await saveKerasH5(model));
      console.log(loaded.countParams());`;
    expect(await runModule(source, {cwd: project})).toEqual({code: 0, stdout: '8\n', stderr: ''});
  });

  it('has a command that trains where nothing else is', async () => {
    const command = path.join(project, 'node_modules/.bin/mnist-wasm');
    const args = 'train lenet --data digits --train-size 100 --test-size 20 --epochs 1'.split(' ');
    const {code, stdout, stderr} = await run(command, args, {cwd: project});
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout).toMatch(/^Report {2}out[/\\]lenet[/\\]report\.html$/m);
    expect(await readFile(path.join(project, 'out/lenet/curves.png'))).toHaveProperty('length');
  });

  it('needs neither network nor files to be imported and to start', async () => {
    // A network that is asked for at import would be asked through one of these.
    const source = `import net from 'node:net';
      const refuse = (what) => () => { throw new Error(what + ' was used'); };
      globalThis.fetch = refuse('fetch');
      globalThis.XMLHttpRequest = refuse('XMLHttpRequest');
      net.Socket.prototype.connect = refuse('a socket');
      const tf = await import('@tensorflow/tfjs-core');
      await import('mnist-wasm');
      await import('mnist-wasm/mnist');
      await import('mnist-wasm/node');
      await import('mnist-wasm/training');
      await import('mnist-wasm/keras');
      await tf.setBackend('mnist-wasm');
      console.log(tf.add([1], [2]).dataSync()[0]);`;
    expect(await runModule(source, {cwd: project})).toEqual({code: 0, stdout: '3\n', stderr: ''});
  });
});

describe('the bundles', () => {
  it('make no code from text: a Content-Security-Policy without unsafe-eval allows them', async () => {
    for (const [file, text] of await scripts()) {
      expect(text, file).not.toMatch(/\beval\s*\(|\bnew\s+Function\b|[^.\w]Function\s*\(/);
    }
  });

  it('import the peers, each other and nothing else; Node only where Node is meant', async () => {
    const forNode = /^dist\/(mnist|node|chunks\/mnist\/.*)\.js$/;
    const withLayers = ['dist/training.js', 'dist/keras.js'];
    for (const [file, text] of await scripts()) {
      const isOfPackage = (name: string) =>
        /^\.\.?\//.test(name) && path.posix.join(path.posix.dirname(file), name).startsWith('dist/');
      const imports = [...text.matchAll(/(?:^|[;}])(?:import|export)\b(?:[^'"()]*?from)?\s*["']([^"']+)["']/gm)].map(
        ([, name]) => name,
      );
      const peers = ['@tensorflow/tfjs-core', ...(withLayers.includes(file) ? ['@tensorflow/tfjs-layers'] : [])];
      const others = imports.filter((name) => !peers.includes(name) && !isOfPackage(name));
      // A bundler makes a namespace of each import of a CommonJS package: of 400, they were 140 ms of a start. Each peer is
      // imported by its names in one statement, and tfjs-core by its namespace in one more.
      const most = peers.length + (/^import \* as \w+ from "@tensorflow\/tfjs-core"/m.test(text) ? 1 : 0);
      expect(imports.filter((name) => peers.includes(name)).length, file).toBeLessThanOrEqual(most);
      // Readers of other formats are of CommonJS packages: their chunks make their own require, in Node.
      if (!text.includes('const require =')) expect(text, file).not.toMatch(/\b(__require|require)\("/);
      if (forNode.test(file))
        expect(
          others.filter((name) => !name.startsWith('node:')),
          file,
        ).toEqual([]);
      else expect(others, file).toEqual([]);
    }
  });
});

describe('the tarball', () => {
  it('holds what the exports name, the licence, and no sources or tests', () => {
    const needed = [
      'package.json',
      'LICENSE',
      'dist/THIRD-PARTY.md',
      'dist/index.js',
      'dist/native.js',
      'dist/keras.js',
      'dist/cli/index.js',
    ];
    expect(packed.files).toEqual(expect.arrayContaining(needed));
    const allowed =
      /^(package\.json|LICENSE|README\.md|CHANGELOG\.md|dist\/THIRD-PARTY\.md|dist\/.+\.(js|js\.map|d\.ts|wasm|py)|dist\/assets\/[\w.-]+|dist\/bench\/functions-\w+\.json|dist\/web\/[\w./-]+)$/;
    expect(packed.files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(packed.files.filter((file) => /\.test\.|\/fixtures\/|\/internal\./.test(file))).toEqual([]);
  });

  it('is in order for publint', async () => {
    const bytes = await readFile(packed.tarball);
    const {messages} = await publint({strict: true, pack: {tarball: new Uint8Array(bytes).buffer}});
    expect(messages).toEqual([]);
  });

  it('has types that resolve in Node and in bundlers', async () => {
    const attw = path.join(path.dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');
    const modules = ['simd', 'relaxed', 'inference-simd', 'inference-relaxed'].map((name) => `./wasm/${name}.wasm`);
    const wasm = ['--exclude-entrypoints', ...modules];
    const {code, stdout, stderr} = await run(process.execPath, [
      attw,
      packed.tarball,
      '--profile',
      'esm-only',
      ...wasm,
    ]);
    expect(code, stdout + stderr).toBe(0);
  }, 120_000);

  it('is installed without a script that npm would run or warn of, and without dependencies of its own', async () => {
    const text = await readFile(path.join(project, 'node_modules/mnist-wasm/package.json'), 'utf8');
    const {scripts: own = {}, dependencies = {}} = JSON.parse(text);
    expect(Object.keys(own).filter((name) => /^((pre|post)?(install|prepare)|prepublish)$/.test(name))).toEqual([]);
    expect(dependencies).toEqual({});
    expect(packed.packing).not.toMatch(/\bwarn/i);
  });
});
