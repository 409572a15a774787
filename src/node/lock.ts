import {mkdir, readFile, readlink, rename, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import path from 'node:path';
import {callbackify} from 'node:util';
import {lock} from 'proper-lockfile';
import {assertGiven, assertText} from '../shared/given.js';
import {makeFolder} from '../shared/make-folder.js';
import {processRuns} from './process.js';

/** The folder in a locked folder that is its lock; who holds it stands in it. */
const LOCK = '.lock';
const OWNER = 'owner.json';
/** How long the lock of another machine, or of another container, may go without a sign of life. */
const STALE_MS = 60_000;
/**
 * ... and that of a process which still runs here. Its event loop may be in a training step all the time, which on
 * tfjs-backend-cpu takes minutes; or its number may be that of another process by now.
 */
const BUSY_MS = 30 * 60_000;
const RETRY_MS = 20;
/** Many times what it takes to rename a folder there and back. */
const SETTLE_MS = 100;
/** Milliseconds by which two looks at when a process was started may differ. */
const SAME_START = 2000;

interface Owner {
  pid: number;
  /** The machine as processes are numbered there. */
  place: string;
  /** When the process was started, ISO 8601. */
  started: string;
}

/** The folder is locked: by whom, and what to do. */
export class LockedError extends Error {
  override readonly name = 'LockedError';

  constructor(
    readonly folder: string,
    owner: Owner | undefined,
  ) {
    const who = owner ? `process ${owner.pid} on ${owner.place.split(' ')[0] || 'this machine'}` : 'another process';
    super(`${who} is writing to ${folder} (if none does, remove ${path.join(folder, LOCK)})`);
  }
}

/**
 * Locks a folder, which is made where it is missing, for one writer among all processes. A lock that its process has left
 * behind is taken over: at once where the process ran on this machine, otherwise after a minute without a sign of life.
 * `fileSystem` does so itself while it saves; a training that saves more than a model can keep others out for all of it.
 *
 * @param patience milliseconds to wait for whoever has it. Default: 0.
 * @returns what gives the lock back.
 * @throws LockedError
 */
export async function lockFolder(folder: string, patience = 0): Promise<() => Promise<void>> {
  assertText('folder', 'the path of a folder', folder);
  const isTime = typeof patience === 'number' && patience >= 0;
  assertGiven(isTime, 'patience', 'a number of milliseconds', patience);
  await makeFolder(folder);
  const files = new LockFiles(path.join(folder, LOCK), await ownIdentity());
  const settings = {
    lockfilePath: files.place,
    fs: files.callbacks,
    stale: STALE_MS,
    realpath: false,
    // Whoever removed it by hand has decided; what is written here goes on.
    onCompromised: () => {},
  };
  for (const end = performance.now() + patience; ; ) {
    try {
      const release = await lock(folder, settings);
      if (files.tookOver) await settle(files);
      // It may have been removed by hand.
      return () => release().catch(() => {});
    } catch (error) {
      if (errorCode(error) !== 'ELOCKED') throw error;
      if (performance.now() >= end) throw new LockedError(folder, files.holder);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (0.5 + Math.random())));
  }
}

/** How a system says that a folder is in the way; Windows says EPERM, and not only then. */
const IN_THE_WAY: readonly unknown[] = ['ENOTEMPTY', 'EEXIST'];
let made = 0;

/** Of several who take over one lock, one has it after a while. */
async function settle(files: LockFiles): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  files.tookOver = false;
  if (!(await files.isHeld())) throw taken(files.place);
}

function taken(place: string): Error {
  return Object.assign(new Error(`${place} is another's`), {code: 'ELOCKED'});
}

/**
 * The file system as proper-lockfile sees it. To that library a lock is an empty folder and as old as its last sign of
 * life; here it also tells whose it is, so that a crash need not be waited for.
 */
class LockFiles {
  /** Who had it when it was looked at last. */
  holder: Owner | undefined;
  /** Whether a lock was removed that another had left behind. */
  tookOver = false;
  private found = '';
  private readonly text: string;

  constructor(
    readonly place: string,
    private readonly self: Owner,
  ) {
    this.text = JSON.stringify({...self, lock: `${made++} ${performance.now()}`});
  }

  readonly callbacks = {
    mkdir: callbackify(() => this.make()),
    stat: callbackify(() => this.look()),
    rmdir: callbackify(() => this.remove()),
    utimes: callbackify(utimes),
  };

  /** With its owner in it from the first moment: a folder is renamed over another only if that is empty. */
  private async make(): Promise<void> {
    const own = this.temporary();
    await mkdir(own);
    try {
      await writeFile(path.join(own, OWNER), this.text);
      await rename(own, this.place);
    } catch (error) {
      await rm(own, {recursive: true, force: true});
      const taken = IN_THE_WAY.includes(errorCode(error)) || (await stat(this.place).catch(() => undefined));
      throw taken ? Object.assign(new Error(`${this.place} is there`, {cause: error}), {code: 'EEXIST'}) : error;
    }
  }

  /** When it last gave a sign of life, as far as that decides whether it is stale. */
  private async look(): Promise<{mtime: Date}> {
    const {mtime} = await stat(this.place);
    this.found = await ownerText(this.place);
    this.holder = parseOwner(this.found);
    if (this.found === this.text || this.holder?.place !== this.self.place) return {mtime};
    return {mtime: isRunning(this.holder, this.self) ? new Date(mtime.getTime() + BUSY_MS - STALE_MS) : new Date(0)};
  }

  /** Whether the lock is still the one that was made here. */
  async isHeld(): Promise<boolean> {
    return (await ownerText(this.place)) === this.text;
  }

  /** One's own, or the one that was found stale: of several who find it stale, one may have taken it over by now. */
  private async remove(): Promise<void> {
    const before = await ownerText(this.place);
    if (before !== this.text && before !== this.found) throw taken(this.place);
    const aside = this.temporary();
    await rename(this.place, aside);
    const text = await ownerText(aside);
    const isStale = text !== this.text;
    if (isStale && text !== this.found) {
      // Between the two looks. Where a third has locked the folder meanwhile, the second sees that it has lost it.
      await rename(aside, this.place).catch(() => rm(aside, {recursive: true, force: true}));
      throw taken(this.place);
    }
    await rm(aside, {recursive: true, force: true});
    this.tookOver ||= isStale;
  }

  private temporary(): string {
    return `${this.place}.${process.pid}.${made++}.tmp`;
  }
}

function errorCode(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}

function ownerText(place: string): Promise<string> {
  return readFile(path.join(place, OWNER), 'utf8').catch(() => '');
}

function parseOwner(text: string): Owner | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let identity: Promise<Owner> | undefined;

function ownIdentity(): Promise<Owner> {
  identity ??= identify();
  return identity;
}

/** Its name; Deno tells it to programs with the permission `sys` alone. */
function machine(): string {
  try {
    return hostname();
  } catch {
    return '';
  }
}

/** On Linux, numbers of processes are those of a container, and begin anew with each start of the machine. */
async function identify(): Promise<Owner> {
  const [namespace, boot] = await Promise.all([
    readlink('/proc/self/ns/pid').catch(() => ''),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
  ]);
  const place = [machine(), namespace, boot.trim()].filter((part) => part !== '').join(' ');
  return {pid: process.pid, place, started: new Date(Date.now() - process.uptime() * 1000).toISOString()};
}

function isRunning(owner: Owner, self: Owner): boolean {
  if (owner.pid === self.pid) return Math.abs(Date.parse(owner.started) - Date.parse(self.started)) < SAME_START;
  return processRuns(owner.pid);
}
