import {
  compare,
  decimal,
  divide,
  equals,
  type Language,
  magnitude,
  multiply,
  type Rational,
  rational,
  subtract,
} from '../../model/index.ts';
import { newSubject } from '../check/change.ts';
import { type Measured, measuredOf } from '../check/context.ts';
import { endpointsOf } from '../check/endpoints.ts';
import { placeOf, said, shown } from '../check/report.ts';
import { isLevel } from '../check/series.ts';
import { tellingWords } from '../check/words.ts';
import { type AuditFinding, type CheckedClaim, type Draft, numbered } from '../finding.ts';
import { directionOf } from '../read/direction.ts';
import { interval } from '../read/marks.ts';
import type { Quantity, TimeMark } from '../read/quantity.ts';
import { read, type Sentence, wordsBetween } from '../read/reading.ts';
import type { AuditText } from '../text.ts';
import { type Fact, type Facts, factKey, type NamedIndicator } from './fact.ts';
import { statedIn } from './unit.ts';

/** What comes of holding texts against the values of a workspace. */
export interface AgainstAudit {
  readonly findings: readonly AuditFinding[];
  /** Statements that agree with a record, with the record. */
  readonly checked: readonly CheckedClaim[];
}

/**
 * Holds every value and change that a text states against the records of a workspace: the same indicator by its words,
 * the area named (or the workspace's own), the year, the unit converted, the writer's rounding and hedges allowed for.
 * A statement is only told as different when one indicator fits it clearly better than any other.
 */
export function auditAgainst(texts: readonly AuditText[], facts: Facts): AgainstAudit {
  const drafts: Draft[] = [];
  const checked: CheckedClaim[] = [];
  for (const text of texts) {
    const reading = read(text);
    const indexes = { en: indexOf(facts, 'en'), zh: indexOf(facts, 'zh') };
    const outcomes: (Outcome & { readonly block: number })[] = [];
    const starts = new Map(
      reading.sentences.flatMap((sentence) =>
        endpointsOf(sentence).map(({ from, to }) => [from, to] as const),
      ),
    );
    for (const level of measuredOf(reading)) {
      const index = /\p{Script=Han}/u.test(level.sentence.text) ? indexes.zh : indexes.en;
      const change = isChange(level);
      if (!change && !isLevel(level)) continue;
      const outcome = change ? judgeChange(level, facts, index) : judgeValue(level, facts, index, starts);
      if (outcome === null) continue;
      outcomes.push({ ...outcome, block: level.sentence.block.index });
    }
    const agreed = new Set(outcomes.filter(({ holds }) => holds).map(keyOf));
    for (const outcome of outcomes) {
      if (outcome.holds) checked.push(outcome.claim);
      else if (!agreed.has(keyOf(outcome))) drafts.push(outcome.claim);
    }
  }
  return { findings: numbered(drafts), checked };
}

interface Outcome {
  readonly holds: boolean;
  readonly claim: Draft & CheckedClaim;
}

/** A paragraph that gives a record's value somewhere is not wrong about it in its other numbers. */
const keyOf = ({ block, claim }: Outcome & { readonly block: number }): string =>
  `${block} ${claim.places
    .slice(1)
    .map(({ file, line }) => `${file}:${line}`)
    .join(' ')}`;

interface Index {
  readonly chinese: boolean;
  readonly byWord: ReadonlyMap<string, readonly NamedIndicator[]>;
}

function indexOf(facts: Facts, language: Language): Index {
  const byWord = new Map<string, NamedIndicator[]>();
  for (const indicator of facts.indicators)
    for (const word of indicator.words[language]) {
      const group = byWord.get(word) ?? [];
      group.push(indicator);
      byWord.set(word, group);
    }
  return { chinese: language === 'zh', byWord };
}

interface Match {
  readonly indicator: NamedIndicator;
  /** Share of the indicator's words that are there. */
  readonly score: number;
  readonly count: number;
  /** What is missing only says how it is measured: share, number, capacity. */
  readonly onlyMeasuringMissing: boolean;
}

/** Words that say how something is measured, which prose often leaves out. */
const measuring = new Set(
  'share proportion rate capacity length area consumption output gross value index concentration coverage frequency population household person resident service operation public'.split(
    ' ',
  ),
);

/** How near the next best may come before the best is no longer clear. */
const clearly = 0.8;

/** Indicators whose words stand before or just after the number, best first; nothing below three quarters of them. */
function matches({ sentence, quantity, words }: Measured, { chinese, byWord }: Index): Match[] {
  const from = Math.max(
    0,
    quantity.start - 220,
    sentence.text.lastIndexOf('; ', quantity.start),
    sentence.text.lastIndexOf('；', quantity.start),
  );
  const near = new Set([
    ...words,
    ...tellingWords(sentence.text.slice(from, quantity.start)),
    ...tellingWords(sentence.text.slice(quantity.end, quantity.end + 40).split(/[,;.，；。]/)[0] ?? ''),
  ]);
  const counts = new Map<NamedIndicator, number>();
  for (const word of near)
    for (const indicator of byWord.get(word) ?? []) counts.set(indicator, (counts.get(indicator) ?? 0) + 1);
  return [...counts]
    .map(([indicator, count]) => ({
      indicator,
      score: count / indicator.words[chinese ? 'zh' : 'en'].length,
      count,
      onlyMeasuringMissing: indicator.words[chinese ? 'zh' : 'en'].every(
        (word) => near.has(word) || measuring.has(word),
      ),
    }))
    .filter(({ score, count }) => score >= 0.75 && count >= (chinese ? 3 : 2))
    .sort((a, b) => b.score * b.count - a.score * a.count || (a.indicator.id < b.indicator.id ? -1 : 1));
}

/** The area that the sentence names nearest before the number, or the place's own. */
function areaOf({ sentence, quantity }: Measured, facts: Facts): string {
  const before = sentence.text.slice(0, quantity.start);
  let found = { at: -1, id: facts.area };
  for (const { id, names } of facts.areas)
    for (const name of names) {
      const at = before.lastIndexOf(name);
      if (at > found.at) found = { at, id };
    }
  return found.id;
}

function judgeValue(
  level: Measured,
  facts: Facts,
  index: Index,
  starts: ReadonlyMap<Quantity, Quantity>,
): Outcome | null {
  const { quantity, time } = level;
  if (time === null || time.sense === 'since' || quantity.upper !== undefined) return null;
  if (time.last > time.first && /average|mean|平均|年均|累计|total of/.test(level.lead)) return null;
  const year = starts.has(quantity) ? time.first : time.last;
  const area = areaOf(level, facts);
  const found = matches(level, index).flatMap(({ indicator, score, count, onlyMeasuringMissing }) => {
    const fact = indicator.facts.get(factKey(area, String(year)));
    const stated = fact === undefined ? null : statedIn(quantity.value, quantity, fact.unit);
    return fact === undefined || stated === null
      ? []
      : [{ fact, weight: score * count, clear: onlyMeasuringMissing, stated }];
  });
  const agrees = found.find(({ fact }) => within(quantity, fact));
  if (agrees !== undefined) return { holds: true, claim: claimOf(level, agrees.fact, '@none') };
  const [best, next] = found;
  if (best === undefined || !best.clear || (next !== undefined && next.weight > best.weight * clearly))
    return null;
  if (!comparable(best.stated, best.fact.value)) return null;
  return { holds: false, claim: claimOf(level, best.fact, reasonOf(best.stated, best.fact)) };
}

/** Whether the writer's number, with its rounding and hedge, covers the record's value with its own rounding. */
function within(quantity: Quantity, fact: Fact): boolean {
  const { low, high } = interval(quantity);
  const [from, to] = [statedIn(low, quantity, fact.unit), statedIn(high, quantity, fact.unit)];
  if (from === null || to === null) return false;
  const half = halfOf(fact.text);
  const tenth = fact.qualifier === null ? rational(0n) : divide(fact.value, rational(10n));
  const slack = compare(half, tenth) > 0 ? half : tenth;
  return (
    compare(multiply(subtract(fact.value, slack), rational(1n)), to) <= 0 &&
    compare(subtract(fact.value, { n: -slack.n, d: slack.d }), from) >= 0
  );
}

/** Half a unit in the last decimal; whole numbers are taken as exact. */
function halfOf(text: string): Rational {
  const point = text.indexOf('.');
  return point < 0
    ? rational(0n)
    : divide(rational(1n), rational(2n * 10n ** BigInt(text.length - point - 1)));
}

/** Beyond three times each other (and no power of ten) two numbers are about two things. */
function comparable(a: Rational, b: Rational): boolean {
  if (a.n <= 0n || b.n <= 0n) return false;
  const ratio = compare(a, b) > 0 ? divide(a, b) : divide(b, a);
  return compare(ratio, rational(3n)) <= 0 || isPower(ratio);
}

const isPower = (ratio: Rational): boolean =>
  [10n, 100n, 1000n, 10000n].some((power) => equals(ratio, rational(power)));

function reasonOf(stated: Rational, { value, status }: Fact): string {
  const ratio = compare(stated, value) > 0 ? divide(stated, value) : divide(value, stated);
  if (isPower(ratio)) return '@reason.magnitude';
  if (status !== 'A' && status !== 'B') return '@reason.revised';
  return '@reason.record';
}

function claimOf({ sentence, quantity }: Measured, fact: Fact, reason: string): Draft & CheckedClaim {
  return {
    rule: 'against.value',
    places: [placeOf(sentence, quantity), recordPlace(fact)],
    values: {
      name: fact.name,
      stated: said(sentence, quantity),
      record: `${fact.text} ${fact.unit}`,
      period: fact.period,
      reason,
    },
  };
}

const recordPlace = ({ where, text, unit }: Fact) => ({
  file: where.file,
  line: where.row,
  column: 1,
  text: `${text} ${unit}`,
});

const changing =
  /(?:\b(?:by|up|down|increase of|decrease of|growth of|rise of|reduction of|drop of)|提高|增长|下降|上升|降低|提升|减少|增加)了?\s*(?:about |over |nearly |约|近)?$/;

const isChange = ({ quantity, lead }: Measured): boolean =>
  (quantity.dimension === 'percent' || quantity.dimension === 'points') && changing.test(lead.slice(-40));

/** A stated change against the change between two records. */
function judgeChange(level: Measured, facts: Facts, index: Index): Outcome | null {
  const { sentence, quantity } = level;
  const told = sentence.times.findLast(({ end }) => end <= quantity.start);
  if (newSubject.test(wordsBetween(sentence, told?.end ?? 0, quantity.start))) return null;
  const span = spanOf(sentence, quantity);
  if (span === null || /annual|yearly|per year|a year|年均|平均每年/.test(sentence.text.toLowerCase()))
    return null;
  const area = areaOf(level, facts);
  const direction = directionOf(
    wordsBetween(sentence, Math.max(0, quantity.start - 80), quantity.end),
  ).direction;
  if (direction === null) return null;
  for (const { indicator, score } of matches(level, index)) {
    const first = indicator.facts.get(factKey(area, String(span.from)));
    const last = indicator.facts.get(factKey(area, String(span.to)));
    if (first === undefined || last === undefined || first.unit !== last.unit || first.value.n === 0n)
      continue;
    const points = subtract(last.value, first.value);
    const relative = divide(multiply(points, rational(100n)), first.value);
    const { low, high } = interval(quantity);
    const holds = (value: Rational) =>
      compare(magnitude(value), low) >= 0 &&
      compare(magnitude(value), high) <= 0 &&
      value.n > 0n === (direction === 'up');
    const right = quantity.dimension === 'points' ? holds(points) : holds(relative);
    const form = last.unit === '%' && quantity.dimension === 'percent' && holds(points);
    if (
      !right &&
      (score < 0.99 ||
        !near(quantity.value, magnitude(quantity.dimension === 'points' || form ? points : relative)))
    )
      continue;
    const claim: Draft & CheckedClaim = {
      rule: 'against.change',
      places: [placeOf(sentence, quantity), recordPlace(first), recordPlace(last)],
      values: {
        name: first.name,
        stated: said(sentence, quantity),
        from: `${first.text} ${first.unit} (${first.period})`,
        to: `${last.text} ${last.unit} (${last.period})`,
        computed: quantity.dimension === 'points' ? `${shown(points)} pp` : `${shown(relative)} %`,
      },
    };
    return { holds: right || form, claim };
  }
  return null;
}

/** A change three times another is about something else. */
const near = (a: Rational, b: Rational): boolean =>
  b.n !== 0n && compare(divide(a, b), rational(3n)) < 0 && compare(divide(a, b), decimal('0.33')) > 0;

function spanOf(sentence: Sentence, quantity: Quantity): { from: number; to: number } | null {
  const span = sentence.times.find(({ first, last }) => last > first);
  if (span !== undefined) return { from: span.first, to: span.last };
  const base = sentence.times.find(
    (time) =>
      time.start > quantity.end - 1 &&
      /(?:compared (?:with|to)|than|over|from|since)[^,;]{0,24}$/.test(
        wordsBetween(sentence, quantity.end, time.start),
      ),
  );
  const end = sentence.times.find((time: TimeMark) => time !== base && time.start < quantity.start);
  return base === undefined || end === undefined || base.first >= end.last
    ? null
    : { from: base.first, to: end.last };
}
