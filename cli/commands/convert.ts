import {Command} from 'commander';
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
    .action(async (location: string, target: string) => {
      if (/\.(keras|hdf5|json)$/i.test(target)) {
        throw new UsageError(`cannot write ${target}: expected a file ending in .h5, or a folder`);
      }
      await activateBackend('mnist-wasm');
      const model = await openModel(location);
      if (/\.h5$/i.test(target)) await writeFileAtomic(target, await saveKerasH5(model));
      else await model.save(fileSystem(target));
      process.stdout.write(`Written to ${target}\n`);
    });
}
