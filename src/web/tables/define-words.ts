import type { Language } from '../../model/index.ts';

const en = {
  define: 'Define what the place does not have',
  defineText:
    'Each name below is no indicator here. Tick it to define it with its values: nothing is kept of it before the values are stored.',
  defineOne: 'Define “{name}” as an indicator of this place',
  defineMore:
    '{n} further names are not shown: choose, define or leave out some of these and read the table again.',
  nameEn: 'Name in English',
  nameZh: 'Name in Chinese',
  id: 'Id; empty: made from the name',
  unit: 'Unit: a code such as %, kWh, 10*4.t, or what is counted in braces: {school}',
  direction: 'Which way is better',
  up: 'up',
  down: 'down',
  none: 'neither',
  decimals: 'Decimals shown; empty: as printed',
  goal: 'Sustainable Development Goal',
  noGoal: 'none',
  rollup: 'Value of the city from its districts',
  rollupNone: 'not made from theirs',
  rollupSum: 'their sum',
  needDefined: 'What is ticked to be defined is not complete: mend it, or take the tick away.',
  storedDefined:
    '{n} values and {m} new indicators are stored, in the log at position {at}. Each leads to the line of the table.',
  newIndicator: 'new indicator',
};

const zh: typeof en = {
  define: '新建本地没有的指标',
  defineText: '以下名称不是本地指标。勾选即可连同数值一起新建；存入数值之前不保留任何内容。',
  defineOne: '将“{name}”新建为本地指标',
  defineMore: '另有{n}个名称未显示：请先对其中一些选择、新建或不予采用，再重新读取。',
  nameEn: '英文名称',
  nameZh: '中文名称',
  id: '编号；不填则由名称生成',
  unit: '单位：代码如 %、kWh、10*4.t，或在花括号中写明所计之物：{school}',
  direction: '何者为好',
  up: '升高',
  down: '降低',
  none: '无好坏之分',
  decimals: '显示的小数位数；不填则照原文',
  goal: '可持续发展目标',
  noGoal: '无',
  rollup: '全市数值与各区的关系',
  rollupNone: '不由各区计算',
  rollupSum: '各区之和',
  needDefined: '勾选新建的指标尚不完整：请更正，或取消勾选。',
  storedDefined: '已存入{n}个数值和{m}个新指标，位于日志第{at}位。每个数值都可追溯到表格的行。',
  newIndicator: '新指标',
};

export const defineWords: Readonly<Record<Language, typeof en>> = { en, zh };
