/** What the page and its worker tell each other about models in files and in the browser's storage. */
import type {NetworkSpec} from '../../network/spec';
import type {ModelChoice, ModelInfo} from '../types';

/** What is known of a model besides itself. */
export interface ModelNote {
  title: string;
  /** Undefined for a model of no recipe. */
  choice: ModelChoice | undefined;
  /** Of a network that was put together on the page, to be changed again. */
  network?: NetworkSpec;
  /** On the test images; undefined where it was not tested. */
  accuracy: number | undefined;
  /** Passes over the images that it has seen; undefined where nobody told, 0 for an untrained one. */
  epochs?: number;
}

/** A model that came from a file or out of the browser's storage. */
export interface OpenedModel extends ModelNote {
  info: ModelInfo;
}

/** A model in the browser's storage. */
export interface KeptModel extends ModelNote {
  name: string;
  /** Kept by the page itself at the end of the last training. */
  automatic: boolean;
  saved: Date;
  bytes: number;
}

/** keras: one .h5 file; tfjs: model.json and the weights. */
export type FileFormat = 'keras' | 'tfjs';

/** A file to be downloaded. */
export interface ModelFile {
  name: string;
  content: Blob;
}
