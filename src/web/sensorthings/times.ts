/** A moment or an interval, in ms; an open end is infinite. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** An ISO 8601 moment with a zone, or two of them with a slash between; null for anything else. */
export function readSpan(text: string): Span | null {
  if (text.length > 80) return null;
  const [first = '', second, ...rest] = text.split('/');
  if (rest.length > 0) return null;
  const start = readMoment(first);
  const end = second === undefined ? start : readMoment(second);
  return start === null || end === null || end < start ? null : { start, end };
}

export function readMoment(text: string): number | null {
  if (!moment.test(text)) return null;
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isFinite(at) ? at : null;
}

/** A moment or interval as it is kept and told: in UTC, with thousandths, so that texts order as times do. */
export function timeText({ start, end }: Span): string {
  const first = new Date(start).toISOString();
  return end === start ? first : `${first}/${new Date(end).toISOString()}`;
}

/** A length of time, in ms. */
export interface Duration {
  readonly milliseconds: number;
}

/** An ISO 8601 duration of days, hours, minutes and seconds; null for anything else. */
export function readDuration(text: string): Duration | null {
  const match =
    /^(-)?P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:\.\d{1,3})?)S)?)?$/.exec(text);
  if (match === null || /P$|T$/.test(text)) return null;
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  const total = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return { milliseconds: Math.round((sign === undefined ? 1 : -1) * total * 1000) };
}
