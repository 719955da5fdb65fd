import { csvText } from '../csv-text.ts';
import { type Choice, isMoment } from './choice.ts';
import type { Explored } from './explored.ts';

/**
 * What a chart shows, as CSV (RFC 4180, with a byte order mark): one row a value, exact, with its status and the reason of
 * a missing one. The browser and the server write the same bytes.
 */
export function shownCsv(whole: Explored, choice: Choice): string {
  const from = isMoment(choice.kind) ? choice.to : choice.from;
  const rows = whole.series
    .filter(({ id }) => choice.shown.includes(id) || (choice.kind === 'map' && !id.includes(':')))
    .flatMap(({ id, name, points }) =>
      points
        .filter(({ period }) => period >= from && period <= choice.to)
        .map(({ period, value, status, reason }) => [
          whole.id,
          id,
          name,
          period,
          value ?? '',
          whole.unit,
          status,
          reason ?? '',
        ]),
    );
  const head = ['indicator', 'series', 'name', 'period', 'value', 'unit', 'status', 'reason'];
  return csvText([head, ...rows]);
}
