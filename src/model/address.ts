import { breakdownKey, type Observation } from './observation.ts';

/** An observation's stable name: `observation/<area>/<indicator>/<period>/<breakdown>`; free of value, file and row. */
export function observationAddress({
  area,
  indicator,
  period,
  breakdown,
}: Pick<Observation, 'area' | 'indicator' | 'period' | 'breakdown'>): string {
  return `observation/${area}/${indicator}/${period}/${breakdownKey(breakdown)}`;
}
