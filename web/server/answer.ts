import {realpath} from 'node:fs/promises';
import {type IncomingMessage, type ServerResponse, STATUS_CODES} from 'node:http';
import path from 'node:path';
import send from 'send';

/**
 * The path that a request asks for, as it was sent: percent signs are still in it. Undefined where it is none: what is no path of a
 * page is not looked up.
 */
export function requestedPath(target = ''): string | undefined {
  // A proxy may ask for http://host/path.
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? '';
  if (origin !== '' && !URL.canParse(origin)) return undefined;
  const [pathname] = target.slice(origin.length).split('?', 1);
  if (!pathname.startsWith('/') || pathname.startsWith('//')) return undefined;
  try {
    const decoded = decodeURIComponent(pathname);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL ends the name of a file to the system.
    return /[\u0000-\u001f\u007f\\]/.test(decoded) || decoded.split('/').includes('..') ? undefined : pathname;
  } catch {
    return undefined;
  }
}

/** A status and its name, and nothing about the machine. */
export function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(status, {'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff'});
  response.end(`${status} ${STATUS_CODES[status]}\n`);
}

/** A file of the folder; links that lead out of it are none. */
export async function sendFile(
  folder: string,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!(await isInside(folder, decodeURIComponent(pathname)))) {
    refuse(response, 404);
    return;
  }
  send(request, pathname, {root: folder, dotfiles: 'ignore', cacheControl: false})
    .on('error', ({status = 500}: {status?: number}) => refuse(response, status))
    // A folder is asked for with its slash, or not at all.
    .on('directory', () => refuse(response, 404))
    .pipe(response);
}

async function isInside(folder: string, pathname: string): Promise<boolean> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(path.join(folder, pathname))]);
    return file === root || file.startsWith(root + path.sep);
  } catch {
    return false;
  }
}
