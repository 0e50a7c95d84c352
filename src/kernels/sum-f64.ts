/**
 * Sums and products. One summation tree, whoever runs it: runs are cut into leaves of 1024 elements,
 * a leaf is eight running sums (element i goes to sum i mod 8) added as ((0+4)+(2+6))+((1+5)+(3+7)),
 * and leaves are added in order; rows are added four at a time. All in float64.
 *
 * With `skip`, NaN adds nothing and is counted in `missing`. The copy for float32 is generated.
 */
type In = Float64Array;

const LEAF = 1024;

/** Add a run of `n` elements to `sum[s]`. */
export function sumRun(
  x: In,
  at: number,
  step: number,
  n: number,
  skip: boolean,
  sum: Float64Array,
  missing: Float64Array,
  s: number,
): void {
  let total = sum[s]!;
  let absent = 0;
  for (let i = 0; i < n; i += LEAF) {
    const m = Math.min(LEAF, n - i);
    if (skip) {
      total += leafSkip(x, at + i * step, step, m);
      absent += gone;
    } else total += step === 1 ? leaf(x, at + i, m) : leafStrided(x, at + i * step, step, m);
  }
  sum[s] = total;
  if (absent > 0) missing[s] = missing[s]! + absent;
}

function leaf(x: In, at: number, n: number): number {
  let a = 0,
    b = 0,
    c = 0,
    d = 0,
    e = 0,
    f = 0,
    g = 0,
    h = 0;
  let i = at;
  for (const end = at + n - 7; i < end; i += 8) {
    a += x[i]!;
    b += x[i + 1]!;
    c += x[i + 2]!;
    d += x[i + 3]!;
    e += x[i + 4]!;
    f += x[i + 5]!;
    g += x[i + 6]!;
    h += x[i + 7]!;
  }
  let rest = 0;
  for (const end = at + n; i < end; i++) rest += x[i]!;
  return a + e + (c + g) + (b + f + (d + h)) + rest;
}

function leafStrided(x: In, at: number, step: number, n: number): number {
  let a = 0,
    b = 0,
    c = 0,
    d = 0,
    e = 0,
    f = 0,
    g = 0,
    h = 0;
  let i = at;
  let k = 7;
  for (; k < n; k += 8, i += 8 * step) {
    a += x[i]!;
    b += x[i + step]!;
    c += x[i + 2 * step]!;
    d += x[i + 3 * step]!;
    e += x[i + 4 * step]!;
    f += x[i + 5 * step]!;
    g += x[i + 6 * step]!;
    h += x[i + 7 * step]!;
  }
  let rest = 0;
  for (k -= 7; k < n; k++, i += step) rest += x[i]!;
  return a + e + (c + g) + (b + f + (d + h)) + rest;
}

/** How many NaN the last {@link leafSkip} met. */
let gone = 0;

/** A leaf with NaN as zero: the same tree, so that it adds up as if zeros were there. */
function leafSkip(x: In, at: number, step: number, n: number): number {
  let a = 0,
    b = 0,
    c = 0,
    d = 0,
    e = 0,
    f = 0,
    g = 0,
    h = 0;
  let absent = 0;
  let i = at;
  let k = 7;
  for (; k < n; k += 8, i += 8 * step) {
    const p = x[i]!,
      q = x[i + step]!,
      r = x[i + 2 * step]!,
      t = x[i + 3 * step]!;
    const u = x[i + 4 * step]!,
      v = x[i + 5 * step]!,
      w = x[i + 6 * step]!,
      z = x[i + 7 * step]!;
    if (p === p) a += p;
    else absent++;
    if (q === q) b += q;
    else absent++;
    if (r === r) c += r;
    else absent++;
    if (t === t) d += t;
    else absent++;
    if (u === u) e += u;
    else absent++;
    if (v === v) f += v;
    else absent++;
    if (w === w) g += w;
    else absent++;
    if (z === z) h += z;
    else absent++;
  }
  let rest = 0;
  for (k -= 7; k < n; k++, i += step) {
    if (x[i]! === x[i]!) rest += x[i]!;
    else absent++;
  }
  gone = absent;
  return a + e + (c + g) + (b + f + (d + h)) + rest;
}

/** Add `m` rows of `n` elements to `sum[s + i·ss]`, column by column. */
export function sumRows(
  x: In,
  at: number,
  step: number,
  n: number,
  rowStep: number,
  m: number,
  skip: boolean,
  sum: Float64Array,
  missing: Float64Array,
  s: number,
  ss: number,
): void {
  let r = 0;
  for (; r + 3 < m; r += 4) {
    const p = at + r * rowStep;
    const q = p + rowStep,
      u = q + rowStep,
      v = u + rowStep;
    for (let i = 0; i < n; i++) {
      const k = i * step;
      const a = x[p + k]!,
        b = x[q + k]!,
        c = x[u + k]!,
        d = x[v + k]!;
      const t = a + b + (c + d);
      const j = s + i * ss;
      if (t === t || !skip) sum[j] = sum[j]! + t;
      else {
        let part = 0,
          absent = 0;
        if (a === a) part += a;
        else absent++;
        if (b === b) part += b;
        else absent++;
        if (c === c) part += c;
        else absent++;
        if (d === d) part += d;
        else absent++;
        sum[j] = sum[j]! + part;
        missing[j] = missing[j]! + absent;
      }
    }
  }
  for (; r < m; r++) {
    const p = at + r * rowStep;
    for (let i = 0; i < n; i++) {
      const a = x[p + i * step]!;
      const j = s + i * ss;
      if (a === a || !skip) sum[j] = sum[j]! + a;
      else missing[j] = missing[j]! + 1;
    }
  }
}

/** Multiply `product[s]` by a run of `n` elements. */
export function prodRun(
  x: In,
  at: number,
  step: number,
  n: number,
  skip: boolean,
  product: Float64Array,
  missing: Float64Array,
  s: number,
): void {
  let total = product[s]!;
  let absent = 0;
  for (let i = 0; i < n; i++) {
    const a = x[at + i * step]!;
    if (a === a || !skip) total *= a;
    else absent++;
  }
  product[s] = total;
  if (absent > 0) missing[s] = missing[s]! + absent;
}

/** Multiply `product[s + i·ss]` by `m` rows of `n` elements. */
export function prodRows(
  x: In,
  at: number,
  step: number,
  n: number,
  rowStep: number,
  m: number,
  skip: boolean,
  product: Float64Array,
  missing: Float64Array,
  s: number,
  ss: number,
): void {
  for (let r = 0; r < m; r++) {
    const p = at + r * rowStep;
    for (let i = 0; i < n; i++) {
      const a = x[p + i * step]!;
      const j = s + i * ss;
      if (a === a || !skip) product[j] = product[j]! * a;
      else missing[j] = missing[j]! + 1;
    }
  }
}

/** Count what is NaN in a run of `n` elements. */
export function missingRun(x: In, at: number, step: number, n: number, missing: Float64Array, s: number): void {
  let absent = 0;
  for (let i = 0; i < n; i++) {
    const a = x[at + i * step]!;
    absent += a === a ? 0 : 1;
  }
  missing[s] = missing[s]! + absent;
}

/** Count what is NaN in `m` rows of `n` elements, column by column. */
export function missingRows(
  x: In,
  at: number,
  step: number,
  n: number,
  rowStep: number,
  m: number,
  missing: Float64Array,
  s: number,
  ss: number,
): void {
  for (let r = 0; r < m; r++) {
    const p = at + r * rowStep;
    for (let i = 0; i < n; i++) {
      const a = x[p + i * step]!;
      if (a !== a) missing[s + i * ss] = missing[s + i * ss]! + 1;
    }
  }
}
