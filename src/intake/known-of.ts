import type { Workspace } from '../model/index.ts';
import { knownOfCity } from './city-file.ts';
import { criteriaOf, type Known } from './known.ts';

/** What something that is read beside a workspace may refer to. */
export function knownOf({ city, indicators, frameworks }: Workspace): Known {
  return {
    ...knownOfCity(city),
    indicatorIds: new Set(indicators.map(({ id }) => id)),
    indicators: new Map(indicators.map((indicator) => [indicator.id, indicator])),
    frameworks: criteriaOf(frameworks),
  };
}
