import { canonicalJson, type Json, measureText } from '../figures/index.ts';
import { breakdownKey, type Contribution, type Figure } from '../model/index.ts';

/** The open data of an edition: every figure and every record behind it, as CSV and JSON. All of it follows from the manifest. */
export function dataFiles(figures: readonly Figure[]): ReadonlyMap<string, string> {
  return new Map([
    ['data/figures.csv', figuresCsv(figures)],
    ['data/figures.json', figuresJson(figures)],
    ['data/records.csv', recordsCsv(figures)],
    ['data/contributions.csv', contributionsCsv(figures)],
  ]);
}

/** A cell of RFC 4180; a text that a spreadsheet would run as a formula gets a quote in front, numbers stay numbers. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csv = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;

const figureHead =
  'code,city,indicator,area,breakdown,measure,value,fraction,unit,status,qualifier,missing_en,missing_zh,formula,formula_version,as_of,root'.split(
    ',',
  );

function figuresCsv(figures: readonly Figure[]): string {
  return csv(
    figureHead,
    figures.map(({ code, key, value, fraction, unit, status, qualifier, missing, formula, asOf, root }) => [
      code,
      key.city,
      key.indicator,
      key.area,
      breakdownKey(key.breakdown),
      measureText(key.measure),
      value ?? '',
      fraction ?? '',
      unit,
      status,
      qualifier ?? '',
      missing?.en ?? '',
      missing?.zh ?? '',
      formula.text,
      String(formula.version),
      String(asOf),
      root,
    ]),
  );
}

function figuresJson(figures: readonly Figure[]): string {
  const rows = figures.map(({ contributions, ...figure }) => {
    const row: Json = JSON.parse(
      JSON.stringify({
        ...figure,
        contributions: contributions.map(({ record, role }) => ({ record, role })),
      }),
    );
    return canonicalJson(row);
  });
  return `[\n${rows.join(',\n')}\n]\n`;
}

const recordHead = 'city,record,quantity,unit,status,source,locator'.split(',');

function recordsCsv(figures: readonly Figure[]): string {
  const rows = new Map<string, readonly string[]>();
  for (const { key, contributions } of figures)
    for (const contribution of contributions) {
      const row = [key.city, ...recordCells(contribution)];
      rows.set(row.join('\u0000'), row);
    }
  return csv(
    recordHead,
    [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  );
}

const recordCells = ({ record, quantity, unit, status, source, locator }: Contribution): string[] => [
  record,
  quantity ?? '',
  unit,
  status,
  source,
  locator,
];

function contributionsCsv(figures: readonly Figure[]): string {
  return csv(
    ['city', 'code', 'role', 'record'],
    figures.flatMap(({ key, code, contributions }) =>
      contributions.map(({ role, record }) => [key.city, code, role, record]),
    ),
  );
}
