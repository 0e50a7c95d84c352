/**
 * The ledger: one budget of bytes for all computations of the process.
 *
 * A run is admitted with everything it needs to run one task at a time (`reserve`, first come first
 * served), and takes more only where it is free at once (`tryReserve`): nobody waits while holding
 * something another one waits for.
 */
import { ArgumentError } from "../errors.ts";
import { getOptions } from "../options.ts";
import type { Lease } from "./contracts.ts";

interface Waiting {
  readonly bytes: number;
  readonly admit: (lease: Lease) => void;
}

/** A budget and what is held of it. */
export class Ledger {
  /** Bytes held now, and the most that ever were. */
  used = 0;
  highWater = 0;
  /** Leases held now. */
  leases = 0;
  readonly #limit: () => number;
  readonly #queue: Waiting[] = [];

  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Bytes there are. */
  get limit(): number {
    return this.#limit();
  }

  /** Bytes at once, or undefined. More than the limit is given only where nothing else is held. */
  tryReserve(bytes: number): Lease | undefined {
    if (this.#queue.length > 0 || !this.#fits(bytes)) return undefined;
    return this.#grant(bytes);
  }

  /** Bytes now, whatever is held: for a task that turns out larger than its plan, which cannot wait without risking a deadlock. */
  take(bytes: number): Lease {
    return this.#grant(bytes);
  }

  /** Bytes when they are free; rejects with the signal's reason when it aborts first. */
  async reserve(bytes: number, signal?: AbortSignal): Promise<Lease> {
    signal?.throwIfAborted();
    const now = this.tryReserve(bytes);
    if (now) return now;
    return new Promise<Lease>((resolve, reject) => {
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal?.reason);
        this.#serve();
      };
      const waiting: Waiting = {
        bytes,
        admit: (lease) => {
          signal?.removeEventListener("abort", leave);
          resolve(lease);
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.#queue.push(waiting);
    });
  }

  #fits(bytes: number): boolean {
    return this.used === 0 || this.used + bytes <= this.limit;
  }

  #grant(bytes: number): Lease {
    let held = bytes;
    let open = true;
    this.used += bytes;
    this.leases++;
    this.highWater = Math.max(this.highWater, this.used);
    const shrink = (to: number): void => {
      if (!open || to >= held) return;
      this.used -= held - to;
      held = to;
      this.#serve();
    };
    return {
      get bytes() {
        return held;
      },
      shrink,
      release: () => {
        if (!open) return;
        shrink(0);
        open = false;
        this.leases--;
        this.#serve();
      },
    };
  }

  #serve(): void {
    while (this.#queue.length > 0 && this.#fits(this.#queue[0]!.bytes)) {
      const { bytes, admit } = this.#queue.shift()!;
      admit(this.#grant(bytes));
    }
  }
}

const FALLBACK = 4 * 2 ** 30;
let machine: number | undefined;

/** A quarter of the machine's memory in bytes, as far as it can be known. */
export function defaultBudget(): number {
  machine ??= machineMemory();
  return Math.floor(machine / 4);
}

function machineMemory(): number {
  const { process, navigator } = globalThis as { process?: NodeJS.Process; navigator?: { deviceMemory?: number } };
  const os = process?.getBuiltinModule?.("node:os");
  const total = os?.totalmem() ?? (navigator?.deviceMemory ?? 0) * 2 ** 30;
  const limit = process?.constrainedMemory?.() ?? 0;
  const known = total > 0 ? total : FALLBACK;
  return limit > 0 && limit < known ? limit : known;
}

/** The budget in force: what was asked, else the option, else a quarter of the machine. Throws where it is no size. */
export function budgetOf(asked: number | undefined): number {
  const bytes = asked ?? getOptions().memory ?? defaultBudget();
  if (!(bytes > 0)) throw new ArgumentError(`memory must be a positive number of bytes, not ${bytes}`, { memory: bytes });
  return bytes;
}

/** The ledger of this process. */
export const ledger: Ledger = new Ledger(() => budgetOf(undefined));
