import type { Draft } from '../finding.ts';
import { place } from './place.ts';
import { type DataContext, type DataRow, grouped, isMissing } from './row.ts';

const provisional = new Set(['P', 'E', 'F', 'I', 'U', 'V']);

/** Values that are not final and are about to be published as if they were. */
export function checkStatus(rows: readonly DataRow[], { final }: DataContext): Draft[] {
  if (final !== true) return [];
  return rows
    .filter(({ status, value }) => value !== null && provisional.has(status))
    .map((row) => ({
      rule: 'data.provisional' as const,
      places: [place(row, 'value', row.value ?? '')],
      values: { cell: `${row.area} ${row.indicator} ${row.period}`, status: row.status },
    }));
}

/** Districts that say nothing where most of their neighbours do: neither a value nor a reason why there is none. */
export function checkCoverage(rows: readonly DataRow[], { areas }: DataContext): Draft[] {
  if (areas === undefined) return [];
  const families = new Map<string, string[]>();
  for (const [area, parent] of areas)
    if (parent !== null) families.set(parent, [...(families.get(parent) ?? []), area]);
  const drafts: Draft[] = [];
  const cells = grouped(
    rows.filter(({ breakdown }) => Object.keys(breakdown).length === 0),
    ({ indicator, period }) => `${indicator}\u0001${period}`,
  );
  for (const cell of cells.values()) {
    const there = new Set(cell.filter((row) => row.value !== null || isMissing(row)).map(({ area }) => area));
    for (const members of families.values()) {
      const absent = members.filter((member) => !there.has(member));
      if (members.length < 3 || absent.length === 0 || absent.length * 10 > members.length * 4) continue;
      const row = cell.find(({ area }) => members.includes(area));
      if (row === undefined) continue;
      drafts.push({
        rule: 'data.coverage',
        places: [place(row, 'area', row.area)],
        values: {
          indicator: row.indicator,
          period: row.period,
          areas: absent.join(', '),
          there: String(members.length - absent.length),
          all: String(members.length),
        },
      });
    }
  }
  return drafts;
}
