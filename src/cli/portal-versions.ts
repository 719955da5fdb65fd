import { createHash } from 'node:crypto';
import { type FigureSet, neededFor } from '../figures/index.ts';
import { breakdownKey, type Observation, packedOf, type Workspace } from '../model/index.ts';

interface VersionedPlace {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
}

/** The values of one indicator in all places: a hash of each series, of which series and periods there are, of which have a value, and of all. */
interface IndicatorValues {
  readonly series: ReadonlyMap<string, string>;
  readonly shape: string;
  readonly presence: string;
  readonly values: string;
}

const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u0002')).digest('base64url').slice(0, 16);

/**
 * Versions of what pages read, under the names of {@link Reads}: a version changes when, and only when, what is read
 * does. Values are hashed by series; given an older state and the indicators that changed since, only those are read.
 */
export class PortalVersions {
  readonly #byIndicator: ReadonlyMap<string, IndicatorValues>;
  readonly #places: readonly VersionedPlace[];
  readonly #known = new Map<string, string>();

  constructor(
    places: readonly VersionedPlace[],
    since: { readonly before: PortalVersions; readonly indicators: ReadonlySet<string> } | null = null,
  ) {
    this.#places = places;
    const byIndicator = new Map(since === null ? [] : since.before.#byIndicator);
    for (const id of since?.indicators ?? []) byIndicator.delete(id);
    // Rows stand indicator by indicator: one is hashed before the next is looked at.
    for (const [id, runs] of runsOf(places))
      if (since === null || since.indicators.has(id)) byIndicator.set(id, valuesOf(runs));
    this.#byIndicator = byIndicator;
  }

  /** The version of what a name stands for. */
  of(name: string): string {
    // Most names are of series, and each is asked about once.
    if (name.startsWith('series ')) {
      const end = name.indexOf(' ', 7);
      return this.#byIndicator.get(name.slice(7, end))?.series.get(name.slice(end + 1)) ?? '';
    }
    const known = this.#known.get(name) ?? this.#versionOf(name);
    this.#known.set(name, known);
    return known;
  }

  #versionOf(name: string): string {
    const [kind = '', id = ''] = name.split(' ');
    switch (kind) {
      case 'shape':
        return this.#neededBy(id, ({ shape }) => shape);
      case 'values':
        return this.#neededBy(id, ({ values }) => values);
      case 'shapes':
        return this.#all(({ shape }) => shape);
      case 'presence':
        return this.#all(({ presence }) => presence);
      default:
        return this.#all(({ values }) => values);
    }
  }

  #neededBy(id: string, part: (values: IndicatorValues) => string): string {
    const needed = new Set(
      this.#places.flatMap(({ figures }) =>
        figures.definitions.indicators.has(id) ? [...neededFor([id], figures.definitions)] : [],
      ),
    );
    return hashOf(
      [...needed].sort().flatMap((each) => {
        const values = this.#byIndicator.get(each);
        return values === undefined ? [] : [each, part(values)];
      }),
    );
  }

  #all(part: (values: IndicatorValues) => string): string {
    return hashOf(
      [...this.#byIndicator]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([id, values]) => [id, part(values)]),
    );
  }
}

function lineOf(row: Observation, city: string): string {
  return [
    city,
    row.area,
    row.period,
    breakdownKey(row.breakdown),
    row.value ?? '',
    row.unit,
    row.status,
    row.qualifier ?? '',
    row.reason?.en ?? '',
    row.reason?.zh ?? '',
    row.source,
    row.locator,
    row.ref ?? '',
    row.note ?? '',
  ].join('\u0001');
}

/** Rows of one indicator in one place. */
interface Run {
  readonly city: string;
  readonly rows: Iterable<Observation>;
}

function runsOf(places: readonly VersionedPlace[]): ReadonlyMap<string, readonly Run[]> {
  const runs = new Map<string, Run[]>();
  const add = (indicator: string, run: Run): void => {
    const known = runs.get(indicator);
    if (known === undefined) runs.set(indicator, [run]);
    else known.push(run);
  };
  for (const { workspace } of places) {
    const city = workspace.city.id;
    const packed = packedOf(workspace.observations);
    if (packed !== null) for (const rows of packed.runs) add(rows.indicator, { city, rows });
    else for (const rows of listedRuns(workspace.observations)) add(rows[0]?.indicator ?? '', { city, rows });
  }
  return runs;
}

function* listedRuns(rows: readonly Observation[]): Generator<readonly Observation[]> {
  let from = 0;
  for (let at = 1; at <= rows.length; at += 1)
    if (rows[at]?.indicator !== rows[from]?.indicator) {
      yield rows.slice(from, at);
      from = at;
    }
}

function valuesOf(runs: readonly Run[]): IndicatorValues {
  const all = new Map<string, { rows: string[]; periods: string[]; presence: string[] }>();
  for (const { city, rows } of runs)
    for (const row of rows) {
      const name = `${row.area} ${breakdownKey(row.breakdown)}`;
      let series = all.get(name);
      if (series === undefined) {
        series = { rows: [], periods: [], presence: [] };
        all.set(name, series);
      }
      series.rows.push(lineOf(row, city));
      series.periods.push(`${city} ${row.period}`);
      series.presence.push(
        `${city} ${row.period} ${row.value === null ? '' : '+'} ${row.status} ${row.source}`,
      );
    }
  const ordered = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const series = new Map(ordered.map(([name, { rows }]) => [name, hashOf(rows.sort())]));
  return {
    series,
    shape: hashOf(ordered.flatMap(([name, { periods }]) => [name, ...periods.sort()])),
    presence: hashOf(ordered.flatMap(([name, { presence }]) => [name, ...presence.sort()])),
    values: hashOf([...series].flat()),
  };
}

/** What every page is made from besides values: all that is declared, and the program. */
export function declaredVersion(
  places: readonly Pick<VersionedPlace, 'workspace'>[],
  program: string,
): string {
  return hashOf([
    program,
    ...places.map(({ workspace: { observations: _, ...rest } }) => JSON.stringify(rest)),
  ]);
}
