/** The name in `known` closest to `name` by edit distance; `undefined` where none is close. */
export function closest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** `; did you mean "x"?` where a known name is close, else nothing. */
export function nearHint(name: string, known: Iterable<string>): string {
  const near = closest(name, known);
  return near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
}

/** `unknown <what> "name"; did you mean "x"? (a, b, c)`: the uniform message for a name that is not there. */
export function unknownName(what: string, name: string, known: Iterable<string>): string {
  const names = [...known];
  const shown = names.length > 20 ? [...names.slice(0, 20), `… ${names.length - 20} more`] : names;
  return `unknown ${what} ${JSON.stringify(name)}${nearHint(name, names)} (${shown.join(", ") || `there are no ${what}s`})`;
}

/** Optimal string alignment distance (insert, delete, replace, swap neighbours), cut off at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      row.push(d);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
