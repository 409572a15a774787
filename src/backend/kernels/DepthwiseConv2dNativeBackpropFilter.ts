import {
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type DepthwiseConv2dNativeBackpropFilterInputs,
  DepthwiseConv2dNativeBackpropFilter as NAME,
} from '@tensorflow/tfjs-core';
import {isEmptyConv2D, writeGeometry} from './shared/conv2d.js';
import {gradientNHWC, prepareInput} from './shared/conv2dLayout.js';
import {depthwiseGradientInfo} from './shared/depthwise.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of DepthwiseConv2dNative with respect to its filter, HWCM: the sum over all images; float32, NHWC. */
export const depthwiseConv2dNativeBackpropFilter = defineKernel<
  DepthwiseConv2dNativeBackpropFilterInputs,
  DepthwiseConv2dNativeBackpropFilterAttrs
>(NAME, ({inputs: {x, dy}, attrs, tensors}) => {
  const info = depthwiseGradientInfo(x.shape, attrs.filterShape, attrs);
  tensors.checkRoom(info.filterShape);
  if (x.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
  const dw = tensors.allocate(info.filterShape, 'float32');
  if (isEmptyConv2D(info)) {
    tensors.writable(dw).fill(0);
    return dw;
  }
  const {wasm} = tensors;
  const gradient = gradientNHWC(tensors, dy, info);
  const [source, geometry] = prepareInput(tensors, x, info);
  const [offsetX, offsetDy, offsetDw] = [source, gradient, dw].map((tensor) => tensors.offset(tensor));
  const params = writeGeometry(tensors, geometry);
  tensors.withScratch(wasm.depthwise_conv2d_backprop_filter_f32_scratch_bytes(params), (scratch) =>
    wasm.depthwise_conv2d_backprop_filter_f32(offsetX, offsetDy, offsetDw, params, scratch),
  );
  tensors.dispose(source);
  tensors.dispose(gradient);
  return dw;
});
