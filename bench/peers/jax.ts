import {findModel, type ModelCase} from '../models';
import {medianInChild} from './child';
import {findPackage} from './installed';
import type {Peer} from './peer';

/** jax-js on its WebAssembly device, which trains too. */
export function jaxPeer(): Peer {
  const name = 'jax-js';
  return {
    name,
    columns: [name],
    find: async () => findPackage('@jax-js/jax'),
    async benchModel() {
      return {};
    },
  };
}
