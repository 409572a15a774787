/**
 * One call at a time, of the newest argument: what comes while a call is under way waits, and is replaced by what comes
 * after it.
 */
export function latestOnly<T>(call: (argument: T) => Promise<void>): (argument: T) => void {
  let waiting: {argument: T} | undefined;
  let running = false;
  const run = async () => {
    running = true;
    try {
      while (waiting) {
        const {argument} = waiting;
        waiting = undefined;
        await call(argument);
      }
    } finally {
      running = false;
    }
  };
  return (argument) => {
    waiting = {argument};
    if (!running) run();
  };
}
