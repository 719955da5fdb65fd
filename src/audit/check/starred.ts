import type { Reading } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

const meaning =
  /\*\s?(?:means|indicates|denotes|marks|is|for)\b.{0,60}(?:predict|forecast|estimat|preliminary|provisional|projected)|(?:标注|带)?\*.{0,8}(?:为|表示)(?:预测|预计|初步|估计)/i;
const met =
  /\b(?:met|meets?|meeting|fulfil(?:s|led)?|achieved|reached)\b[^.]{0,40}\b(?:requirements?|standards?|targets?)\b|(?:达到|符合|满足)[^。]{0,20}(?:要求|标准|目标)/i;

/** A text that marks forecasts with an asterisk and then takes them as proof that a requirement is met. */
export function checkStarred(reading: Reading): Report {
  const report = emptyReport();
  if (!reading.blocks.some(({ raw }) => meaning.test(raw))) return report;
  for (const sentence of reading.sentences) {
    if (!met.test(sentence.text)) continue;
    for (const quantity of sentence.quantities) {
      const star =
        /^[^\d,;.*]{0,6}\*(?!\*)/.exec(sentence.text.slice(quantity.end, quantity.end + 8)) ??
        (/\d\*(?!\*)/.test(sentence.text.slice(quantity.start, quantity.end)) ? ['*'] : null);
      if (star === null) continue;
      report.findings.push({
        rule: 'value.provisional',
        places: [placeIn(sentence.block, sentence.start + quantity.start, sentence.start + quantity.end + 1)],
        values: { stated: sentence.text.slice(quantity.start, quantity.end).replace(/\s+/g, ' ') },
      });
      break;
    }
  }
  return report;
}
