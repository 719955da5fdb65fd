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
    name: { en: 'keep 100 %: target equals base', zh: '保持100%：目标等于基准' },
    points: even(100, 100, 8),
    target: '100',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: { en: 'keep 100 %, but falling to 96', zh: '保持100%，但降至96' },
    points: even(100, 96, 8),
    target: '100',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: { en: 'new service: 0 to 1 of 100', zh: '新服务：从0到1（目标100）' },
    points: even(0, 1, 8),
    target: '100',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: { en: 'zero deaths: 40 to 5', zh: '零死亡：从40到5' },
    points: even(40, 5, 8),
    target: '0',
    targetYear: 2030,
    direction: -1,
  },
  {
    name: { en: 'share covered: 20 to 30 of 40', zh: '覆盖率：从20到30（目标40）' },
    points: even(20, 30, 8),
    target: '40',
    targetYear: 2030,
    direction: 1,
  },
  {
    name: {
      en: 'the same fact as share not covered: 80 to 70 of 60',
      zh: '同一事实，以未覆盖率表示：从80到70（目标60）',
    },
    points: even(80, 70, 8),
    target: '60',
    targetYear: 2030,
    direction: -1,
  },
  {
    name: { en: 'net emissions: 10 to -2, target -10', zh: '净排放：从10到−2，目标−10' },
    points: even(10, -2, 8),
    target: '-10',
    targetYear: 2030,
    direction: -1,
  },
  {
    name: {
      en: 'steady rise 20 to 34 of 50, wild last value 20',
      zh: '稳步由20升至34（目标50），末值异常为20',
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

type Judgeable = Pick<ProgressCase, 'points' | 'target' | 'targetYear' | 'direction'> & {
  /** Observation status of the last value. */
  readonly lastStatus?: string;
};

function judge(
  { points, target, targetYear, direction, lastStatus = '' }: Judgeable,
  id: string,
): Result | null {
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
      columns: ['unit', 'indicator', 'period', 'value', 'status'],
      rows: points.map(([year, value], at) => ({
        row: at + 2,
        cells: ['case', 'case', String(year), value, at === points.length - 1 ? lastStatus : ''],
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
  return markdown([['case', ...compared], ...rows]);
}

/** What a reader may ask of a progress method, each with a test of it that can fail. */
interface Demand {
  readonly name: Localized;
  readonly holds: (id: string) => boolean;
}

const isJudged = (result: Result | null): boolean => !/^not_/.test(result?.status ?? 'not_judged');
const sameVerdict = (a: Judgeable, b: Judgeable, id: string): boolean => {
  const [one, other] = [judge(a, id), judge(b, id)];
  return isJudged(one) && isJudged(other) && one?.status === other?.status;
};
const rising: Judgeable = { points: even(20, 30, 8), target: '40', targetYear: 2030, direction: 1 };
const mapped = (of: Judgeable, map: (value: number) => number, direction = of.direction): Judgeable => ({
  ...of,
  points: of.points.map(([year, value]) => [year, String(map(Number(value)))] as const),
  target: String(map(Number(of.target))),
  direction,
});

const demands: readonly Demand[] = [
  {
    name: { en: 'judges a series that starts at zero', zh: '能判断从零开始的序列' },
    holds: (id) => {
      // One hundredth of the way in half the time is no progress, whatever rate of growth stands in for none.
      const result = judge({ points: even(0, 1, 8), target: '100', targetYear: 2030, direction: 1 }, id);
      return isJudged(result) && !/substantial|significant|on_track/.test(result?.status ?? '');
    },
  },
  {
    name: { en: 'judges across a change of sign', zh: '能判断正负号改变的序列' },
    holds: (id) =>
      isJudged(judge({ points: even(10, -2, 8), target: '-10', targetYear: 2030, direction: -1 }, id)),
  },
  {
    name: {
      en: 'judges the loss of a target that was met at the base',
      zh: '能判断基准年已达到而后失去的目标',
    },
    holds: (id) =>
      isJudged(judge({ points: even(100, 96, 8), target: '100', targetYear: 2030, direction: 1 }, id)),
  },
  {
    name: { en: 'one verdict for a share and its complement', zh: '比率与其补数结论相同' },
    holds: (id) =>
      sameVerdict(
        rising,
        mapped(rising, (value) => 100 - value, -1),
        id,
      ),
  },
  {
    name: {
      en: 'one verdict wherever the scale has its zero (°C, K)',
      zh: '零点不同（摄氏度与开尔文）而结论相同',
    },
    holds: (id) =>
      sameVerdict(
        rising,
        mapped(rising, (value) => value + 1000),
        id,
      ),
  },
  {
    name: { en: 'one verdict in every unit of measure', zh: '计量单位不同而结论相同' },
    holds: (id) =>
      sameVerdict(
        rising,
        mapped(rising, (value) => value * 1024),
        id,
      ),
  },
  {
    name: { en: 'one wild last value does not turn it', zh: '单个异常末值不改变结论' },
    holds: (id) => {
      const steady: Judgeable = { points: even(20, 36, 8), target: '50', targetYear: 2030, direction: 1 };
      const wild = { ...steady, points: [...steady.points.slice(0, -1), [2023, '20'] as const] };
      return sameVerdict(steady, wild, id);
    },
  },
  {
    name: { en: 'a value of the years between matters', zh: '中间年份的数值有影响' },
    holds: (id) => {
      const bent = {
        ...rising,
        points: rising.points.map(([year, v], at) => [year, at === 0 || at === 8 ? v : '31'] as const),
      };
      return judge(rising, id)?.value !== judge(bent, id)?.value;
    },
  },
  {
    name: { en: 'says how sure the verdict is', zh: '说明结论的可靠程度' },
    holds: (id) => typeof judge(rising, id)?.reasoning?.inputs.interval_level === 'number',
  },
  {
    name: { en: 'a target reached by a provisional value is told apart', zh: '以初步数据达到的目标另行标明' },
    holds: (id) => {
      const reached = { ...rising, target: '30' };
      return judge(reached, id)?.status !== judge({ ...reached, lastStatus: 'P' }, id)?.status;
    },
  },
  {
    name: { en: 'a forecast is not taken for an observation', zh: '预测值不作为观测值' },
    holds: (id) => {
      const reached = { ...rising, target: '30', lastStatus: 'F' };
      return !/reached|achieved|met|significant|substantial/.test(judge(reached, id)?.status ?? '');
    },
  },
];

/** Which demand each method meets. */
export function progressDemands(): { name: Localized; meets: Readonly<Record<string, boolean>> }[] {
  return demands.map(({ name, holds }) => ({
    name,
    meets: Object.fromEntries(compared.map((id) => [id, holds(id)])),
  }));
}

/** The demands as a table of Markdown. */
export function demandsTable(): string {
  return markdown([
    ['demand', ...compared],
    ...progressDemands().map(({ name, meets }) => [
      name.en,
      ...compared.map((id) => (meets[id] ? 'yes' : '**no**')),
    ]),
  ]);
}

function markdown(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? [];
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |\n`;
  const [head = [], ...body] = lines;
  return text(head) + text(widths.map((width) => '-'.repeat(width))) + body.map(text).join('');
}
