/** Keras files without Python: models and weights, read and written. */
export {KerasError, type Unsupported} from './error.js';
export {loadKeras, loadKerasWeights} from './load.js';
export {saveKerasH5} from './save.js';
