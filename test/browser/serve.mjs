/** Serves the pages, under a Content-Security-Policy that allows WebAssembly and forbids eval, and hears what they tell. */
import {preview} from 'vite';
import {WebSocketServer} from 'ws';

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:";
/** tfjs-core's tests also play a film that is a data: URL, and fetch models by blob: URLs of their own. */
const POLICY_FOR_CONFORMANCE = `${POLICY}; media-src data:; connect-src 'self' blob:`;
/** What a page needs for threads: their workers are blob: URLs, and shared memory is for isolated pages. */
const POLICY_FOR_THREADS = "; worker-src 'self' blob:";

/**
 * @param folder what to serve.
 * @returns
 *   url, with a slash at its end;
 *   hear(id, {message, closed}): calls these for each message of the page with this id, and when its connection is lost;
 *   requests: a set of the paths that were asked for;
 *   close().
 */
export async function serve(folder) {
  const requests = new Set();
  const pages = new Map();
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    appType: 'mpa',
    build: {outDir: folder},
    preview: {host: '127.0.0.1'},
    plugins: [headers(requests)],
  });
  const sockets = new WebSocketServer({server: server.httpServer, path: '/tell'});
  sockets.on('connection', (socket, {url}) => {
    const page = pages.get(new URL(url, 'http://localhost').searchParams.get('id'));
    socket.on('message', (text) => page?.message(JSON.parse(text)));
    socket.on('close', () => page?.closed());
  });
  return {
    url: server.resolvedUrls.local[0],
    hear: (id, page) => pages.set(id, page),
    requests,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      return server.close();
    },
  };
}

function headers(requests) {
  return {
    name: 'requests and policies',
    configurePreviewServer({middlewares}) {
      middlewares.use(({url}, response, next) => {
        const {pathname, searchParams} = new URL(url, 'http://localhost');
        const {isolated} = JSON.parse(searchParams.get('job') ?? '{}');
        requests.add(pathname);
        const policy = pathname === '/conformance.html' ? POLICY_FOR_CONFORMANCE : POLICY;
        response.setHeader('Content-Security-Policy', `${policy}${isolated ? POLICY_FOR_THREADS : ''}`);
        if (isolated) response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
        // Scripts of workers have to have it too.
        if (isolated || pathname.endsWith('.js')) response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
        next();
      });
    },
  };
}
