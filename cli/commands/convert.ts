import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {Command, Option} from 'commander';
import {saveKerasH5} from 'mnist-wasm/keras';
import {fileSystem, writeFileAtomic} from 'mnist-wasm/node';
import {UsageError} from '../../common/errors';
import {activateBackend} from '../backend';
import {MODEL_ARGUMENT, openModel} from '../open-model';
import {assertOutputFolder} from '../output-folder';
import {RUN_FILE} from '../run-folder';

interface ConvertOptions {
  keras: '2' | '3';
  overwrite?: boolean;
}

export function convertCommand(): Command {
  return new Command('convert')
    .description('Convert a model between Keras and TensorFlow.js.')
    .argument('<model>', MODEL_ARGUMENT)
    .argument('<target>', 'a file ending in .h5, which Keras reads, or a folder for model.json and the weights')
    .addOption(
      new Option(
        '--keras <version>',
        'the Keras that is to read the .h5 file; 3 for models within models, which the two count differently',
      )
        .choices(['2', '3'])
        .default('2'),
    )
    .option('--overwrite', 'replace a file, or a model in a folder, that is there')
    .action(async (location: string, target: string, {keras, overwrite}: ConvertOptions, command: Command) => {
      const isKeras = /\.h5$/i.test(target);
      if (!isKeras) assertFolderName(target);
      if (!isKeras && command.getOptionValueSource('keras') === 'cli') {
        throw new UsageError(`--keras ${keras} is for a file ending in .h5, and ${target} is a folder`);
      }
      assertTarget(target, isKeras, overwrite);
      await activateBackend('mnist-wasm');
      const model = await openModel(location);
      await assertOutputFolder('the target', isKeras ? path.dirname(target) : target);
      if (isKeras) await writeFileAtomic(target, await saveKerasH5(model, {keras: keras === '3' ? 3 : 2}));
      else await model.save(fileSystem(target));
      process.stdout.write(`Written to ${target}\n`);
      if (isKeras && keras === '2' && model.layers.some((layer) => 'layers' in layer)) {
        process.stdout.write('It has a model within the model: for Keras 3 write it with --keras 3.\n');
      }
    });
}

/** What looks like the ending of a file; a folder may have a number behind a dot. */
const ENDING = /\.[a-z]\w*$/i;

/** @throws UsageError where it is the name of a file that this command does not write, or a misspelled one */
function assertFolderName(target: string): void {
  const expected = 'expected a file ending in .h5, or a folder';
  if (target === '') throw new UsageError(`cannot write '': ${expected}`);
  if (!ENDING.test(target) || (existsSync(target) && statSync(target).isDirectory())) return;
  throw new UsageError(`cannot write ${target}: ${expected}; a folder of this name is ${target}/`);
}

/** @throws UsageError where it would mix the model with a run's, or replace what is there unasked */
function assertTarget(target: string, isFile: boolean, overwrite = false): void {
  if (isFile && existsSync(target)) {
    if (!statSync(target).isFile()) throw new UsageError(`cannot write ${target}: it is there, and is no file`);
    if (!overwrite) throw new UsageError(`${target} is there: --overwrite replaces it`);
  }
  if (!isFile && existsSync(path.join(target, RUN_FILE))) {
    throw new UsageError(`cannot write into ${target}: it holds a run, whose model is another; choose another folder`);
  }
  if (!isFile && existsSync(path.join(target, 'model.json')) && !overwrite) {
    throw new UsageError(`${target} holds a model: --overwrite replaces it`);
  }
}
