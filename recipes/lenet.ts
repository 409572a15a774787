/** `npm start`: LeNet-5 on MNIST. */
import {lenet} from './models/lenet';
import {runRecipe} from './shared/run';

process.exitCode = await runRecipe(
  {
    name: 'lenet',
    title: 'LeNet-5',
    epochs: 10,
    batchSize: 120,
    learningRate: 0.003,
    validationSplit: 0.1,
    build: lenet,
  },
  process.argv.slice(2),
);
