/** What decodes in @jsquash/jpeg: its own declaration refers to one that it does not import. */
declare module '@jsquash/jpeg/codec/dec/mozjpeg_dec.js' {
  interface Decoder {
    decode(bytes: Uint8Array, preserveOrientation: boolean): ImageData | null;
  }

  /** A new instance of the module. */
  export default function instantiate(options: {
    wasmBinary: Uint8Array;
    noInitialRun: boolean;
    /** Takes libjpeg's warnings and errors. */
    printErr(text: string): void;
  }): Promise<Decoder>;
}
