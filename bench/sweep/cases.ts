import type {KernelCase} from '../../test/cases';
import {elementwise} from './elementwise';
import {images} from './images';
import {layout} from './layout';
import {products} from './products';
import {counts, reductions} from './reductions';
import {sizes} from './sizes';

/** Calls of the kernels of tfjs-backend-wasm that compute: at each size, of the dtypes and axes that are common. */
export function sweepCases(): KernelCase[] {
  // tfjs-backend-wasm's counts write where they should not, which other kernels fail of later: they come last.
  const families = [elementwise, reductions, layout, images, products, counts];
  return families.flatMap((family) => sizes.flatMap(family));
}
