import {cases as binary} from './binary';
import {cases as complex} from './complex';
import {cases as conv} from './conv';
import {cases as conv3d} from './conv3d';
import {cases as crop} from './crop';
import {cases as cumulative} from './cumulative';
import {cases as depthwise} from './depthwise';
import {cases as dilation} from './dilation';
import {cases as dropout} from './dropout';
import {cases as einsum} from './einsum';
import {cases as elementwise} from './elementwise';
import {cases as fallback} from './fallback';
import {cases as fused} from './fused';
import {cases as gemm} from './gemm';
import {cases as indexing} from './indexing';
import {cases as joining} from './joining';
import {cases as layout} from './layout';
import {cases as norm} from './norm';
import {cases as pool} from './pool';
import {cases as pool3d} from './pool3d';
import {cases as reduce} from './reduce';
import {cases as refused} from './refused';
import {cases as resize} from './resize';
import {cases as segments} from './segments';
import {cases as sharing} from './sharing';
import {cases as slicing} from './slicing';
import {cases as sorting} from './sorting';
import {cases as spatial} from './spatial';
import {cases as suppression} from './suppression';
import {cases as transform} from './transform';
import type {KernelCase} from './types';
import {cases as typing} from './typing';
import {cases as winograd} from './winograd';

export {makeInputs, runKernel} from './run';
export type {InputSpec, KernelCase} from './types';

/** Every case, by family; a family is a file of this folder. */
export const families: Readonly<Record<string, readonly KernelCase[]>> = {
  binary,
  complex,
  conv,
  conv3d,
  crop,
  cumulative,
  depthwise,
  dilation,
  dropout,
  einsum,
  elementwise,
  fallback,
  fused,
  gemm,
  indexing,
  joining,
  layout,
  norm,
  pool,
  pool3d,
  reduce,
  refused,
  resize,
  segments,
  sharing,
  slicing,
  sorting,
  spatial,
  suppression,
  transform,
  typing,
  winograd,
};

export const allCases: readonly KernelCase[] = Object.values(families).flat();
