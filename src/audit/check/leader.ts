import type { Reading } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** First of all, and behind another: `ranks first in the province, behind only Dongcheng`; 居全市第一，仅次于东城区. */
const forms = [
  /\b(?:rank(?:s|ed|ing)?|place(?:s|d)|came|comes|stands|stood|is|was)\s+(?:the )?(first|no\. ?1|1st|top)\b[^.;]{0,60}?[,;]?\s*((?:behind only|only behind|second only to|next only to|just behind|after only) [^.,;]{2,40})/gi,
  /(第一|首位|榜首)[^。；]{0,12}?(仅次于[^，。；]{2,16}|排在[^，。；]{2,12}之后)/g,
  /(?:(?:behind only|second only to) [^.,;]{2,40}),? [^.;]{0,40}?\branks? (first|top)\b()/gi,
  /(仅次于[^，。；]{2,16})[，,]?[^。；，]{0,10}(?:位居|居|位列|排名)[^。；，]{0,8}?(第一|首位|榜首)/g,
];

export function checkLeaders(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    const { text, block, start } = sentence;
    if (!/behind|second only|next only|after only|仅次于|之后/.test(text)) continue;
    for (const form of forms)
      for (const match of text.slice(0, 4000).matchAll(form))
        report.findings.push({
          rule: 'rank.behind',
          places: [placeIn(block, start + match.index, start + match.index + match[0].length)],
          values: { first: match[1] ?? '', behind: match[2] ?? '' },
        });
  }
  return report;
}
