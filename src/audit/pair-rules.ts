import type { Rule } from './rule.ts';

/** Every rule of the comparison of two language versions. */
export const pairRules = {
  'pair.number': {
    severity: 'contradiction',
    en: {
      message: 'The English has {one}, the Chinese {other}',
      mend: 'Check the source and give one value in both versions',
    },
    zh: { message: '英文为 {one}，中文为 {other}', mend: '核对来源，两种文本应一致' },
  },
  'pair.missingZh': {
    severity: 'gap',
    en: {
      message: 'The English has “{written}” ({context}); the Chinese has no such number',
      mend: 'Add it to the Chinese, or remove it from the English',
    },
    zh: { message: '英文有“{written}”（{context}），中文没有相应数字', mend: '中文补充，或英文删去' },
  },
  'pair.missingEn': {
    severity: 'gap',
    en: {
      message: 'The Chinese has “{written}” ({context}); the English has no such number',
      mend: 'Add it to the English, or remove it from the Chinese',
    },
    zh: { message: '中文有“{written}”（{context}），英文没有相应数字', mend: '英文补充，或中文删去' },
  },
  'pair.unit': {
    severity: 'wording',
    en: {
      message: 'One number, two units: {one} in English, {other} in Chinese',
      mend: 'Use the same unit in both versions',
    },
    zh: { message: '数值相同而单位不同：英文 {one}，中文 {other}', mend: '两种文本应用同一单位' },
  },
  'pair.direction': {
    severity: 'contradiction',
    en: {
      message: 'In English {one} is {first}, in Chinese {other} is {second}',
      mend: 'Check the source and say the same direction in both versions',
    },
    zh: {
      message: '英文 {one} 为{first}，中文 {other} 为{second}',
      mend: '核对来源，两种文本的升降方向应一致',
    },
  },
  'pair.hedge': {
    severity: 'wording',
    en: {
      message: '{one} ({first}) in English, {other} ({second}) in Chinese',
      mend: 'Keep the word that qualifies the number',
    },
    zh: { message: '英文 {one}（{first}），中文 {other}（{second}）', mend: '保留数值的限定词' },
  },
  'pair.scope': {
    severity: 'wording',
    en: {
      message: 'The word of scope “{name}” stands {one} × in the English, {other} × in the Chinese',
      mend: 'Say the same scope in both versions',
    },
    zh: { message: '范围词“{name}”：英文出现 {one} 次，中文出现 {other} 次', mend: '两种文本应写明同一范围' },
  },
  'pair.items': {
    severity: 'wording',
    en: {
      message:
        'Row {row} of the table holds {one} items in English and {other} in Chinese: a cell moved or an item was lost',
      mend: 'Put every item into the same row in both versions',
    },
    zh: {
      message: '表格第 {row} 行英文有 {one} 项，中文有 {other} 项：单元格错位或缺项',
      mend: '两种文本各项应在同一行',
    },
  },
  'pair.list': {
    severity: 'contradiction',
    en: {
      message: 'The English lists {one} names, the Chinese {other}{name}',
      mend: 'List the same names in both versions',
    },
    zh: { message: '英文列出 {one} 个名称，中文列出 {other} 个{name}', mend: '两种文本应列出相同的名称' },
  },
  'pair.order': {
    severity: 'contradiction',
    en: {
      message: 'What belongs together stands in another order: {one} in English, {other} in Chinese',
      mend: 'Check which number or name belongs to which, and keep one order in both versions',
    },
    zh: {
      message: '次序不一致：英文为 {one}，中文为 {other}',
      mend: '核对各数值、名称的对应关系，两种文本保持同一次序',
    },
  },
  'pair.counted': {
    severity: 'contradiction',
    en: {
      message: 'The same number is told of {first} in English ({one}) and of {second} in Chinese ({other})',
      mend: 'Check what was counted, and over which span, and say the same in both versions',
    },
    zh: {
      message: '同一数值，英文指{first}（{one}），中文指{second}（{other}）',
      mend: '核对计数对象及时间单位，两种文本应一致',
    },
  },
  'pair.head': {
    severity: 'contradiction',
    en: {
      message: 'The head of the table gives its numbers in {one} in English, in {other} in Chinese',
      mend: 'Use one unit, or convert the numbers below it',
    },
    zh: { message: '表头单位不一致：英文为 {one}，中文为 {other}', mend: '统一单位，或换算表中数值' },
  },
  'pair.cell': {
    severity: 'contradiction',
    en: {
      message: 'Cells of the row “{name}” changed places: {one} in English, {other} in Chinese',
      mend: 'Put every value into the same row and column in both versions',
    },
    zh: {
      message: '“{name}”行的单元格错位：英文为 {one}，中文为 {other}',
      mend: '两种文本各数值应在同一行同一列',
    },
  },
  'pair.name': {
    severity: 'contradiction',
    en: {
      message: 'The English names {one}, the Chinese {other}',
      mend: 'Check which is meant and name the same in both versions',
    },
    zh: { message: '英文为 {one}，中文为 {other}', mend: '核对所指，两种文本应一致' },
  },
  'pair.word': {
    severity: 'contradiction',
    en: {
      message: 'The English says “{one}” where the Chinese says “{other}”',
      mend: 'Check which is meant and say the same in both versions',
    },
    zh: { message: '英文为“{one}”，中文为“{other}”，含义不同', mend: '核对所指，两种文本应一致' },
  },
  'pair.term': {
    severity: 'wording',
    en: { message: '“{wrong}” is not English for {zh}', mend: 'Write “{right}”' },
    zh: { message: '{zh} 译作“{wrong}”不当', mend: '改为“{right}”' },
  },
  'pair.terms': {
    severity: 'wording',
    en: {
      message: '{count} terms are rendered in English that the term base advises against: {first}',
      mend: 'Use the terms of the base',
    },
    zh: { message: '{count} 个术语的英译与术语库不符：{first}', mend: '采用术语库中的译法' },
  },
} as const satisfies Record<string, Rule>;
