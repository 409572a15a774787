import {threadsInWords} from '../common/format';

/** A backend as people read it: its feature level, if it has one, and the threads that it computes with, if known. */
export function backendTitle(name: string, featureLevel: string | null, threads: number | null = null): string {
  const level = featureLevel === null ? '' : `, ${featureLevel}`;
  return `${name}${level}${threads === null ? '' : `, ${threadsInWords(threads)}`}`;
}
