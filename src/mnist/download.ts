import {reasonOf} from '../shared/reason.js';
import {MnistError} from './error.js';
import {type DataFile, mismatch} from './files.js';
import {concat, gunzip} from './gunzip.js';
import type {Progress} from './types.js';

export interface DownloadOptions {
  mirrors: readonly string[];
  /** A mirror that sends nothing for this long is given up. */
  patience: number;
  onProgress?(progress: Progress): void;
}

/**
 * Fetches one file from the first mirror that has it whole, and unzips it.
 * @throws MnistError with each mirror's reason where none has.
 */
export async function download(file: DataFile, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const reasons: string[] = [];
  for (const mirror of options.mirrors) {
    const url = `${mirror.replace(/\/*$/, '/')}${file.name}.gz`;
    try {
      return await fetchFile(url, file, options);
    } catch (error) {
      // Ours says all that its cause does.
      const reason = error instanceof MnistError ? error.message : reasonOf(error);
      reasons.push(`  ${url}: ${reason}`);
    }
  }
  throw new MnistError(
    `Could not download ${file.name}.gz:\n${reasons.join('\n')}\nCheck the network, name another address in ` +
      '`mirrors`, or fetch the four files by other means and pass their folder as `folder` or MNIST_DIR (in browsers: give them to ' +
      'mnistFromFiles).',
    {file: file.name},
  );
}

async function fetchFile(url: string, file: DataFile, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const zipped = await receive(url, file, options);
  const bytes = await gunzip(zipped, file.name, file.bytes);
  const wrong = await mismatch(file, bytes);
  if (wrong !== undefined) throw new Error(`not this file: ${wrong}`);
  return bytes;
}

async function receive(
  url: string,
  file: DataFile,
  {patience, onProgress}: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const stalled = new AbortController();
  const watch = () => setTimeout(() => stalled.abort(new Error(`nothing came for ${patience / 1000} s`)), patience);
  let timer = watch();
  try {
    const response = await fetch(url, {signal: stalled.signal});
    if (!response.ok || response.body === null)
      throw new Error(`HTTP ${response.status} ${response.statusText}`.trim());
    const total = expectedBytes(response);
    const chunks: Uint8Array[] = [];
    let received = 0;
    // Not for-await: Safari's streams are not iterable.
    const reader = response.body.getReader();
    for (;;) {
      const {done, value} = await reader.read();
      clearTimeout(timer);
      if (done) return concat(chunks, received);
      timer = watch();
      chunks.push(value);
      received += value.length;
      onProgress?.({file: file.name, received, total});
      // Zipped data may be a little longer than the plain file, never twice as long.
      if (received > 2 * file.bytes + 1024) throw new Error(`more than ${2 * file.bytes + 1024} bytes came`);
    }
  } finally {
    clearTimeout(timer);
    stalled.abort();
  }
}

/** The server's count, unless it counts an encoding that fetch undoes. */
function expectedBytes({headers}: Response): number | undefined {
  const length = Number(headers.get('content-length'));
  return length > 0 && !headers.get('content-encoding') ? length : undefined;
}
