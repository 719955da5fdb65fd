import { compare, decimal, divide, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { judge } from './judge.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A multiple told between or behind its ends: `45 parks, three times the 9 of 2018`; 440万辆，是2010年170万辆的2.6倍. */
export function checkMultiples(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (let at = 0; at + 1 < sentence.quantities.length; at += 1) {
      word(sentence, at, report);
      const told = between(sentence, at) ?? behind(sentence, at);
      if (told === null) continue;
      const { from, to, change } = told;
      judge({ sentence, from, to, change, yearly: false, periods: null, lead: '' }, report);
    }
  }
  return report;
}

interface Told {
  readonly from: Quantity;
  readonly to: Quantity;
  readonly change: Quantity;
}

const kin = (a: Quantity, b: Quantity): boolean =>
  a.dimension === b.dimension &&
  !['times', 'points', 'percent', 'years', 'duration'].includes(a.dimension) &&
  [a, b].every(({ upper, value }) => upper === undefined && value.n > 0n);

function between(sentence: Sentence, at: number): Told | null {
  const [to, change, from] = sentence.quantities.slice(at, at + 3);
  if (to === undefined || from === undefined || change?.dimension !== 'times' || !kin(to, from)) return null;
  const lead = wordsBetween(sentence, to.end, change.start);
  const tail = wordsBetween(sentence, change.end, from.start);
  if (
    lead.length > 50 ||
    !/[,(]\s*(?:which (?:is|was) |or |i\.e\. |that is )?(?:about |nearly |over )?$/.test(lead)
  )
    return null;
  return /^ (?:as (?:many|much) as )?(?:the |its )?(?:level |figure |number )?(?:of )?(?:only |just )?$/.test(
    tail,
  ) && /\bthe\b|\bas\b/.test(tail)
    ? { from, to, change }
    : null;
}

function behind(sentence: Sentence, at: number): Told | null {
  const [to, from, change] = sentence.quantities.slice(at, at + 3);
  if (to === undefined || from === undefined || change?.dimension !== 'times' || !kin(to, from)) return null;
  const lead = wordsBetween(sentence, to.end, from.start);
  const tail = wordsBetween(sentence, from.end, change.start);
  return /^[^，。；]{0,10}[，,](?:约|大约)?[是为](?:上年|\d{4}年)(?:同期|末|底)?[（(]?\s*$/.test(lead) &&
    /^[^，。；]{0,4}[)）]?的\s*(?:约|近|超过)?$/.test(tail)
    ? { from, to, change }
    : null;
}

/** `20 lines, twice the 10 of 2010`, `half the 8 tons of 2015`. */
function word(sentence: Sentence, at: number, report: Report): void {
  const [to, from] = sentence.quantities.slice(at, at + 2);
  if (to === undefined || from === undefined || !kin(to, from)) return;
  const match =
    /^(?: [a-z-]+){0,4}[,(] (?:exactly |about |more than |nearly )?(twice|double|half) (?:as (?:many|much) as )?the $/.exec(
      wordsBetween(sentence, to.end, from.start),
    );
  if (match === null) return;
  const factor = match[1] === 'half' ? decimal('0.5') : decimal('2');
  const ratio = divide(multiply(to.value, to.factor), multiply(from.value, from.factor));
  const share = divide(ratio, factor);
  const values = {
    stated: match[1] ?? '',
    from: said(sentence, from),
    to: said(sentence, to),
    computed: `× ${shown(ratio)}`,
    reason: '@reason.unknown',
  };
  const places = [placeOf(sentence, to, from)];
  if (compare(share, decimal('0.9')) >= 0 && compare(share, decimal('1.15')) <= 0)
    report.checked.push({ rule: 'change.endpoints', places, values });
  else report.findings.push({ rule: 'change.endpoints', places, values });
}
