import {
  auditData,
  type DataContext,
  type DataRow,
  namesOf,
  type ToldFinding,
  told,
} from '../../audit/index.ts';
import { breakdownKey, type Language, type Observation, type Workspace } from '../../model/index.ts';
import type { AskedCell, CellValue } from '../../plan/index.ts';

export interface CellFinding extends Pick<ToldFinding, 'rule' | 'message' | 'mend'> {
  /** What stops the save: a text that is no number, a value that cannot be. */
  readonly stops: boolean;
}

/** Rules whose finding makes a value no value. */
export const stopping = new Set(['data.text', 'data.range', 'data.missing', 'data.period']);

const file = 'cell';

/** What the audit of data says about a value somebody gives, next to the values of the same series before it. */
export function checkCell(
  cell: AskedCell,
  given: CellValue,
  workspace: Workspace,
  language: Language,
  series: readonly Observation[] = seriesOf(cell, workspace),
): readonly CellFinding[] {
  const isMissing = given.value.trim() === '';
  if (isMissing && given.reason.trim() === '') return [];
  const row = (observation: Observation, at: number): DataRow => ({
    indicator: observation.indicator,
    area: observation.area,
    period: observation.period,
    breakdown: observation.breakdown,
    value: observation.value,
    unit: observation.unit,
    status: observation.status,
    file: 'known',
    row: at + 1,
  });
  const rows: readonly DataRow[] = [
    ...series.filter(({ period }) => period !== cell.period).map(row),
    {
      indicator: cell.indicator,
      area: cell.area,
      period: cell.period,
      breakdown: breakdownOf(cell.breakdown),
      value: isMissing ? null : given.value.trim(),
      unit: cell.unit,
      status: isMissing ? 'O' : 'A',
      file,
      row: 1,
    },
  ];
  const names = namesOf(workspace);
  return auditData(rows, contextOf(workspace))
    .filter(({ places }) => places.some((place) => place.file === file))
    .filter(({ rule }) => rule !== 'data.empty' && rule !== 'data.stale')
    .map((finding) => ({
      rule: finding.rule,
      message: told(finding, language, names).message,
      mend: told(finding, language, names).mend,
      stops: stopping.has(finding.rule),
    }));
}

export function seriesOf(cell: AskedCell, workspace: Workspace): readonly Observation[] {
  return workspace.observations.filter(
    (each) =>
      each.indicator === cell.indicator &&
      each.area === cell.area &&
      breakdownKey(each.breakdown) === cell.breakdown,
  );
}

const contexts = new WeakMap<Workspace, DataContext>();

export function contextOf(workspace: Workspace): DataContext {
  const known = contexts.get(workspace);
  if (known !== undefined) return known;
  const made: DataContext = {
    areas: new Map(workspace.city.areas.map(({ id, parent }) => [id, parent ?? null])),
    indicators: new Map(
      workspace.indicators.map(({ id, unit, rollup, nature }) => [
        id,
        { unit, additive: rollup === 'sum', share: unit === '%' && nature === 'ratio' },
      ]),
    ),
  };
  contexts.set(workspace, made);
  return made;
}

/** `sex=f,urban=yes` as an object. */
export function breakdownOf(key: string): Record<string, string> {
  if (key === '') return {};
  return Object.fromEntries(
    key.split(',').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
