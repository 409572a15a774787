import type {KernelConfig} from '@tensorflow/tfjs-core';
import {_fusedMatMul} from './_FusedMatMul';
import {abs} from './Abs';
import {acos} from './Acos';
import {acosh} from './Acosh';
import {add} from './Add';
import {addN} from './AddN';
import {all} from './All';
import {any} from './Any';
import {argMax} from './ArgMax';
import {argMin} from './ArgMin';
import {asin} from './Asin';
import {asinh} from './Asinh';
import {atan} from './Atan';
import {atan2} from './Atan2';
import {atanh} from './Atanh';
import {avgPool} from './AvgPool';
import {avgPoolGrad} from './AvgPoolGrad';
import {batchMatMul} from './BatchMatMul';
import {cast} from './Cast';
import {ceil} from './Ceil';
import {clipByValue} from './ClipByValue';
import {complex} from './Complex';
import {concat} from './Concat';
import {conv2D} from './Conv2D';
import {conv2DBackpropFilter} from './Conv2DBackpropFilter';
import {conv2DBackpropInput} from './Conv2DBackpropInput';
import {cos} from './Cos';
import {cosh} from './Cosh';
import {elu} from './Elu';
import {eluGrad} from './EluGrad';
import {equal} from './Equal';
import {erf} from './Erf';
import {exp} from './Exp';
import {expandDims} from './ExpandDims';
import {expm1} from './Expm1';
import {fill} from './Fill';
import {floor} from './Floor';
import {floorDiv} from './FloorDiv';
import {fusedBatchNorm} from './FusedBatchNorm';
import {fusedConv2D} from './FusedConv2D';
import {gatherV2} from './GatherV2';
import {greater} from './Greater';
import {greaterEqual} from './GreaterEqual';
import {identity} from './Identity';
import {imag} from './Imag';
import {isFiniteKernel} from './IsFinite';
import {isInf} from './IsInf';
import {isNan} from './IsNan';
import {leakyRelu} from './LeakyRelu';
import {less} from './Less';
import {lessEqual} from './LessEqual';
import {linSpace} from './LinSpace';
import {log} from './Log';
import {log1p} from './Log1p';
import {logicalAnd} from './LogicalAnd';
import {logicalNot} from './LogicalNot';
import {logicalOr} from './LogicalOr';
import {max} from './Max';
import {maximum} from './Maximum';
import {maxPool} from './MaxPool';
import {maxPoolGrad} from './MaxPoolGrad';
import {maxPoolWithArgmax} from './MaxPoolWithArgmax';
import {mean} from './Mean';
import {min} from './Min';
import {minimum} from './Minimum';
import {mod} from './Mod';
import {multiply} from './Multiply';
import {neg} from './Neg';
import {notEqual} from './NotEqual';
import {oneHot} from './OneHot';
import {onesLike} from './OnesLike';
import {pack} from './Pack';
import {padV2} from './PadV2';
import {pow} from './Pow';
import {prelu} from './Prelu';
import {prod} from './Prod';
import {range} from './Range';
import {real} from './Real';
import {realDiv} from './RealDiv';
import {reciprocal} from './Reciprocal';
import {relu} from './Relu';
import {relu6} from './Relu6';
import {reshape} from './Reshape';
import {reverse} from './Reverse';
import {round} from './Round';
import {rsqrt} from './Rsqrt';
import {select} from './Select';
import {selu} from './Selu';
import {sigmoid} from './Sigmoid';
import {sign} from './Sign';
import {sin} from './Sin';
import {sinh} from './Sinh';
import {slice} from './Slice';
import {softmax} from './Softmax';
import {softplus} from './Softplus';
import {splitV} from './SplitV';
import {sqrt} from './Sqrt';
import {square} from './Square';
import {squaredDifference} from './SquaredDifference';
import {step} from './Step';
import {stridedSlice} from './StridedSlice';
import {sub} from './Sub';
import {sum} from './Sum';
import {tan} from './Tan';
import {tanh} from './Tanh';
import {tile} from './Tile';
import {transpose} from './Transpose';
import {unpack} from './Unpack';
import {zerosLike} from './ZerosLike';

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
