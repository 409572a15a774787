/**
 * Keras files without Python: models and weights, read and written.
 *
 * @module keras
 */
export {KerasError, type Unsupported} from './error.js';
export {registerKerasLayers} from './layers/index.js';
export type {LoadOptions} from './limits.js';
export {loadKeras, loadKerasWeights} from './load.js';
export {GRAPH_MODEL, kindOfTopology, loadKerasArtifacts} from './model-json.js';
export {type SaveOptions, saveKerasH5} from './save.js';
