/** Records keyed by names from files and users, of which `constructor` and `__proto__` are two as good as any. */

/** Whether a value is an object that is no list: what JSON has braces for. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a record itself holds under `key`; `undefined` for what every object inherits. */
export function ownValue<T>(record: { readonly [key: string]: T } | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Put a value under `key`, also where that is `__proto__`, to which an assignment would do something else. */
export function setOwn<T>(record: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}
