/**
 * A table of units by indicators, a column an indicator. Inside the engine a missing value is a NaN, which arithmetic
 * carries along; it never leaves it: results turn it into null.
 */
export interface Matrix {
  readonly units: readonly string[];
  readonly codes: readonly string[];
  readonly columns: readonly Float64Array[];
}

/** The column of a code; null when there is none. */
export function columnOf(matrix: Matrix, code: string): Float64Array | null {
  return matrix.columns[matrix.codes.indexOf(code)] ?? null;
}

/** The same matrix with every column made anew. */
export function mapColumns(
  matrix: Matrix,
  make: (column: Float64Array, code: string) => Float64Array,
): Matrix {
  return { ...matrix, columns: matrix.columns.map((column, at) => make(column, matrix.codes[at] ?? '')) };
}

/** The matrix without the units that `keep` refuses. */
export function keepUnits(matrix: Matrix, keep: (at: number) => boolean): Matrix {
  const rows = matrix.units.map((_, at) => at).filter(keep);
  return {
    codes: matrix.codes,
    units: rows.map((at) => matrix.units[at] ?? ''),
    columns: matrix.columns.map((column) => Float64Array.from(rows, (at) => column[at] ?? Number.NaN)),
  };
}

/** The matrix with only the columns of these codes, in this order; codes that it does not have are left out. */
export function keepCodes(matrix: Matrix, codes: readonly string[]): Matrix {
  const own = codes.filter((code) => matrix.codes.includes(code));
  return {
    units: matrix.units,
    codes: own,
    columns: own.map((code) => columnOf(matrix, code) ?? new Float64Array(matrix.units.length)),
  };
}

/** A value as a result says it: null for what is missing. */
export function orNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** The values of a column that are there. */
export function present(column: Float64Array): Float64Array {
  return column.filter((value) => !Number.isNaN(value));
}
