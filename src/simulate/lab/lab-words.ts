import type { Language } from '../../model/index.ts';

/** The words that charts and tables of a lab need; pages have their own. */
export const labWords = {
  en: {
    baseline: 'Baseline',
    base: 'Base',
    scenario: 'Scenario',
    simulated: 'simulated',
    observed: 'Observed',
    required: 'Required path',
    projected: 'Projected',
    atLeast: '≥ ',
    atMost: '≤ ',
    percentile: '{n}th percentile',
    band: 'Uncertainty',
    source: 'Model “{title}”, simulated; not observed',
    of: '{name}, {unit}',
    year: 'Year',
    comma: ', ',
  },
  zh: {
    baseline: '基准情景',
    base: '基准',
    scenario: '情景',
    simulated: '模拟值',
    observed: '实测',
    required: '达标路径',
    projected: '预测',
    atLeast: '≥ ',
    atMost: '≤ ',
    percentile: '第{n}百分位',
    band: '不确定性',
    source: '模型“{title}”模拟结果，非实测',
    of: '{name}，{unit}',
    year: '年份',
    comma: '，',
  },
} as const satisfies Record<Language, Record<string, string>>;

export function put(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z]+)\}/g, (whole, key: string) => values[key] ?? whole);
}
