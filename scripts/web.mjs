#!/usr/bin/env node
/** Serves the page: bundles web/server, which is TypeScript, and runs it. `--help` tells the options. */
import path from 'node:path';
import {build} from 'esbuild';

process.chdir(path.resolve(import.meta.dirname, '..'));
await build({
  entryPoints: ['web/server/index.ts'],
  outdir: 'build/web-server',
  bundle: true,
  format: 'esm',
  target: 'node20',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});
const {main} = await import('../build/web-server/index.js');
process.exitCode = await main(process.argv.slice(2));
