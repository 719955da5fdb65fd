import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** `accounts for 18 percentage points`: a level told in points, which measure only the distance of two levels. */
export function checkPoints(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences)
    for (const [index, quantity] of sentence.quantities.entries()) {
      if (quantity.dimension !== 'points') continue;
      if (!isLevel(sentence, quantity, index) && !isGrowth(sentence, quantity, index)) continue;
      const stated = said(sentence, quantity);
      report.findings.push({
        rule: 'unit.kind',
        places: [placeOf(sentence, quantity)],
        values: {
          stated,
          thing: isLevel(sentence, quantity, index) ? '@thing.level' : '@thing.growth',
          likely: `${quantity.written} %`,
        },
      });
    }
  return report;
}

const level =
  /\b(?:reach(?:es|ed|ing)?|was|were|is|are|at|hit|account(?:s|ed|ing) for|stood at|exceed(?:s|ed|ing)?|remained|maintained|from|to)\s+(?:about |around |nearly |over |more than |approximately )?$|(?:达到?|为|占|占比|至|到)\s*约?$/;
const distance =
  /\b(?:by|up|down|rise|fall|drop|increase|decrease|growth|gain|gap|difference|higher|lower|differ|narrow\w*|widen\w*|change)\b|[高低增降升减差超]/;

/** `1.683 million kW, an increase of 465 percentage points`: only rates and shares change by points. */
function isGrowth(sentence: Sentence, quantity: Quantity, index: number): boolean {
  const last = sentence.quantities[index - 1];
  if (last === undefined || last.unit === '' || quantity.start - last.end > 60) return false;
  if (['percent', 'points', 'permille', 'years', 'duration', 'times'].includes(last.dimension)) return false;
  if (sentence.quantities.some(({ dimension }) => dimension === 'percent')) return false;
  if (
    /\b(?:rate|share|proportion|percentage|ratio|margin)\b|率|比重|占比/.test(
      wordsBetween(sentence, 0, quantity.start).replace(/growth rate/g, ''),
    )
  )
    return false;
  return /\b(?:increase|growth|rise|decrease|decline|drop|up|down)(?: of| by)?(?: \w+){0,2}\s*$|[增下][长加降]\S{0,3}\s*$/.test(
    wordsBetween(sentence, last.end, quantity.start),
  );
}

function isLevel(sentence: Sentence, quantity: Quantity, index: number): boolean {
  const last = sentence.quantities[index - 1];
  const from = Math.max(last?.end ?? 0, quantity.start - 90);
  const lead = wordsBetween(sentence, from, quantity.start);
  const after = wordsBetween(sentence, quantity.end, quantity.end + 40);
  if (/^\s*(?:higher|lower|more|less|above|below|[高低]于)/.test(after)) return false;
  // `a 100 percentage points compliance rate`, `70 percentage points of the land`: shares.
  if (/\ban? $/.test(lead) && /^ (?:[a-z-]+ ){0,3}(?:rate|coverage|share|ratio)\b/.test(after)) return true;
  if (/^ of (?:the|its|all|their) /.test(after) && !distance.test(lead.slice(-30))) return true;
  const next = sentence.quantities[index + 1];
  // `from 10 percentage points to 12 %`: the other end says what is meant.
  if (
    /\bfrom\s+$/.test(lead) &&
    next?.dimension === 'percent' &&
    /^\s*to\s*$/.test(after.slice(0, next.start - quantity.end))
  )
    return true;
  if (
    last?.dimension === 'percent' &&
    /^\s*(?:to|,|, and|and|and\/or|、|和|到|至)\s*$/.test(lead) &&
    !/\bby\s*$/.test(wordsBetween(sentence, last.start - 12, last.start))
  )
    return true;
  if (
    /\b(?:rate|share|proportion|coverage|ratio|percentage) of (?:about |over |nearly |more than )?$/.test(
      lead,
    )
  )
    return true;
  return (
    level.test(lead) &&
    !distance.test(lead.slice(-60).replace(/(?:提高|增加|上升|下降|降低|提升)(?:到|至)\s*$/, '到'))
  );
}
