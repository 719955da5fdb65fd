import { describe, expect, it } from 'vitest';
import { chinaCalendar, knownHolidayYears } from './china-calendar.ts';
import { dueAfter } from './working-days.ts';

const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: string): boolean => weekday(day) === 0 || weekday(day) === 6;

describe('China’s working days', () => {
  it('are as many as weekdays less the statutory holidays: all else is moved, nothing is given', () => {
    const working = knownHolidayYears.map((year) => {
      let count = 0;
      let weekdays = 0;
      for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += 86_400_000) {
        const day = new Date(time).toISOString().slice(0, 10);
        if (!isWeekend(day)) weekdays += 1;
        if (isWeekend(day) ? chinaCalendar.workdays.has(day) : !chinaCalendar.holidays.has(day)) count += 1;
      }
      return [year, weekdays - count];
    });
    // 全国年节及纪念日放假办法: 11 days, 13 from 2025. In 2020 two more were given by prolonging the Spring Festival.
    expect(working).toEqual(
      [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026].map((year) => [
        year,
        (year >= 2025 ? 13 : 11) + (year === 2020 ? 2 : 0),
      ]),
    );
  });

  it('are made up for on weekend days only, none of which is a holiday', () => {
    const odd = [...chinaCalendar.workdays].filter(
      (day) => !isWeekend(day) || chinaCalendar.holidays.has(day),
    );
    expect(odd).toEqual([]);
  });

  it('move a deadline over the Spring Festival of 2026, and over the longer one of 2020', () => {
    // Friday 13 February: the 14th is worked, then nine days off, 24 to 27 and Saturday the 28th worked.
    expect(dueAfter('2026-02-13T02:00:00Z', 2, chinaCalendar)).toBe('2026-02-24T15:59:59Z');
    expect(dueAfter('2026-02-13T02:00:00Z', 6, chinaCalendar)).toBe('2026-02-28T15:59:59Z');
    // Put off to 3 February by the notice of 27 January 2020.
    expect(dueAfter('2020-01-23T02:00:00Z', 1, chinaCalendar)).toBe('2020-02-03T15:59:59Z');
  });
});
