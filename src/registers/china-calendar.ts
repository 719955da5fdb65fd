import type { WorkCalendar } from './working-days.ts';

/** Days of a month that are holidays (off) or weekend days worked (on), as the State Council's notices list them. */
const notices: readonly (readonly [month: string, off: readonly number[], on: readonly number[]])[] = [
  // 国办发明电〔2020〕27号
  ['2021-01', [1], []],
  ['2021-02', [11, 12, 15, 16, 17], [7, 20]],
  ['2021-04', [5], [25]],
  ['2021-05', [3, 4, 5], [8]],
  ['2021-06', [14], []],
  ['2021-09', [20, 21], [18, 26]],
  ['2021-10', [1, 4, 5, 6, 7], [9]],
  // 国办发明电〔2021〕11号
  ['2022-01', [3, 31], [29, 30]],
  ['2022-02', [1, 2, 3, 4], []],
  ['2022-04', [4, 5], [2, 24]],
  ['2022-05', [2, 3, 4], [7]],
  ['2022-06', [3], []],
  ['2022-09', [12], []],
  ['2022-10', [3, 4, 5, 6, 7], [8, 9]],
];

const days = (pick: 1 | 2): ReadonlySet<string> =>
  new Set(
    notices.flatMap((notice) => notice[pick].map((day) => `${notice[0]}-${String(day).padStart(2, '0')}`)),
  );

/**
 * China's working days: Monday to Friday but for the public holidays of the years listed, with the weekend days worked
 * instead. In other years every Monday to Friday counts.
 */
export const chinaCalendar: WorkCalendar = { holidays: days(1), workdays: days(2), offsetHours: 8 };
