import {type L2, layerCalls, OPTIMIZER_CALLS, type Option} from '../calls';
import type {NetworkSpec, TrainingSpec} from '../spec';
import {EPOCHS, HELD_OUT} from './settings';

/** tfjs-layers begins with other weights than Keras where nobody says this. */
const GLOROT: Record<string, Option> = {kernelInitializer: 'glorotUniform'};

/** A script for Node that builds, trains and tests a network. */
export function tfjsCode(spec: NetworkSpec): string {
  const {training} = spec;
  const layers = layerCalls(spec).map(({tfjs, options}) => {
    const all = tfjs === 'conv2d' || tfjs === 'dense' ? {...options, ...GLOROT} : options;
    return `model.add(tfl.layers.${tfjs}(${object(all)}));`;
  });
  const {tfjs, options} = OPTIMIZER_CALLS[training.optimizer];
  return `// npm install mnist-wasm @tensorflow/tfjs-core @tensorflow/tfjs-layers
// node network.mjs
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import 'mnist-wasm'; // registers the backend
import {loadMnist, toTensors} from 'mnist-wasm/mnist';

await tf.setBackend('mnist-wasm');

// MNIST from the folder that MNIST_DIR names, else from the cache, else built-in digits; {download: true} fetches it.
const data = await loadMnist();
console.log(data.description);
const train = toTensors(data.train); // xs: [n, 28, 28, 1] from 0 to 1; ys: [n, 10], one-hot
const test = toTensors(data.test);

const model = tfl.sequential();
${layers.join('\n')}
model.summary();

const epochs = ${EPOCHS};
const batchSize = ${training.batchSize};
const optimizer = tf.train.${tfjs}(${[training.learningRate, ...options].join(', ')});
model.compile({optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy']});
${schedule(training)}await model.fit(train.xs, train.ys, {
  epochs,
  batchSize,
  validationSplit: ${HELD_OUT},
  callbacks: {
${training.schedule === 'linear' ? '    onBatchBegin: decay,\n' : ''}    onEpochEnd: (epoch, logs) => console.log(epoch + 1, logs),
  },
});

const [loss, accuracy] = model.evaluate(test.xs, test.ys, {batchSize: 500});
console.log('test loss', (await loss.data())[0], 'accuracy', (await accuracy.data())[0]);
`;
}

function schedule({schedule: name, optimizer, learningRate}: TrainingSpec): string {
  if (name === 'constant') return '';
  // Those two make a tensor of it.
  const isPlain = optimizer === 'sgd' || optimizer === 'momentum';
  const rate = `${learningRate} * (1 - step++ / steps)`;
  return `
// The learning rate falls to 0 from step to step.
const steps = epochs * Math.ceil(Math.floor(train.xs.shape[0] * (1 - ${HELD_OUT})) / batchSize);
let step = 0;
const decay = () => {
  ${isPlain ? `optimizer.setLearningRate(${rate})` : `optimizer.learningRate = ${rate}`};
};

`;
}

function object(options: Record<string, Option>): string {
  const fields = Object.entries(options).map(([name, value]) => `${name}: ${literal(value)}`);
  return fields.length === 0 ? '' : `{${fields.join(', ')}}`;
}

function literal(value: Option): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value === 'object') return `tfl.regularizers.l2({l2: ${(value as L2).l2}})`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
