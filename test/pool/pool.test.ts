/**
 * The pool of threads with delays where threads can come between one another: the kernels are built anew for this. A job
 * that lost a chunk, or ran one twice, would hang or give other sums.
 */
import {readFileSync} from 'node:fs';
import {Worker} from 'node:worker_threads';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {THREAD_AREA_BYTES} from '../../assembly/abi';
import {buildVariant} from '../../scripts/variant.mjs';
import {detectFeatureLevel, type KernelExports, startThread} from '../../src/internal';

const JOINS = 10_000;
/** Rows of A and B, a product of 8 x 8 each: as many chunks. */
const CHUNKS = 12;
const SHARED = 3;

let variant: Awaited<ReturnType<typeof buildVariant>>;
let module: WebAssembly.Module;

beforeAll(async () => {
  await detectFeatureLevel('relaxed');
  variant = await buildVariant({}, {use: 'THREAD_DELAYS=1'});
  const bytes = readFileSync(variant.file);
  // The limits of the memory follow the names of its import.
  bytes[bytes.indexOf('memory') + 'memory'.length + 1] = SHARED;
  module = new WebAssembly.Module(bytes);
}, 120_000);

afterAll(() => variant.remove());

/** A pool, and the workers of its threads. */
async function startPool(threads: number) {
  const memory = new WebAssembly.Memory({initial: 16, maximum: 16, shared: true});
  const wasm = new WebAssembly.Instance(module, {env: {memory}}).exports as unknown as KernelExports;
  const areas = wasm.heap_base();
  const workers: Worker[] = [];
  const unref = vi.spyOn(Worker.prototype, 'unref').mockImplementation(function (this: Worker) {
    workers.push(this);
  });
  for (let index = 1; index < threads; index++) {
    startThread({module, memory, index, area: areas + (index - 1) * THREAD_AREA_BYTES}, () => undefined);
  }
  while (wasm.ready_threads() !== 2 ** threads - 2) await new Promise((resolve) => setTimeout(resolve, 1));
  unref.mockRestore();
  wasm.set_threads(threads);
  wasm.scale_chunks(0);
  return {wasm, memory, workers, top: areas + threads * THREAD_AREA_BYTES};
}

type Pool = Awaited<ReturnType<typeof startPool>>;

/** Sums of CHUNKS rows that are known: each of them is a chunk. */
function makeJob({wasm, memory, top}: Pool): (round: number) => void {
  const length = 16;
  const x = top;
  const y = x + 4 * length * CHUNKS;
  const values = new Float32Array(memory.buffer, x, length * CHUNKS);
  const sums = new Float32Array(memory.buffer, y, CHUNKS);
  return (round) => {
    values.forEach((_, i) => {
      values[i] = (i + round) % 1000;
    });
    sums.fill(-1);
    wasm.sum_f32(x, y, CHUNKS, length, 1);
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += values[chunk * length + i];
      if (sums[chunk] !== sum) expect.fail(`row ${chunk} of job ${round} has the sum ${sums[chunk]}, not ${sum}`);
    }
  };
}

describe('the pool', () => {
  it.for([2, 3, 8])(`joins ${JOINS} jobs of %i threads`, {timeout: 120_000}, async (threads) => {
    const pool = await startPool(threads);
    const run = makeJob(pool);
    for (let round = 0; round < JOINS; round++) run(round);
    pool.wasm.stop_threads();
    await Promise.all(pool.workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
  });

  it('wakes threads that sleep', {timeout: 120_000}, async () => {
    const pool = await startPool(3);
    const run = makeJob(pool);
    for (let round = 0; round < 200; round++) {
      run(round);
      if (round % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    pool.wasm.stop_threads();
  });

  it('goes on when threads are ended between jobs', {timeout: 120_000}, async () => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const pool = await startPool(4);
      const run = makeJob(pool);
      for (let round = 0; round < 200; round++) {
        // Not waited for: the next jobs begin while it ends.
        if (round % 50 === 49) void pool.workers.pop()?.terminate();
        run(round);
      }
      pool.wasm.stop_threads();
    }
  });
});
