import { createHash } from 'node:crypto';
import { type FigureSet, neededFor } from '../figures/index.ts';
import { breakdownKey, type Observation, type Workspace } from '../model/index.ts';

interface KeyedPlace {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
}

/** A hash of what each indicator's values were, by place; kept, so that only indicators that changed are read again. */
export type ValueHashes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Hashes the values of every indicator; those not in `changed` are taken over from `before`. */
export function valueHashes(
  places: readonly KeyedPlace[],
  before?: ValueHashes,
  changed?: ReadonlySet<string>,
): ValueHashes {
  return new Map(
    places.map(({ workspace }) => {
      const old = before?.get(workspace.city.id);
      const groups = new Map<string, Observation[]>();
      for (const row of workspace.observations) {
        if (old !== undefined && changed !== undefined && !changed.has(row.indicator)) continue;
        const list = groups.get(row.indicator);
        if (list === undefined) groups.set(row.indicator, [row]);
        else list.push(row);
      }
      const own = new Map(old ?? []);
      if (changed !== undefined) for (const id of changed) own.delete(id);
      for (const [id, rows] of groups) own.set(id, hashOf(rows));
      return [workspace.city.id, own] as const;
    }),
  );
}

function hashOf(rows: readonly Observation[]): string {
  const lines = rows.map((row) =>
    [
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
      row.note ?? '',
    ].join('\u0001'),
  );
  return createHash('sha256').update(lines.sort().join('\u0002')).digest('base64url');
}

/**
 * What each address of the site is made from, as a key. The pages below an indicator depend on its values and those that its
 * formula and roll-up need, in every place; every other page on all. All depend on what is declared, and on the program.
 */
export function pageKeys(
  places: readonly KeyedPlace[],
  values: ValueHashes,
  program: string,
): (path: string) => string {
  const hash = (parts: readonly string[]): string =>
    createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 24);
  const declared = hash([
    program,
    ...places.map(({ workspace: { observations: _, ...rest } }) => JSON.stringify(rest)),
  ]);
  const everything = hash([
    declared,
    ...[...values].flatMap(([city, own]) => [city, ...[...own].sort(([a], [b]) => (a < b ? -1 : 1)).flat()]),
  ]);
  const byIndicator = new Map<string, string>();
  for (const { workspace, figures } of places)
    for (const { id } of workspace.indicators) {
      const needed = [...neededFor([id], figures.definitions)].sort();
      byIndicator.set(
        `${workspace.city.id} ${id}`,
        hash([
          declared,
          ...needed.flatMap((each) =>
            [...values].map(([city, own]) => `${city} ${each} ${own.get(each) ?? ''}`),
          ),
        ]),
      );
    }
  return (path) => {
    const [, , city = '', room, id = ''] = path.split('/');
    if (path.startsWith('/assets/')) return program;
    return (
      (room === 'indicators' && id !== ''
        ? byIndicator.get(`${decodeURIComponent(city)} ${decodeURIComponent(id)}`)
        : undefined) ?? everything
    );
  };
}
