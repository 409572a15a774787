import {cases as fallback} from './fallback';
import {cases as sharing} from './sharing';
import type {KernelCase} from './types';

/** Every case, by family; a family is a file of this folder. */
export const families: Readonly<Record<string, readonly KernelCase[]>> = {fallback, sharing};

export const allCases: readonly KernelCase[] = Object.values(families).flat();
