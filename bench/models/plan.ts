import type {LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';

type Layer = LayersModel['layers'][number];

export type Pair = readonly [number, number];
/** Height, width and channels. */
export type ImageShape = readonly [number, number, number];
export type Activation = 'linear' | 'relu' | 'softmax';

/** What slides over an image. */
export interface Window {
  input: ImageShape;
  output: ImageShape;
  size: Pair;
  strides: Pair;
  padding: 'same' | 'valid';
}
export type ConvolutionPlan = Window & {type: 'convolution'; activation: Activation};
export type DensePlan = {type: 'dense'; inputs: number; outputs: number; activation: Activation};
type Work =
  | ConvolutionPlan
  | DensePlan
  | (Window & {type: 'maxPooling'})
  | {type: 'batchNormalization'; channels: number; epsilon: number}
  | {type: 'flatten'; input: ImageShape}
  | {type: 'dropout'; rate: number};

/** A layer as plain data, which any runtime can be told to build; `index` is its place in the model's layers. */
export type LayerPlan = Work & {index: number};

type Config = ReturnType<Layer['getConfig']>;

const planners: Record<string, (config: Config, input: readonly number[], output: readonly number[]) => Work> = {
  Conv2D: (config, input, output) => ({
    type: 'convolution',
    ...windowOf(config, config.kernelSize, input, output),
    activation: activationOf(config),
  }),
  Dense: (config, [inputs], [outputs]) => ({type: 'dense', inputs, outputs, activation: activationOf(config)}),
  MaxPooling2D: (config, input, output) => ({type: 'maxPooling', ...windowOf(config, config.poolSize, input, output)}),
  BatchNormalization: (config, input) => ({
    type: 'batchNormalization',
    channels: input[input.length - 1],
    epsilon: config.epsilon as number,
  }),
  Flatten: (_, input) => ({type: 'flatten', input: input as unknown as ImageShape}),
  Dropout: (config) => ({type: 'dropout', rate: config.rate as number}),
};

/**
 * What the layers of a sequential model do, in NHWC.
 *
 * @throws Error if it has a layer, or an activation, that the recipes' models do not have
 */
export function planOf(model: LayersModel): LayerPlan[] {
  return model.layers.map((layer, index) => {
    const planner = planners[layer.getClassName()];
    if (!planner) throw new Error(`the benchmark knows no layer '${layer.getClassName()}'`);
    const [input, output] = [layer.input, layer.output].map((t) => (t as SymbolicTensor).shape.slice(1) as number[]);
    return {...planner(layer.getConfig(), input, output), index};
  });
}

/** Weights that are multiplied with the batch. */
export function isProduct(layer: LayerPlan): layer is (ConvolutionPlan | DensePlan) & {index: number} {
  return layer.type === 'convolution' || layer.type === 'dense';
}

/**
 * Floating-point operations of a product over one example: those of the direct sum, a multiplication and an addition for
 * each weight that meets each output, padding included. Each of its gradients does as many.
 */
export function flopsOf(layer: ConvolutionPlan | DensePlan): number {
  if (layer.type === 'dense') return 2 * layer.inputs * layer.outputs;
  const {input, output, size} = layer;
  return 2 * size[0] * size[1] * input[2] * output[0] * output[1] * output[2];
}

/** The padding before and after along each axis, as TensorFlow divides it. */
export function paddingOf({input, output, size, strides, padding}: Window): [Pair, Pair] {
  const along = (axis: 0 | 1): Pair => {
    if (padding === 'valid') return [0, 0];
    const total = Math.max((output[axis] - 1) * strides[axis] + size[axis] - input[axis], 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [along(0), along(1)];
}

function windowOf(config: Config, size: unknown, input: readonly number[], output: readonly number[]): Window {
  const {strides, padding, dataFormat, dilationRate} = config;
  const isDilated = [dilationRate ?? 1].flat().some((dilation) => dilation !== 1);
  if (dataFormat !== 'channelsLast' || isDilated) throw new Error('the benchmark knows NHWC without dilation alone');
  const shapes = {input: input as unknown as ImageShape, output: output as unknown as ImageShape};
  return {...shapes, size: size as Pair, strides: strides as unknown as Pair, padding: padding as 'same' | 'valid'};
}

function activationOf({activation}: Config): Activation {
  if (activation === 'linear' || activation === 'relu' || activation === 'softmax') return activation;
  throw new Error(`the benchmark knows no activation '${activation}'`);
}
