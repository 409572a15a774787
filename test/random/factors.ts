/** What matrix products and convolutions have in common. */
import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {Tolerance, ValueKind} from '../cases/types';
import {EXACT, OF_OUTPUT} from './types';

/** How the values of two factors are drawn. */
export type Factors = readonly [ValueKind, ValueKind];

/** Sums of products of exact ones are the same in any order, and NaN and infinities of one reach what reads them. */
export const factors = fc.constantFrom<Factors>(['exact', 'exact'], ['broken', 'exact'], ['normal', 'normal']);

/** All of an output may be near 0, of which the rounding of the terms is as large as ever. */
const NEAR_ZERO = 2e-5;

/** For convolutions that may be computed by minimal filtering, which rounds more coarsely and spreads what is infinite. */
export const COARSE: Factors = ['normal', 'normal'];

export function sumTolerance(factors: Factors): Tolerance {
  if (factors === COARSE) return {relative: 3e-5, absolute: NEAR_ZERO, of: 'output'};
  return factors[0] === 'normal' ? {...OF_OUTPUT, absolute: NEAR_ZERO} : EXACT;
}

/** A shape that broadcasts to this one. */
export function broadcastable(shape: readonly number[], random: () => number): number[] {
  return shape.slice(random() % (shape.length + 1)).map((n) => (random() % 3 ? n : 1));
}

export const activations = fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'prelu', 'leakyrelu');

export function activationAttrs(activation: string): NamedAttrMap {
  return activation === 'leakyrelu' ? {activation, leakyreluAlpha: 0.3} : {activation};
}

/** Of a sum and an activation: relu6 and sigmoid make an output small whose terms are large. */
export function activatedTolerance(factors: Factors): Tolerance {
  if (factors === COARSE) return {relative: 1e-4, absolute: NEAR_ZERO, of: 'output'};
  return factors[0] === 'normal' ? {relative: 1e-5, absolute: NEAR_ZERO, of: 'output'} : {ulp: 3, absolute: 2e-16};
}
