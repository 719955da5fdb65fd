import { cellKey } from '../compile/compile.ts';
import { type KernelMaker, literalSlots, type Runner, runner, type Table } from '../run/run.ts';
import { compiledOf, type ModelSheet, type SheetVariable } from './sheet.ts';

/** What is set in a run: constants by name (as cellKey gives them). */
export type Values = Readonly<Record<string, number>>;

/** A model of a place that is ready to run, many times a second. */
export class Lab {
  readonly sheet: ModelSheet;
  readonly runner: Runner;
  readonly baseline: Table;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #variables: ReadonlyMap<string, SheetVariable>;
  readonly #holds = new Map<string, readonly number[]>();
  #extremes: readonly Table[] | null = null;

  constructor(sheet: ModelSheet, kernel: KernelMaker) {
    this.sheet = sheet;
    const compiled = compiledOf(sheet);
    this.runner = runner(compiled, kernel);
    this.#slots = literalSlots(compiled);
    this.baseline = this.runner.run();
    this.#columns = new Map(this.baseline.columns.map((name, index) => [cellKey(name), index]));
    this.#variables = new Map(
      sheet.variables.flatMap((variable) => [
        [variable.key, variable],
        ...variable.elements.map(({ column }): [string, SheetVariable] => [cellKey(column), variable]),
      ]),
    );
  }

  /** Runs with values in place of the model's own; what is no constant of the model is left out. */
  run(values: Values, seed = 1): Table {
    const set = new Map<number, number>();
    for (const [name, value] of Object.entries(values)) {
      const slot = this.#slots.get(cellKey(name));
      if (slot !== undefined) set.set(slot, value);
    }
    return this.runner.run({ seed, values: set });
  }

  /** Whether a run may set it. */
  isConstant(name: string): boolean {
    return this.#slots.has(cellKey(name));
  }

  /** Whether a table has a column of that name. */
  hasColumn(column: string): boolean {
    return this.#columns.has(cellKey(column));
  }

  /** The variable that a column belongs to. */
  variableOf(column: string): SheetVariable | undefined {
    return this.#variables.get(cellKey(column));
  }

  /** The name under which the file and the CSV have a column. */
  columnName(column: string): string {
    return this.baseline.columns[this.#columns.get(cellKey(column)) ?? -1] ?? column;
  }

  /** Values of a column at whole years; NaN where there is none. */
  years(): readonly number[] {
    return [...this.baseline.times].filter((time) => Number.isInteger(time));
  }

  /** The value of a column in the row of a time; NaN where there is none. */
  at(table: Table, column: string, time: number): number {
    const index = this.#columns.get(cellKey(column));
    const row = table.times.findIndex((one) => Math.abs(one - time) < 1e-6);
    return index === undefined || row < 0
      ? Number.NaN
      : (table.values[row * table.width + index] ?? Number.NaN);
  }

  /** A column at every whole year. */
  series(table: Table, column: string): readonly number[] {
    return this.years().map((year) => this.at(table, column, year));
  }

  /**
   * The least and the greatest value that a column takes over the ranges of the levers, each alone and all together: axes
   * that hold them stay where they are while a lever is dragged.
   */
  hold(column: string): readonly number[] {
    const key = cellKey(column);
    const known = this.#holds.get(key);
    if (known !== undefined) return known;
    this.#extremes ??= this.#runExtremes();
    const all = this.#extremes.flatMap((table) => this.series(table, column)).filter(Number.isFinite);
    const found = all.length === 0 ? [] : [Math.min(...all), Math.max(...all)];
    this.#holds.set(key, found);
    return found;
  }

  #runExtremes(): Table[] {
    const { levers } = this.sheet;
    const ends = levers.flatMap(({ key, min, max }) => [{ [key]: min }, { [key]: max }]);
    const all = (end: 'min' | 'max') => Object.fromEntries(levers.map((lever) => [lever.key, lever[end]]));
    return [this.baseline, ...[...ends, all('min'), all('max')].map((values) => this.run(values))];
  }
}
