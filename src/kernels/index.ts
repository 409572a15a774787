import type {KernelConfig} from '@tensorflow/tfjs-core';
import {identity} from './Identity';
import {reshape} from './Reshape';

/** Every kernel that has a WebAssembly function or needs none. */
export const nativeKernels: readonly KernelConfig[] = [identity, reshape];
