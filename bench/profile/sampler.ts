import {type Profiler, Session} from 'node:inspector/promises';

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
  /** When they had run so long, by `microseconds`. */
  at: number;
}

/** The clock of the profiler, which is that of the system since its start. */
export function microseconds(): number {
  return Number(process.hrtime.bigint()) / 1000;
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
    return samplesOf(profile);
  } finally {
    session.disconnect();
  }
}

function samplesOf({nodes, samples = [], timeDeltas = [], startTime}: Profiler.Profile): Sample[] {
  const parents = new Map(nodes.flatMap(({id, children = []}) => children.map((child) => [child, id])));
  const frames = new Map(nodes.map(({id, callFrame}) => [id, callFrame]));
  const stacks = new Map<number, Frame[]>();
  const stackOf = (id: number): Frame[] => {
    const known = stacks.get(id);
    if (known) return known;
    const parent = parents.get(id);
    const stack = [frames.get(id) as Frame, ...(parent === undefined ? [] : stackOf(parent))];
    stacks.set(id, stack);
    return stack;
  };
  let at = startTime;
  return samples.map((id, i) => {
    at += timeDeltas[i];
    return {stack: stackOf(id), milliseconds: timeDeltas[i] / 1000, at};
  });
}
