import {
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type DepthwiseConv2dNativeBackpropInputInputs,
  DepthwiseConv2dNativeBackpropInput as NAME,
} from '@tensorflow/tfjs-core';
import {croppedInfo, isEmptyConv2D, writeGeometry} from './shared/conv2d.js';
import {gradientNHWC, inShapeNHWC, uncropped} from './shared/conv2dLayout.js';
import {depthwiseGradientInfo} from './shared/depthwise.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of DepthwiseConv2dNative with respect to its input; float32, NHWC. */
export const depthwiseConv2dNativeBackpropInput = defineKernel<
  DepthwiseConv2dNativeBackpropInputInputs,
  DepthwiseConv2dNativeBackpropInputAttrs
>(NAME, ({inputs: {dy, filter}, attrs, tensors}) => {
  const info = depthwiseGradientInfo(attrs.inputShape, filter.shape, attrs);
  tensors.checkRoom(info.inShape);
  if (dy.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
  if (isEmptyConv2D(info)) {
    const zeros = tensors.allocate(info.inShape, 'float32');
    tensors.writable(zeros).fill(0);
    return zeros;
  }
  const geometry = croppedInfo(info);
  const dx = tensors.allocate(inShapeNHWC(geometry), 'float32');
  const {wasm} = tensors;
  const gradient = gradientNHWC(tensors, dy, info);
  const [offsetDy, offsetFilter, offsetDx] = [gradient, filter, dx].map((tensor) => tensors.offset(tensor));
  const params = writeGeometry(tensors, geometry);
  tensors.withScratch(wasm.depthwise_conv2d_backprop_input_f32_scratch_bytes(params), (scratch) =>
    wasm.depthwise_conv2d_backprop_input_f32(offsetDy, offsetFilter, offsetDx, params, scratch),
  );
  tensors.dispose(gradient);
  return uncropped(tensors, dx, info);
});
