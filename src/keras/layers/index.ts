import {serialization} from '@tensorflow/tfjs-core';
import {ACTIVATIONS} from './activations.js';
import {ADAPTIVE_POOLING_LAYERS} from './adaptive-pooling.js';
import {AdditiveAttention, Attention} from './attention.js';
import {KerasBatchNormalization} from './batch-normalization.js';
import {KerasBidirectional} from './bidirectional.js';
import {KerasCategoryEncoding} from './category-encoding.js';
import {ChannelsFirst} from './channels-first.js';
import {KerasConcatenate} from './concatenate.js';
import {KerasConv1D, KerasConv2D, KerasConv3D} from './convolution.js';
import {DepthwiseConv1D, KerasDepthwiseConv2D, SeparableConv1D} from './depthwise-convolution.js';
import {Discretization} from './discretization.js';
import {EinsumDense} from './einsum-dense.js';
import {KerasELU} from './elu.js';
import {KerasFlatten} from './flatten.js';
import {GLOBAL_POOLING_LAYERS} from './global-pooling.js';
import {KerasGRUCell} from './gru-cell.js';
import {INERT_LAYERS} from './inert.js';
import {KerasMasking} from './masking.js';
import {MultiHeadAttention} from './multi-head-attention.js';
import {GroupNormalization, Normalization, RMSNormalization, UnitNormalization} from './normalization.js';
import {KerasOperation} from './operation.js';
import {KerasRNN} from './recurrent.js';
import {KerasReLU} from './relu.js';
import {KerasReshape} from './reshape.js';
import {
  Cropping1D,
  Cropping3D,
  KerasUpSampling2D,
  UpSampling1D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding3D,
} from './reshaping.js';
import {KerasCenterCrop, KerasResizing} from './resizing.js';
import {KerasSoftmax} from './softmax.js';
import {SpatialDropout2D, SpatialDropout3D} from './spatial-dropout.js';
import {SpectralNormalization} from './spectral-normalization.js';
import {Subtract} from './subtract.js';
import {Conv1DTranspose, KerasConv2DTranspose} from './transposed-convolution.js';

const CLASSES = [
  ...ACTIVATIONS,
  ...ADAPTIVE_POOLING_LAYERS,
  ...GLOBAL_POOLING_LAYERS,
  ...INERT_LAYERS,
  AdditiveAttention,
  Attention,
  ChannelsFirst,
  Conv1DTranspose,
  Cropping1D,
  Cropping3D,
  DepthwiseConv1D,
  Discretization,
  EinsumDense,
  GroupNormalization,
  KerasBatchNormalization,
  KerasBidirectional,
  KerasCategoryEncoding,
  KerasCenterCrop,
  KerasConcatenate,
  KerasConv1D,
  KerasConv2D,
  KerasConv2DTranspose,
  KerasConv3D,
  KerasDepthwiseConv2D,
  KerasELU,
  KerasFlatten,
  KerasGRUCell,
  KerasMasking,
  KerasOperation,
  KerasReLU,
  KerasReshape,
  KerasResizing,
  KerasRNN,
  KerasSoftmax,
  KerasUpSampling2D,
  MultiHeadAttention,
  Normalization,
  RMSNormalization,
  SeparableConv1D,
  SpatialDropout2D,
  SpatialDropout3D,
  SpectralNormalization,
  Subtract,
  UnitNormalization,
  UpSampling1D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding3D,
];

const PACKAGE = 'mnist-wasm';
let registered = false;

/**
 * Registers the layers and activations of Keras that tfjs-layers does not have with tf.serialization, so that
 * `tf.loadLayersModel` finds them in a model.json. {@link loadKeras} does it by itself. A class that the application has
 * registered under one of the names stays.
 */
export function registerKerasLayers(): void {
  if (registered) return;
  registered = true;
  const {classNameMap} = serialization.SerializationMap.getMap();
  for (const cls of CLASSES) {
    if (!Object.hasOwn(classNameMap, cls.className)) {
      serialization.registerClass(
        cls as unknown as serialization.SerializableConstructor<serialization.Serializable>,
        PACKAGE,
      );
    }
  }
}
