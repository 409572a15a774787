import type {LayersModel} from '@tensorflow/tfjs-layers';

/** Without the batch: an image with its channel, flat, or of rows. */
const INPUTS = ['[[28,28,1]]', '[[784]]', '[[28,28]]'];
const OUTPUT = '[[10]]';

/** Why a model's shapes are not those of a classifier of MNIST's images, as a sentence without its subject; or undefined. */
export function digitsMisfit({inputs, outputs}: Pick<LayersModel, 'inputs' | 'outputs'>): string | undefined {
  const [input, output] = [inputs, outputs].map((tensors) => JSON.stringify(tensors.map(({shape}) => shape.slice(1))));
  if (INPUTS.includes(input) && output === OUTPUT) return undefined;
  return `takes ${input} and gives ${output}: expected images of [28,28,1], [28,28] or [784], and 10 probabilities`;
}
