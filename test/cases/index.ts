import {cases as binary} from './binary';
import {cases as conv} from './conv';
import {cases as depthwise} from './depthwise';
import {cases as dilation} from './dilation';
import {cases as elementwise} from './elementwise';
import {cases as fallback} from './fallback';
import {cases as gemm} from './gemm';
import {cases as joining} from './joining';
import {cases as layout} from './layout';
import {cases as norm} from './norm';
import {cases as pool} from './pool';
import {cases as reduce} from './reduce';
import {cases as sharing} from './sharing';
import {cases as slicing} from './slicing';
import type {KernelCase} from './types';
import {cases as typing} from './typing';

/** Every case, by family; a family is a file of this folder. */
export const families: Readonly<Record<string, readonly KernelCase[]>> = {
  binary,
  conv,
  depthwise,
  dilation,
  elementwise,
  fallback,
  gemm,
  joining,
  layout,
  norm,
  pool,
  reduce,
  sharing,
  slicing,
  typing,
};

export const allCases: readonly KernelCase[] = Object.values(families).flat();
