import {
  type Claim,
  type Indicator,
  type Localized,
  type Observation,
  observationAddress,
} from '../../model/index.ts';
import { claimAddress } from '../../store/index.ts';
import type { AreaBook } from './areas.ts';
import type { DataFile, DataRow } from './data-file.ts';
import type { Dimensions } from './dimensions.ts';
import type { Ledger } from './ledger.ts';
import { intervalEnds, type SeriesPlan, seriesKey } from './series.ts';

/** A data file of one indicator, with what its records need to know of it. */
export interface PlacedFile {
  readonly file: DataFile;
  /** Columns that say in words what the code of the area says: no breakdowns. */
  readonly places: readonly number[];
  readonly source: string;
}

interface Placed {
  readonly path: string;
  readonly row: DataRow;
  readonly observation: Observation;
}

/**
 * The records of the data files of one indicator. Of the rows of one cell, which may stand in several files, the first with a value is
 * the observation; another value is a claim, the same once more a duplicate.
 */
export function recordsOf(
  files: readonly PlacedFile[],
  plans: readonly SeriesPlan[],
  areas: AreaBook,
  dimensions: Dimensions,
  ledger: Ledger,
): { readonly observations: readonly Observation[]; readonly claims: readonly Claim[] } {
  const bySeries = new Map(plans.map(({ key, indicator }) => [key, indicator]));
  const cells = new Map<string, Placed[]>();
  for (const { file, places, source } of files) {
    const columns = (file.roles?.breakdowns ?? []).map(({ name }, at) =>
      places.includes(at) ? null : dimensions.column(name, file.path),
    );
    for (const row of file.rows) {
      const indicator = bySeries.get(seriesKey(row));
      if (indicator === undefined) continue;
      const breakdown: Record<string, string> = {};
      columns.forEach((column, at) => {
        const text = row.breakdown[at] ?? '';
        if (column !== null && text !== '') breakdown[column.id] = column.value(text);
      });
      const observation = observationOf(row, indicator, { area: areas.id(row.geoCode), breakdown, source });
      const address = observationAddress(observation);
      const same = cells.get(address);
      const placed = { path: file.path, row, observation };
      if (same === undefined) cells.set(address, [placed]);
      else same.push(placed);
    }
  }
  const observations: Observation[] = [];
  const claims: Claim[] = [];
  for (const [address, same] of cells) {
    const accepted = same.find(({ observation }) => observation.value !== null) ?? same[0];
    if (accepted === undefined) continue;
    observations.push(accepted.observation, ...intervalEnds(accepted.row, accepted.observation));
    for (const each of same) {
      const claim = settle(each, accepted, address, ledger);
      if (claim !== null) claims.push(claim);
    }
  }
  return { observations, claims };
}

function observationOf(
  row: DataRow,
  { id, unit }: Indicator,
  cell: Pick<Observation, 'area' | 'breakdown' | 'source'>,
): Observation {
  const said = row.says ?? '';
  return {
    indicator: id,
    area: cell.area,
    period: row.period,
    breakdown: cell.breakdown,
    value: row.value,
    unit,
    status: row.status,
    reason:
      row.value !== null
        ? null
        : said === ''
          ? { en: 'the cell is blank in the source', zh: '来源中该单元格为空' }
          : { en: `the source prints '${said}'`, zh: `来源中为“${said}”` },
    qualifier: row.qualifier,
    source: cell.source,
    locator: `line ${row.line}`,
    ref: null,
    note: row.note,
  };
}

/** Enters a row into the account, beside the one that its cell's observation is from; the claim that it becomes, where it says something else. */
function settle(each: Placed, accepted: Placed, address: string, ledger: Ledger): Claim | null {
  const { path, row, observation } = each;
  const elsewhere = accepted.path === path ? null : accepted.path;
  const first: Localized = {
    en: `line ${accepted.row.line}${elsewhere === null ? '' : ` of ${elsewhere}`}`,
    zh: `${elsewhere ?? ''}第${accepted.row.line}行`,
  };
  if (each === accepted) {
    ledger.row(path, row.line, observation.value === null ? 'missing' : 'observation', address);
    return null;
  }
  if (observation.value === accepted.observation.value) {
    ledger.row(path, row.line, 'duplicate', address, null, {
      en: `the same cell and value as ${first.en}`,
      zh: `与${first.zh}的单元和数值相同`,
    });
    ledger.oddities.note(
      'row.twice',
      { file: path, row: row.line },
      'a row says the same as one before it',
      'one record stands for both',
      'delete one',
    );
    return null;
  }
  if (observation.value === null) {
    ledger.row(path, row.line, 'duplicate', address, null, {
      en: `${first.en} has a value for the same cell`,
      zh: `${first.zh}已有同一单元的数值`,
    });
    return null;
  }
  const { period, reason: _, ...rest } = observation;
  const claim: Claim = { ...rest, kind: 'level', from: null, to: period };
  const reason = {
    en: `${first.en} has another value for the same cell`,
    zh: `${first.zh}对同一单元有另一数值`,
  };
  ledger.row(path, row.line, 'claim', claimAddress(claim), null, reason);
  ledger.oddities.warn(
    'row.contradicts',
    { file: path, row: row.line },
    'a row gives another value for a cell than a row before it',
    'nothing in the table tells the two apart; the first is the observation, the other a claim',
    'add the column that tells them apart, or delete one',
  );
  return claim;
}
