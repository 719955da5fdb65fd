import { inBrackets } from '../language/index.ts';
import type { Language } from '../model/index.ts';
import type { ChartValue } from './state.ts';

/** The few words that a drawing itself needs. */
export const words = {
  en: {
    provisional: 'provisional',
    estimated: 'estimated',
    forecast: 'forecast',
    missing: 'not reported',
    target: 'target',
    break: 'break in series',
    unreliable: 'low reliability',
    unvalidated: 'unvalidated',
    line: 'Line chart',
    bar: 'Bar chart',
    slope: 'Slope chart',
    dumbbell: 'Dot chart of two moments',
    multiples: 'Small multiples',
    tiles: 'Tile map',
    map: 'Map',
    stacked: 'Stacked chart',
    scatter: 'Scatter chart',
    noStack: 'A part is below zero: such parts do not add up to a whole. Choose lines.',
    sankey: 'Flow diagram',
    projection: 'Projection',
    percentile: 'percentile',
    many: '{n} lines',
    highest: 'Highest at the end',
    lowest: 'lowest',
    more: 'and {n} more',
    period: 'Period',
    name: 'Name',
    from: 'From',
    to: 'To',
    amount: 'Amount',
    status: 'Status',
    noValues: 'There are no values to draw.',
    noAcross: 'Choose another indicator to set this one against.',
    source: 'Source: ',
    stop: '. ',
    comma: ', ',
    colon: ': ',
    semicolon: '; ',
  },
  zh: {
    provisional: '初步',
    estimated: '估计',
    forecast: '预测',
    missing: '未报告',
    target: '目标',
    break: '序列中断',
    unreliable: '可靠性低',
    unvalidated: '未经验证',
    line: '折线图',
    bar: '条形图',
    slope: '坡度图',
    dumbbell: '两期对比点图',
    multiples: '小型多图',
    tiles: '方格地图',
    map: '地图',
    stacked: '堆积图',
    scatter: '散点图',
    noStack: '有部分为负值，不能堆积成总体，请改用折线图。',
    sankey: '流向图',
    projection: '预测图',
    percentile: '百分位',
    many: '共{n}条线',
    highest: '期末最高',
    lowest: '最低',
    more: '另有{n}项',
    period: '时期',
    name: '名称',
    from: '起',
    to: '至',
    amount: '数量',
    status: '状态',
    noValues: '没有可绘制的数值。',
    noAcross: '请选择另一个指标与本指标对照。',
    source: '来源：',
    stop: '。',
    comma: '，',
    colon: '：',
    semicolon: '；',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** How a status other than normal is called beside a value; null for a normal one. */
export function statusWord(status: string, language: Language): string | null {
  const told = words[language];
  if (status === 'P') return told.provisional;
  if (status === 'E' || status === 'I') return told.estimated;
  if (status === 'F') return told.forecast;
  if (status === 'B') return told.break;
  if (status === 'U') return told.unreliable;
  if (status === 'V') return told.unvalidated;
  return null;
}

/** A value in words: `12.3 (provisional; 10.1–14.5)`; of a missing one why it is missing. */
export function valueText(value: ChartValue, language: Language): string {
  const told = words[language];
  if (value.value === null) return value.reason ?? told.missing;
  const more = [statusWord(value.status, language), value.interval?.label, value.remark].filter(
    (each) => each != null,
  );
  if (more.length === 0) return value.label;
  const list = more.join(told.semicolon);
  return `${value.label}${inBrackets(list, language)}`;
}
