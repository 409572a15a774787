/** scripts/build.mjs inlines a .wasm file as base64 text. */
declare module '*.wasm' {
  const base64: string;
  export default base64;
}

/** What bundlers for Workers and edge functions make of such an import. */
declare module '*.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
