import {runTitle} from '../../recipes';
import type {RunRecord} from './record';

/** What the data is called. */
export function dataTitle({data}: {data: Pick<RunRecord['data'], 'source'>}): string {
  return data.source === 'digits' ? 'built-in digits' : 'MNIST';
}

/** Short names that tell runs apart: the variants, the titles, or letters where those are the same. */
export function runNames(records: Pick<RunRecord, 'title' | 'variant'>[]): string[] {
  const kinds = [
    records.map(({variant, title}) => variant ?? title),
    records.map(runTitle),
    records.map((_, i) => `run ${String.fromCharCode(65 + i)}`),
  ];
  return kinds.find((names) => new Set(names).size === names.length) as string[];
}
