import { measureText } from '../../figures/index.ts';
import { breakdownKey, type Figure } from '../../model/index.ts';
import { csvText } from '../csv-text.ts';

const head = [
  'code',
  'indicator',
  'area',
  'breakdown',
  'measure',
  'value',
  'unit',
  'status',
  'qualifier',
  'reason_en',
  'reason_zh',
  'sources',
  'root',
];

/** Figures as CSV (RFC 4180) with a byte order mark, so that a spreadsheet reads the Chinese. */
export function csvOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ key, code, value, unit, status, qualifier, missing, contributions, root }) => [
    code,
    key.indicator,
    key.area,
    breakdownKey(key.breakdown),
    measureText(key.measure),
    value ?? '',
    unit,
    status,
    qualifier ?? '',
    missing?.en ?? '',
    missing?.zh ?? '',
    [...new Set(contributions.map(({ source, locator }) => `${source} ${locator}`))].join('; '),
    root,
  ]);
  return csvText([head, ...rows]);
}
