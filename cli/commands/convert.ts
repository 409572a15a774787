import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {Command, Option} from 'commander';
import {saveKerasH5} from 'mnist-wasm/keras';
import {fileSystem, writeFileAtomic} from 'mnist-wasm/node';
import {UsageError} from '../../common/errors';
import {activateBackend} from '../backend';
import {MODEL_ARGUMENT, openModel} from '../open-model';
import {assertOutputFolder} from '../output-folder';
import {quoted} from '../quoted';
import {RUN_FILE} from '../run-folder';

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
    .action(async (location: string, target: string, {keras}: {keras: '2' | '3'}, command: Command) => {
      if (target === '' || /\.(keras|hdf5|json)$/i.test(target)) {
        throw new UsageError(`cannot write ${quoted(target)}: expected a file ending in .h5, or a folder`);
      }
      const isKeras = /\.h5$/i.test(target);
      if (!isKeras && command.getOptionValueSource('keras') === 'cli') {
        throw new UsageError(`--keras ${keras} is for a file ending in .h5, and ${target} is a folder`);
      }
      await activateBackend('mnist-wasm');
      const model = await openModel(location);
      await assertTarget(target, isKeras);
      if (isKeras) await writeFileAtomic(target, await saveKerasH5(model, {keras: keras === '3' ? 3 : 2}));
      else await model.save(fileSystem(target));
      process.stdout.write(`Written to ${target}\n`);
      if (isKeras && keras === '2' && model.layers.some((layer) => 'layers' in layer)) {
        process.stdout.write('It has a model within the model: for Keras 3 write it with --keras 3.\n');
      }
    });
}

/** @throws UsageError where it cannot be written, or would mix the model with a run's */
async function assertTarget(target: string, isFile: boolean): Promise<void> {
  await assertOutputFolder('the target', isFile ? path.dirname(target) : target);
  if (isFile && existsSync(target) && !statSync(target).isFile()) {
    throw new UsageError(`cannot write ${target}: it is there, and is no file`);
  }
  if (!isFile && existsSync(path.join(target, RUN_FILE))) {
    throw new UsageError(`cannot write into ${target}: it holds a run, whose model is another; choose another folder`);
  }
}
