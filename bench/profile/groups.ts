import {SUBJECT} from '../subject';
import type {Frame, Sample} from './sampler';

export const COLLECTION = 'garbage collection';

/** What the time of a step is spent on, in the order of the table. */
export const GROUPS = [
  'products',
  'packing, padding, patches',
  "minimal filtering's transforms",
  'normalisation, softmax',
  'pooling',
  'element-wise chains',
  'reductions',
  'other kernels',
  'optimizer',
  'engine: tfjs-core',
  'tfjs-layers',
  `JavaScript of ${SUBJECT}`,
  COLLECTION,
  'rest',
] as const;

export type Group = (typeof GROUPS)[number];

export type GroupTimes = Record<Group, number>;

/** Names of a module's functions by their indices: the path of the source, and the function. */
export type FunctionNames = Readonly<Record<number, string>>;

/** Of WebAssembly functions by what their names begin with, the first that fits; those of `BY_CALLER` go with their callers. */
const KERNELS: readonly (readonly [prefix: string, group: Group])[] = [
  ['gemm/pack/', 'packing, padding, patches'],
  ['gemm/driver/pack', 'packing, padding, patches'],
  ['conv/source/', 'packing, padding, patches'],
  ['conv3d/patches/', 'packing, padding, patches'],
  ['conv/winograd/', "minimal filtering's transforms"],
  ['gemm/', 'products'],
  ['conv/', 'products'],
  ['conv3d/', 'products'],
  ['norm/', 'normalisation, softmax'],
  ['pool/', 'pooling'],
  ['elementwise/', 'element-wise chains'],
  ['reduce/', 'reductions'],
];
const BY_CALLER = /^(threads|memory|math|constants|simd)\b/;
/** The function of updates.ts that is the optimizer's; a bundler may append a number. */
const UPDATE = /^updateAndSettle/;

/** How long each group took; they add up to what was sampled. */
export function timesOf(samples: readonly Sample[], functions: FunctionNames): GroupTimes {
  const times = Object.fromEntries(GROUPS.map((group) => [group, 0])) as GroupTimes;
  for (const {stack, milliseconds} of samples) times[groupOf(stack, functions)] += milliseconds;
  return times;
}

/** What a stack, the innermost first, is counted as: what collects is, whoever ran meanwhile; an update is all that it calls. */
export function groupOf(stack: readonly Frame[], functions: FunctionNames): Group {
  if (stack[0]?.functionName === '(garbage collector)') return COLLECTION;
  if (stack.some(({functionName}) => UPDATE.test(functionName))) return 'optimizer';
  for (const frame of stack) {
    const group = groupOfFrame(frame, functions);
    if (group !== undefined) return group;
  }
  return 'rest';
}

/** Undefined where its caller tells. */
function groupOfFrame({functionName, url}: Frame, functions: FunctionNames): Group | undefined {
  if (url.startsWith('wasm:')) {
    const name = kernelName(functionName, functions);
    if (name === undefined || BY_CALLER.test(name)) return undefined;
    return KERNELS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'other kernels';
  }
  const name = packageOf(url);
  if (name === '@tensorflow/tfjs-core') return 'engine: tfjs-core';
  if (name === '@tensorflow/tfjs-layers') return 'tfjs-layers';
  if (name !== undefined && name !== SUBJECT) return undefined;
  // The benchmark's own bundle stands in the same folder.
  if (/[\\/]dist[\\/]bench[\\/]/.test(url)) return 'rest';
  return /[\\/]dist[\\/]/.test(url) ? `JavaScript of ${SUBJECT}` : undefined;
}

/** The installed package that a file is from; undefined in a checkout of the project. */
function packageOf(url: string): string | undefined {
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(url)?.[1].replace('\\', '/');
}

/** V8 names a function by its index; the name is its source below assembly/. */
function kernelName(functionName: string, functions: FunctionNames): string | undefined {
  const index = /^wasm-function\[(\d+)\]$/.exec(functionName)?.[1];
  const name = index === undefined ? functionName : functions[Number(index)];
  return name?.replace(/^assembly\//, '');
}
