import type {KernelConfig} from '@tensorflow/tfjs-core';
import {_fusedMatMul} from './_FusedMatMul.js';
import {abs} from './Abs.js';
import {acos} from './Acos.js';
import {acosh} from './Acosh.js';
import {add} from './Add.js';
import {addN} from './AddN.js';
import {all} from './All.js';
import {any} from './Any.js';
import {argMax} from './ArgMax.js';
import {argMin} from './ArgMin.js';
import {asin} from './Asin.js';
import {asinh} from './Asinh.js';
import {atan} from './Atan.js';
import {atan2} from './Atan2.js';
import {atanh} from './Atanh.js';
import {avgPool} from './AvgPool.js';
import {avgPoolGrad} from './AvgPoolGrad.js';
import {batchMatMul} from './BatchMatMul.js';
import {cast} from './Cast.js';
import {ceil} from './Ceil.js';
import {clipByValue} from './ClipByValue.js';
import {complex} from './Complex.js';
import {concat} from './Concat.js';
import {conv2D} from './Conv2D.js';
import {conv2DBackpropFilter} from './Conv2DBackpropFilter.js';
import {conv2DBackpropInput} from './Conv2DBackpropInput.js';
import {cos} from './Cos.js';
import {cosh} from './Cosh.js';
import {depthwiseConv2dNative} from './DepthwiseConv2dNative.js';
import {depthwiseConv2dNativeBackpropFilter} from './DepthwiseConv2dNativeBackpropFilter.js';
import {depthwiseConv2dNativeBackpropInput} from './DepthwiseConv2dNativeBackpropInput.js';
import {dilation2D} from './Dilation2D.js';
import {dilation2DBackpropFilter} from './Dilation2DBackpropFilter.js';
import {dilation2DBackpropInput} from './Dilation2DBackpropInput.js';
import {elu} from './Elu.js';
import {eluGrad} from './EluGrad.js';
import {equal} from './Equal.js';
import {erf} from './Erf.js';
import {exp} from './Exp.js';
import {expandDims} from './ExpandDims.js';
import {expm1} from './Expm1.js';
import {fill} from './Fill.js';
import {floor} from './Floor.js';
import {floorDiv} from './FloorDiv.js';
import {fusedBatchNorm} from './FusedBatchNorm.js';
import {fusedConv2D} from './FusedConv2D.js';
import {fusedDepthwiseConv2D} from './FusedDepthwiseConv2D.js';
import {gatherV2} from './GatherV2.js';
import {greater} from './Greater.js';
import {greaterEqual} from './GreaterEqual.js';
import {identity} from './Identity.js';
import {imag} from './Imag.js';
import {isFiniteKernel} from './IsFinite.js';
import {isInf} from './IsInf.js';
import {isNan} from './IsNan.js';
import {leakyRelu} from './LeakyRelu.js';
import {less} from './Less.js';
import {lessEqual} from './LessEqual.js';
import {linSpace} from './LinSpace.js';
import {log} from './Log.js';
import {log1p} from './Log1p.js';
import {logicalAnd} from './LogicalAnd.js';
import {logicalNot} from './LogicalNot.js';
import {logicalOr} from './LogicalOr.js';
import {lrn} from './LRN.js';
import {lrnGrad} from './LRNGrad.js';
import {max} from './Max.js';
import {maximum} from './Maximum.js';
import {maxPool} from './MaxPool.js';
import {maxPoolGrad} from './MaxPoolGrad.js';
import {maxPoolWithArgmax} from './MaxPoolWithArgmax.js';
import {mean} from './Mean.js';
import {min} from './Min.js';
import {minimum} from './Minimum.js';
import {mod} from './Mod.js';
import {multiply} from './Multiply.js';
import {neg} from './Neg.js';
import {notEqual} from './NotEqual.js';
import {oneHot} from './OneHot.js';
import {onesLike} from './OnesLike.js';
import {pack} from './Pack.js';
import {padV2} from './PadV2.js';
import {pow} from './Pow.js';
import {prelu} from './Prelu.js';
import {prod} from './Prod.js';
import {range} from './Range.js';
import {real} from './Real.js';
import {realDiv} from './RealDiv.js';
import {reciprocal} from './Reciprocal.js';
import {relu} from './Relu.js';
import {relu6} from './Relu6.js';
import {reshape} from './Reshape.js';
import {reverse} from './Reverse.js';
import {round} from './Round.js';
import {rsqrt} from './Rsqrt.js';
import {select} from './Select.js';
import {selu} from './Selu.js';
import {sigmoid} from './Sigmoid.js';
import {sign} from './Sign.js';
import {sin} from './Sin.js';
import {sinh} from './Sinh.js';
import {slice} from './Slice.js';
import {softmax} from './Softmax.js';
import {softplus} from './Softplus.js';
import {splitV} from './SplitV.js';
import {sqrt} from './Sqrt.js';
import {square} from './Square.js';
import {squaredDifference} from './SquaredDifference.js';
import {step} from './Step.js';
import {stridedSlice} from './StridedSlice.js';
import {sub} from './Sub.js';
import {sum} from './Sum.js';
import {tan} from './Tan.js';
import {tanh} from './Tanh.js';
import {tile} from './Tile.js';
import {transpose} from './Transpose.js';
import {unpack} from './Unpack.js';
import {zerosLike} from './ZerosLike.js';

/** Every kernel that has a WebAssembly function or needs none. */
export const nativeKernels: readonly KernelConfig[] = [
  _fusedMatMul,
  abs,
  acos,
  acosh,
  add,
  addN,
  all,
  any,
  argMax,
  argMin,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  avgPool,
  avgPoolGrad,
  batchMatMul,
  cast,
  ceil,
  clipByValue,
  complex,
  concat,
  conv2D,
  conv2DBackpropFilter,
  conv2DBackpropInput,
  cos,
  cosh,
  depthwiseConv2dNative,
  depthwiseConv2dNativeBackpropFilter,
  depthwiseConv2dNativeBackpropInput,
  dilation2D,
  dilation2DBackpropFilter,
  dilation2DBackpropInput,
  elu,
  eluGrad,
  equal,
  erf,
  exp,
  expandDims,
  expm1,
  fill,
  floor,
  floorDiv,
  fusedBatchNorm,
  fusedConv2D,
  fusedDepthwiseConv2D,
  gatherV2,
  greater,
  greaterEqual,
  identity,
  imag,
  isFiniteKernel,
  isInf,
  isNan,
  leakyRelu,
  less,
  lessEqual,
  linSpace,
  log,
  log1p,
  logicalAnd,
  logicalNot,
  logicalOr,
  lrn,
  lrnGrad,
  max,
  maximum,
  maxPool,
  maxPoolGrad,
  maxPoolWithArgmax,
  mean,
  min,
  minimum,
  mod,
  multiply,
  neg,
  notEqual,
  oneHot,
  onesLike,
  pack,
  padV2,
  pow,
  prelu,
  prod,
  range,
  real,
  realDiv,
  reciprocal,
  relu,
  relu6,
  reshape,
  reverse,
  round,
  rsqrt,
  select,
  selu,
  sigmoid,
  sign,
  sin,
  sinh,
  slice,
  softmax,
  softplus,
  splitV,
  sqrt,
  square,
  squaredDifference,
  step,
  stridedSlice,
  sub,
  sum,
  tan,
  tanh,
  tile,
  transpose,
  unpack,
  zerosLike,
];
