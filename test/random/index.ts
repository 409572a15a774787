import {random as binary} from './binary';
import {random as conv} from './conv';
import {random as elementwise} from './elementwise';
import {random as gemm} from './gemm';
import {random as joining} from './joining';
import {random as layout} from './layout';
import {random as norm} from './norm';
import {random as pool} from './pool';
import {random as reduce} from './reduce';
import {random as slicing} from './slicing';
import type {RandomCases} from './types';
import {random as typing} from './typing';

/** The random cases of every kernel that has some; a family is a file of this folder. */
export const randomCases: RandomCases = {
  ...binary,
  ...conv,
  ...elementwise,
  ...gemm,
  ...joining,
  ...layout,
  ...norm,
  ...pool,
  ...reduce,
  ...slicing,
  ...typing,
};
