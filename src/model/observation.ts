import { z } from 'zod';
import {
  areaIdSchema,
  decimalSchema,
  idSchema,
  localizedSchema,
  periodSchema,
  unitSchema,
} from './schema.ts';

/** SDMX code list CL_OBS_STATUS (cross-domain): the codes a workspace may use, with what they mean to a reader. */
export const observationStatuses = {
  A: { en: 'normal', zh: '正常' },
  B: { en: 'break in series', zh: '序列中断' },
  E: { en: 'estimated', zh: '估计' },
  F: { en: 'forecast', zh: '预测' },
  I: { en: 'imputed', zh: '插补' },
  P: { en: 'provisional', zh: '初步' },
  U: { en: 'low reliability', zh: '可靠性低' },
  V: { en: 'unvalidated', zh: '未经验证' },
  L: { en: 'missing: exists but was not collected', zh: '缺失：存在但未收集' },
  M: { en: 'missing: cannot exist', zh: '缺失：不存在' },
  O: { en: 'missing', zh: '缺失' },
  Q: { en: 'missing: suppressed', zh: '缺失：不予公布' },
} as const;
export const observationStatusSchema = z.enum(['A', 'B', 'E', 'F', 'I', 'P', 'U', 'V', 'L', 'M', 'O', 'Q']);
export type ObservationStatus = z.infer<typeof observationStatusSchema>;

/** Whether a status says that there is no value. */
export function isMissingStatus(status: ObservationStatus): boolean {
  return status === 'L' || status === 'M' || status === 'O' || status === 'Q';
}

/** Words that the source puts before a number: `over 4 %`. Kept, shown, never dropped. */
export const qualifierSchema = z.enum(['over', 'nearly', 'about', 'under', 'at-least', 'at-most']);
export type Qualifier = z.infer<typeof qualifierSchema>;

/** Values of the breakdown dimensions, by dimension id; a dimension that is absent is the total. */
export const breakdownSchema = z.record(idSchema, idSchema);
export type Breakdown = Readonly<Record<string, string>>;

/**
 * One reported value, the shape **series** in its yearly form: a row of `observations/*.csv`. Either a value, or a
 * missing status with its reason; never neither.
 */
export const observationSchema = z.strictObject({
  indicator: idSchema,
  area: areaIdSchema,
  period: periodSchema,
  breakdown: breakdownSchema,
  value: decimalSchema.nullable(),
  unit: unitSchema,
  status: observationStatusSchema,
  /** Why there is no value; required exactly when there is none. */
  reason: localizedSchema.nullable(),
  qualifier: qualifierSchema.nullable(),
  source: idSchema,
  /** The place inside the source: line, page, table, cell. */
  locator: z.string().min(1).max(200),
  /** Id of the statement in the city's own list, when it has one. */
  ref: z.string().max(60).nullable(),
  note: z.string().max(2000).nullable(),
});
export type Observation = z.infer<typeof observationSchema>;

/** `sex=f,urban=yes` in the order of dimension ids; empty for the total. One text for one cell, used in keys. */
export function breakdownKey(breakdown: Breakdown): string {
  const dimensions = Object.keys(breakdown);
  const [only] = dimensions;
  if (only === undefined) return '';
  if (dimensions.length === 1) return `${only}=${breakdown[only] ?? ''}`;
  return dimensions
    .sort()
    .map((dimension) => `${dimension}=${breakdown[dimension] ?? ''}`)
    .join(',');
}

/** What an observation is the value of. Two observations with one key and different values contradict each other. */
export function observationKey({
  indicator,
  area,
  period,
  breakdown,
}: Pick<Observation, 'indicator' | 'area' | 'period' | 'breakdown'>): string {
  return `${area} ${indicator} ${period} ${breakdownKey(breakdown)}`;
}

/** The order in which observations are kept and read: by indicator, area, period and breakdown, as plain text. */
export function compareCells(
  a: Pick<Observation, 'indicator' | 'area' | 'period' | 'breakdown'>,
  b: Pick<Observation, 'indicator' | 'area' | 'period' | 'breakdown'>,
): -1 | 0 | 1 {
  if (a.indicator !== b.indicator) return a.indicator < b.indicator ? -1 : 1;
  if (a.area !== b.area) return a.area < b.area ? -1 : 1;
  if (a.period !== b.period) return a.period < b.period ? -1 : 1;
  if (a.breakdown === b.breakdown) return 0;
  const [left, right] = [breakdownKey(a.breakdown), breakdownKey(b.breakdown)];
  return left === right ? 0 : left < right ? -1 : 1;
}
