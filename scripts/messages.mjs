/** What the AssemblyScript compiler has to say, but for what tells nobody anything. */
import {createInterface} from 'node:readline';

/** The last pass of its optimiser made a module larger by a few bytes, which is how it finds that it is done. */
const NOTICE = 'Last converge was suboptimal.';

/**
 * Passes a compiler's lines on as they come.
 *
 * @param {import('node:stream').Readable} from
 * @param {import('node:stream').Writable} to
 */
export async function passMessages(from, to) {
  for await (const line of createInterface({input: from, crlfDelay: Infinity})) {
    if (line !== NOTICE) to.write(`${line}\n`);
  }
}
