import path from 'node:path';
import {getManifest} from '@serwist/build';
import {build} from 'esbuild';
import type {Plugin} from 'vite';
import {COMPILER} from './compiler.js';
import {pngIcons} from './icons.js';

/** What makes the built page one that is installed and works offline: its icons, and sw.js, which knows all files. */
export function offline(web: string): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    async generateBundle() {
      for (const icon of await pngIcons(path.join(web, 'public/icon.svg'))) this.emitFile({type: 'asset', ...icon});
    },
    async writeBundle({dir}) {
      if (dir) await writeServiceWorker(web, dir);
    },
  };
}

async function writeServiceWorker(web: string, folder: string): Promise<void> {
  const {manifestEntries, warnings} = await getManifest({
    globDirectory: folder,
    globPatterns: ['**/*'],
    // What the server changes, and what is kept once it was used.
    globIgnores: ['config.json', 'sw.js', `${COMPILER}*`],
    // These have a hash in their names.
    dontCacheBustURLsMatching: /^assets\//,
    // HDF5 has 5 MB.
    maximumFileSizeToCacheInBytes: 2 ** 25,
  });
  if (warnings.length > 0) throw new Error(`sw.js: ${warnings.join('; ')}`);
  await build({
    entryPoints: [path.join(web, 'offline/service-worker.ts')],
    outfile: path.join(folder, 'sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: {BUILT_FILES: JSON.stringify(manifestEntries), 'process.env.NODE_ENV': '"production"'},
    logLevel: 'warning',
  });
}
