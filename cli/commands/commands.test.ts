import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend, type Tensor} from '@tensorflow/tfjs-core';
import {loadLayersModel} from '@tensorflow/tfjs-layers';
import {builtInDigits} from 'mnist-wasm/mnist';
import {fileSystem} from 'mnist-wasm/node';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {recipes, toExamples} from '../../recipes';
import {run} from '../../test/child';
import {encodeGreyscalePng} from '../report/png';
import type {RunRecord} from '../run/record';

const PROGRAM = path.resolve(import.meta.dirname, '../../dist/cli/index.js');
const TINY = '--data digits --train-size 2000 --test-size 200 --epochs 2'.split(' ');
const {test} = builtInDigits({trainSize: 1, testSize: 40});

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-commands-'));
  expect(await command('train', 'lenet', ...TINY)).toMatchObject({code: 0, stderr: ''});
}, 60_000);
afterAll(() => rmSync(folder, {recursive: true}));

function command(...args: string[]) {
  return run(process.execPath, [PROGRAM, ...args], {cwd: folder});
}

async function json<T>(...args: string[]): Promise<T> {
  const {code, stdout, stderr} = await command(...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

function digit(index: number): Uint8Array {
  return test.images.subarray(index * 784, (index + 1) * 784);
}

type Figures = RunRecord['test'] & {scale: string; output: string};

describe('evaluate', () => {
  const data = ['--data', 'digits', '--train-size', '2000', '--test-size', '200'];

  it("gives a run's figures again, of the model it saved", async () => {
    const record = JSON.parse(readFileSync(path.join(folder, 'out/lenet/run.json'), 'utf8')) as RunRecord;
    const figures = await json<RunRecord['test']>('evaluate', 'out/lenet', ...data);
    expect(figures).toMatchObject({correct: record.test.correct, loss: record.test.loss, total: 200});
    for (const location of ['out/lenet/model/model.json', 'out/lenet/run.json', 'lenet']) {
      const {stdout} = await command('evaluate', location, ...data);
      expect(stdout).toContain(`(${record.test.correct} of 200)`);
    }
  });

  it('of a model that is of no run says what was found, and gives the same figures', async () => {
    cpSync(path.join(folder, 'out/lenet/model'), path.join(folder, 'plain'), {recursive: true});
    const expected = await json<Figures>('evaluate', 'out/lenet', ...data);
    const figures = await json<Figures>('evaluate', 'plain', ...data);
    expect(figures).toMatchObject({
      correct: expected.correct,
      loss: expected.loss,
      scale: '0..1',
      output: 'probabilities',
    });
    const {stdout} = await command('evaluate', 'plain', ...data);
    expect(stdout).toMatch(
      /^Input {4}\[batch, 28, 28, 1\], pixels 0\.\.1, white on black \(found: .* of 200 built-in digits right\)$/m,
    );
    expect(stdout).toMatch(/^Output {3}probabilities$/m);
    const forced = await command('evaluate', 'plain', ...data, '--scale', '-1..1', '--polarity', 'white-on-black');
    expect(forced.stdout).toMatch(/pixels -1\.\.1, white on black \(as told\)$/m);
  });

  it('needs no training images', async () => {
    const images = path.join(folder, 'test-only');
    mkdirSync(images);
    const header = (...sizes: number[]) =>
      Buffer.from([0, 0, 8, sizes.length, ...sizes.flatMap((size) => [0, 0, 0, size])]);
    writeFileSync(path.join(images, 't10k-images-idx3-ubyte'), Buffer.concat([header(40, 28, 28), test.images]));
    writeFileSync(path.join(images, 't10k-labels-idx1-ubyte'), Buffer.concat([header(40), test.labels]));
    expect(await json('evaluate', 'out/lenet', '--data', images)).toMatchObject({total: 40});
    expect(await command('train', 'lenet', '--data', images, '--name', 'none')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/train-images-idx3-ubyte, .* missing/),
    });
  });

  it('says what is wrong with what is no model', {timeout: 60_000}, async () => {
    writeFileSync(path.join(folder, 'text.h5'), 'no HDF5');
    for (const name of ['one.txt', 'one.png', 'mnist.npz']) writeFileSync(path.join(folder, name), 'no model');
    for (const name of ['nothing', 'keras', 'stopped/checkpoint'])
      mkdirSync(path.join(folder, name), {recursive: true});
    for (const name of ['keras/my.h5', 'stopped/checkpoint/model.json']) writeFileSync(path.join(folder, name), '');
    for (const [location, message] of [
      ['nowhere', /^error: there is no model nowhere: expected a file, a folder, or the name of a run or a recipe\n$/],
      ['', /^error: there is no model '': /],
      ['out', /^error: out has no model: it holds folders of models; give one of them, as out\/lenet\n$/],
      ['nothing', /^error: nothing has no model: it is empty; expected/],
      ['keras', /^error: keras has no model: .* give its file keras\/my\.h5\n$/],
      ['stopped', /^error: stopped has no model: it holds an unfinished run, .* --resume --out stopped goes on\n$/],
      ['one.txt', /^error: one\.txt is no model: expected a folder/],
      [
        'one.png',
        /^error: one\.png is no model \(it is a picture: predict takes pictures, behind the model\): expected/,
      ],
      ['mnist.npz', /^error: mnist\.npz is no model \(it is data: --data takes it\): expected/],
      ['lenett', /^error: there is no model lenett: .* Did you mean lenet\?\n$/],
      ['simple-cnn/b', /^error: simple-cnn\/b is not trained yet .*index\.js train simple-cnn --model b\n$/],
    ] as const) {
      const {code, stderr} = await command('evaluate', location, ...data);
      expect([code, stderr], location).toEqual([2, expect.stringMatching(message)]);
    }
    const {code, stderr} = await command('evaluate', 'text.h5', ...data);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .+\n$/)]);
  });
});

describe('compile', () => {
  it('makes a module of a run, with what loads it, and checks it on the test images', async () => {
    const data = ['--data', 'digits', '--test-size', '200'];
    const figures = await json<{bytes: number; weightBytes: number; checked: object}>(
      ...['compile', 'out/lenet', '--out', 'lenet.wasm', '--check', ...data],
    );
    expect(figures.checked).toMatchObject({images: 200, otherLabels: 0});
    expect(figures.bytes - figures.weightBytes).toBeLessThan(40 * 1024);
    expect(readFileSync(path.join(folder, 'lenet.js')).length).toBeLessThan(2048);
    expect(readFileSync(path.join(folder, 'lenet.d.ts'), 'utf8')).toContain('export function load');
  });

  it('tells how Node takes the loader, and measures the module all the same, in a package of CommonJS', async () => {
    mkdirSync(path.join(folder, 'commonjs'));
    writeFileSync(path.join(folder, 'commonjs/package.json'), '{"type": "commonjs"}');
    const {code, stdout, stderr} = await command('compile', 'out/lenet', '--out', 'commonjs/lenet.wasm');
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout).toMatch(/ms a prediction here\n.*lenet\.d\.ts\. Node takes it .* "type": "module"/);
  });

  it.each([
    ['float16', 2, 2],
    ['int8', 4, 6],
  ] as const)('packs the weights as %s, and tells what changes', {timeout: 120_000}, async (weights, times, most) => {
    const {bytes, weightBytes, checked} = await json<{
      bytes: number;
      weightBytes: number;
      checked: {otherLabels: number};
    }>(
      'compile',
      'out/lenet',
      '--out',
      `${weights}.wasm`,
      '--weights',
      weights,
      '--check',
      '--data',
      'digits',
      '--test-size',
      '200',
    );
    expect(bytes - weightBytes / times).toBeLessThan(45 * 1024);
    expect(checked.otherLabels).toBeLessThanOrEqual(most);
  });

  it.each([
    [['out/lenet', '--out', 'lenet.js'], 2, 'error: cannot write lenet.js: expected a file ending in .wasm\n'],
    [['out/lenet', '--out', 'lenet.wasm', '--batch-size', '0'], 2, expect.stringMatching(/^error: .*--batch-size/)],
    [
      ['out/lenet', '--out', 'server.wasm'],
      2,
      expect.stringMatching(/^error: cannot write server\.js: .* has not written it/),
    ],
    [['out/lenet', '--out', 'folder.wasm'], 2, 'error: cannot write folder.wasm: it is there, and is no file\n'],
    [['out/lenet', '--out', ''], 2, "error: cannot write '': expected a file ending in .wasm\n"],
    [['out/lenet', '--out', 'server.js/a.wasm'], 2, expect.stringMatching(/a part of its path is a file\n$/)],
    [['nowhere', '--out', 'lenet.wasm'], 2, expect.stringMatching(/^error: there is no model nowhere/)],
  ] as [string[], number, string][])('refuses %s', async (args, code, stderr) => {
    writeFileSync(path.join(folder, 'server.js'), '// A server of mine.\n');
    mkdirSync(path.join(folder, 'folder.wasm'), {recursive: true});
    expect(await command('compile', ...args)).toMatchObject({code, stderr});
    expect(readFileSync(path.join(folder, 'server.js'), 'utf8')).toBe('// A server of mine.\n');
  });
});

it('a trained model, loaded by plain tfjs on the cpu backend, gives the same predictions', async () => {
  const images = Array.from({length: 5}, (_, i) => `digit-${i}.png`);
  images.forEach((name, i) => void writeFileSync(path.join(folder, name), encodeGreyscalePng(digit(i), 28, 28)));
  const predictions = await json<{digit: number; probabilities: number[]}[]>('predict', 'out/lenet', ...images);

  await setBackend('cpu');
  const model = await loadLayersModel(fileSystem(path.join(folder, 'out/lenet/model')));
  const {xs, ys} = toExamples(model, test);
  const output = model.predict(xs) as Tensor;
  const expected = await output.data();
  predictions.forEach(({digit: predicted, probabilities}, i) => {
    const row = [...expected.subarray(i * 10, (i + 1) * 10)];
    probabilities.forEach((probability, label) => void expect(probability).toBeCloseTo(row[label], 5));
    expect(predicted).toBe(row.indexOf(Math.max(...row)));
  });
  for (const tensor of [xs, ys, output]) tensor.dispose();
  model.dispose();
});

describe('predict', () => {
  it('reads several digits in one picture, each with its place', async () => {
    const row = new Uint8Array(28 * 56);
    for (let y = 0; y < 28; y++) {
      row.set(digit(0).subarray(28 * y, 28 * y + 28), 56 * y);
      row.set(digit(1).subarray(28 * y, 28 * y + 28), 56 * y + 28);
    }
    writeFileSync(path.join(folder, 'two.png'), encodeGreyscalePng(row, 56, 28));
    const {code, stdout} = await command('predict', 'out/lenet', 'two.png');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^two\.png {2}digit 1 of 2 in row 1, \d+ x \d+ pixels at \d+, \d+ {2}\d \([\d.]+ %\)$/m);
    expect(stdout).toMatch(/^two\.png {2}digit 2 of 2 in row 1, /m);
    const found = await json<{image: string; row: number; column: number; box: {left: number}}[]>(
      'predict',
      'out/lenet',
      'two.png',
    );
    expect(found).toMatchObject([
      {image: 'two.png', row: 1, column: 1},
      {image: 'two.png', row: 1, column: 2},
    ]);
    expect(found[0].box.left).toBeLessThan(28);
    expect(found[1].box.left).toBeGreaterThanOrEqual(28);
  });

  it('does not write its JSON over a picture', async () => {
    writeFileSync(path.join(folder, 'first.png'), encodeGreyscalePng(digit(0), 28, 28));
    const before = readFileSync(path.join(folder, 'first.png'));
    const {code, stderr} = await command('predict', 'out/lenet', '--json', 'first.png', 'first.png');
    expect(code).toBe(2);
    expect(stderr).toMatch(/first\.png.*Expected a file that ends in \.json/);
    expect(readFileSync(path.join(folder, 'first.png'))).toEqual(before);
  });

  it('prints ten bars for each image, and goes on after one that is none', async () => {
    writeFileSync(path.join(folder, 'one.png'), encodeGreyscalePng(digit(0), 28, 28));
    const {code, stdout, stderr} = await command('predict', 'out/lenet', 'missing.png', 'one.png');
    expect(code).toBe(2);
    expect(stderr).toBe('error: cannot read missing.png: there is no such file\n');
    expect(stdout.split('\n').filter((line) => /^(> | {2})\d .* [\d.]+ %$/.test(line))).toHaveLength(10);
    expect(stdout).toMatch(/^one\.png {2}\d \([\d.]+ %\)$/m);
  });

  it('tells that a folder is none of its pictures', async () => {
    mkdirSync(path.join(folder, 'pictures'));
    expect(await command('predict', 'out/lenet', 'pictures')).toMatchObject({
      code: 2,
      stderr: 'error: cannot read pictures: it is a folder; name its pictures, as in pictures/*.png\n',
    });
  });

  it('prints the likeliest alone with --top, by a recipe that was trained', async () => {
    writeFileSync(path.join(folder, 'one.png'), encodeGreyscalePng(digit(0), 28, 28));
    const {stdout} = await command('predict', 'lenet', 'one.png', '--top', '3');
    const shares = stdout
      .split('\n')
      .filter((line) => /^(> | {2})\d /.test(line))
      .map((line) => Number(/([\d.]+) %$/.exec(line)?.[1]));
    expect(shares).toHaveLength(3);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });
});

describe('explore, compare, summary, list', () => {
  it('explore counts the labels and writes its page', async () => {
    const {labels} = await json<{labels: {train: number[]}}>('explore', '--data', 'digits', '--train-size', '100');
    expect(labels.train.reduce((sum, count) => sum + count)).toBe(100);
    expect(readFileSync(path.join(folder, 'out/explore/exploration.html'), 'utf8')).toContain('Random training digits');
  });

  it.runIf(process.env.MNIST_DIR)('explore counts the labels of MNIST as they are known', async () => {
    const {labels} = await json<{labels: {train: number[]; test: number[]}}>('explore');
    expect(labels).toEqual({
      train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
      test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
    });
  });

  it('compare takes folders and names of recipes, and says what to train', async () => {
    const {code, stdout} = await command('compare', 'lenet', 'out/lenet');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Test accuracy.*Training step/s);
    expect(existsSync(path.join(folder, 'out/comparison/comparison.html'))).toBe(true);
    cpSync(path.join(folder, 'out/lenet'), path.join(folder, 'out/mine'), {recursive: true});
    const named = await command('compare', 'lenet', 'mine');
    expect(named).toMatchObject({code: 0, stderr: ''});
    expect(await command('evaluate', 'mine')).toMatchObject({code: 0, stderr: ''});
    const missing = await command('compare', 'lenet', 'simple-cnn/b');
    expect(missing).toMatchObject({code: 2, stderr: expect.stringMatching(/index\.js train simple-cnn --model b\n$/)});
    mkdirSync(path.join(folder, 'empty'));
    expect(await command('compare', 'empty', 'lenet')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^error: empty holds no run: there is no empty\/run\.json; expected a run's name, its folder/,
      ),
    });
    writeFileSync(path.join(folder, 'empty/run.json'), 'null');
    expect(await command('compare', 'empty', 'lenet')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: empty\/run\.json is not what a training run writes/),
    });
  });

  it('summary has the layers of a recipe and of a saved model', async () => {
    const {parameters} = await json<RunRecord['model']>('summary', 'simple-cnn', '--model', 'b');
    expect(parameters).toBe(2_185_150);
    const {stdout} = await command('summary', 'out/lenet');
    expect(stdout).toContain('61,706 parameters, 61,706 of them trained');
  });

  it('list names every recipe, in 80 columns', async () => {
    const {stdout} = await command('list');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const {name} of recipes) expect(stdout).toContain(name);
    expect((await json<{name: string}[]>('list')).map(({name}) => name)).toEqual(recipes.map(({name}) => name));
  });
});

it('bench --help names the command as it is called', async () => {
  expect((await command('bench', '--help')).stdout).toMatch(/^Usage: node .*dist\/cli\/index\.js bench \[options\]/);
});

describe('a wrong command', () => {
  it('no command at all prints what there is', async () => {
    const {code, stdout, stderr} = await command();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^Usage: node .*dist\/cli\/index\.js \[options\].*error: expected a command \(--help lists them\)\n$/s,
    );
  });

  it.each([
    [['trian'], /unknown command 'trian' .*Did you mean train/],
    [['train'], /missing required argument 'recipe'/],
    [['train', 'resnet'], /no recipe named 'resnet'; known: lenet, alexnet/],
    [['train', 'lenett'], /no recipe named 'lenett'; .*Did you mean lenet\?/],
    [['train', 'lenet', '--data', '/nonexist'], /There is no such folder or file/],
    [['evaluate', 'lenet', '--scale', '0-255'], /Expected one of 0\.\.1, .*Did you mean 0\.\.255\?/],
    [['predict', 'lenet', 'a.png', '--top', '11'], /whole number from 1 to 10/],
    [['bench', '--peers', 'wsm'], /no peer 'wsm'; .*Did you mean wasm\?/],
    [['evaluate'], /missing required argument 'model'/],
    [['train', 'lenet', '--optimizer', 'adm'], /Expected one of sgd, .*Did you mean adam\?/],
    [['bench', '--nope'], /unknown option '--nope' \(Did you mean/],
    [['bench', '--peers', 'numpy'], /no peer 'numpy'; known: wasm/],
  ])('%j is told in one line, exit code 2', async (args, message) => {
    const {code, stdout, stderr} = await command(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

const kerasFile = path.join(process.env.MNIST_DIR ?? '', '../keras/mnist-cnn-336490.h5');

it.runIf(process.env.MNIST_DIR && existsSync(kerasFile))(
  'a Keras file of strided-cnn gets exactly 9,940 right',
  async () => {
    expect(await json('evaluate', kerasFile)).toMatchObject({correct: 9940, total: 10_000});
  },
);

const shapes = path.join(process.env.MNIST_DIR ?? '', '../keras/shapes');

describe.runIf(process.env.MNIST_DIR && existsSync(shapes))('a model of another shape', () => {
  it.each([
    ['batch1.h5', {input: /^Input {4}\[1, 28, 28, 1\], pixels 0\.\.1/m, output: 'probabilities'}],
    ['cf.h5', {input: /^Input {4}\[batch, 1, 28, 28\], pixels/m, output: 'probabilities'}],
    ['col.h5', {input: /^Input {4}\[batch, 784, 1\], pixels/m, output: 'probabilities'}],
    ['logsoftmax.h5', {input: /^Input {4}\[batch, 28, 28\], pixels/m, output: 'log-probabilities'}],
    ['rgb.h5', {input: /^Input {4}\[batch, 28, 28, 3\], grey as RGB, pixels/m, output: 'probabilities'}],
    ['row1.h5', {input: /^Input {4}\[batch, 1, 784\], pixels/m, output: 'probabilities'}],
  ])('%s is tested, and predicts', {timeout: 120_000}, async (name, {input, output}) => {
    const model = path.join(shapes, name);
    const {code, stdout} = await command('evaluate', model, '--test-size', '300');
    expect(code).toBe(0);
    expect(stdout).toMatch(input);
    expect(stdout).toContain(`Output   ${output}`);
    writeFileSync(path.join(folder, 'one.png'), encodeGreyscalePng(digit(0), 28, 28));
    const [{probabilities}] = await json<{probabilities: number[]}[]>('predict', model, 'one.png');
    expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
  });
});
