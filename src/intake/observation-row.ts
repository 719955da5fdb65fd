import { isMissingStatus, type Localized, type Observation } from '../model/index.ts';
import { brokenBound } from './bounds.ts';
import { quote } from './quote.ts';
import type { RowReader } from './row-reader.ts';
import type { TableShape } from './table.ts';

export const observationShape: TableShape = {
  required: ['indicator', 'area', 'period', 'value', 'unit', 'source', 'locator'],
  optional: ['status', 'reason_en', 'reason_zh', 'qualifier', 'ref', 'note'],
  texts: new Set(['locator', 'reason_en', 'reason_zh', 'ref', 'note']),
};

/** One row of `observations/*.csv`; null when something in it is wrong. */
export function readObservation(reader: RowReader): Observation | null {
  const indicator = reader.indicator();
  const area = reader.area();
  const period = reader.period();
  const breakdown = reader.breakdown();
  const value = reader.value();
  const unit = reader.unit(indicator);
  const status = reader.status();
  const reason = readReason(reader);
  const source = reader.source();
  const locator = reader.locator();
  const qualifier = reader.qualifier();
  const ref = reader.optionalText('ref', 60);
  const note = reader.optionalText('note', 2000);
  if (!reader.good) return null;
  checkMissing(reader, value, status, reason);
  if (value !== null) {
    checkBound(reader, value, unit, indicator);
    checkDate(reader, period, status, source);
  }
  if (!reader.good) return null;
  return {
    indicator,
    area,
    period,
    breakdown,
    value,
    unit,
    status,
    reason,
    qualifier,
    source,
    locator,
    ref,
    note,
  };
}

function readReason(reader: RowReader): Localized | null {
  const en = reader.optionalText('reason_en', 4000);
  const zh = reader.optionalText('reason_zh', 4000);
  return en === null && zh === null ? null : { en: en ?? '', zh: zh ?? '' };
}

/** A value, or a missing status with a reason: never neither, never both. */
function checkMissing(
  reader: RowReader,
  value: string | null,
  status: Observation['status'],
  reason: Localized | null,
): void {
  const missing = isMissingStatus(status);
  if (value === null && !missing)
    reader.fault(
      'value.blank',
      'value',
      () => 'there is no value, and the status does not say that it is missing',
      'missing is not zero and not forgotten: it is said, with its reason',
      () => 'write the value, or set status to O, L, M or Q and give a reason',
    );
  if (value === null && missing && reason === null)
    reader.fault(
      'reason.missing',
      'reason_en',
      () => 'the value is missing without a reason',
      'a reader must learn why there is no number',
      () => 'say in reason_en or reason_zh why it is missing',
    );
  if (value !== null && missing)
    reader.fault(
      'status.contradicts',
      'status',
      () => `the status ${status} says that the value is missing, but there is the value ${value}`,
      'it cannot be both',
      () => 'correct the status, or take the value out',
    );
  if (value !== null && !missing && reason !== null)
    reader.fault(
      'reason.superfluous',
      'reason_en',
      () => 'there is a reason for a missing value, but the value is there',
      'the reason is shown in place of a value',
      () => 'move the text to the column note',
    );
}

export function checkBound(reader: RowReader, value: string, unit: string, indicator: string): void {
  const declared = reader.known.indicators.get(indicator);
  if (declared === undefined) return;
  const broken = brokenBound(value, unit, declared.nature, declared.unit);
  if (broken === null) return;
  const what = `${value} ${unit} cannot be a value of ${indicator}`;
  if (broken.severity === 'error')
    reader.fault(
      broken.rule,
      'value',
      () => what,
      broken.why,
      () => broken.mend,
    );
  else
    reader.warn(
      broken.rule,
      'value',
      `${value} ${unit} is unusual for ${indicator}`,
      broken.why,
      broken.mend,
    );
}

/** A value of a year after the document that states it is a forecast or a slip. */
function checkDate(reader: RowReader, period: string, status: Observation['status'], source: string): void {
  const date = reader.known.sources?.get(source);
  if (date === undefined || date === 'undated' || status === 'F') return;
  const year = /^\d{4}/.exec(period)?.[0];
  if (year === undefined || year <= date.slice(0, 4)) return;
  reader.warn(
    'period.after-source',
    'period',
    `the value is for ${quote(period)}, after the date of its source (${date})`,
    'a document cannot report what had not happened',
    'correct the period or the source, or set status to F (forecast)',
  );
}
