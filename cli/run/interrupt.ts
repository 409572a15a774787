/** Signals that ask a run to stop, and the exit code a shell expects after each. */
const EXIT_CODES: Record<string, number> = {SIGINT: 130, SIGTERM: 143};

/** npm passes on a Ctrl-C that the terminal has sent to the whole process group already: one key press, two signals. */
const SAME_KEY_PRESS = 500;

export interface Interruption {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** The exit code that stands for the first signal; undefined without one. */
  exitCode(): number | undefined;
  /** Back to the system's own handling: a signal ends the process, even in the middle of a step. */
  release(): void;
}

/**
 * Turns the first SIGINT or SIGTERM into an abort signal; a later one ends the process at once.
 *
 * @param onFirst called on the first signal.
 */
export function onInterrupt(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const handler = (name: NodeJS.Signals) => {
    if (exitCode !== undefined) return;
    exitCode = EXIT_CODES[name];
    controller.abort();
    onFirst();
    setTimeout(release, SAME_KEY_PRESS).unref();
  };
  const release = () => {
    for (const name of Object.keys(EXIT_CODES)) process.off(name, handler);
  };
  for (const name of Object.keys(EXIT_CODES)) process.on(name, handler);
  return {signal: controller.signal, exitCode: () => exitCode, release};
}
