import {reasonOf} from '../shared/reason.js';
import {badData} from './error.js';
import {isGzip} from './idx.js';

/**
 * Unzips gzip data; plain bytes come back as they are.
 *
 * @param limit The most bytes that may come out, so that damaged data cannot fill the memory.
 * @throws MnistError where the data is damaged or truncated; its offset counts unzipped bytes.
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  limit = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) return bytes;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const {done, value} = await reader.read().catch((error: unknown) => {
      throw badData(file, length, 'whole gzip data', `damage: ${reasonOf(error)}`, error);
    });
    if (done) break;
    chunks.push(value);
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw badData(file, limit, `the end of the data, after ${limit} unzipped bytes`, 'more');
    }
  }
  return concat(chunks, length);
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
