import {Session} from 'node:inspector/promises';

/** Microseconds from one sample to the next, at best. */
const INTERVAL = 100;

/** A function that runs. */
export interface Frame {
  functionName: string;
  /** The file that it is from, or a module's name; empty for what belongs to the engine. */
  url: string;
}

/** Functions that called each other, the innermost first, and how long they ran. */
export interface Sample {
  stack: readonly Frame[];
  milliseconds: number;
}

/** Runs something under V8's CPU profiler: what ran when it looked, on this thread. The times add up to that of the run. */
export async function sampleStacks(run: () => Promise<unknown>): Promise<Sample[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', {interval: INTERVAL});
    await session.post('Profiler.start');
    await run();
    const {profile} = await session.post('Profiler.stop');
    const {nodes, samples = [], timeDeltas = []} = profile;
    const parents = new Map(nodes.flatMap(({id, children = []}) => children.map((child) => [child, id])));
    const frames = new Map(nodes.map(({id, callFrame}) => [id, callFrame]));
    const microseconds = new Map<number, number>();
    samples.forEach((id, i) => {
      microseconds.set(id, (microseconds.get(id) ?? 0) + timeDeltas[i]);
    });
    return [...microseconds].map(([id, time]) => {
      const stack: Frame[] = [];
      for (let node: number | undefined = id; node !== undefined; node = parents.get(node)) {
        const frame = frames.get(node);
        if (frame) stack.push(frame);
      }
      return {stack, milliseconds: time / 1000};
    });
  } finally {
    session.disconnect();
  }
}
