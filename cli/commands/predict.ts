import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {Command} from 'commander';
import pc from 'picocolors';
import {UsageError} from '../../common/errors';
import {percent} from '../../common/format';
import type {FoundDigit} from '../../common/image/writing/digits-in';
import {integer} from '../../common/node/integer.mjs';
import {argMax} from '../../common/statistics';
import {classify, type DigitClassifier} from '../../recipes';
import {activateBackend, type BackendName} from '../backend';
import {openClassifier} from '../classifier';
import {loadTestData} from '../data';
import {RunError} from '../errors';
import {readDigits} from '../image/read-digits';
import {MODEL_ARGUMENT} from '../open-model';
import {addBackendOption, addJsonOption, addScalingOptions, type JsonOption, type ScalingOptions} from '../options';
import {Output} from '../output';
import {downloadProgress} from '../progress';
import {quoted} from '../quoted';
import {probabilityBars} from '../terminal/probability-bars';

type PredictOptions = ScalingOptions & JsonOption & {backend: BackendName; threads?: number; top?: number};

export function predictCommand(finish: (exitCode: number) => void): Command {
  const command = new Command('predict')
    .description('Tell which digits are in images: PNG or JPEG of any size, dark on light or light on dark.')
    .argument('<model>', MODEL_ARGUMENT)
    .argument('<image...>', 'image files; several digits in one are read row by row, each from left to right');
  command.option('--top <n>', 'show only the n likeliest digits, the likeliest first', integer(1, 10));
  addScalingOptions(command);
  addBackendOption(command);
  return addJsonOption(command).action(async (location: string, images: string[], options: PredictOptions) => {
    const output = new Output(options);
    await activateBackend(options.backend, options.threads);
    const loadTest = () => loadTestData({}, downloadProgress(output.stream));
    const {classifier, lines} = await openClassifier(location, options, loadTest);
    if (lines.length > 0) output.print(`${lines.join('\n')}\n`);
    finish(await predictImages(classifier, images, output, options.top));
  });
}

/** One image that cannot be read does not keep the others from being predicted; the exit code is then 1, or 2 where there is no such file. */
async function predictImages(
  classifier: DigitClassifier,
  images: string[],
  output: Output,
  top?: number,
): Promise<number> {
  const predictions: object[] = [];
  let exitCode = 0;
  for (const image of images) {
    try {
      const found = await readImage(image);
      for (const [index, {pixels, row, column, box, remark}] of found.entries()) {
        const probabilities = await classify(classifier, pixels);
        const digit = argMax(probabilities);
        const title = found.length === 1 ? pc.bold(image) : `${pc.bold(image)}  ${placeOf(found, index)}`;
        const share = percent(probabilities[digit], 1);
        output.print(`${title}  ${pc.bold(String(digit))} (${share})\n${probabilityBars(probabilities, top)}\n`);
        if (remark !== undefined) output.print(`${pc.yellow('note:')} ${image}, ${placeOf(found, index)}: ${remark}\n`);
        predictions.push({image, row, column, box, digit, ...(remark && {remark}), probabilities: [...probabilities]});
      }
    } catch (error) {
      if (!(error instanceof RunError || error instanceof UsageError)) throw error;
      process.stderr.write(`${pc.red('error:')} ${error.message}\n`);
      predictions.push({image, error: error.message});
      exitCode = Math.max(exitCode, error instanceof UsageError ? 2 : 1);
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
  const bytes = await readFile(image).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(image, error);
  });
  return readDigits(bytes).catch((error: unknown) => {
    throw error instanceof RunError ? new RunError(`${image}: ${error.message}`, {cause: error}) : error;
  });
}

function unreadable(image: string, error: NodeJS.ErrnoException): UsageError | RunError {
  const wrong = (reason: string) => new UsageError(`cannot read ${quoted(image)}: ${reason}`, {cause: error});
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return wrong('there is no such file');
  if (error.code === 'EISDIR')
    return wrong(`it is a folder; name its pictures, as in ${path.join(quoted(image), '*.png')}`);
  return new RunError(`cannot read ${image}: ${error.message}`, {cause: error});
}
