import type { Language, Localized } from '../model/index.ts';

/** What a review says by itself, in both languages. `{x}` is filled by {@link say}. */
export const words = {
  contents: { en: 'Contents', zh: '目录' },
  table: { en: 'Table {n}', zh: '表 {n}' },
  chart: { en: 'Figure {n}', zh: '图 {n}' },
  case: { en: 'Case {n}', zh: '案例 {n}' },
  caseUnnumbered: { en: 'Case', zh: '案例' },
  indicator: { en: 'Indicator', zh: '指标' },
  unit: { en: 'Unit', zh: '单位' },
  area: { en: 'Area', zh: '地区' },
  period: { en: 'Period', zh: '时期' },
  value: { en: 'Value', zh: '数值' },
  source: { en: 'Source', zh: '来源' },
  sources: { en: 'Sources', zh: '资料来源' },
  code: { en: 'Code', zh: '代码' },
  root: { en: 'Root', zh: '根' },
  asOf: { en: 'As of record {n}', zh: '截至第 {n} 号记录' },
  change: { en: 'Change', zh: '变化' },
  first: { en: 'First value', zh: '基期值' },
  latest: { en: 'Latest value', zh: '最新值' },
  target: { en: 'Target', zh: '目标值' },
  noTarget: { en: 'none set', zh: '未设定' },
  notReported: { en: 'not reported', zh: '未报告' },
  notReportedList: { en: 'Not reported', zh: '未报告' },
  pointsShort: { en: 'pp', zh: '百分点' },
  notReportedWhy: { en: 'not reported ({why})', zh: '未报告（{why}）' },
  notComputable: { en: 'cannot be computed', zh: '无法计算' },
  provisionalMark: { en: 'p', zh: '初' },
  estimatedMark: { en: 'e', zh: '估' },
  forecastMark: { en: 'f', zh: '预' },
  marks: {
    en: 'p provisional · e estimated · f forecast',
    zh: '初：初步数据 · 估：估计数 · 预：预测数',
  },
  measureValue: { en: '{i}', zh: '{i}' },
  measureRelative: { en: '{i}: change', zh: '{i}：变化率' },
  measurePoints: { en: '{i}: change in points', zh: '{i}：百分点变化' },
  measureAbsolute: { en: '{i}: difference', zh: '{i}：差额' },
  measureGrowth: { en: '{i}: average yearly growth', zh: '{i}：年均增长率' },
  measureRatio: { en: '{i}: multiple', zh: '{i}：倍数' },
  measureShare: { en: '{i} as a share of {o}', zh: '{i}占{o}的比重' },
  measureMean: { en: '{i}: yearly mean', zh: '{i}：年平均' },
  measureRank: { en: '{i}: rank among the areas beside it', zh: '{i}：在同级地区中的位次' },
  measureCount: { en: 'Number of {i}', zh: '{i}数量' },
  claimBasis: { en: 'Stated by {s}, {l}; not computed here', zh: '{s}{l}所述，非本系统计算' },
  targetBasis: { en: 'Target for {p}, {s}, {l}', zh: '{p}目标，{s}，{l}' },
  keyIndicators: { en: 'Key indicators', zh: '关键指标' },
  keyIndicatorsGoal: { en: 'Key indicators for Goal {g}', zh: '目标 {g} 的关键指标' },
  response: { en: 'Response to the goals', zh: '对各目标的响应' },
  responseGoal: { en: 'Response to Goal {g}', zh: '对目标 {g} 的响应' },
  measure: { en: 'Measure', zh: '举措' },
  practices: { en: 'Practices and cases', zh: '实践与案例' },
  sdgTargets: { en: 'SDG targets', zh: '具体目标' },
  requirement: { en: 'Requirement', zh: '要求' },
  threshold: { en: 'Threshold', zh: '标准值' },
  verdict: { en: 'Verdict', zh: '结论' },
  evidence: { en: 'Evidence', zh: '证据' },
  notShown: { en: '◌ not shown', zh: '◌ 未证明' },
  why: { en: 'Why', zh: '理由' },
  criteria: { en: 'criteria', zh: '评价项目' },
  measured: { en: 'Indicators with a value', zh: '有数值的指标' },
  measuredOf: { en: '{met} of {all} met', zh: '{all}项中{met}项达标' },
  allProvisional: { en: ', all on provisional data', zh: '，均为初步数据' },
  toCheckNote: {
    en: 'Requirements said to be stated from memory must be compared with the text of the standard before anyone relies on them.',
    zh: '注明凭记忆录入的要求，在采信之前须与标准原文核对。',
  },
  shown: { en: '● shown', zh: '● 有据' },
  shownInPart: { en: '◐ shown in part', zh: '◐ 部分有据' },
  claimed: { en: '◌ claimed, evidence not given', zh: '◌ 仅有陈述，未附证据' },
  contradicted: { en: '○ contradicted', zh: '○ 与证据不符' },
  basic: { en: 'Basic conditions', zh: '基本条件' },
  binding: { en: 'Binding indicators', zh: '约束性指标' },
  reference: { en: 'Reference indicators', zh: '参考性指标' },
  commitment: { en: 'Commitment', zh: '事项' },
  owner: { en: 'Owner', zh: '责任单位' },
  due: { en: 'Due', zh: '期限' },
  state: { en: 'State', zh: '进展' },
  statements: { en: 'What documents say', zh: '文献所述' },
  said: { en: 'Stated', zh: '所述' },
  computed: { en: 'Computed', zh: '计算值' },
  agrees: { en: 'agrees', zh: '一致' },
  differs: { en: 'differs', zh: '不一致' },
  howComputed: { en: 'How this was computed', zh: '计算说明' },
  annex: { en: 'Statistical annex', zh: '统计附录' },
  gaps: { en: 'Data gaps', zh: '数据缺口' },
  districts: { en: 'District reviews', zh: '分区报告' },
  scenario: { en: 'Scenario', zh: '情景' },
  model: { en: 'Model', zh: '模型' },
  modelSeed: { en: '{m}, engine {e}, seed {s}', zh: '{m}，引擎{e}，种子{s}' },
  scenarioAnnex: { en: 'Results of scenarios', zh: '情景模拟结果' },
  scenarioResults: { en: 'Results of scenarios', zh: '情景模拟结果' },
  scenarioBasis: {
    en: '{i}, {p}: simulated in the scenario “{s}”, not observed',
    zh: '{i}，{p}年：情景“{s}”的模拟结果，非实测',
  },
  scenarioNote: { en: '{m}. Forecast; rests on assumed numbers.', zh: '{m}。预测数，依赖假定的数值。' },
  scenarioAnnexNote: {
    en: 'Forecasts (OBS_STATUS F), simulated with doubles and kept to nine significant digits. The model is told by the beginning of its hash; the same model, engine, seed and settings give the same result.',
    zh: '均为预测数（OBS_STATUS F），以双精度模拟，保留九位有效数字。模型以其哈希值开头标示；相同的模型、引擎、种子与设置给出相同结果。',
  },
  promise: {
    en: 'Every figure in this document can be traced to the records it was computed from. The codes in the margin, such as F·7K2QM4XRB3ZD, name them; the annexes say how to check them.',
    zh: '本文件中的每一个数字都可以追溯到据以计算的原始记录。页边代码（如 F·7K2QM4XRB3ZD）即其编号，核对方法见附录。',
  },
  margin: { en: 'F·{c}', zh: 'F·{c}' },
  citeAt: { en: '[{n}, {l}]', zh: '[{n}，{l}]' },
  cite: { en: '[{n}]', zh: '[{n}]' },
  undated: { en: 'undated', zh: '未注明日期' },
  licence: { en: 'Licence', zh: '许可' },
  producer: { en: 'Producer', zh: '提供者' },
  page: { en: 'Page', zh: '页' },
  reason: { en: 'Reason', zh: '原因' },
  annexLabel: { en: 'Annex {n}', zh: '附录 {n}' },
  comma: { en: ', ', zh: '、' },
  semicolon: { en: '; ', zh: '；' },
  stop: { en: '.', zh: '。' },
} as const satisfies Readonly<Record<string, Localized>>;

export type Word = keyof typeof words;

export function say(word: Word, language: Language, fill: Readonly<Record<string, string>> = {}): string {
  return words[word][language].replace(/\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(fill, key) ? (fill[key] ?? whole) : whole,
  );
}

/** States that a plan's own source gives. */
export const states: Readonly<Record<string, Localized>> = {
  proposed: { en: 'proposed', zh: '提出' },
  introduced: { en: 'introduced', zh: '引入' },
  started: { en: 'started', zh: '启动' },
  'in-trial': { en: 'in trial', zh: '试运行' },
  'in-production': { en: 'in production', zh: '投产' },
  done: { en: 'done', zh: '完成' },
  unknown: { en: 'not stated', zh: '未说明' },
};

/** Year, month and day of an ISO date that may end with its year or month; what is not said is 1. */
export function isoDateParts(date: string): { year: number; month: number; day: number } {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return { year, month, day };
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `31 October 2022`, `2022年10月31日`; as exact as the date is. */
export function longDate(date: string, language: Language): string {
  const { year, month, day } = isoDateParts(date);
  const parts = date.split('-').length;
  if (language === 'zh') return `${year}年${parts > 1 ? `${month}月` : ''}${parts > 2 ? `${day}日` : ''}`;
  return [parts > 2 ? String(day) : '', parts > 1 ? (months[month - 1] ?? '') : '', String(year)]
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * A place in a source, in the language of the text: `line 66; Chinese text: line 62` is `第66行；中文文本第62行`. What has another
 * form stays as the source names it.
 */
export function locatorText(locator: string, language: Language): string {
  if (language !== 'zh') return locator;
  const parts = locator.split('; ').map(linesInChinese);
  return parts.every((part) => part !== null) ? parts.join('；') : locator;
}

function linesInChinese(part: string): string | null {
  const [, row, column] = /^row (\d+), column (.+)$/su.exec(part) ?? [];
  if (row !== undefined) return `第${row}行，“${column ?? ''}”列`;
  const [, text, lines, year] =
    /^(?:(Chinese|English) text: )?lines? (\d+(?:(?:, ?|[–-] ?)\d+)*)(?: \(target for (\d{4})\))?$/.exec(
      part,
    ) ?? [];
  if (lines === undefined) return null;
  const whose = text === undefined ? '' : text === 'Chinese' ? '中文文本' : '英文文本';
  const which = year === undefined ? '' : `（${year}年目标）`;
  return `${whose}第${lines.replaceAll(/, ?/g, '、')}行${which}`;
}
