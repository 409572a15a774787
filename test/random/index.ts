import {random as binary} from './binary';
import {random as complex} from './complex';
import {random as conv} from './conv';
import {random as cumulative} from './cumulative';
import {random as depthwise} from './depthwise';
import {random as dilation} from './dilation';
import {random as dropout} from './dropout';
import {random as einsum} from './einsum';
import {random as elementwise} from './elementwise';
import {random as gemm} from './gemm';
import {random as image} from './image';
import {random as indexing} from './indexing';
import {random as joining} from './joining';
import {random as layout} from './layout';
import {random as lrn} from './lrn';
import {random as norm} from './norm';
import {random as pool} from './pool';
import {random as reduce} from './reduce';
import {random as segments} from './segments';
import {random as slicing} from './slicing';
import {random as sorting} from './sorting';
import {random as spatial} from './spatial';
import {random as suppression} from './suppression';
import type {RandomCases} from './types';
import {random as typing} from './typing';
import {random as volumes} from './volumes';

/** The random cases of every kernel that has some; a family is a file of this folder. */
export const randomCases: RandomCases = {
  ...binary,
  ...complex,
  ...conv,
  ...cumulative,
  ...depthwise,
  ...dilation,
  ...dropout,
  ...einsum,
  ...elementwise,
  ...gemm,
  ...image,
  ...indexing,
  ...joining,
  ...layout,
  ...lrn,
  ...norm,
  ...pool,
  ...reduce,
  ...segments,
  ...slicing,
  ...sorting,
  ...spatial,
  ...suppression,
  ...typing,
  ...volumes,
};
