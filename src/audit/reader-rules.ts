import type { Rule } from './rule.ts';

/** Rules that a careful reader applies to a whole document: names, kinds, tenses, units left out. */
export const readerRules = {
  'numbering.style': {
    severity: 'wording',
    en: {
      message: 'The numbering changes its style: {before} is followed by {after}',
      mend: 'Number the parts in one style',
    },
    zh: { message: '编号样式不一致：{before} 之后为 {after}', mend: '统一编号样式' },
  },
  'rank.behind': {
    severity: 'contradiction',
    en: {
      message: 'Said to be {first}, and “{behind}”: what stands behind another is not first',
      mend: 'Correct the rank, or say among which places it holds',
    },
    zh: { message: '称{first}，又称“{behind}”：居他者之后即非第一', mend: '更正位次，或注明比较范围' },
  },
  'part.larger': {
    severity: 'contradiction',
    en: {
      message:
        'All {whole} is given as {total}, but {kind} alone as {part}: a part cannot be larger than its whole',
      mend: 'Correct one of the two, or say what the total leaves out and at which date each holds',
    },
    zh: {
      message: '{whole}合计为 {total}，而仅{kind}即为 {part}：部分不能大于整体',
      mend: '更正其一，或注明合计未包含的内容及各自的时点',
    },
  },
  'bound.value': {
    severity: 'contradiction',
    en: {
      message: 'The text says “{words}” {bound}, but the value it gives is {value}',
      mend: 'Correct the bound or target, or the value beside it',
    },
    zh: { message: '文中称“{words}” {bound}，而所给数值为 {value}', mend: '更正界限或目标值，或更正其数值' },
  },
  'ratio.parts': {
    severity: 'contradiction',
    en: {
      message: '{whole} shared among {heads} is {computed} a head, not {stated}',
      mend: 'Recompute the amount a head, or say of which year and which people it is',
    },
    zh: {
      message: '{whole} 按 {heads} 计，人均为 {computed}，不是 {stated}',
      mend: '重新计算人均值，或注明所用年份和人口口径',
    },
  },
  'ratio.pair': {
    severity: 'contradiction',
    en: {
      message: '{one} to {other} is a ratio of {computed}, not {stated}',
      mend: 'Recompute the ratio, or say of which year and which people each value is',
    },
    zh: {
      message: '{one} 与 {other} 之比为 {computed}，不是 {stated}',
      mend: '重新计算比值，或注明各值的年份和口径',
    },
  },
  'series.base': {
    severity: 'contradiction',
    en: {
      message:
        '{name}: an increase of {delta} that is {rate} means a start of {start} and an end of {end}, but elsewhere the series runs from {from} to {to}',
      mend: 'Say what is counted in each place (households, users, meters), or correct one of the numbers',
    },
    zh: {
      message:
        '{name}：增加 {delta}、增幅 {rate}，意味着起点为 {start}、终点为 {end}；而他处该序列为 {from} 至 {to}',
      mend: '注明各处统计对象（户、用户、表具），或更正其中数值',
    },
  },
  'name.number': {
    severity: 'unlike',
    en: {
      message: 'One name with two numbers: {one} and {other}',
      mend: 'Use one name, or say how the two differ',
    },
    zh: { message: '同一名称数字不同：{one} 与 {other}', mend: '统一名称，或说明二者区别' },
  },
  'list.twice': {
    severity: 'wording',
    en: {
      message: 'One list names the same thing twice: {one} and {other}',
      mend: 'Strike one of the two, or name what is meant',
    },
    zh: { message: '同一列举中重复出现：{one} 与 {other}', mend: '删去其一，或写明所指' },
  },
  'date.tense': {
    severity: 'wording',
    en: {
      message: '“{words}” tells {date} as the future, but the text reports up to {year}',
      mend: 'Tell what happened, and check that it did',
    },
    zh: {
      message: '“{words}”把 {date} 写作将来，而文中已报告至 {year} 年',
      mend: '改写为已发生的事实，并核实',
    },
  },
  'table.empty': {
    severity: 'gap',
    en: {
      message: 'The table names “{name}” and says nothing of it',
      mend: 'Fill the cell, or say why it is empty',
    },
    zh: { message: '表中列有“{name}”，却没有内容', mend: '补充内容，或说明为何空缺' },
  },
  'table.column': {
    severity: 'gap',
    en: {
      message: 'The column “{column}” is empty for “{name}”, though the table fills it for the others',
      mend: 'Name what it is measured by, or say why nothing is',
    },
    zh: { message: '“{name}”的“{column}”一栏为空，而其他各项均有', mend: '补充该栏内容，或说明为何空缺' },
  },
  'unit.missing': {
    severity: 'wording',
    en: {
      message: '“{stated}” ({thing}): {reason}',
      mend: 'Write the number with what it counts and, for a rate, its base',
    },
    zh: { message: '“{stated}”（{thing}）：{reason}', mend: '写明所计对象；比率须写明基数' },
  },
  'change.form': {
    severity: 'wording',
    en: {
      message: '“{words}” is neither percent nor percentage points',
      mend: 'Write percentage points if points are meant, else percent',
    },
    zh: { message: '“{words}”既非百分比也非百分点', mend: '若指百分点应写“个百分点”，否则写“%”' },
  },
  'target.by': {
    severity: 'wording',
    en: {
      message: '“{words}” reads as {stated} beyond it; {stated} of it is meant',
      mend: 'Write “{stated} of the target”',
    },
    zh: { message: '“{words}”读作超出 {stated}，实指完成其 {stated}', mend: '写作“完成目标的 {stated}”' },
  },
  'period.values': {
    severity: 'unlike',
    en: {
      message: '{range} is {years} years, but {count} values are given for it: {values}',
      mend: 'Give a value for each year, or name the years that the values are of',
    },
    zh: {
      message: '{range} 年共 {years} 年，却只给出 {count} 个数值：{values}',
      mend: '逐年给出数值，或写明各数值所属年份',
    },
  },
  'name.list': {
    severity: 'wording',
    en: {
      message: 'The list names “{one}”; where it is taken up it is called “{other}”',
      mend: 'Use one name in both places',
    },
    zh: {
      message: '前文列举为“{one}”，其后展开时却称“{other}”',
      mend: '两处应使用同一名称',
    },
  },
  'name.form': {
    severity: 'wording',
    en: {
      message: 'One name in two forms: {one} and {other}',
      mend: 'Write the name in its official form everywhere',
    },
    zh: { message: '同一名称两种写法：{one} 与 {other}', mend: '全文统一为正式名称' },
  },
  'change.wording': {
    severity: 'wording',
    en: {
      message:
        'The words “{words}” for {range} name one average, but {from} and {to} are the values of two years',
      mend: 'Strike the word average, and name the year of each value',
    },
    zh: {
      message: '“{words}”（{range}）指一个平均数，而 {from} 与 {to} 是两个年份的数值',
      mend: '删去“年均”，并写明各数值的年份',
    },
  },
  'list.sum': {
    severity: 'contradiction',
    en: {
      message: 'By year {parts} are listed, together {sum}; elsewhere the text counts {whole}',
      mend: 'Bring the list and the count together',
    },
    zh: { message: '按年列出 {parts}，合计 {sum}；他处计为 {whole}', mend: '使列举与总数一致' },
  },
  'date.range': {
    severity: 'contradiction',
    en: {
      message: 'The span “{words}” does not run forward: it begins in {first} and ends in {last}',
      mend: 'Correct the first or the last year',
    },
    zh: {
      message: '时段“{words}”首尾不合：起于 {first} 年，止于 {last} 年',
      mend: '更正起始或截止年份',
    },
  },
  'date.order': {
    severity: 'wording',
    en: {
      message: 'The years are told in order ({years}), but {odd} is out of it',
      mend: 'Check {odd} against its source',
    },
    zh: { message: '各年份依次列出（{years}），但 {odd} 不合顺序', mend: '对照来源核对 {odd}' },
  },
  'value.magnitude': {
    severity: 'contradiction',
    en: {
      message:
        '{one} and {other} are told of the same kind of thing, yet one is {ratio} times the other. Likely reason: a wrong unit or magnitude word',
      mend: 'Check the unit and the magnitude word (thousand, million, billion) of both',
    },
    zh: {
      message: '{one} 与 {other} 所述为同类事项，却相差 {ratio} 倍。可能原因：单位或数量级用词有误',
      mend: '核对两处的单位和数量级（千、万、亿）',
    },
  },
  'against.value': {
    severity: 'contradiction',
    en: {
      message: '{name} {period}: the text says {stated}, the record {record}. Likely reason: {reason}',
      mend: 'Bind the number to its figure, or correct the record with its source',
    },
    zh: {
      message: '{name} {period}：文中为 {stated}，记录为 {record}。可能原因：{reason}',
      mend: '将数字绑定到指标值，或依据来源更正记录',
    },
  },
  'against.change': {
    severity: 'contradiction',
    en: {
      message: '{name}: the text says a change of {stated}, the records go from {from} to {to}: {computed}',
      mend: 'Bind the change to its figures, or correct the record with its source',
    },
    zh: {
      message: '{name}：文中变化为 {stated}，记录由 {from} 至 {to}，应为 {computed}',
      mend: '将变化绑定到指标值，或依据来源更正记录',
    },
  },
} as const satisfies Record<string, Rule>;
