/** How the package is imported, by the kind of the runtime: what the hosts in project/ do. */
export const imports = [
  {
    title: 'Node.js, Deno and Bun',
    text: `
\`\`\`js
import * as tf from '@tensorflow/tfjs-core';
import 'mnist-wasm'; // registers the backend
await tf.setBackend('mnist-wasm');
\`\`\`

Packages are those of npm in node_modules; the same in a worker of \`node:worker_threads\`. Deno wants \`--allow-read\` and
\`--allow-write\` where files are read and written, and no other permission. A compiled model needs none of these packages:
\`import {load} from './lenet.js'; const model = await load();\``,
  },
  {
    title: "A browser's workers",
    text: `
The same, by a bundler. A module worker has threads where the page is cross-origin isolated; in Firefox only where the page
starts them, by the option \`startThread\`, because a worker that makes a worker may hang there. A service worker has none, and
may not import on demand: bundle it into one file (esbuild without \`splitting\`, Rollup with \`inlineDynamicImports\`).
WebKitGTK 2.50, on Linux, gives no shared memory to a worker: the backend warns once, and computes with one thread.`,
  },
  {
    title: 'Cloudflare Workers (workerd)',
    text: `
Bytes may not be compiled there. A bundler with the condition \`workerd\`, as wrangler, picks an entry that imports the kernels
as modules; nothing else changes. Or give the module yourself, which leaves the other level out of the worker:

\`\`\`js
import {register} from 'mnist-wasm/native';
import module from 'mnist-wasm/wasm/simd.wasm';
register({module});
\`\`\`

A compiled model, without tfjs:

\`\`\`js
import {load} from './lenet.js';
import module from './lenet.wasm';
const model = await load(module);
\`\`\``,
  },
];
