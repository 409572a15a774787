/**
 * What the page's server takes of the data set: MNIST's own files in a folder, checked. For Node, and from the sources,
 * because the server builds the package where it is not built yet. Not a part of the package.
 */
export {MnistError} from './error.js';
export {MNIST_FILES, mismatch, PARTS} from './files.js';
export {readFolder} from './storage.js';
