/** With these headers a page has shared memory, and the backend uses every core. The host that serves dist/ sends them too. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default {
  build: {target: 'esnext'}, // await at the top of a module
  server: {headers},
  preview: {headers},
};
