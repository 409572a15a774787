import {readFile} from 'node:fs/promises';
import type {Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {Command} from 'commander';
import pc from 'picocolors';
import {UsageError} from '../../common/errors';
import {percent} from '../../common/format';
import {argMax} from '../../common/statistics';
import {toExamples} from '../../recipes';
import {activateBackend, type BackendName} from '../backend';
import {RunError} from '../errors';
import {type FoundDigit, readDigits} from '../image/read-digits';
import {assertClassifiesDigits, openModel} from '../open-model';
import {addBackendOption, addJsonOption, type JsonOption} from '../options';
import {Output} from '../output';
import {probabilityBars} from '../terminal/probability-bars';

const PICTURE = /\.(png|jpe?g|gif|bmp|tiff?|webp|heic|avif)$/i;

export function predictCommand(finish: (exitCode: number) => void): Command {
  const command = new Command('predict')
    .description('Tell which digits are in images: PNG or JPEG of any size, dark on light or light on dark.')
    .argument('<model>', "a run's folder, a folder with a model.json, or a Keras file (.h5, .keras)")
    .argument('<image...>', 'image files; several digits in one are read row by row, each from left to right');
  addBackendOption(command);
  return addJsonOption(command).action(
    async (location: string, images: string[], options: JsonOption & {backend: BackendName; threads?: number}) => {
      assertNoPicture(options.json);
      const output = new Output(options);
      await activateBackend(options.backend, options.threads);
      const model = await openModel(location);
      assertClassifiesDigits(model, location);
      finish(await predictImages(model, images, output));
    },
  );
}

/** `--json *.png` takes the first picture for the file to write: it would be lost. */
function assertNoPicture(json: JsonOption['json']): void {
  if (typeof json !== 'string' || !PICTURE.test(json)) return;
  throw new UsageError(`--json would write over the picture ${json}; name a .json file after it, or put --json last`);
}

/** One image that cannot be read does not keep the others from being predicted; the exit code is then 1. */
async function predictImages(model: LayersModel, images: string[], output: Output): Promise<number> {
  const predictions: object[] = [];
  let exitCode = 0;
  for (const image of images) {
    try {
      const found = await readImage(image);
      for (const [index, {pixels, row, column, box}] of found.entries()) {
        const probabilities = predict(model, pixels);
        const digit = argMax(probabilities);
        const title = found.length === 1 ? pc.bold(image) : `${pc.bold(image)}  ${placeOf(found, index)}`;
        const share = percent(probabilities[digit], 1);
        output.print(`${title}  ${pc.bold(String(digit))} (${share})\n${probabilityBars(probabilities)}\n`);
        predictions.push({image, row, column, box, digit, probabilities: [...probabilities]});
      }
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      process.stderr.write(`${pc.red('error:')} ${error.message}\n`);
      predictions.push({image, error: error.message});
      exitCode = 1;
    }
  }
  await output.json(predictions);
  return exitCode;
}

/** Which of an image's digits it is, and where: "digit 2 of 3 in row 1, 40 x 62 pixels at 120, 35". */
function placeOf(found: FoundDigit[], index: number): string {
  const {row, column, box} = found[index];
  const inRow = found.filter((other) => other.row === row).length;
  const {left, top, width, height} = box;
  return `digit ${column} of ${inRow} in row ${row}, ${width} x ${height} pixels at ${left}, ${top}`;
}

async function readImage(image: string): Promise<FoundDigit[]> {
  const bytes = await readFile(image).catch((error: Error) => {
    throw new RunError(`cannot read ${image}: ${error.message}`);
  });
  return readDigits(bytes).catch((error: unknown) => {
    throw error instanceof RunError ? new RunError(`${image}: ${error.message}`, {cause: error}) : error;
  });
}

function predict(model: LayersModel, pixels: Uint8Array): Float32Array {
  const {xs, ys} = toExamples(model, {images: pixels, labels: new Uint8Array(1), size: 1});
  const output = model.predict(xs) as Tensor;
  const probabilities = output.dataSync<'float32'>();
  for (const tensor of [xs, ys, output]) tensor.dispose();
  return probabilities;
}
