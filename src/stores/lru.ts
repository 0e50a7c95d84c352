/** Bytes by name, up to a budget; what was not used for longest goes first. */
export class ByteCache {
  private readonly entries = new Map<string, Uint8Array>();
  private readonly budget: number;
  private held = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  /** Bytes held now. */
  get size(): number {
    return this.held;
  }

  get(name: string): Uint8Array | undefined {
    const bytes = this.entries.get(name);
    if (bytes === undefined) return undefined;
    this.entries.delete(name);
    this.entries.set(name, bytes);
    return bytes;
  }

  /** Keep bytes; what alone is over the budget is not kept. */
  set(name: string, bytes: Uint8Array): void {
    this.delete(name);
    // A view keeps its whole buffer alive: count that.
    if (bytes.buffer.byteLength > this.budget) return;
    this.entries.set(name, bytes);
    this.held += bytes.buffer.byteLength;
    for (const oldest of this.entries.keys()) {
      if (this.held <= this.budget) return;
      this.delete(oldest);
    }
  }

  delete(name: string): void {
    const bytes = this.entries.get(name);
    if (bytes === undefined) return;
    this.entries.delete(name);
    this.held -= bytes.buffer.byteLength;
  }

  /** The names there are. */
  names(): string[] {
    return [...this.entries.keys()];
  }
}
