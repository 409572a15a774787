/** What a page, or a Worker, gets of an entry, compressed: JavaScript without tfjs, and one level of WebAssembly. */
const withOneLevel = (entry, level, limit) => {
  const other = level === 'simd' ? 'relaxed' : 'simd';
  return {
    name: `mnist-wasm/${entry}, level ${level}`,
    path: `dist/${entry}.js`,
    limit,
    gzip: true,
    modifyEsbuildConfig: (config) => ({
      ...config,
      external: ['@tensorflow/*', `./${other}-*`, `./chunks/inference-${other}-*`],
    }),
  };
};

export default [
  withOneLevel('inference', 'simd', '82 kB'),
  withOneLevel('inference', 'relaxed', '82 kB'),
  withOneLevel('native', 'relaxed', '126 kB'),
  withOneLevel('index', 'relaxed', '167 kB'),
];
