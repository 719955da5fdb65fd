import type { ObservationStatus, Qualifier } from '../model/index.ts';
import type { Connection } from './engine.ts';
import { key } from './observation.ts';
import { Shared } from './observation-reading.ts';
import type { ObservationQuery, ObservationRun } from './store.ts';

type ListedRun = readonly [
  indicator: string,
  area: string,
  breakdown: string,
  unit: string,
  status: ObservationStatus,
  reasonEn: string | null,
  reasonZh: string | null,
  qualifier: Qualifier | null,
  source: string,
  note: string | null,
  periods: string,
  values: string,
  locators: string | readonly string[],
];
const shared = [
  'indicator',
  'area',
  'breakdown',
  'unit',
  'status',
  'reason_en',
  'reason_zh',
  'qualifier',
  'source',
  'note',
];

/**
 * The observations as of a position as runs, in no order. A list of texts leaves the database as one text, which is a third of
 * the work; places in sources may hold the mark between them, and are a list of JSON then.
 */
export async function readRuns(
  connection: Connection,
  city: string,
  { asOf = Number.MAX_SAFE_INTEGER, indicators, areas }: ObservationQuery,
): Promise<readonly ObservationRun[]> {
  const { rows } = await connection.query<{ run: ListedRun }>(
    `SELECT json_build_array(${shared}, string_agg(period, ' '), string_agg(coalesce(value::text, ''), ' '),
      CASE WHEN bool_or(strpos(locator, '|') > 0) THEN json_agg(locator) ELSE to_json(string_agg(locator, '|')) END) AS run FROM (
      SELECT DISTINCT ON (${key}) * FROM observation
      WHERE city = $1 AND position <= $2
        AND ($3::text[] IS NULL OR indicator = ANY ($3)) AND ($4::text[] IS NULL OR area = ANY ($4))
      ORDER BY ${key}, position DESC) newest
    WHERE NOT withdrawn GROUP BY ${shared}`,
    [city, asOf, indicators ?? null, areas ?? null],
  );
  const texts = new Shared();
  const lists = new Map<string, readonly string[]>();
  const periodsOf = (text: string): readonly string[] => {
    const known = lists.get(text) ?? text.split(' ');
    lists.set(text, known);
    return known;
  };
  return rows.map(({ run }) => runOf(run, texts, periodsOf));
}

function runOf(
  [
    indicator,
    area,
    breakdown,
    unit,
    status,
    reasonEn,
    reasonZh,
    qualifier,
    source,
    note,
    periods,
    values,
    locators,
  ]: ListedRun,
  texts: Shared,
  periodsOf: (text: string) => readonly string[],
): ObservationRun {
  return {
    indicator: texts.text(indicator),
    area: texts.text(area),
    breakdown: texts.breakdown(breakdown),
    unit: texts.text(unit),
    status,
    reason: reasonEn === null || reasonZh === null ? null : { en: reasonEn, zh: reasonZh },
    qualifier,
    source: texts.text(source),
    note,
    periods: periodsOf(periods),
    values: values.split(' ').map((value) => (value === '' ? null : value)),
    locators: typeof locators === 'string' ? locators.split('|') : locators,
  };
}
