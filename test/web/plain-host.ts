import {preview} from 'vite';
import {builtPage, type WebServer} from '../../web/server/serve';

/** Serves the built page as GitHub Pages does: static files in a folder of a host, with no headers of the page's choice. */
export async function servePlainly(): Promise<WebServer> {
  const server = await preview({
    configFile: false,
    logLevel: 'silent',
    appType: 'mpa',
    base: '/project/',
    build: {outDir: builtPage},
    preview: {host: '127.0.0.1', port: 0},
  });
  const urls = server.resolvedUrls?.local ?? [];
  return {url: urls[0], urls, close: () => server.close()};
}
