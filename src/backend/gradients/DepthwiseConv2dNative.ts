import {type DepthwiseConv2dNativeAttrs, type GradConfig, type Tensor, transpose} from '@tensorflow/tfjs-core';

type GradFunc = GradConfig['gradFunc'];

/** The gradient of a depthwise convolution of NCHW images, by way of NHWC: tfjs-core takes all images for NHWC. */
export const depthwiseGradient =
  (original: GradFunc): GradFunc =>
  (dy, [x, filter], attrs) => {
    const {dataFormat, pad} = attrs as unknown as DepthwiseConv2dNativeAttrs;
    if (dataFormat !== 'NCHW') return original(dy, [x, filter], attrs);
    const gradients = original(transpose(dy as Tensor, [0, 2, 3, 1]), [transpose(x, [0, 2, 3, 1]), filter], {
      ...attrs,
      dataFormat: 'NHWC',
      pad: Array.isArray(pad) ? [pad[0], pad[2], pad[3], pad[1]] : pad,
    });
    return {x: () => transpose(gradients.x(), [0, 3, 1, 2]), filter: gradients.filter};
  };
