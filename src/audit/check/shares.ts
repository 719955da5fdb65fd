import { add, compare, rational, subtract } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Shares of one whole told in a row: in brackets behind their names, or behind 分别为 and `respectively`. */
export function checkShareRows(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 3) continue;
    for (const run of runsOf(sentence)) judge(sentence, run, report);
  }
  return report;
}

const bracketed =
  /^\s*[)）]\s*[,，、]?\s*(?:and |as well as |和|及|以及|与)?[^()（）,，、;；。.%\d]{1,40}[(（]\s*$/;
const plain = /^\s*[,，、]?\s*(?:and|和|及|以及|与)?\s*$/;

/** Three percentages or more with only names in brackets, or only commas, between them. */
function runsOf(sentence: Sentence): Quantity[][] {
  const runs: Quantity[][] = [];
  let open: Quantity[] = [];
  let form: RegExp | null = null;
  const close = () => {
    if (open.length >= 3) runs.push(open);
    open = [];
    form = null;
  };
  for (const quantity of sentence.quantities) {
    if (quantity.dimension !== 'percent' || quantity.upper !== undefined) {
      close();
      continue;
    }
    const last = open.at(-1);
    const between = last === undefined ? '' : wordsBetween(sentence, last.end, quantity.start);
    const fits =
      last === undefined ? null : plain.test(between) ? plain : bracketed.test(between) ? bracketed : null;
    if (last !== undefined && (fits === null || (form !== null && fits !== form))) close();
    else if (fits !== null) form = fits;
    open.push(quantity);
  }
  close();
  return runs;
}

const hundred = rational(100n);
/** What leaves nothing out: a structure, the three sectors, the only users. */
const whole =
  /\b(?:structure|composition|breakdown|primary, secondary,? and tertiary|respectively make up all)\b|三次产业|三产|产业结构|一二三产|结构|构成|组成/;
const only = /\b(?:the only|are all|make up all|together make)\b/;
const changing =
  /\b(?:increase[ds]?|grew|growth|rose|fell|decreased?|up|down|rates?|higher|lower)\b|增长|下降|增幅|降幅|提高|增速|率/;
const sharing =
  /\b(?:account(?:s|ed|ing)? for|made up|makes? up|proportions?|shares?|structure)\b|占|比重|比例|结构|构成/;

function judge(sentence: Sentence, run: readonly Quantity[], report: Report): void {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return;
  const lead = wordsBetween(sentence, Math.max(0, first.start - 110), first.start);
  const inBrackets = /[(（]\s*$/.test(lead);
  const tail = wordsBetween(sentence, last.end, last.end + 60);
  const near = lead.slice(-44);
  if (changing.test(inBrackets ? lead.slice(-80) : near) && !/比重|占比|structure|结构/.test(near)) return;
  if (!inBrackets && !sharing.test(lead)) return;
  // Shares in years are one share told often.
  const years = sentence.times.filter(({ start }) => start < first.start && first.start - start < 90);
  if (years.length >= run.length || years.some((time) => time.last > time.first)) return;
  const closed = whole.test(lead) || only.test(tail) || only.test(lead);
  if (!closed && (inBrackets ? run.length < 3 : !/\brespectively\b|分别/.test(lead + tail))) return;
  const sum = run.map(({ value }) => value).reduce(add);
  const slack = run.map(({ slack: own }) => own).reduce(add);
  const over = compare(sum, add(hundred, slack)) > 0;
  const under = compare(sum, subtract(hundred, slack)) < 0;
  const values = {
    parts: run.map((part) => said(sentence, part)).join(' + '),
    sum: `${shown(sum, 2)} %`,
    whole: '100 %',
  };
  const places = [placeOf(sentence, first, last)];
  if (closed && !over && !under) report.checked.push({ rule: 'sum.parts', places, values });
  else if (
    over
      ? closed && compare(sum, rational(160n)) <= 0
      : closed && under && compare(sum, rational(80n)) >= 0 && !/等|such as|including/.test(lead.slice(-30))
  )
    report.findings.push({ rule: 'sum.parts', places, values });
}
