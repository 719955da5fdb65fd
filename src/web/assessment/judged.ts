import { assessFramework, type StandardAssessment, type TestVerdict } from '../../assess/index.ts';
import {
  compare,
  decimal,
  divide,
  type Figure,
  type Framework,
  magnitude,
  multiply,
  rational,
  toFixed,
} from '../../model/index.ts';
import { type Catalogue, periodOf } from '../catalogue.ts';

/** The figure of an indicator's total for an area in a period; null when there is none. */
export function figureAt(here: Catalogue, indicator: string, area: string, period: string): Figure | null {
  const series = here.entries
    .get(indicator)
    ?.series.find((one) => one.area === area && Object.keys(one.breakdown).length === 0);
  const key = series?.values.find((one) => periodOf(one) === period);
  return key === undefined ? null : here.figure(key);
}

/** A framework of a place judged on the figures of one of its areas. */
export function judgeFramework(here: Catalogue, framework: Framework, area: string): StandardAssessment {
  return assessFramework(framework, (indicator, period) => figureAt(here, indicator, area, period));
}

/** Whether a test's value moved to the good side between two periods. Null where it cannot be told. */
export function movement(first: TestVerdict, last: TestVerdict, comparator: string): 1 | 0 | -1 | null {
  if (first.value === null || last.value === null || comparator === '=') return null;
  const side = compare(decimal(last.value), decimal(first.value));
  if (side === 0) return 0;
  return side > 0 === comparator.startsWith('>') ? 1 : -1;
}

/**
 * By how many percent of itself a value may still get worse, or of the threshold it lacks, to one place; null where there is
 * no number to say it of. Zero: it stands at the limit.
 */
export function slackOf({ value, threshold, margin, verdict }: TestVerdict): string | null {
  if (value === null || threshold === null || margin === null) return null;
  const base = decimal(verdict === 'not_met' ? threshold : value);
  if (base.n === 0n) return null;
  const share = multiply(divide(decimal(margin), base), rational(100n));
  return toFixed(magnitude(share), 1);
}

/** The areas of a place that lie within it, itself first; areas above it, such as its province, are not compared. */
export function areasWithin(here: Catalogue): readonly string[] {
  const { city } = here.place.workspace;
  const within = (id: string, depth = 0): boolean => {
    if (id === city.area) return true;
    const parent = here.areas.get(id)?.parent;
    return parent !== undefined && depth < 20 && within(parent, depth + 1);
  };
  return city.areas.map(({ id }) => id).filter((id) => within(id));
}

/** Whether any district has a value of an indicator that the standard asks for, in its latest period. */
export function comparesDistricts(here: Catalogue, { criteria, periods }: Framework): boolean {
  const period = periods.at(-1) ?? '';
  const own = here.place.workspace.city.area;
  const within = new Set(areasWithin(here));
  return criteria.some(({ tests }) =>
    tests.some(({ indicator }) =>
      here.entries
        .get(indicator)
        ?.series.some(
          ({ area, breakdown, values }) =>
            area !== own &&
            within.has(area) &&
            Object.keys(breakdown).length === 0 &&
            values.some((key) => periodOf(key) === period),
        ),
    ),
  );
}
