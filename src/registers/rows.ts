/** Rows of a field of type `rows`, as texts by column; none when it is not a list of such. */
export function rowsOf(text: string): readonly Readonly<Record<string, string>>[] {
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read)) return [];
    return read.flatMap((row: unknown) =>
      typeof row === 'object' && row !== null
        ? [Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)]))]
        : [],
    );
  } catch {
    return [];
  }
}
