import {readFile} from 'node:fs/promises';
import {Command} from 'commander';
import pc from 'picocolors';
import {percent} from '../../common/format';
import {integer} from '../../common/node/integer.mjs';
import {argMax} from '../../common/statistics';
import {classify, type DigitClassifier} from '../../recipes';
import {activateBackend, type BackendName} from '../backend';
import {openClassifier} from '../classifier';
import {loadTestData} from '../data';
import {RunError} from '../errors';
import {readDigit} from '../image/read-digit';
import {MODEL_ARGUMENT} from '../open-model';
import {addBackendOption, addJsonOption, addScalingOptions, type JsonOption, type ScalingOptions} from '../options';
import {Output} from '../output';
import {downloadProgress} from '../progress';
import {probabilityBars} from '../terminal/probability-bars';

type PredictOptions = ScalingOptions & JsonOption & {backend: BackendName; threads?: number; top?: number};

export function predictCommand(finish: (exitCode: number) => void): Command {
  const command = new Command('predict')
    .description('Tell which digit is in images: PNG or JPEG of any size, dark on light or light on dark.')
    .argument('<model>', MODEL_ARGUMENT)
    .argument('<image...>', 'image files with a digit each');
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

/** One image that cannot be read does not keep the others from being predicted; the exit code is then 1. */
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
      const probabilities = await classify(classifier, await readImage(image));
      const digit = argMax(probabilities);
      const share = percent(probabilities[digit], 1);
      const bars = probabilityBars(probabilities, top);
      output.print(`${pc.bold(image)}  ${pc.bold(String(digit))} (${share})\n${bars}\n`);
      predictions.push({image, digit, probabilities: [...probabilities]});
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

async function readImage(image: string): Promise<Uint8Array> {
  const bytes = await readFile(image).catch((error: Error) => {
    throw new RunError(`cannot read ${image}: ${error.message}`);
  });
  return readDigit(bytes).catch((error: unknown) => {
    throw error instanceof RunError ? new RunError(`${image}: ${error.message}`, {cause: error}) : error;
  });
}
