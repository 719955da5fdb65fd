import type { WorkCalendar } from './working-days.ts';

/** A notice of the State Council's general office (国务院办公厅关于…部分节假日安排的通知) on the holidays of a year. */
interface HolidayNotice {
  readonly year: number;
  /** Its number, or its address at www.gov.cn/zhengce. */
  readonly source: string;
  /** Days off, first to last, both included; weekends within them too. `MM-DD` of the year, or a whole date. */
  readonly off: readonly string[];
  /** Weekend days worked to make up for it (调休). */
  readonly on: readonly string[];
}

/** Each read against the text of its notice. A later notice on the same days comes after the one that it changes. */
const notices: readonly HolidayNotice[] = [
  {
    year: 2019,
    source: 'content/2018-12/06/content_5346276.htm; 2019-03/22/content_5375877.htm on 1 May',
    off: [
      '2018-12-30..2019-01-01',
      '02-04..02-10',
      '04-05',
      '05-01..05-04',
      '06-07',
      '09-13',
      '10-01..10-07',
    ],
    on: ['2018-12-29', '02-02', '02-03', '04-28', '05-05', '09-29', '10-12'],
  },
  {
    year: 2020,
    source: 'content/2019-11/21/content_5454164.htm; 2020-01/27/content_5472352.htm on the Spring Festival',
    off: ['01-01', '01-24..02-02', '04-04..04-06', '05-01..05-05', '06-25..06-27', '10-01..10-08'],
    on: ['01-19', '04-26', '05-09', '06-28', '09-27', '10-10'],
  },
  {
    year: 2021,
    source: '国办发明电〔2020〕27号',
    off: [
      '01-01..01-03',
      '02-11..02-17',
      '04-03..04-05',
      '05-01..05-05',
      '06-12..06-14',
      '09-19..09-21',
      '10-01..10-07',
    ],
    on: ['02-07', '02-20', '04-25', '05-08', '09-18', '09-26', '10-09'],
  },
  {
    year: 2022,
    source: '国办发明电〔2021〕11号',
    off: [
      '01-01..01-03',
      '01-31..02-06',
      '04-03..04-05',
      '04-30..05-04',
      '06-03..06-05',
      '09-10..09-12',
      '10-01..10-07',
    ],
    on: ['01-29', '01-30', '04-02', '04-24', '05-07', '10-08', '10-09'],
  },
  {
    year: 2023,
    source: '国办发明电〔2022〕16号',
    off: ['2022-12-31..2023-01-02', '01-21..01-27', '04-05', '04-29..05-03', '06-22..06-24', '09-29..10-06'],
    on: ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'],
  },
  {
    year: 2024,
    source: 'content/202310/content_6911527.htm',
    off: ['01-01', '02-10..02-17', '04-04..04-06', '05-01..05-05', '06-10', '09-15..09-17', '10-01..10-07'],
    on: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  {
    year: 2025,
    source: '国办发明电〔2024〕12号',
    off: ['01-01', '01-28..02-04', '04-04..04-06', '05-01..05-05', '05-31..06-02', '10-01..10-08'],
    on: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  {
    year: 2026,
    source: '国办发明电〔2025〕7号',
    off: [
      '01-01..01-03',
      '02-15..02-23',
      '04-04..04-06',
      '05-01..05-05',
      '06-19..06-21',
      '09-25..09-27',
      '10-01..10-07',
    ],
    on: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
];

const dayLength = 86_400_000;

const whole = (day: string, year: number): string => (day.length === 5 ? `${year}-${day}` : day);

function daysOff({ off, year }: HolidayNotice): readonly string[] {
  return off.flatMap((span) => {
    const [first = '', last = first] = span.split('..').map((day) => whole(day, year));
    const count = (Date.parse(last) - Date.parse(first)) / dayLength + 1;
    return Array.from({ length: count }, (_, at) =>
      new Date(Date.parse(first) + at * dayLength).toISOString().slice(0, 10),
    );
  });
}

/** The years whose holidays are known; in others every Monday to Friday counts. */
export const knownHolidayYears: readonly number[] = notices.map(({ year }) => year);

/**
 * China's working days: Monday to Friday but for the public holidays of the years listed, with the weekend days worked
 * instead. In other years every Monday to Friday counts.
 */
export const chinaCalendar: WorkCalendar = {
  holidays: new Set(notices.flatMap(daysOff)),
  workdays: new Set(notices.flatMap(({ on, year }) => on.map((day) => whole(day, year)))),
  offsetHours: 8,
};
