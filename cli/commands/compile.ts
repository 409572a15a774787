import {readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import type {Tensor} from '@tensorflow/tfjs-core';
import {Command} from 'commander';
import {compileModel, loaderSource, loaderTypes, type WeightFormat} from 'mnist-wasm/compile';
import type {MnistData, MnistSplit} from 'mnist-wasm/mnist';
import {writeFileAtomic} from 'mnist-wasm/node';
import pc from 'picocolors';
import {UsageError} from '../../common/errors';
import {count, percent} from '../../common/format';
import {integer} from '../../common/node/integer.mjs';
import {argMax, median} from '../../common/statistics';
import {type DigitClassifier, inputTensor} from '../../recipes';
import {activateBackend} from '../backend';
import {classifierOf} from '../classifier';
import {type Compiled, isOfModules, loadCompiled, TYPE_HINT} from '../compiled-loader';
import {loadTestData} from '../data';
import {RunError} from '../errors';
import {findLayersAt, MODEL_ARGUMENT} from '../open-model';
import {addDataOptions, addJsonOption, choice, type DataOptions, type JsonOption} from '../options';
import {Output} from '../output';
import {assertOutputFolder} from '../output-folder';
import {downloadProgress} from '../progress';
import {quoted} from '../quoted';

interface CompileOptions extends DataOptions, JsonOption {
  out: string;
  batchSize: number;
  level: 'simd' | 'relaxed';
  weights: WeightFormat;
  check?: boolean;
}

export function compileCommand(): Command {
  const command = new Command('compile')
    .description('Make one small WebAssembly module of a model: it predicts in any runtime, without TensorFlow.js.')
    .argument('<model>', MODEL_ARGUMENT)
    .requiredOption(
      '--out <file.wasm>',
      'the module; what loads it in JavaScript, a .js and a .d.ts, is written beside it',
    )
    .option('--batch-size <n>', 'examples of a batch, which the module has from then on', integer(1, 100_000), 1)
    .addOption(
      choice('--level <name>', 'what it uses of WebAssembly: every engine has simd', ['simd', 'relaxed']).default(
        'simd',
      ),
    )
    .addOption(
      choice('--weights <format>', 'how the module holds the weights: float16 is half the bytes, int8 a quarter', [
        'float32',
        'float16',
        'int8',
      ]).default('float32'),
    )
    .option(
      '--check',
      'run model and module on the test images: labels and bits must be the same; of packed weights the change is told',
    );
  addDataOptions(command);
  return addJsonOption(command).action(compile);
}

async function compile(location: string, options: CompileOptions): Promise<void> {
  const {out, batchSize, level, weights} = options;
  if (path.extname(out) !== '.wasm')
    throw new UsageError(`cannot write ${quoted(out)}: expected a file ending in .wasm`);
  const stem = out.slice(0, -'.wasm'.length);
  await assertWritable(out, stem);
  const output = new Output(options);
  // What is checked has the bits of this level.
  (await import('mnist-wasm')).register({features: level});
  await activateBackend('mnist-wasm');
  const found = await findLayersAt(location);
  const {model} = found;
  const data = options.check ? await loadTestData(options, downloadProgress(output.stream)) : undefined;
  const classifier = data && (await classifierOf(location, found, {}, async () => data)).classifier;
  const bytes = await compileModel(model, {batchSize, level, weights});
  await writeFileAtomic(out, bytes);
  const loader = loaderSource(path.basename(out));
  await writeFileAtomic(`${stem}.js`, loader);
  await writeFileAtomic(`${stem}.d.ts`, loaderTypes(path.basename(out)));
  const compiled = await loadCompiled(loader, bytes);
  const weightBytes = 4 * model.countParams();
  const milliseconds = timeOf(compiled);
  output.print(
    [
      `${pc.bold(out)}  ${count(bytes.length)} bytes; the weights are ${count(weightBytes)} as float32`,
      `Model    ${model.layers.length} layers, ${count(model.countParams())} parameters, batches of ${batchSize}`,
      `Level    ${level}, weights as ${weights}`,
      `Time     ${milliseconds.toFixed(3)} ms a prediction here`,
      `Loader   ${stem}.js, with ${stem}.d.ts${(await isOfModules(stem)) ? '' : `. ${TYPE_HINT}`}`,
    ].join('\n'),
  );
  const checked = data && classifier && (await check(classifier, data, compiled, options, output));
  await output.json({module: out, bytes: bytes.length, weightBytes, batchSize, level, weights, milliseconds, checked});
}

/** What the first line of a loader, and of its declarations, has. */
const MARK = 'a model that mnist-wasm compiled';

/** @throws UsageError if the folder cannot be written, a folder is in the way, or a script that this command has not written */
async function assertWritable(out: string, stem: string): Promise<void> {
  await assertOutputFolder('--out', path.dirname(out));
  for (const file of [out, `${stem}.js`, `${stem}.d.ts`]) {
    const found = await stat(file).catch(() => undefined);
    if (found && !found.isFile()) throw new UsageError(`cannot write ${file}: it is there, and is no file`);
    if (!found || file === out) continue;
    const [line] = (await readFile(file, 'utf8')).split('\n', 1);
    if (line.includes(MARK)) continue;
    throw new UsageError(
      `cannot write ${file}: it is there, and this command has not written it; choose another --out`,
    );
  }
}

/** Classes. */
const DIGITS = 10;
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

/** What the test images have shown. */
interface Checked {
  images: number;
  /** Of the model, and of the module: images that are read right. */
  correct: number;
  moduleCorrect: number;
  /** Images to which they give different labels. */
  otherLabels: number;
}

/** @throws RunError if a bit is another one, unless the weights are packed */
async function check(
  classifier: DigitClassifier,
  {test, description}: Pick<MnistData, 'test' | 'description'>,
  compiled: Compiled,
  {batchSize, weights}: CompileOptions,
  output: Output,
): Promise<Checked> {
  const images = test.size - (test.size % batchSize);
  if (images === 0) throw new UsageError(`there are ${test.size} test images, and a batch has ${batchSize}`);
  const checked: Checked = {images, correct: 0, moduleCorrect: 0, otherLabels: 0};
  for (let first = 0; first < images; first += batchSize) {
    const batch = partOf(test, first, batchSize);
    const {expected, found} = await predictBoth(classifier, compiled, batch);
    for (let i = 0; i < batchSize; i++) {
      const [wanted, given] = [expected, found].map((values) => values.subarray(i * DIGITS, (i + 1) * DIGITS));
      if (weights === 'float32' && !wanted.every((value, digit) => Object.is(value, given[digit]))) {
        throw new RunError(`image ${first + i}: the model gives [${wanted}] and the module [${given}]`);
      }
      if (argMax(wanted) === batch.labels[i]) checked.correct++;
      if (argMax(given) === batch.labels[i]) checked.moduleCorrect++;
      if (argMax(wanted) !== argMax(given)) checked.otherLabels++;
    }
  }
  output.print(`Check    ${description}: ${count(images)} test images, ${sentence(checked, weights)}`);
  return checked;
}

function sentence({images, correct, moduleCorrect, otherLabels}: Checked, weights: WeightFormat): string {
  if (weights === 'float32') return 'the same bits and labels';
  const [before, after] = [correct, moduleCorrect].map((right) => percent(right / images));
  return `accuracy ${before}, as ${weights} ${after}; ${count(otherLabels)} labels differ`;
}

function partOf({images, labels, size}: MnistSplit, first: number, count: number): MnistSplit {
  const pixels = images.length / size;
  return {
    images: images.subarray(first * pixels, (first + count) * pixels),
    labels: labels.subarray(first, first + count),
    size: count,
  };
}

async function predictBoth({model, input, preparation}: DigitClassifier, compiled: Compiled, {images}: MnistSplit) {
  const xs = await inputTensor(input, preparation, images);
  const output = model.predictOnBatch(xs) as Tensor;
  const expected = output.dataSync<'float32'>();
  const found = compiled.predict(xs.dataSync());
  for (const tensor of [xs, output]) tensor.dispose();
  return {expected, found};
}
