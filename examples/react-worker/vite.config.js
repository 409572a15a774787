import react from '@vitejs/plugin-react';

/** With these headers the worker has shared memory, and the backend uses every core. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default {
  plugins: [react()],
  worker: {format: 'es'},
  server: {headers},
  preview: {headers},
};
