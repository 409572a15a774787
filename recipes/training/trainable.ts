import {getKernel} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';

/** What the gradient of a layer needs that not every backend has. */
const TRAINING_KERNELS: Record<string, readonly string[]> = {
  Conv1D: ['Conv2DBackpropFilter', 'Conv2DBackpropInput'],
  Conv2D: ['Conv2DBackpropFilter', 'Conv2DBackpropInput'],
  DepthwiseConv2D: ['DepthwiseConv2dNativeBackpropFilter', 'DepthwiseConv2dNativeBackpropInput'],
  MaxPooling2D: ['MaxPoolGrad'],
  AveragePooling2D: ['AvgPoolGrad'],
};

/** The first kernel that the gradients of the model's layers need and a registered backend lacks; undefined for none. */
export function missingForTraining(backend: string, {layers}: Pick<LayersModel, 'layers'>): string | undefined {
  const kernels = layers.flatMap((layer) => TRAINING_KERNELS[layer.getClassName()] ?? []);
  return kernels.find((kernel) => getKernel(kernel, backend) === undefined);
}
