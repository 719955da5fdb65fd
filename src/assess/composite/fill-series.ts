import type { Observation } from '../observation.ts';
import { panelOf } from '../panel.ts';
import { imputeSeries } from './impute.ts';
import { orNull } from './matrix.ts';

export const noStandIns: ReadonlySet<string> = new Set();

/** Series with their gaps filled over time, and which values stand in: JSON of [unit, code, period]. */
export function fillSeries(
  observations: readonly Observation[],
  how: string,
): { observations: readonly Observation[]; standIns: ReadonlySet<string> } {
  const periods = [...new Map(observations.map((one) => [one.period, one.year])).entries()]
    .flatMap(([period, year]) => (year === null ? [] : [{ period, year }]))
    .sort((a, b) => a.year - b.year);
  const years = periods.map(({ year }) => year);
  const panel = panelOf(observations);
  const made: Observation[] = [];
  const standIns = new Set<string>();
  const codes = [...new Set(observations.map(({ indicator }) => indicator))];
  for (const unit of panel.units)
    for (const code of codes) {
      const series = panel.series(unit, code);
      const [one] = series;
      if (one === undefined) continue;
      const byPeriod = new Map(series.map((observation) => [observation.period, observation]));
      const values = Float64Array.from(periods, ({ period }) => byPeriod.get(period)?.value ?? Number.NaN);
      const filled = imputeSeries(years, values, how === 'latest' ? 'latest' : 'linear');
      periods.forEach(({ period, year }, at) => {
        const own = byPeriod.get(period);
        const value = orNull(filled[at]);
        const applies = own?.standing !== 'not_applicable';
        if (own !== undefined && (own.value !== null || value === null || !applies)) made.push(own);
        else if (value !== null) {
          standIns.add(JSON.stringify([unit, code, period]));
          made.push({ ...(own ?? one), period, year, value, text: String(value), standing: 'imputed' });
        }
      });
    }
  return { observations: made, standIns };
}
