import {jaxPeer} from './jax';
import {litertPeer} from './litert';
import {onnxruntimePeer} from './onnxruntime';
import type {FoundPeer, Peer} from './peer';
import {pytorchPeer} from './pytorch';
import {tfjsPeer} from './tfjs';

/** All that `--peers` can name, in the order of their columns. */
export const peers: readonly Peer[] = [
  tfjsPeer('wasm', async () => (await import('@tensorflow/tfjs-backend-wasm')).version_wasm),
  tfjsPeer('cpu', async () => (await import('@tensorflow/tfjs-backend-cpu')).version_cpu),
  onnxruntimePeer('onnxruntime-web'),
  onnxruntimePeer('onnxruntime-node'),
  litertPeer(),
  jaxPeer(),
  pytorchPeer(),
];

/** Which of the named peers are there, and why the others are not. */
export async function findPeers(names: readonly string[]) {
  const found: FoundPeer[] = [];
  const missing: Record<string, string> = {};
  for (const peer of peers.filter(({name}) => names.includes(name))) {
    const answer = await peer.find();
    if ('version' in answer) found.push({peer, version: answer.version});
    else missing[peer.name] = answer.missing;
  }
  return {found, missing};
}
