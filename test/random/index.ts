import {random as einsum} from './einsum';
import {random as elementwise} from './elementwise';
import {random as image} from './image';
import {random as indexing} from './indexing';
import {random as layout} from './layout';
import {random as pool} from './pool';
import {random as products} from './products';
import {random as reduce} from './reduce';
import {random as segments} from './segments';
import {random as sorting} from './sorting';
import {random as spatial} from './spatial';
import type {RandomCases} from './types';
import {random as volumes} from './volumes';

/** The random cases of every kernel that has some; a family is a file of this folder. */
export const randomCases: RandomCases = {
  ...einsum,
  ...elementwise,
  ...image,
  ...indexing,
  ...layout,
  ...pool,
  ...products,
  ...reduce,
  ...segments,
  ...sorting,
  ...spatial,
  ...volumes,
};
