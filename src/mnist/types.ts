/** Images and their labels. */
export interface MnistSplit {
  /** `[size, 28, 28]`, row-major, 0 .. 255, the digit bright on black. */
  images: Uint8Array;
  /** `[size]`, 0 .. 9. */
  labels: Uint8Array;
  size: number;
}

export interface MnistData {
  train: MnistSplit;
  test: MnistSplit;
  /** Where the data came from; `digits` is the built-in generator, not MNIST. */
  source: 'folder' | 'cache' | 'download' | 'files' | 'digits';
  /** One line for people: the source and the sizes. */
  description: string;
}

export interface Progress {
  file: string;
  /** Bytes received so far. */
  received: number;
  /** Bytes in all, where the server told. */
  total?: number;
}

/** A file that somebody gave. */
export interface GivenFile {
  name: string;
  /** Plain or gzip. */
  bytes: Uint8Array;
}

export interface LoadOptions {
  /**
   * A folder or a file. Default: the environment variable MNIST_DIR. Node only.
   *
   * The four IDX files, plain or gzip, also as torchvision and EMNIST have them; mnist.npz or .npy files; CSV with a column of
   * labels and 784 of pixels; or PNG or JPEG files of 28x28 in a folder for each digit. EMNIST's images are turned upright and
   * dark digits on white inverted. Where no test images have labels, every seventh of the images is held out for the test.
   */
  folder?: string;
  /** Read only the test images: `train` is empty, and no file of training images need be there. Default: false. */
  testOnly?: boolean;
  /** Fetch the files that the cache lacks. Default: false, nothing touches the network. */
  download?: boolean;
  /**
   * Where downloads are kept. Default: `mnist-wasm` in the platform's cache folder. In browsers: the name of a cache in
   * Cache Storage, by default `mnist-wasm`.
   */
  cacheFolder?: string;
  /** Seed of the built-in digits, an integer of 32 bits. Default: 0. */
  seed?: number;
  /** Take only the first images of the training set. Default: all 60,000, or 20,000 built-in digits. */
  trainSize?: number;
  /** Take only the first images of the test set. Default: all 10,000, or 4,000 built-in digits. */
  testSize?: number;
  /** Base addresses that are tried in turn. Default: two public mirrors. */
  mirrors?: string[];
  /** Called while a file arrives. */
  onProgress?(progress: Progress): void;
}
