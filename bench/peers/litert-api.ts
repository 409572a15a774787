/** What is used of @litertjs/core. */
export interface LiteRt {
  /** From a folder with the package's WebAssembly. */
  loadLiteRt(url: string, options: {threads: boolean}): Promise<unknown>;
  loadAndCompile(
    model: Uint8Array,
    options: {accelerator: 'wasm'; cpuOptions: {numThreads: number}},
  ): Promise<CompiledModel>;
  Tensor: new (values: Float32Array, shape: readonly number[]) => LiteRtTensor;
}

/** Its bytes are in the memory of LiteRT.js until it is deleted. */
export interface LiteRtTensor {
  data(): Promise<Float32Array>;
  delete(): void;
}

interface CompiledModel {
  run(input: LiteRtTensor): Promise<LiteRtTensor[]>;
}
