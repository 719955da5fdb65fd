import { add, compare, multiply, type Rational, rational, subtract, zero } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Two amounts and what is left of the one after the other: a surplus, a natural increase, what was overspent. */
export function checkBalances(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 3) continue;
    for (let at = 0; at + 2 < sentence.quantities.length; at += 1)
      for (const form of forms) form(sentence, sentence.quantities.slice(at, at + 3), report);
  }
  return report;
}

const base = ({ value, factor }: Quantity) => multiply(value, factor);
/** `24.1 billion and imports 31.6 billion yuan`: the unit is told once. */
const unitOf = ({ unit, value }: Quantity, other: string): string =>
  unit === '' && /^(?:CNY|USD|EUR)$/.test(other) && compare(value, million) >= 0 ? other : unit;

const million = rational(1_000_000n);

function kin(all: readonly Quantity[]): boolean {
  const known = all.find(({ unit }) => unit !== '') ?? all[0];
  return (
    known !== undefined &&
    all.length === 3 &&
    !['percent', 'points', 'times'].includes(known.dimension) &&
    all.every(
      (one) => unitOf(one, known.unit) === known.unit && one.upper === undefined && one.hedge === 'exact',
    )
  );
}

/** What the way of the difference is called, and which of the two is the larger for it. */
const kinds: readonly {
  readonly first: RegExp;
  readonly second: RegExp;
  readonly more: RegExp;
  readonly less: RegExp;
}[] = [
  {
    first: /\bexports?\b|出口/i,
    second: /\bimports?\b|进口/i,
    more: /\bsurplus\b|顺差/i,
    less: /\bdeficit\b|逆差/i,
  },
  {
    first: /\bbirths?\b|\bborn\b|出生/i,
    second: /\bdeaths?\b|\bdied\b|死亡/i,
    more: /\bnatural (?:increase|growth)\b|自然增长|自然增加/i,
    less: /\bnatural (?:decrease|decline)\b|自然减少/i,
  },
  {
    first: /\b(?:revenues?|income|receipts)\b|收入/i,
    second: /\b(?:expenditures?|spending|expenses)\b|支出/i,
    more: /\bsurplus\b|结余|盈余/i,
    less: /\bdeficit\b|赤字|亏空/i,
  },
];

/** `Exports came to A and imports to B, a trade surplus of C`; 出生A，死亡B，自然增长C. */
function balance(sentence: Sentence, all: readonly Quantity[], report: Report): void {
  const [a, b, gap] = all;
  if (a === undefined || b === undefined || gap === undefined || !kin(all)) return;
  const lead = wordsBetween(sentence, Math.max(0, a.start - 40), a.start);
  const ab = wordsBetween(sentence, a.end, b.start);
  const bc = wordsBetween(sentence, b.end, gap.start);
  if (ab.length > 50 || bc.length > 50 || /[;；。]|\d{4}/.test(ab + bc)) return;
  for (const { first, second, more, less } of kinds) {
    const own = lead.slice(-30);
    const straight = first.test(own) && second.test(ab) && !first.test(ab);
    const turned = second.test(own) && first.test(ab) && !second.test(ab);
    const way = more.test(bc) ? 1 : less.test(bc) ? -1 : 0;
    if (straight === turned || way === 0) continue;
    const [up, down] = straight ? [a, b] : [b, a];
    tell(sentence, { up: way === 1 ? up : down, down: way === 1 ? down : up, gap }, all, report);
    return;
  }
}

/** `Births (34,500) exceeded deaths (31,200) by 3,300`. */
function exceeded(sentence: Sentence, all: readonly Quantity[], report: Report): void {
  const [a, b, gap] = all;
  if (a === undefined || b === undefined || gap === undefined || !kin(all)) return;
  const ab = wordsBetween(sentence, a.end, b.start);
  const bc = wordsBetween(sentence, b.end, gap.start);
  const way = /^\)? (?:exceeded|outnumbered|surpassed|were higher than|was higher than) [a-z ]{3,30}\($/.test(
    ab,
  )
    ? 1
    : /^\)? (?:fell short of|were lower than|was lower than|were below|was below) [a-z ]{3,30}\($/.test(ab)
      ? -1
      : 0;
  if (way === 0 || !/^\) by $/.test(bc)) return;
  tell(sentence, { up: way === 1 ? a : b, down: way === 1 ? b : a, gap }, all, report);
}

/** `The budget of A was overspent by B: C were spent`. */
function budget(sentence: Sentence, all: readonly Quantity[], report: Report): void {
  const [planned, gap, spent] = all;
  if (planned === undefined || gap === undefined || spent === undefined || !kin(all)) return;
  if (!/\bbudget of $/.test(wordsBetween(sentence, Math.max(0, planned.start - 20), planned.start))) return;
  const way = /^ was (overspent|underspent|exceeded) by $/.exec(
    wordsBetween(sentence, planned.end, gap.start),
  )?.[1];
  const tail = wordsBetween(sentence, spent.end, spent.end + 16);
  if (
    way === undefined ||
    !/^[:;,] $/.test(wordsBetween(sentence, gap.end, spent.start)) ||
    !/^ (?:were|was) spent\b/.test(tail)
  )
    return;
  const over = way !== 'underspent';
  tell(sentence, { up: over ? spent : planned, down: over ? planned : spent, gap }, all, report);
}

const forms = [balance, exceeded, budget];

interface Balance {
  readonly up: Quantity;
  readonly down: Quantity;
  readonly gap: Quantity;
}

function tell(
  sentence: Sentence,
  { up, down, gap }: Balance,
  all: readonly Quantity[],
  report: Report,
): void {
  const computed = subtract(base(up), base(down));
  const room = all.map(({ slack, factor }) => multiply(slack, factor)).reduce(add, zero);
  const apart = subtract(computed, base(gap));
  const values = {
    from: said(sentence, down),
    to: said(sentence, up),
    stated: said(sentence, gap),
    computed: shown(computed, 3),
    reason: '@reason.unknown',
  };
  const [first, last] = [all[0] ?? up, all[2] ?? gap];
  const places = [placeOf(sentence, first, last)];
  if (compare(size(apart), room) <= 0) report.checked.push({ rule: 'change.endpoints', places, values });
  else report.findings.push({ rule: 'change.endpoints', places, values });
}

const size = (value: Rational): Rational => (value.n < 0n ? subtract(zero, value) : value);
