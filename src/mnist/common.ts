/** What both entries offer, Node's and the browser's. */
export {drawDigits} from './digits/draw.js';
export {MnistError} from './error.js';
export {mnistFromFiles} from './given.js';
export {parseIdx} from './idx.js';
export {builtInDigits} from './load.js';
export {toTensors} from './tensors.js';
export type {GivenFile, LoadOptions, MnistData, MnistSplit, Progress} from './types.js';
