/** Letting the event loop run: a loop of resolved promises never sees an abort or a message. */

/** Milliseconds a thread may be busy before it lets others run. */
const SLICE = 8;

/** A function that gives a promise to await once the slice is used up, else undefined. */
export function makeBreathe(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < SLICE) return undefined;
    return nextTurn().then(() => {
      last = performance.now();
    });
  };
}

/** Resolves in another turn of the event loop. */
export function nextTurn(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
