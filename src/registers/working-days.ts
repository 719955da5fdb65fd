/** Which days an office works: Monday to Friday but for `holidays`, and the weekend days in `workdays`. ISO dates. */
export interface WorkCalendar {
  readonly holidays: ReadonlySet<string>;
  /** Weekend days that are worked to make up for a holiday (调休). */
  readonly workdays: ReadonlySet<string>;
  /** Hours that local time is ahead of UTC; 8 for China. */
  readonly offsetHours: number;
}

export const plainCalendar: WorkCalendar = { holidays: new Set(), workdays: new Set(), offsetHours: 8 };

const dayLength = 86_400_000;
const longestWait = 4000;

/**
 * The end of the last working day of a time limit: `days` working days after the day of `start`, which itself does not
 * count (working days run from the day after, as in 民事诉讼法 §85). As an instant, ISO 8601 in UTC.
 */
export function dueAfter(start: string, days: number, calendar: WorkCalendar): string {
  const day = localDay(start, calendar);
  const known = endsOf(calendar);
  const key = `${day} ${days}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const end = endAfter(day, days, calendar);
  if (known.size < mostEnds) known.set(key, end);
  return end;
}

/** Ends that were worked out already, by day and number of days: a register has as many as it has days, not cases. */
function endsOf(calendar: WorkCalendar): Map<string, string> {
  const known = ends.get(calendar) ?? new Map<string, string>();
  ends.set(calendar, known);
  return known;
}

const ends = new WeakMap<WorkCalendar, Map<string, string>>();
const mostEnds = 100_000;

function endAfter(start: string, days: number, { holidays, workdays, offsetHours }: WorkCalendar): string {
  const shift = offsetHours * 3_600_000;
  let day = Math.floor(Date.parse(start) / dayLength);
  let left = days;
  for (let passed = 0; left > 0 && passed < longestWait; passed += 1) {
    day += 1;
    const date = new Date(day * dayLength).toISOString().slice(0, 10);
    const weekday = new Date(day * dayLength).getUTCDay();
    const isWeekend = weekday === 0 || weekday === 6;
    if (isWeekend ? workdays.has(date) : !holidays.has(date)) left -= 1;
  }
  return new Date((day + 1) * dayLength - shift - 1000).toISOString().replace('.000Z', 'Z');
}

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** The end of a calendar day in the calendar's zone, as an instant. */
export function endOfDay(date: string, { offsetHours }: WorkCalendar): string {
  const midnight = Date.parse(`${date}T00:00:00Z`) - offsetHours * 3_600_000;
  return new Date(midnight + dayLength - 1000).toISOString().replace('.000Z', 'Z');
}

/** The day, `2026-03-02`, on which an instant falls in the calendar's zone. */
export function localDay(instant: string, { offsetHours }: WorkCalendar): string {
  // Most instants of a day fall on its own date; only what crosses midnight needs a calendar.
  const hour = instantPattern.test(instant) ? Number(instant.slice(11, 13)) + offsetHours : 24;
  if (hour >= 0 && hour <= 23) return instant.slice(0, 10);
  return new Date(Date.parse(instant) + offsetHours * 3_600_000).toISOString().slice(0, 10);
}

/** An end of day so many calendar days later. */
export function daysAfter(start: string, days: number, calendar: WorkCalendar): string {
  const day = Date.parse(`${localDay(start, calendar)}T00:00:00Z`) + days * dayLength;
  return endOfDay(new Date(day).toISOString().slice(0, 10), calendar);
}
