declare module '*/hdf5_util.js' {
  /** A new instance of h5wasm's module, which its own package tells of only as the one that its classes use. */
  export default function instantiate(options: object): Promise<typeof import('h5wasm').Module>;
}
