import {Command, Option} from 'commander';
import {saveKerasH5} from 'mnist-wasm/keras';
import {fileSystem, writeFileAtomic} from 'mnist-wasm/node';
import {UsageError} from '../../common/errors';
import {activateBackend} from '../backend';
import {MODEL_ARGUMENT, openModel} from '../open-model';

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
      if (/\.(keras|hdf5|json)$/i.test(target)) {
        throw new UsageError(`cannot write ${target}: expected a file ending in .h5, or a folder`);
      }
      const isKeras = /\.h5$/i.test(target);
      if (!isKeras && command.getOptionValueSource('keras') === 'cli') {
        throw new UsageError(`--keras ${keras} is for a file ending in .h5, and ${target} is a folder`);
      }
      await activateBackend('mnist-wasm');
      const model = await openModel(location);
      if (isKeras) await writeFileAtomic(target, await saveKerasH5(model, {keras: keras === '3' ? 3 : 2}));
      else await model.save(fileSystem(target));
      process.stdout.write(`Written to ${target}\n`);
      if (isKeras && keras === '2' && model.layers.some((layer) => 'layers' in layer)) {
        process.stdout.write('It has a model within the model: for Keras 3 write it with --keras 3.\n');
      }
    });
}
