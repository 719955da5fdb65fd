/** One field of many rows, in little room. */
export interface Column<T> {
  at(row: number): T;
}

/** Few different things in many rows, such as areas and units: each once, and its number in each row. */
export function listedColumn<T extends string | object | null>(values: readonly T[]): Column<T> {
  const places = new Map<T, number>();
  for (const value of values) if (!places.has(value)) places.set(value, places.size);
  const different = [...places.keys()];
  const [only] = different;
  if (only !== undefined && different.length === 1) return { at: () => only };
  const numbers =
    different.length <= 2 ** 8
      ? new Uint8Array(values.length)
      : different.length <= 2 ** 16
        ? new Uint16Array(values.length)
        : new Uint32Array(values.length);
  for (const [row, value] of values.entries()) numbers[row] = places.get(value) ?? 0;
  return {
    at: (row) => {
      const value = different[numbers[row] ?? -1];
      if (value === undefined) throw new RangeError(`there is no row ${row}`);
      return value;
    },
  };
}

/** Texts that differ from row to row, such as values: one text of all of them, and where each ends. */
export function textColumn(values: readonly (string | null)[]): Column<string | null> {
  const [first = null] = values;
  if (values.every((value) => value === first)) return { at: () => first };
  const whole = values.map((value) => value ?? '').join('');
  const ends = new Uint32Array(values.length);
  const absent = values.includes(null) ? new Uint8Array(values.length) : null;
  let end = 0;
  for (const [row, value] of values.entries()) {
    end += value?.length ?? 0;
    ends[row] = end;
    if (value === null && absent !== null) absent[row] = 1;
  }
  return {
    at: (row) => (absent?.[row] === 1 ? null : whole.slice(row === 0 ? 0 : ends[row - 1], ends[row])),
  };
}
