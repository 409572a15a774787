/** scripts/build.mjs inlines a .wasm file as hexadecimal text. */
declare module '*.wasm' {
  const hex: string;
  export default hex;
}

/** What bundlers for Workers and edge functions make of such an import. */
declare module '*.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
