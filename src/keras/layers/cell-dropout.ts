import {dispose, dropout as drop, keep, mul, onesLike, type Tensor} from '@tensorflow/tfjs-core';

/** What a recurrent cell keeps for as long as a sequence lasts: the same values are dropped in each step. */
export interface DropoutCell {
  dropoutMask: Tensor | Tensor[] | null;
  recurrentDropoutMask: Tensor | Tensor[] | null;
}

/** [x, h] with the values dropped that this sequence drops; as they are where the cell is not in training. */
export function dropoutMasks(
  cell: DropoutCell,
  [x, h]: Tensor[],
  rates: {dropout: number; recurrentDropout: number},
  training: boolean,
): Tensor[] {
  if (!training) return [x, h];
  if (rates.dropout > 0) cell.dropoutMask ??= keep(drop(onesLike(x), rates.dropout));
  if (rates.recurrentDropout > 0) cell.recurrentDropoutMask ??= keep(drop(onesLike(h), rates.recurrentDropout));
  return [applied(x, cell.dropoutMask), applied(h, cell.recurrentDropoutMask)];
}

function applied(x: Tensor, mask: Tensor | Tensor[] | null): Tensor {
  return mask === null ? x : mul(x, mask as Tensor);
}

/** Before a new sequence. */
export function forgetDropout(cell: DropoutCell): void {
  dispose([cell.dropoutMask, cell.recurrentDropoutMask].flat().filter((mask) => mask !== null && mask !== undefined));
  cell.dropoutMask = null;
  cell.recurrentDropoutMask = null;
}
