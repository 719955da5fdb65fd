const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [16, (text) => text === 't' || text === 'true'], // boolean
  [20, wholeNumber], // bigint
  [21, Number], // smallint
  [23, Number], // integer
  [114, (text) => JSON.parse(text)], // json
  [3802, (text) => JSON.parse(text)], // jsonb
  [1007, integerArray], // integer[]
  [1009, nameArray], // text[]
  // Named here since an engine may have a reader of its own for them.
  [1082, String], // date
  [1114, String], // timestamp
  [1184, String], // timestamptz
  [1700, String], // numeric
]);

/** Type numbers whose text is read into something else than text, for engines that want a table of them. */
export const parsedTypes: readonly number[] = [...parsers.keys()];

/** Reads a value of a PostgreSQL type from its text. Everything unknown stays text: numbers keep every digit. */
export function parserOf(oid: number): (text: string) => unknown {
  return parsers.get(oid) ?? ((text) => text);
}

/** A bigint of ours is a position, a count or a total of readings: all within what a number holds exactly. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`whole number out of range: ${text}`);
  return value;
}

/** Arrays of names only: words without a comma or a quote. Other texts travel as JSON. */
function nameArray(text: string): string[] {
  const inside = text.slice(1, -1);
  return inside === '' ? [] : inside.split(',').map((each) => each.replace(/^"|"$/g, ''));
}

function integerArray(text: string): (number | null)[] {
  const inside = text.slice(1, -1);
  return inside === '' ? [] : inside.split(',').map((each) => (each === 'NULL' ? null : Number(each)));
}
