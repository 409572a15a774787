import {once} from 'node:events';
import {setTimeout} from 'node:timers/promises';
import open from 'open';
import {reasonOf} from '../common/errors';
import type {Output} from './output';

/** Milliseconds in which a system says that it has no browser; one that is begun by this may go on for hours. */
const PATIENCE = 2000;

/** Opens a page in the browser that the system has for pages; where it has none, that is said, and nothing else happens. */
export async function openReport(file: string, output: Output): Promise<void> {
  const failed = (reason: string) => output.print(`The report could not be opened (${reason}); it is ${file}`);
  try {
    const opened = once(await open(file), 'exit') as Promise<[code: number | null]>;
    const [code] = await Promise.race([opened, setTimeout(PATIENCE, [0])]);
    if (code !== 0) failed('the system has no browser for it');
  } catch (error) {
    failed(reasonOf(error));
  }
}
