import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {Command, Option} from 'commander';
import {compileModel, loaderSource, loaderTypes} from 'mnist-wasm/compile';
import {writeFileAtomic} from 'mnist-wasm/node';
import pc from 'picocolors';
import {UsageError} from '../../common/errors';
import {count} from '../../common/format';
import {integer} from '../../common/node/integer.mjs';
import {argMax, median} from '../../common/statistics';
import {toExamples} from '../../recipes';
import {activateBackend} from '../backend';
import {loadData} from '../data';
import {RunError} from '../errors';
import {assertClassifiesDigits, openModel} from '../open-model';
import {addDataOptions, addJsonOption, type DataOptions, type JsonOption} from '../options';
import {Output} from '../output';
import {downloadProgress} from '../progress';

interface CompileOptions extends DataOptions, JsonOption {
  out: string;
  batchSize: number;
  level: 'simd' | 'relaxed';
  check?: boolean;
}

/** What the loader that is written beside a module gives. */
interface Compiled {
  readonly inputShapes: number[][];
  predict(...inputs: ArrayLike<number>[]): Float32Array;
}

export function compileCommand(): Command {
  const command = new Command('compile')
    .description('Make one small WebAssembly module of a model: it predicts in any runtime, without TensorFlow.js.')
    .argument('<model>', "a run's folder, a folder with a model.json, or a Keras file (.h5, .keras)")
    .requiredOption(
      '--out <file.wasm>',
      'the module; what loads it in JavaScript, a .js and a .d.ts, is written beside it',
    )
    .option('--batch-size <n>', 'examples of a batch, which the module has from then on', integer(1, 100_000), 1)
    .addOption(
      new Option('--level <name>', 'what it uses of WebAssembly: every engine has simd')
        .choices(['simd', 'relaxed'])
        .default('simd'),
    )
    .option('--check', 'run model and module on the test images: labels and bits must be the same');
  addDataOptions(command);
  return addJsonOption(command).action(compile);
}

async function compile(location: string, options: CompileOptions): Promise<void> {
  const {out, batchSize, level} = options;
  if (path.extname(out) !== '.wasm') throw new UsageError(`cannot write ${out}: expected a file ending in .wasm`);
  const output = new Output(options);
  // What is checked has the bits of this level.
  (await import('mnist-wasm')).register({features: level});
  await activateBackend('mnist-wasm');
  const model = await openModel(location);
  const bytes = await compileModel(model, {batchSize, level});
  const stem = out.slice(0, -'.wasm'.length);
  await writeFileAtomic(out, bytes);
  await writeFileAtomic(`${stem}.js`, loaderSource(path.basename(out)));
  await writeFileAtomic(`${stem}.d.ts`, loaderTypes(path.basename(out)));
  const compiled = await loadCompiled(`${stem}.js`);
  const weights = 4 * model.countParams();
  const milliseconds = timeOf(compiled);
  output.print(
    [
      `${pc.bold(out)}  ${count(bytes.length)} bytes, ${count(bytes.length - weights)} of them not weights`,
      `Model    ${model.layers.length} layers, ${count(model.countParams())} parameters, batches of ${batchSize}`,
      `Level    ${level}`,
      `Time     ${milliseconds.toFixed(3)} ms a prediction here`,
      `Loader   ${stem}.js, with ${stem}.d.ts`,
    ].join('\n'),
  );
  const checked = options.check ? await check(model, compiled, location, options, output) : undefined;
  await output.json({module: out, bytes: bytes.length, weightBytes: weights, batchSize, level, milliseconds, checked});
}

/** Imports what was written, as a user would. */
async function loadCompiled(loader: string): Promise<Compiled> {
  const {load} = (await import(pathToFileURL(path.resolve(loader)).href)) as {load(): Promise<Compiled>};
  return load();
}

const WARM_UP = 50;
const PREDICTIONS = 200;
/** Where a prediction is slow. */
const MAX_MS = 2000;

/** The median time of a prediction, in milliseconds. */
function timeOf({inputShapes, predict}: Compiled): number {
  const inputs = inputShapes.map((shape) => new Float32Array(shape.reduce((a, b) => a * b, 1)));
  const times: number[] = [];
  const end = performance.now() + MAX_MS;
  for (let i = 0; i < WARM_UP + PREDICTIONS && (times.length < 1 || performance.now() < end); i++) {
    const start = performance.now();
    predict(...inputs);
    if (i >= WARM_UP || performance.now() >= end) times.push(performance.now() - start);
  }
  return median(times);
}

/** @throws RunError if a label or a bit is another one */
async function check(
  model: LayersModel,
  compiled: Compiled,
  location: string,
  options: CompileOptions,
  output: Output,
): Promise<number> {
  assertClassifiesDigits(model, location);
  const {test, description} = await loadData(options, downloadProgress(output.stream));
  const {batchSize} = options;
  const whole = test.size - (test.size % batchSize);
  if (whole === 0) throw new UsageError(`there are ${test.size} test images, and a batch has ${batchSize}`);
  const pixels = test.images.length / test.size;
  for (let first = 0; first < whole; first += batchSize) {
    const images = test.images.subarray(first * pixels, (first + batchSize) * pixels);
    const labels = test.labels.subarray(first, first + batchSize);
    const {xs, ys} = toExamples(model, {images, labels, size: batchSize});
    const expected = model.predict(xs, {batchSize}) as Tensor;
    const [x, y] = [xs.dataSync(), expected.dataSync<'float32'>()];
    for (const tensor of [xs, ys, expected]) tensor.dispose();
    const found = compiled.predict(x);
    y.forEach((value, i) => {
      if (Object.is(value, found[i])) return;
      const row = (values: Float32Array) => values.subarray(i - (i % 10), i - (i % 10) + 10);
      throw new RunError(
        `image ${first + Math.floor(i / 10)}: the model gives ${value} and the module ${found[i]}; ` +
          `labels ${argMax(row(y))} and ${argMax(row(found))}`,
      );
    });
  }
  output.print(`Check    ${description}: ${count(whole)} test images, the same bits and labels`);
  return whole;
}
