import type { Rule } from './rule.ts';

/** Every rule of the audit on data. */
export const dataRules = {
  'data.text': {
    severity: 'contradiction',
    en: {
      message: '{cell}: “{value}” is no number {likely}',
      mend: 'Write a plain decimal; put remarks into the note column',
    },
    zh: { message: '{cell}：“{value}”不是数值 {likely}', mend: '写成普通小数；说明写入备注列' },
  },
  'data.empty': {
    severity: 'gap',
    en: {
      message: '{cell}: neither a value nor a reason why there is none',
      mend: 'Give the value, or a missing status with its reason',
    },
    zh: { message: '{cell}：既无数值也无缺失原因', mend: '填写数值，或填写缺失状态及原因' },
  },
  'data.missing': {
    severity: 'contradiction',
    en: {
      message: '{cell}: the status {status} says there is no value, yet {value} stands there',
      mend: 'Remove the value or correct the status',
    },
    zh: { message: '{cell}：状态 {status} 表示无数值，却填有 {value}', mend: '删去数值或更正状态' },
  },
  'data.period': {
    severity: 'contradiction',
    en: { message: '“{period}”: {reason}', mend: 'Correct the period' },
    zh: { message: '“{period}”：{reason}', mend: '更正时期' },
  },
  'data.area': {
    severity: 'contradiction',
    en: { message: 'There is no area “{area}”; perhaps: {likely}', mend: 'Use the id of a known area' },
    zh: { message: '没有区域“{area}”；可能为：{likely}', mend: '使用已登记区域的代码' },
  },
  'data.impossible': {
    severity: 'contradiction',
    en: {
      message: '{cell}: {value} cannot be: {reason}',
      mend: 'Check the number and its unit against the source',
    },
    zh: { message: '{cell}：{value} 不可能：{reason}', mend: '对照来源核对数值和单位' },
  },
  'data.duplicate': {
    severity: 'contradiction',
    en: {
      message: '{cell} has two values: {one} and {other}',
      mend: 'Keep the right one; a correction is a new submission that names the old',
    },
    zh: { message: '{cell} 有两个数值：{one} 与 {other}', mend: '保留正确者；更正应作为新的提交并指明旧值' },
  },
  'data.repeated': {
    severity: 'wording',
    en: { message: '{cell} stands twice with {one}', mend: 'Remove one of the two rows' },
    zh: { message: '{cell} 重复出现，均为 {one}', mend: '删去其中一行' },
  },
  'data.sum': {
    severity: 'contradiction',
    en: {
      message: '{cell}: the parts by {dimension} add up to {sum}, the total says {total} (difference {gap})',
      mend: 'Correct the part or the total that is wrong, or mark a part as missing',
    },
    zh: {
      message: '{cell}：按 {dimension} 分项合计 {sum}，总计为 {total}（相差 {gap}）',
      mend: '更正有误的分项或总计，或标明缺失分项',
    },
  },
  'data.mean': {
    severity: 'contradiction',
    en: {
      message: '{cell}: {total} lies outside its parts, which run from {low} to {high}',
      mend: 'A rate of the whole lies between the rates of its parts: check the definition and the values',
    },
    zh: {
      message: '{cell}：{total} 超出各部分范围（{low} 至 {high}）',
      mend: '整体比率应介于各部分比率之间：核对口径与数值',
    },
  },
  'data.hole': {
    severity: 'gap',
    en: {
      message: '{series}: {years} missing from the series',
      mend: 'Add the values, or rows with a missing status and its reason',
    },
    zh: { message: '{series}：序列缺少 {years}', mend: '补充数值，或以缺失状态及原因补行' },
  },
  'data.unit': {
    severity: 'contradiction',
    en: { message: '{series}: unit {unit} among {expected}', mend: 'Convert the value, or correct the unit' },
    zh: { message: '{series}：单位 {unit} 与 {expected} 不一致', mend: '换算数值，或更正单位' },
  },
  'data.precision': {
    severity: 'wording',
    en: {
      message: '{series}: {value} has {places} decimals, the others {usual}',
      mend: 'Round where the source rounds, or give the source of the finer value',
    },
    zh: {
      message: '{series}：{value} 有 {places} 位小数，其他为 {usual} 位',
      mend: '按来源的精度取位，或注明更细数值的来源',
    },
  },
  'data.stale': {
    severity: 'gap',
    en: {
      message: '{series}: the last value is of {period}, {age} years old',
      mend: 'Ask for a newer value, or say why the series ended',
    },
    zh: { message: '{series}：最新数值为 {period}，已过 {age} 年', mend: '索取新数值，或说明序列终止原因' },
  },
  'data.outlier': {
    severity: 'unlike',
    en: {
      message: '{series} {period}: {value}, where the series would have about {expected}: {reason}',
      mend: 'Check the value against its source; if it is right, say in a note what happened',
    },
    zh: {
      message: '{series} {period}：{value}，按序列约应为 {expected}：{reason}',
      mend: '对照来源核对；若无误，在备注中说明原因',
    },
  },
  'data.break': {
    severity: 'unlike',
    en: {
      message:
        '{series}: from {from} to {to} in {period} and it stays: a break in the series that is not marked',
      mend: 'Mark the break (status B) and say what changed',
    },
    zh: {
      message: '{series}：{period} 由 {from} 变为 {to} 并保持：序列中断但未标注',
      mend: '标注中断（状态 B）并说明变化',
    },
  },
  'data.regular': {
    severity: 'unlike',
    en: {
      message: '{series}: {count} values with {what}: computed or interpolated, not observed',
      mend: 'Give the observed values, or mark these as estimated (status E)',
    },
    zh: {
      message: '{series}：{count} 个数值 {what}：应为推算或插补，而非观测',
      mend: '给出观测值，或标注为估计（状态 E）',
    },
  },
  'data.provisional': {
    severity: 'wording',
    en: {
      message: '{cell} has the status {status} and is published as final',
      mend: 'Show the status beside the value, or wait for the final one',
    },
    zh: { message: '{cell} 状态为 {status}，却作为最终数值发布', mend: '在数值旁标明状态，或待最终数值' },
  },
  'data.coverage': {
    severity: 'gap',
    en: {
      message: '{indicator} {period}: {there} of {all} areas have a value; nothing from {areas}',
      mend: 'Ask for the missing values, or record why there are none',
    },
    zh: {
      message: '{indicator} {period}：{all} 个区域中 {there} 个有数值；缺 {areas}',
      mend: '索取缺失数值，或登记缺失原因',
    },
  },
} as const satisfies Record<string, Rule>;
