import {featureLevel} from 'mnist-wasm';
import {train} from './train.js';

self.onmessage = async () => {
  try {
    self.postMessage(await train(featureLevel));
  } catch (error) {
    self.postMessage({error: `${error.message}\n${error.stack}`});
  }
};
