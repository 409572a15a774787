/** A client's share of MNIST, or of the built-in digits where there is none, as DISCO's data sets. */
import {Dataset, Image} from '@epfml/discojs';
import {loadMnist} from 'mnist-wasm/mnist';

const SIDE = 28;

/**
 * The client's part of the first images: every client has others.
 *
 * @param {{client: number, clients: number, images: number, test: number}} settings
 */
export async function loadShard({client, clients, images, test: testSize}) {
  const {train, test, description} = await loadMnist({trainSize: clients * images, testSize});
  return {
    description,
    train: new Dataset(() => labelled(train, client, clients)),
    test: new Dataset(() => labelled(test, 0, 1)),
  };
}

/** @param {import('mnist-wasm/mnist').MnistSplit} split */
function* labelled({images, labels, size}, first, stride) {
  const pixels = SIDE * SIDE;
  for (let n = first; n < size; n += stride) {
    yield [new Image(images.subarray(n * pixels, (n + 1) * pixels), SIDE, SIDE, 1), `${labels[n]}`];
  }
}
