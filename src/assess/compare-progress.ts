import type { Localized } from '../model/index.ts';
import { assess } from './assess.ts';
import { methods } from './methods.ts';
import type { Result } from './result.ts';

/** A series on which progress methods differ, with what a reader would say of it. */
export interface ProgressCase {
  readonly name: Localized;
  readonly points: readonly (readonly [year: number, value: string])[];
  readonly target: string;
  readonly targetYear: number;
  readonly direction: 1 | -1;
}

const even = (from: number, to: number, steps: number): (readonly [number, string])[] =>
  Array.from(
    { length: steps + 1 },
    (_, at) => [2015 + at, String(from + ((to - from) * at) / steps)] as const,
  );

/** Cases in which rates of growth, or end points alone, mislead. */
export const progressCases: readonly ProgressCase[] = [
  {
    name: { en: 'keep 100 %: target equals base', zh: '保持 100%：目标等于基准' },
    points: even(100, 100, 8),
    target: '100',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: { en: 'keep 100 %, but falling to 96', zh: '保持 100%，但降至 96' },
    points: even(100, 96, 8),
    target: '100',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: { en: 'new service: 0 to 1 of 100', zh: '新服务：从 0 到 1（目标 100）' },
    points: even(0, 1, 8),
    target: '100',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: { en: 'zero deaths: 40 to 5', zh: '零死亡：从 40 到 5' },
    points: even(40, 5, 8),
    target: '0',
    targetYear: 2030,
    direction: -1,
  },
  {
    name: { en: 'share covered: 20 to 30 of 40', zh: '覆盖率：从 20 到 30（目标 40）' },
    points: even(20, 30, 8),
    target: '40',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: {
      en: 'the same fact as share not covered: 80 to 70 of 60',
      zh: '同一事实，以未覆盖率表示：从 80 到 70（目标 60）',
    },
    points: even(80, 70, 8),
    target: '60',
    targetYear: 2030,
    direction: -1,
  },
  {
    name: { en: 'net emissions: 10 to -2, target -10', zh: '净排放：从 10 到 -2，目标 -10' },
    points: even(10, -2, 8),
    target: '-10',
    targetYear: 2030,
    direction: -1,
  },
  {
    name: {
      en: 'steady rise 20 to 34 of 50, wild last value 20',
      zh: '稳步由 20 升至 34（目标 50），末值异常为 20',
    },
    points: [...even(20, 34, 7), [2023, '20'] as const],
    target: '50',
    targetYear: 2030,
    direction: 1,
  },
];

const compared = ['linear-distance', 'statcan', 'eurostat', 'unsd-2023'] as const;

/** Each case judged by each method: the verdict as the method words it, with its measure. */
export function compareProgress(): {
  case: ProgressCase;
  verdicts: Readonly<Record<string, Result | null>>;
}[] {
  return progressCases.map((one) => ({
    case: one,
    verdicts: Object.fromEntries(compared.map((id) => [id, judge(one, id)])),
  }));
}

function judge({ points, target, targetYear, direction }: ProgressCase, id: string): Result | null {
  const method = methods.get(id);
  if (method === undefined) return null;
  const { results } = assess(
    method,
    {
      file: 'case',
      columns: ['indicator', 'direction', 'target', 'target_year', 'base_year'],
      rows: [{ row: 2, cells: ['case', String(direction), target, String(targetYear), '2015'] }],
    },
    {
      file: 'case',
      columns: ['unit', 'indicator', 'period', 'value'],
      rows: points.map(([year, value], at) => ({
        row: at + 2,
        cells: ['case', 'case', String(year), value],
      })),
    },
  );
  return results[0] ?? null;
}

/** The comparison as a table of Markdown: docs/methods/progress-compared.md holds it, word for word. */
export function comparisonTable(): string {
  const rows = compareProgress().map(({ case: { name }, verdicts }) => [
    name.en,
    ...compared.map((id) => {
      const verdict = verdicts[id];
      const value = verdict?.value ?? null;
      return `${verdict?.status?.replaceAll('_', ' ') ?? 'no verdict'}${value === null ? '' : ` (${value.toFixed(2)})`}`;
    }),
  ]);
  const lines = [['case', ...compared], ...rows];
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? [];
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |\n`;
  const [head = [], ...body] = lines;
  return text(head) + text(widths.map((width) => '-'.repeat(width))) + body.map(text).join('');
}
