import type { Reading } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

const form =
  /\b(?:achiev|complet|fulfil|meet|reach)\w* (?:the |its |their )?(?:[a-z]+ ){0,3}(?:targets?|tasks?|plans?|goals?|quotas?|required [a-z]+) by (1\d\d(?:\.\d{1,2})?) ?(?:%|per ?cent)/g;

/** `achieving the annual target by 111 %`: *by* tells how far beyond, what is meant is how much of it. */
export function checkTargetBy(reading: Reading): Report {
  const report = emptyReport();
  for (const { block, text, start } of reading.sentences)
    for (const match of text.matchAll(form)) {
      const [words, stated = ''] = match;
      const at = start + match.index;
      report.findings.push({
        rule: 'target.by',
        places: [placeIn(block, at, at + words.length)],
        values: { words, stated: `${stated} %` },
      });
    }
  return report;
}
