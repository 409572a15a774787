/**
 * A model on jax-js: prints the median milliseconds of a step or a batch, from arrays to numbers in JavaScript.
 *
 * usage: jax-child.js PLAN TASK N,C,H,W OPTIMIZER
 *
 * PLAN: the JSON of a LayerPlan[]; TASK: 'training step' or 'inference'; OPTIMIZER: 'adam', 'rmsprop' or 'sgd'
 */
import {medianMilliseconds, OF_MODEL} from '../measure';
import type {LayerPlan} from '../models/plan';
import {type JaxArray, startJax} from './jax-api';
import {createParameters, draw, logits} from './jax-model';
import {crossEntropyStep, type JaxOptimizer} from './jax-step';

const [planText, task, shapeText, optimizer] = process.argv.slice(2);
const plan = JSON.parse(planText) as LayerPlan[];
const shape = shapeText.split(',').map(Number);
const jax = await startJax();
const {numpy, nn} = jax;
const parameters = createParameters(jax, plan);
const images = draw(numpy, shape);

console.log(await medianMilliseconds(task === 'inference' ? prepareInference() : prepareTraining(), OF_MODEL));

function prepareInference(): () => unknown {
  const predict = jax.jit((weights: JaxArray[], x: JaxArray) => nn.softmax(logits(jax, plan, weights, x)));
  return () =>
    predict(
      parameters.map((p) => p.ref),
      images.ref,
    ).data();
}

function prepareTraining(): () => unknown {
  const step = crossEntropyStep(jax, plan, parameters, images, shape[0], optimizer as JaxOptimizer);
  return () => step().data();
}
