import path from 'node:path';
import type {MnistData} from 'mnist-wasm/mnist';
import {calledAs} from '../called-as';
import {quoted} from '../quoted';
import type {TrainingPlan} from './plan';

/** What `--data` takes that is no place. */
const NAMED = ['auto', 'digits', 'download'];

/** The command line that repeats a run, into a folder beside its own: all that the run depended on, also what was left out. */
export function repeatCommand({recipe, model, options, seed, optimizer, out}: TrainingPlan, data: MnistData): string {
  const level = process.env.MNIST_WASM_FEATURES;
  const flags = {
    '--model': recipe.models.length > 1 ? model.name : undefined,
    '--optimizer': options.optimizer && optimizer.name,
    '--epochs': options.epochs,
    '--batch-size': options.batchSize,
    '--learning-rate': options.learningRate,
    '--validation-split': options.validationSplit,
    '--seed': seed,
    '--data': placeOf(data, options.data),
    '--train-size': options.trainSize,
    '--test-size': options.testSize,
    '--backend': options.backend === 'mnist-wasm' ? undefined : options.backend,
    '--out': `${out}-again`,
  };
  const given = Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, quoted(String(value))],
  );
  // Levels give other bits.
  const environment = level && options.backend === 'mnist-wasm' ? [`MNIST_WASM_FEATURES=${quoted(level)}`] : [];
  return [...environment, calledAs(), 'train', recipe.name, ...given].join(' ');
}

/** What was found without being named, too. */
function placeOf({source}: MnistData, given = 'auto'): string {
  if (source === 'digits') return 'digits';
  const place = NAMED.includes(given) ? process.env.MNIST_DIR : given;
  return source === 'cache' || source === 'download' || !place ? 'download' : path.resolve(place);
}
