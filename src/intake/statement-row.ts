import { type Claim, isConvertible, isMissingStatus, parseUnit, type Target } from '../model/index.ts';
import { indicatorUnit } from './known.ts';
import { checkBound } from './observation-row.ts';
import type { RowReader } from './row-reader.ts';
import type { TableShape } from './table.ts';

const texts: ReadonlySet<string> = new Set(['locator', 'ref', 'note']);

export const targetShape: TableShape = {
  required: ['indicator', 'area', 'period', 'comparator', 'value', 'unit', 'source', 'locator'],
  optional: ['base_period', 'qualifier', 'ref', 'note'],
  texts,
};

export const claimShape: TableShape = {
  required: ['indicator', 'area', 'kind', 'from', 'to', 'value', 'unit', 'source', 'locator'],
  optional: ['status', 'qualifier', 'ref', 'note'],
  texts,
};

const comparators: readonly Target['comparator'][] = ['=', '>=', '<=', '>', '<'];

const claimKinds: readonly Claim['kind'][] = [
  'level',
  'change_pct',
  'change_pp',
  'change_abs',
  'avg_annual',
  'ratio',
  'rank',
  'cumulative',
  'target',
  'threshold',
];

/** One row of `targets/*.csv`; null when something in it is wrong. */
export function readTarget(reader: RowReader): Target | null {
  const { row } = reader;
  const indicator = reader.indicator();
  const area = reader.area();
  const period = reader.period();
  const breakdown = reader.breakdown();
  const comparator = reader.choice('comparator', comparators, null);
  const value = reader.value();
  const basePeriod = row.get('base_period') === '' ? null : reader.period('base_period');
  // A target told as a change ("20 % less than 2015") has the unit of the change.
  const unit = reader.unit(basePeriod === null ? indicator : null);
  const source = reader.source();
  const locator = reader.locator();
  const qualifier = reader.qualifier();
  const ref = reader.optionalText('ref', 60);
  const note = reader.optionalText('note', 2000);
  if (reader.good && value === null)
    reader.fault(
      'value.blank',
      'value',
      () => 'the target has no value',
      'a target is a number to be reached; what is promised in words stands in plan.yaml',
      () => 'write the number',
    );
  if (!reader.good || value === null || comparator === null) return null;
  if (basePeriod === null) checkBound(reader, value, unit, indicator);
  if (!reader.good) return null;
  return {
    indicator,
    area,
    period,
    breakdown,
    comparator,
    value,
    unit,
    basePeriod,
    qualifier,
    source,
    locator,
    ref,
    note,
  };
}

/** One row of `claims/*.csv`; null when something in it is wrong. */
export function readClaim(reader: RowReader): Claim | null {
  const { row } = reader;
  const indicator = reader.indicator();
  const area = reader.area();
  const kind = reader.choice('kind', claimKinds, null);
  const from = row.get('from') === '' ? null : reader.period('from');
  const to = reader.period('to');
  const breakdown = reader.breakdown();
  const value = reader.value();
  const unit = reader.unit(null);
  const status = reader.status();
  const source = reader.source();
  const locator = reader.locator();
  const qualifier = reader.qualifier();
  const ref = reader.optionalText('ref', 60);
  const note = reader.optionalText('note', 2000);
  if (reader.good && value === null && !isMissingStatus(status) && note === null)
    reader.fault(
      'value.blank',
      'value',
      () => 'the claim has no value, no missing status and no note',
      'a statement without a number says something in words: then the note says what',
      () => 'write the number, or set status to O and say in note what the document states',
    );
  if (!reader.good || kind === null) return null;
  checkClaimUnit(reader, kind, unit, indicator);
  return {
    indicator,
    area,
    kind,
    from,
    to,
    breakdown,
    value,
    unit,
    status,
    qualifier,
    source,
    locator,
    ref,
    note,
  };
}

/** The unit a kind of claim is told in; null: that of the indicator. */
const unitOfKind: Readonly<Partial<Record<Claim['kind'], string | null>>> = {
  level: null,
  cumulative: null,
  change_abs: null,
  change_pct: '%',
  change_pp: 'pp',
};

/** A document may be wrong about its own units, and a claim says what it says: a warning, never an error. */
function checkClaimUnit(reader: RowReader, kind: Claim['kind'], code: string, indicator: string): void {
  if (!Object.hasOwn(unitOfKind, kind)) return;
  const fixed = unitOfKind[kind] ?? null;
  const wanted = fixed === null ? indicatorUnit(reader.known, indicator) : parseUnit(fixed);
  const unit = parseUnit(code);
  if (wanted === null || unit === null || isConvertible(unit, wanted)) return;
  reader.warn(
    'claim.unit',
    'unit',
    `a claim of kind ${kind} is told in ${wanted.code}, not in ${code}`,
    'the claim cannot be compared with the data',
    'correct the unit or the kind; if the document itself says so, nothing is to be done',
  );
}
