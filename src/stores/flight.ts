/** Work that several callers wait for: done once, given up when the last of them has aborted. */

/** One piece of work under way. */
export class Flight<T> {
  private readonly controller = new AbortController();
  private readonly result: Promise<T>;
  private waiting = 0;

  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.result = start(this.controller.signal);
    // Whoever waits sees the failure; nobody may be waiting any more.
    this.result.catch(() => undefined);
  }

  /** Whether it was given up, so that a new one is needed. */
  get abandoned(): boolean {
    return this.controller.signal.aborted;
  }

  /** Wait for the result, or for the signal. */
  join(signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.waiting++;
    if (signal === undefined) return this.result;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        this.waiting--;
        if (this.waiting === 0) this.controller.abort(signal.reason);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      const settle = (): void => signal.removeEventListener("abort", leave);
      this.result.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
    });
  }
}

/** Flights by name: who asks for one under way joins it. */
export class Flights<T> {
  private readonly underWay = new Map<string, Flight<T>>();

  /** The result of `start`, shared with those who ask for the same name meanwhile. */
  run(name: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const known = this.underWay.get(name);
    if (known && !known.abandoned) return known.join(signal);
    const flight: Flight<T> = new Flight((inner) =>
      start(inner).finally(() => {
        if (this.underWay.get(name) === flight) this.underWay.delete(name);
      }),
    );
    this.underWay.set(name, flight);
    return flight.join(signal);
  }

  /** Let nobody join any more whose name passes. */
  forget(test: (name: string) => boolean): void {
    for (const name of [...this.underWay.keys()]) if (test(name)) this.underWay.delete(name);
  }
}
