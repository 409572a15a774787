import {newTable} from '../../common/node/table.mjs';
import type {Digest} from './digest';

/**
 * Which numbers of threads agree about which digest.
 *
 * @returns the table, with a row for each digest that a model has; and the models that have several
 */
export function compareThreads(digests: readonly Digest[]): {table: string; differing: string[]} {
  const table = newTable(['Model', 'Level', 'Digest', 'Threads that agree'], 4);
  const differing: string[] = [];
  for (const model of new Set(digests.map((one) => one.model))) {
    const ofModel = digests.filter((one) => one.model === model);
    const found = new Set(ofModel.map(({digest}) => digest));
    if (found.size > 1) differing.push(model);
    for (const digest of found) {
      const same = ofModel.filter((one) => one.digest === digest);
      table.push([model, same[0].level, digest, same.map(({threads}) => threads).join(', ')]);
    }
  }
  return {table: table.toString(), differing};
}
