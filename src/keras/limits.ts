import {assertGiven, assertOptions} from '../shared/given.js';
import {KerasError, kerasError} from './error.js';

export interface LoadOptions {
  /**
   * The most bytes that the file's parts may have once they are unpacked, and the model's weights once they are in memory.
   * Default: 16 times the file's length, at least 64 MiB. A small file can claim anything; raise it for one that you trust.
   */
  maxBytes?: number;
}

/** Weights hardly shrink when they are packed; only those that are nearly all the same do. */
const MOST_PACKED = 16;
const ALWAYS = 2 ** 26;

/** @throws KerasError where `maxBytes` is no number of bytes. */
export function limitOf(fileBytes: number, options: LoadOptions): number {
  assertOptions(options, kerasError);
  const {maxBytes = Math.max(ALWAYS, MOST_PACKED * fileBytes)} = options;
  const isRight = typeof maxBytes === 'number' && maxBytes > 0;
  assertGiven(isRight, 'maxBytes', 'a number of bytes above 0', maxBytes, kerasError);
  return maxBytes;
}

/** @throws KerasError where `bytes` is more than the limit: it says how to raise it. */
export function checkLimit(what: string, bytes: number, limit: number): void {
  if (bytes <= limit) return;
  throw new KerasError(
    `${what} would take ${megabytes(bytes)}, and the limit for this file is ${megabytes(limit)}: it is damaged, or was ` +
      'made to fill the memory. Where you trust it, load it with a larger maxBytes.',
  );
}

const megabytes = (bytes: number) => `${Number((bytes / 1e6).toPrecision(3)).toLocaleString('en')} MB`;
