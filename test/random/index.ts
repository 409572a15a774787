import {random as depthwise} from './depthwise';
import {random as elementwise} from './elementwise';
import {random as layout} from './layout';
import {random as norm} from './norm';
import {random as pool} from './pool';
import {random as products} from './products';
import {random as reduce} from './reduce';
import type {RandomCases} from './types';

/** The random cases of every kernel that has some; a family is a file of this folder. */
export const randomCases: RandomCases = {
  ...depthwise,
  ...elementwise,
  ...layout,
  ...norm,
  ...pool,
  ...products,
  ...reduce,
};
