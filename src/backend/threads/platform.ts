/** How a thread is started, by what the JavaScript engine has. */
import {readEnvironment} from '../../shared/environment.js';
import {type BuiltinModules, nodeProcess} from '../../shared/node-process.js';
import type {ThreadRequest} from '../options.js';

/** What a thread is started with. */
export interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** 1 for the first; the caller's is 0. */
  index: number;
  /** The address of its own THREAD_AREA_BYTES bytes. */
  area: number;
}

/** The most that are used unless more are asked for. */
const MAX_DEFAULT = 8;

/** The cores at hand, at most MAX_DEFAULT. */
export function defaultThreads(): number {
  const {navigator} = globalThis as {navigator?: {hardwareConcurrency?: number}};
  const cores =
    nodeProcess()?.getBuiltinModule?.('node:os')?.availableParallelism?.() ?? navigator?.hardwareConcurrency ?? 1;
  return Math.max(1, Math.min(cores, MAX_DEFAULT));
}

/** What MNIST_WASM_THREADS says; undefined if it is not set. */
export function threadsOfEnvironment(): number | undefined {
  const value = readEnvironment('MNIST_WASM_THREADS');
  return value ? Number(value) : undefined;
}

/** Whether this thread may sleep: all but that of a page. */
export function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether threads can be started: a page has to be cross-origin isolated, or it gets no shared memory.
 *
 * @param elsewhere not by this thread
 */
export function canStartThreads(elsewhere: boolean): boolean {
  if (hasWorkerThreads()) return true;
  const {crossOriginIsolated, Worker} = globalThis as {crossOriginIsolated?: boolean; Worker?: unknown};
  return crossOriginIsolated === true && (elsewhere || typeof Worker === 'function');
}

/**
 * Whether a thread that is started here may hang the caller for ever: in a worker of Firefox. `new Worker` waits there on
 * the condition variable that the new worker waits on too, and one notification wakes one of them: 12 of 704 nested
 * workers hung on a loaded machine (Firefox 153).
 */
export function mayHang(): boolean {
  const {navigator, document} = globalThis as {navigator?: {userAgent?: string}; document?: unknown};
  return document === undefined && /\bFirefox\//.test(navigator?.userAgent ?? '');
}

/** What makes a dedicated worker of a browser a thread. */
export function requestOf(message: ThreadStart): ThreadRequest {
  return {source: BROWSER_SOURCE, message};
}

/**
 * Starts a thread in the background; the module tells when it is there. It does not keep a process of Node alive.
 *
 * @param onEnd called when it has ended, or could not be started; the reason is empty where none is known
 * @throws Error if a policy forbids it
 */
export function startThread(start: ThreadStart, onEnd: (reason: string) => void): void {
  const ofNode = workerThreads();
  if (ofNode) startInNode(ofNode, start, onEnd);
  else startInBrowser(start, onEnd);
}

/** In both kinds of worker; `start` is what it was started with. */
const RUN = `
  const {exports} = new WebAssembly.Instance(start.module, {env: {memory: start.memory}});
  try {
    exports.work(start.index, start.area);
  } catch (error) {
    exports.fail_job();
    throw error;
  }`;

const NODE_SOURCE = `
  const {workerData: start} = process.getBuiltinModule?.('node:worker_threads');${RUN}`;

const BROWSER_SOURCE = `onmessage = ({data: start}) => {
  try {${RUN}
  } finally {
    close();
  }
};`;

/** Asks by name: loading the module takes 2 ms of a start (Node 20.20). */
function hasWorkerThreads(): boolean {
  return nodeProcess()?.getBuiltinModule?.('node:module')?.isBuiltin?.('node:worker_threads') ?? false;
}

function workerThreads(): BuiltinModules['node:worker_threads'] | undefined {
  return nodeProcess()?.getBuiltinModule?.('node:worker_threads');
}

function startInNode(
  {Worker}: BuiltinModules['node:worker_threads'],
  start: ThreadStart,
  onEnd: (reason: string) => void,
): void {
  const source = new URL(`data:text/javascript,${encodeURIComponent(NODE_SOURCE)}`);
  // Flags of the process, such as --import, are not for a worker that runs this alone.
  const worker = new Worker(source, {workerData: start, execArgv: [], env: {}});
  worker.once('error', (error) => onEnd(String(error)));
  worker.once('exit', () => onEnd(''));
  worker.unref();
}

function startInBrowser(start: ThreadStart, onEnd: (reason: string) => void): void {
  const url = URL.createObjectURL(new Blob([BROWSER_SOURCE], {type: 'text/javascript'}));
  try {
    const worker = new Worker(url);
    worker.onerror = ({message}) => {
      onEnd(message || 'the Content-Security-Policy may forbid it: worker-src blob: is needed');
    };
    worker.postMessage(start);
  } finally {
    // The worker has its source by the time that it asks for it: it is fetched when the worker is made.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}
