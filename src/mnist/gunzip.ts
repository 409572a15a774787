import {reasonOf} from '../shared/reason.js';
import {badData} from './error.js';
import {checkSides, isGzip, MAX_SIZE, parseHeader} from './idx.js';

/** The longest header of an IDX file, of 255 dimensions. */
const START = 4 + 4 * 255;

/**
 * Unzips gzip data; plain bytes come back as they are.
 *
 * @param limit The most bytes that may come out, so that damaged data cannot fill the memory; or what tells it of the first
 *   unzipped bytes.
 * @throws MnistError where the data is damaged or truncated; its offset counts unzipped bytes.
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  limit: number | ((start: Uint8Array) => number),
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) return bytes;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let most = typeof limit === 'number' ? limit : undefined;
  for (;;) {
    const {done, value} = await reader.read().catch((error: unknown) => {
      throw badData(file, length, 'whole gzip data', `damage: ${reasonOf(error)}`, error);
    });
    if (done) break;
    chunks.push(value);
    length += value.length;
    try {
      if (typeof limit === 'function' && length >= START) most ??= limit(concat(chunks, length));
      if (most !== undefined && length > most) {
        throw badData(file, most, `the end of the data, after ${most} unzipped bytes`, 'more');
      }
    } catch (error) {
      await reader.cancel();
      throw error;
    }
  }
  return concat(chunks, length);
}

/** Unzips an IDX file, no further than its own header says that it goes. @throws MnistError as gunzip and parseIdx do. */
export async function gunzipIdx(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<Uint8Array<ArrayBuffer>> {
  return gunzip(bytes, file, (start) => {
    const {dims, header, length} = parseHeader(start, file);
    checkSides(dims, file);
    if (dims[0] > MAX_SIZE) throw badData(file, 4, `at most ${MAX_SIZE} images or labels`, `${dims[0]}`);
    return header + length;
  });
}

export function concat(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
