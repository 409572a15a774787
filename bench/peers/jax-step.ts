import type {LayerPlan} from '../models/plan';
import type {Jax, JaxArray} from './jax-api';
import {logits} from './jax-model';

const CLASSES = 10;
const RATE = 0.001;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7];

/** A training step of a model of ten classes on a batch, again and again; it gives the loss. */
export function crossEntropyStep(
  jax: Jax,
  plan: readonly LayerPlan[],
  parameters: JaxArray[],
  images: JaxArray,
  batch: number,
): () => JaxArray {
  const oneHot = Float32Array.from({length: batch * CLASSES}, (_, i) => (i % (CLASSES + 1) === 0 ? 1 : 0));
  const labels = jax.numpy.array(oneHot).reshape([batch, CLASSES]);
  const step = adamStep(jax, parameters, (weights, x: JaxArray, y: JaxArray) =>
    jax.nn
      .logSoftmax(logits(jax, plan, weights, x))
      .mul(y)
      .sum()
      .mul(-1 / batch),
  );
  return () => step(images.ref, labels.ref);
}

/** A training step with Adam, compiled as one function; it gives the loss and keeps its parameters to itself. */
function adamStep<Batch extends JaxArray[]>(
  jax: Jax,
  initial: JaxArray[],
  loss: (parameters: JaxArray[], ...batch: Batch) => JaxArray,
): (...batch: Batch) => JaxArray {
  const {sqrt, array, zerosLike} = jax.numpy;
  let parameters = initial;
  let first = initial.map((p) => zerosLike(p.ref));
  let second = initial.map((p) => zerosLike(p.ref));
  let steps = 0;

  type State = JaxArray[];
  const update = jax.jit((rate: JaxArray, old: State, m: State, v: State, ...batch: Batch) => {
    const [value, gradients] = jax.valueAndGrad(loss)(
      old.map((p) => p.ref),
      ...batch,
    );
    const newM = m.map((x, i) => x.mul(BETA1).add(gradients[i].ref.mul(1 - BETA1)));
    const newV = v.map((x, i) => x.mul(BETA2).add(gradients[i].ref.mul(gradients[i]).mul(1 - BETA2)));
    const changes = newM.map((x, i) => x.ref.div(sqrt(newV[i].ref).add(EPSILON)).mul(rate.ref));
    return [value, old.map((p, i) => p.sub(changes[i])), newM, newV] as [JaxArray, State, State, State];
  });
  return (...batch) => {
    steps++;
    const rate = array((RATE * Math.sqrt(1 - BETA2 ** steps)) / (1 - BETA1 ** steps));
    const [value, ...state] = update(rate, parameters, first, second, ...batch);
    [parameters, first, second] = state;
    return value;
  };
}
