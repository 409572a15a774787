/**
 * Models to and from folders, and files that TensorBoard reads, in Node.
 *
 * @module node
 */
import {io} from '@tensorflow/tfjs-core';
import {load} from './load.js';
import {pathOf} from './location.js';
import {save} from './save.js';

export {writeFileAtomic} from './atomic.js';
export {ModelFileError} from './error.js';
export {EventFile, eventFiles} from './event-file.js';
export {LockedError, lockFolder} from './lock.js';

/**
 * Saves models to a folder and loads them from it, in the TensorFlow.js layers format that every tfjs application
 * reads and writes: model.json, and the weights that it names. tfjs has such a handler for Node only in tfjs-node.
 *
 * It loads what others have saved too: the converter's models, weights in several shards, quantised weights. A save
 * replaces the model that is there, and removes its weights. It is atomic: a process that is killed at any moment
 * leaves the former model or the new one, whole, and at most files that the next save removes. Of several processes that
 * save into one folder each waits for the one before it, up to a minute, and a load finds a whole model. The weights are in
 * `weights.<hash of their bytes>.bin`, so that a new file never takes a name that the former model.json uses.
 *
 * @param location a folder; to load also a model.json, under any name. A path, a file URL, or tfjs-node's
 *   `file://./relative`.
 * @throws ModelFileError where `location` is none of these, where a model cannot be written, or where files are missing,
 *   damaged or do not belong together.
 *
 * @example
 * await model.save(fileSystem('out/model'));
 * const model = await tf.loadLayersModel(fileSystem('out/model'));
 */
export function fileSystem(location: string | URL): io.IOHandler {
  const target = pathOf(location);
  return {
    save: (artifacts) => save(target, artifacts),
    load: () => load(target),
  };
}

/**
 * Makes `model.save('file://...')` and `tf.loadLayersModel('file://...')` work. Calling it again does nothing, nor does
 * it where tfjs-node has brought its own handler: tfjs refuses a URL that two can handle.
 */
export function registerFileHandler(): void {
  if (io.getSaveHandlers(PROBE).length === 0) io.registerSaveRouter(router);
  if (io.getLoadHandlers(PROBE).length === 0) io.registerLoadRouter(router);
}

const PROBE = 'file://model';

const router: Parameters<typeof io.registerLoadRouter>[0] = (url) =>
  // null is how tfjs-core wants a router to say that a URL is not its own; its types were made without strict.
  typeof url === 'string' && url.startsWith('file://') ? fileSystem(url) : (null as unknown as io.IOHandler);
