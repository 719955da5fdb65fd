import { add, compare, rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

const hundred = rational(100n);

/** Shares of one whole whose verb is told once: `Coal provides 46 %, oil 31 %, gas 18 % and renewables 15 % of the energy`. */
export function checkMadeOf(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const run of runsOf(sentence)) judge(sentence, run, report);
  }
  return report;
}

/** One name between two shares, and no verb: `, oil `, ` by public transport and `, ` from coal, `. */
const between =
  /^(?:(?: (?:is|are|was|were) (?:made|done|covered|taken)| comes?| came| goes| go| went)? (?:from|by|on|to|in|through|with) [a-z]+(?: [a-z]+){0,3})?,?(?: and)?(?: (?!(?:to|than|of|up|down|over|was|were|is|are|had|rose|fell)\b)[a-z-]+){0,3} $|^(?:来自|由|以|用于)?[^，、；。\d]{0,8}[，、](?:来自)?[^，、；。\d占为]{0,8}$/u;

function runsOf(sentence: Sentence): Quantity[][] {
  const runs: Quantity[][] = [];
  let open: Quantity[] = [];
  for (const quantity of sentence.quantities) {
    const last = open.at(-1);
    const told = quantity.dimension === 'percent' && quantity.upper === undefined;
    const words = last === undefined ? '' : wordsBetween(sentence, last.end, quantity.start);
    if (!told || (last !== undefined && (words.trim() === ',' || !between.test(words)))) {
      runs.push(open);
      open = [];
    }
    if (told) open.push(quantity);
  }
  runs.push(open);
  return runs.filter(({ length }) => length >= 3);
}

/** What gives a thing its only place, source or way. */
const parted =
  /\b(?:provides?|provided|suppl(?:y|ies|ied)|contributes?|contributed|makes? up|made up|accounts? for|accounted for|came|comes|come|is made|are made|was made|were made|goes|go|went|consists? of|is split|was split) $/;
const ofAll = /\b(?:of|in) (?:all|the (?:total|whole|entire)|total|its total)\b/;
/** Things of which one may have several. */
const several =
  /\b(?:households?|families|people|residents|respondents|citizens|schools|companies|buildings|have|has|had|uses?|own(?:s|ed)?|know|respectively|growth|rate|rates|increase[ds]?|grew|rose|fell|compared|year|than|target|satisfied)\b|增|降|率|户|人|满意|同比/;

function judge(sentence: Sentence, run: readonly Quantity[], report: Report): void {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return;
  const lead = wordsBetween(sentence, Math.max(0, first.start - 90), first.start);
  const tail = wordsBetween(sentence, last.end, last.end + 60);
  const text = wordsBetween(sentence, Math.max(0, first.start - 90), last.end + 60);
  const years = sentence.times.filter(({ start }) => start > first.start && start < last.end);
  if (years.length > 0 || several.test(text)) return;
  const ways = run
    .slice(0, -1)
    .some(({ end }, at) => /^ (?:from|by|to)\b/.test(wordsBetween(sentence, end, run[at + 1]?.start ?? end)));
  const shares = /^ of (?:the|all|its|total|this|that)\b/.test(tail) || ofAll.test(lead) || ways;
  if (!(parted.test(lead) && shares) && !(ofAll.test(lead) && ways)) return;
  const sum = run.map(({ value }) => value).reduce(add);
  const slack = run.map(({ slack: own }) => own).reduce(add);
  const values = {
    parts: run.map((part) => said(sentence, part)).join(' + '),
    sum: `${shown(sum, 2)} %`,
    whole: '100 %',
  };
  const places = [placeOf(sentence, first, last)];
  const room = add(hundred, slack);
  if (compare(sum, room) > 0 && compare(sum, rational(160n)) <= 0)
    report.findings.push({ rule: 'sum.parts', places, values });
}
