import path from 'node:path';
import {build, preview} from 'vite';
import config from '../../web/vite.config';

const outDir = path.resolve('build/web-test');

/** The page as it is published, served on this machine. */
export async function serveWeb(): Promise<{url: string; close(): Promise<void>}> {
  const own = {...config, configFile: false as const, logLevel: 'error' as const};
  await build({...own, build: {...config.build, outDir}});
  const server = await preview({...own, build: {outDir}, preview: {host: '127.0.0.1', port: 0}});
  return {url: server.resolvedUrls?.local[0] ?? '', close: () => server.close()};
}
