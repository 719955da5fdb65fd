export { characterOf } from './entities.ts';
export { decimalsOf, formatNumber, groupThousands, type NumberStyle } from './number-format.ts';
export { periodText } from './period-text.ts';
export { betweenSentences, colon, comma, inARow, inBrackets, labelled, listMark } from './punctuation.ts';
export { type RowUnit, rowUnit } from './row-unit.ts';
export { figureSentence, inLanguage, moveText } from './sentence.ts';
export { unitHead } from './unit-text.ts';
export {
  formatDifference,
  formatValue,
  qualifierText,
  type ShownValue,
  type ValueStyle,
} from './value-format.ts';
