import type {LayerPlan} from '../models/plan';
import type {Jax, JaxArray} from './jax-api';
import {logits} from './jax-model';

const CLASSES = 10;
const RATE = 0.001;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7];
const RHO = 0.9;

export type JaxOptimizer = 'adam' | 'rmsprop' | 'sgd';

/** A training step of a model of ten classes on a batch, again and again; it gives the loss. */
export function crossEntropyStep(
  jax: Jax,
  plan: readonly LayerPlan[],
  parameters: JaxArray[],
  images: JaxArray,
  batch: number,
  optimizer: JaxOptimizer,
): () => JaxArray {
  const oneHot = Float32Array.from({length: batch * CLASSES}, (_, i) => (i % (CLASSES + 1) === 0 ? 1 : 0));
  const labels = jax.numpy.array(oneHot).reshape([batch, CLASSES]);
  const loss = (weights: JaxArray[], x: JaxArray, y: JaxArray) =>
    jax.nn
      .logSoftmax(logits(jax, plan, weights, x))
      .mul(y)
      .sum()
      .mul(-1 / batch);
  const step = compiledStep(jax, parameters, rules[optimizer], loss);
  return () => step(images.ref, labels.ref);
}

/** The state of an optimizer: for each moment, one array a parameter. */
type Moments = JaxArray[][];

/** How an optimizer changes its moments, and its parameters by them. */
interface Rule {
  moments: number;
  /** The learning rate of a step, from 1. */
  rateOf: (step: number) => number;
  update: (
    jax: Jax,
    rate: JaxArray,
    gradients: JaxArray[],
    moments: Moments,
  ) => [changes: JaxArray[], moments: Moments];
}

const rules: Record<JaxOptimizer, Rule> = {
  adam: {
    moments: 2,
    rateOf: (step) => (RATE * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step),
    update({numpy}, rate, gradients, [m, v]) {
      const newM = m.map((x, i) => x.mul(BETA1).add(gradients[i].ref.mul(1 - BETA1)));
      const newV = averageOfSquares(v, gradients, BETA2);
      const changes = newM.map((x, i) => x.ref.div(numpy.sqrt(newV[i].ref).add(EPSILON)).mul(rate.ref));
      return [changes, [newM, newV]];
    },
  },
  rmsprop: {
    moments: 1,
    rateOf: () => RATE,
    update({numpy}, rate, gradients, [v]) {
      const newV = averageOfSquares(
        v,
        gradients.map((g) => g.ref),
        RHO,
      );
      const changes = gradients.map((g, i) => g.div(numpy.sqrt(newV[i].ref.add(EPSILON))).mul(rate.ref));
      return [changes, [newV]];
    },
  },
  sgd: {
    moments: 0,
    rateOf: () => RATE,
    update: (_, rate, gradients) => [gradients.map((g) => g.mul(rate.ref)), []],
  },
};

/** Uses up the gradients. */
function averageOfSquares(v: JaxArray[], gradients: JaxArray[], decay: number): JaxArray[] {
  return v.map((x, i) => x.mul(decay).add(gradients[i].ref.mul(gradients[i]).mul(1 - decay)));
}

/** A training step, compiled as one function; it gives the loss and keeps its parameters to itself. */
function compiledStep<Batch extends JaxArray[]>(
  jax: Jax,
  initial: JaxArray[],
  rule: Rule,
  loss: (parameters: JaxArray[], ...batch: Batch) => JaxArray,
): (...batch: Batch) => JaxArray {
  const {array, zerosLike} = jax.numpy;
  let parameters = initial;
  let moments: Moments = Array.from({length: rule.moments}, () => initial.map((p) => zerosLike(p.ref)));
  let steps = 0;

  const update = jax.jit((rate: JaxArray, old: JaxArray[], former: Moments, ...batch: Batch) => {
    const [value, gradients] = jax.valueAndGrad(loss)(
      old.map((p) => p.ref),
      ...batch,
    );
    const [changes, next] = rule.update(jax, rate, gradients, former);
    return [value, old.map((p, i) => p.sub(changes[i])), next] as [JaxArray, JaxArray[], Moments];
  });
  return (...batch) => {
    steps++;
    const [value, newParameters, newMoments] = update(array(rule.rateOf(steps)), parameters, moments, ...batch);
    parameters = newParameters;
    moments = newMoments;
    return value;
  };
}
