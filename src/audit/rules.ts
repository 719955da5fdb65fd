import { dataRules } from './data-rules.ts';
import { pairRules } from './pair-rules.ts';
import { readerRules } from './reader-rules.ts';
import type { Rule } from './rule.ts';

/** Every rule of the audit on texts, with what it says. `{name}` stands for a value of the finding. */
const table = {
  'change.endpoints': {
    severity: 'contradiction',
    en: {
      message:
        'The stated change {stated} does not follow from {from} to {to}: that is {computed}. Likely reason: {reason}',
      mend: 'Recompute the change from the source values and correct whichever of the three numbers is wrong',
    },
    zh: {
      message: '所述变化 {stated} 与 {from} 到 {to} 不符：应为 {computed}。可能原因：{reason}',
      mend: '按源数据重新计算变化，更正三个数中错误的一个',
    },
  },
  'change.direction': {
    severity: 'contradiction',
    en: {
      message: 'The words say {words}, but the numbers go from {from} to {to}',
      mend: 'Correct the verb or exchange the two values',
    },
    zh: { message: '文字表述为 {words}，数值却从 {from} 到 {to}', mend: '更正动词，或对调两个数值' },
  },
  'change.points': {
    severity: 'wording',
    en: {
      message:
        'Percent is used for percentage points: {from} to {to} is {points} percentage points; as a relative change it is {relative} %',
      mend: 'Write {points} percentage points',
    },
    zh: {
      message: '百分点误写为百分比：{from} 到 {to} 为 {points} 个百分点；相对变化为 {relative} %',
      mend: '改写为 {points} 个百分点',
    },
  },
  'change.ambiguous': {
    severity: 'wording',
    en: {
      message:
        'A share of {to} is said to have changed by {stated}, and the start is not given: read as percentage points the start is {points} %, read as a relative change it is {relative} %',
      mend: 'Give the start value, and write percentage points if points are meant',
    },
    zh: {
      message:
        '比例 {to} 的变化写作 {stated}，且未给出起点：若为百分点，起点为 {points} %；若为相对变化，起点为 {relative} %',
      mend: '给出起点数值；若指百分点，应写“个百分点”',
    },
  },
  'change.annual': {
    severity: 'contradiction',
    en: {
      message:
        'Average yearly growth {stated} does not follow from {from} to {to} over {periods} periods: that is {computed} a year. Likely reason: {reason}',
      mend: 'Recompute the average with the right number of periods, or correct the end values',
    },
    zh: {
      message:
        '年均增长 {stated} 与 {from} 到 {to}（{periods} 期）不符：应为每年 {computed}。可能原因：{reason}',
      mend: '按正确的期数重新计算年均增速，或更正首末数值',
    },
  },
  'change.difference': {
    severity: 'wording',
    en: {
      message:
        'The difference of two rates, {rate} and one that is {stated} away, is given in percent: it is {points} percentage points, the other rate being {other} %',
      mend: 'Write {points} percentage points',
    },
    zh: {
      message:
        '两个比率之差写成了百分比：{rate} 与相差 {stated} 的比率，应为 {points} 个百分点，另一比率为 {other} %',
      mend: '改写为 {points} 个百分点',
    },
  },
  'change.times': {
    severity: 'wording',
    en: {
      message:
        '“{words}” reads as an addition of {stated} times, but {from} to {to} is {computed} times the start: an increase of {added} times',
      mend: 'Write “{computed} times that of the start”, or an increase of {percent} %',
    },
    zh: {
      message: '“{words}”读作增加 {stated} 倍，但 {from} 到 {to} 是起点的 {computed} 倍，即增加 {added} 倍',
      mend: '改写为“是起点的 {computed} 倍”，或“增长 {percent} %”',
    },
  },
  'times.base': {
    severity: 'wording',
    en: {
      message:
        'A multiple without its base: {to} is {stated} times a value that is not given ({implied} if the multiple is a ratio, {added} if it is an addition)',
      mend: 'State the base value beside the multiple',
    },
    zh: {
      message:
        '倍数缺少基数：{to} 为某未给出数值的 {stated} 倍（按比值计基数为 {implied}，按增量计为 {added}）',
      mend: '在倍数旁给出基数',
    },
  },
  'sum.parts': {
    severity: 'contradiction',
    en: {
      message: 'The parts {parts} add up to {sum}, not to {whole}',
      mend: 'Correct the part or the total that is wrong, or say what is left out or counted twice',
    },
    zh: {
      message: '各部分 {parts} 之和为 {sum}，不等于 {whole}',
      mend: '更正有误的分项或合计，或说明遗漏、重复之处',
    },
  },
  'sum.subset': {
    severity: 'contradiction',
    en: {
      message: '{part} are said to be among {whole}, but a part cannot be larger than its whole',
      mend: 'Say what {part} are a part of, or correct the number',
    },
    zh: {
      message: '称 {part} 属于 {whole}，但部分不能大于整体',
      mend: '说明 {part} 属于哪个整体，或更正数值',
    },
  },
  'sum.overlap': {
    severity: 'unlike',
    en: {
      message: '{parts} beside {whole}: together {sum}; the text does not say whether they overlap',
      mend: 'Say whether the first number holds the others',
    },
    zh: {
      message: '{parts} 与 {whole} 并列：合计 {sum}；文中未说明是否重叠',
      mend: '说明前一数值是否包含后者',
    },
  },
  'share.parts': {
    severity: 'contradiction',
    en: {
      message: '{part} of {whole} is {computed}, not {stated}',
      mend: 'Recompute the rate, or name the base that it was computed on',
    },
    zh: { message: '{part} 占 {whole} 为 {computed}，不是 {stated}', mend: '重新计算比率，或写明其基数' },
  },
  'share.streams': {
    severity: 'unlike',
    en: {
      message:
        'A recycling rate of {stated} beside tonnages that give {computed} (recyclables alone / with wet waste). Likely reason: the rate counts other waste',
      mend: 'State what counts as recycled and what it is divided by',
    },
    zh: {
      message:
        '回收利用率为 {stated}，而各类垃圾清运量算得 {computed}（仅可回收物／含湿垃圾）。可能原因：口径不同',
      mend: '写明回收利用量与总量各包括什么',
    },
  },
  'share.rest': {
    severity: 'unlike',
    en: {
      message:
        'A rate of {stated}, yet {rest} of {whole} are left over: {computed} done. Likely reason: the rate leaves out what is carried over',
      mend: 'Say what the rate counts, or how it treats what is carried over to the next year',
    },
    zh: {
      message: '比率为 {stated}，但 {whole} 中尚余 {rest}，实为 {computed}。可能原因：该比率未计结转量',
      mend: '写明比率的口径，以及结转量如何计入',
    },
  },
  'count.list': {
    severity: 'contradiction',
    en: {
      message: 'The text announces {stated}, but names {counted}',
      mend: 'Make the number and the list agree',
    },
    zh: { message: '文中称有 {stated} 项，实际列出 {counted} 项', mend: '使数目与所列各项一致' },
  },
  'count.events': {
    severity: 'contradiction',
    en: {
      message: '{name}: counted as {one} here, as {other} elsewhere',
      mend: 'Bring the count up to date, or give each count its date',
    },
    zh: { message: '{name}：此处为 {one}，他处为 {other}', mend: '更新次数，或分别注明截止日期' },
  },
  'average.list': {
    severity: 'contradiction',
    en: {
      message: 'The mean of {parts} is {computed}, not {stated}',
      mend: 'Recompute the mean from its values',
    },
    zh: { message: '{parts} 的平均值为 {computed}，不是 {stated}', mend: '按各值重新计算平均数' },
  },
  'record.beaten': {
    severity: 'contradiction',
    en: {
      message: 'A record is claimed with {now}, but the same passage gives {before}',
      mend: 'Drop the claim of a record, or say what it is measured by',
    },
    zh: { message: '称 {now} 创纪录，但同段另有 {before}', mend: '删去“创纪录”的说法，或说明所依据的指标' },
  },
  'unit.scale': {
    severity: 'wording',
    en: {
      message: '{stated} is not credible for “{thing}”: {reason}',
      mend: 'Check the unit; {likely} is meant',
    },
    zh: { message: '“{thing}”为 {stated} 不合理：{reason}', mend: '核对单位；应为 {likely}' },
  },
  'unit.conversion': {
    severity: 'contradiction',
    en: {
      message: '{from} is {computed}, not {stated}{reason}',
      mend: 'Correct the number in brackets or the one before it',
    },
    zh: { message: '{from} 合 {computed}，不是 {stated}{reason}', mend: '更正括号内或括号前的数值' },
  },
  'unit.expression': {
    severity: 'wording',
    en: {
      message: '{expression} is {computed} {unit}, not {stated}: the unit in the brackets is wrong',
      mend: 'Write the terms in {right}',
    },
    zh: {
      message: '{expression} 为 {computed} {unit}，不是 {stated}：括号内单位有误',
      mend: '各项单位应写作 {right}',
    },
  },
  'unit.mixed': {
    severity: 'wording',
    en: {
      message: '{name} is given in {one} here and in {other} nearby: the two are not the same',
      mend: 'Use one unit, and say at which reference conditions',
    },
    zh: { message: '{name} 此处用 {one}，邻近处用 {other}：二者不同', mend: '统一单位，并注明基准状态' },
  },
  'unit.kind': {
    severity: 'wording',
    en: {
      message: '{stated} does not fit {thing}: {likely} is meant',
      mend: 'Write {likely}',
    },
    zh: { message: '{thing} 不应写作 {stated}；应为 {likely}', mend: '改为 {likely}' },
  },
  'value.impossible': {
    severity: 'contradiction',
    en: {
      message: '{stated} is impossible for {thing}: {reason}',
      mend: 'Check the number against its source',
    },
    zh: { message: '{thing} 为 {stated} 不可能：{reason}', mend: '对照来源核对数值' },
  },
  'series.value': {
    severity: 'unlike',
    en: {
      message: '{name}: {one} ({when}) and {other} ({latter}). Likely reason: {reason}',
      mend: 'Say which date, scope and definition each value has, or correct one of them',
    },
    zh: {
      message: '{name}：{one}（{when}）与 {other}（{latter}）。可能原因：{reason}',
      mend: '注明各数值的时点、范围和口径，或更正其一',
    },
  },
  'series.change': {
    severity: 'unlike',
    en: {
      message: '{name}: a change of {one} ({when}) and of {other} ({latter})',
      mend: 'Give both changes one base year and one price basis, or say why they differ',
    },
    zh: {
      message: '{name}：变化 {one}（{when}）与 {other}（{latter}）',
      mend: '统一基期与价格口径，或说明差异原因',
    },
  },
  'series.factor': {
    severity: 'unlike',
    en: {
      message: '{name}: {one} here ({first}), {other} there ({second})',
      mend: 'State the conversion factor used in each place',
    },
    zh: {
      message: '{name}：此处为 {one}（{first}），他处为 {other}（{second}）',
      mend: '注明各处所用折算系数',
    },
  },
  'series.span': {
    severity: 'wording',
    en: {
      message: '{name} is dated {one} here and {other} elsewhere',
      mend: 'Give the same years in both places',
    },
    zh: { message: '{name} 此处为 {one}，他处为 {other}', mend: '两处年份应一致' },
  },
  'series.status': {
    severity: 'unlike',
    en: {
      message: '{name}: “{one}” in one place, only “{other}” in another',
      mend: 'Use one wording for one state of affairs',
    },
    zh: { message: '{name}：一处为“{one}”，另一处仅为“{other}”', mend: '同一事项用同一表述' },
  },
  'event.date': {
    severity: 'unlike',
    en: {
      message:
        '{name} is dated {one} here and {other} there. Likely reason: preparation and start are told with one word',
      mend: 'Say what began in each year',
    },
    zh: {
      message: '{name} 此处为 {one}，他处为 {other}。可能原因：筹备与启动用词相同',
      mend: '说明各年份所指事项',
    },
  },
  'heading.value': {
    severity: 'gap',
    en: {
      message: 'The heading names “{name}”, but the text under it gives no value of it',
      mend: 'Give the value of the named indicator, or rename the heading',
    },
    zh: { message: '标题为“{name}”，但正文未给出该指标的数值', mend: '给出所列指标的数值，或修改标题' },
  },
  'heading.level': {
    severity: 'gap',
    en: {
      message:
        'The heading names “{name}”, but the text gives only its change or mean ({given}), never the level',
      mend: 'Give the value of at least the first and the last year',
    },
    zh: {
      message: '标题为“{name}”，但正文只给出变化或平均（{given}），没有水平值',
      mend: '至少给出首年和末年的数值',
    },
  },
  'heading.other': {
    severity: 'wording',
    en: {
      message: 'The heading names “{name}”, the text is about something else ({given})',
      mend: 'Name one indicator in both places',
    },
    zh: { message: '标题为“{name}”，正文所述为另一指标（{given}）', mend: '两处应写同一指标' },
  },
  'numbering.gap': {
    severity: 'gap',
    en: {
      message: 'Missing: {name} {missing}. {before} is followed by {after}',
      mend: 'Restore the missing part, or renumber',
    },
    zh: { message: '缺少 {name} {missing}：{before} 之后为 {after}', mend: '补回缺失部分，或重新编号' },
  },
  'number.garbled': {
    severity: 'wording',
    en: {
      message: 'Broken when the text was converted or translated, “{written}”{repaired}',
      mend: 'Restore it from the original',
    },
    zh: { message: '转换或翻译时损坏，“{written}”{repaired}', mend: '按原文恢复' },
  },
  'name.spelling': {
    severity: 'wording',
    en: {
      message: 'One place, two spellings: {one} and {other}',
      mend: 'Use one spelling',
    },
    zh: { message: '同一地名两种拼写：{one} 与 {other}', mend: '统一拼写' },
  },
  'table.prose': {
    severity: 'contradiction',
    en: {
      message: 'The text says {stated} for {span}, the table {value} for {year}',
      mend: 'Give one value in both places, or limit the statement to the years it holds for',
    },
    zh: {
      message: '正文称 {span} 为 {stated}，表中 {year} 年为 {value}',
      mend: '两处数值应一致，或将表述限于成立的年份',
    },
  },
  'value.provisional': {
    severity: 'unlike',
    en: {
      message: '{stated} is marked as a forecast, yet it is taken as proof that a requirement is met',
      mend: 'Wait for the final value, or say that the requirement is expected to be met',
    },
    zh: { message: '{stated} 标注为预测值，却用来证明已达到要求', mend: '待最终数值，或写明“预计达到”' },
  },
  'period.length': {
    severity: 'wording',
    en: {
      message: '“{stated}” beside {range}: that is {computed} years',
      mend: 'Correct the number of years or the range',
    },
    zh: { message: '“{stated}”与 {range} 并列：实为 {computed} 年', mend: '更正年数或起止年份' },
  },
} as const satisfies Record<string, Rule>;

export type RuleName =
  | keyof typeof table
  | keyof typeof readerRules
  | keyof typeof dataRules
  | keyof typeof pairRules;
export const rules: Readonly<Record<RuleName, Rule>> = {
  ...table,
  ...readerRules,
  ...dataRules,
  ...pairRules,
};
