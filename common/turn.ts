/** Ends this turn of the event loop: signals, messages and input that wait are delivered. In Node and in browsers. */
export const nextTurn: () => Promise<void> = typeof setImmediate === 'function' ? byImmediate : messenger();

function byImmediate(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Browsers delay timers by 4 ms, and animation frames by up to 17. */
function messenger(): () => Promise<void> {
  const {port1, port2} = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
