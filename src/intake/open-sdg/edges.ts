import type { DataFile } from './data-file.ts';

/** One column opens another: `to` is only filled where `from` is, as sdg-build's edges. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/**
 * The edges of a data file by the rule of Open SDG: column A is a parent of B when A is filled wherever B is, and A is
 * also filled somewhere without B. A parent of a parent is left out.
 */
export function edgesOf({ roles, rows }: DataFile): readonly Edge[] {
  if (roles === null) return [];
  const filled = roles.breakdowns.map(
    (_, at) => new Set(rows.flatMap(({ breakdown }, row) => ((breakdown[at] ?? '') === '' ? [] : [row]))),
  );
  const within = (child: number, parent: number): boolean => {
    const [a, b] = [filled[child], filled[parent]];
    if (a === undefined || b === undefined || child === parent || a.size === 0 || a.size >= b.size)
      return false;
    for (const row of a) if (!b.has(row)) return false;
    return true;
  };
  const edges: [number, number][] = [];
  for (let parent = 0; parent < filled.length; parent += 1)
    for (let child = 0; child < filled.length; child += 1)
      if (within(child, parent)) edges.push([parent, child]);
  return edges
    .filter(
      ([parent, child]) =>
        !edges.some(
          ([above, middle]) =>
            above === parent && edges.some(([from, to]) => from === middle && to === child),
        ),
    )
    .map(([parent, child]) => ({
      from: roles.breakdowns[parent]?.name ?? '',
      to: roles.breakdowns[child]?.name ?? '',
    }));
}
