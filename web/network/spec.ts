/** A network as plain data: what the page edits, a link carries, and the worker builds. */

export const ACTIVATIONS = ['linear', 'relu', 'elu', 'tanh', 'sigmoid', 'softplus'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const PADDINGS = ['same', 'valid'] as const;
export type Padding = (typeof PADDINGS)[number];

export type LayerSpec =
  | {kind: 'conv2d'; filters: number; kernel: number; stride: number; padding: Padding; activation: Activation}
  | {kind: 'maxPooling' | 'averagePooling'; size: number; stride: number; padding: Padding}
  /** L2 of 0: that of the whole network. */
  | {kind: 'dense'; units: number; activation: Activation; l2: number}
  | {kind: 'dropout'; rate: number}
  | {kind: 'batchNormalization'}
  | {kind: 'flatten'}
  | {kind: 'activation'; activation: Activation};

export type LayerKind = LayerSpec['kind'];

export const OPTIMIZERS = ['sgd', 'momentum', 'adam', 'adamax', 'rmsprop', 'adagrad', 'adadelta'] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

export const SCHEDULES = ['constant', 'linear'] as const;

export interface TrainingSpec {
  optimizer: OptimizerName;
  learningRate: number;
  /** linear: the learning rate falls to 0 until the end. */
  schedule: (typeof SCHEDULES)[number];
  batchSize: number;
  /** On the weights of all convolutions and dense layers. */
  l2: number;
}

export interface NetworkSpec {
  name: string;
  /** From the picture, [28, 28, 1], on; the last one, ten units with softmax, is always there and not among them. */
  layers: LayerSpec[];
  training: TrainingSpec;
}

export const SIDE = 28;
export const CLASSES = 10;
