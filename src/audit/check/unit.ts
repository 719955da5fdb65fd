import { compare, decimal, divide, multiply, type Rational, rational } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps } from './interval.ts';
import { plausible } from './plausible.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Units that cannot be meant: conversions that fail, sizes no such thing has, shares above the whole. */
export function checkUnits(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    for (const [index, quantity] of sentence.quantities.entries()) {
      const next = sentence.quantities[index + 1];
      if (next !== undefined) conversion(sentence, quantity, next, report);
      scale(sentence, quantity, report);
      share(sentence, quantity, report);
    }
  }
  mixed(reading, report);
  return report;
}

/** `10,000 mu (666,700 m²)`: the same size in two units. */
function conversion(sentence: Sentence, quantity: Quantity, other: Quantity, report: Report): void {
  if (quantity.dimension !== other.dimension || quantity.unit === other.unit || quantity.unit === '') return;
  const between = wordsBetween(sentence, quantity.end, other.start);
  if (
    !/^\s*[(（]\s*(?:≈|=|about|approximately|or|约|合|即|折合)?\s*$|^\s*[,，]?\s*(?:or|i\.e\.|equivalent to|equal to|约合|折合|合)\s*(?:about)?\s*$/.test(
      between,
    )
  )
    return;
  if (quantity.upper !== undefined || other.upper !== undefined) return;
  const [a, b] = [interval(quantity), interval(other)];
  const inOther = { low: convert(a.low, quantity, other), high: convert(a.high, quantity, other) };
  const places = [placeOf(sentence, quantity, other)];
  const computed = convert(quantity.value, quantity, other);
  const values = {
    from: said(sentence, quantity),
    stated: said(sentence, other),
    computed: `${shown(computed, 1)} ${other.unit}`,
  };
  const close = {
    low: multiply(inOther.low, decimal('0.985')),
    high: multiply(inOther.high, decimal('1.015')),
  };
  if (overlaps(close, b)) {
    report.checked.push({ rule: 'unit.conversion', places, values });
    return;
  }
  const ratio =
    compare(computed, other.value) > 0 ? divide(computed, other.value) : divide(other.value, computed);
  const lost = [10n, 100n, 1000n].some((power) => {
    const off = divide(ratio, rational(power));
    return compare(off, decimal('0.98')) > 0 && compare(off, decimal('1.02')) < 0;
  });
  report.findings.push({
    rule: 'unit.conversion',
    places,
    values: { ...values, reason: lost ? '@reason.thousand' : '@none' },
  });
}

const convert = (value: Rational, from: Quantity, to: Quantity): Rational =>
  divide(multiply(value, from.factor), to.factor);

/** Sizes by the kind of thing: see plausible.ts. */
function scale(sentence: Sentence, quantity: Quantity, report: Report): void {
  const before = wordsBetween(sentence, Math.max(0, quantity.start - 170), quantity.start);
  const after = wordsBetween(sentence, quantity.end, quantity.end + 40);
  if (
    quantity.unit === '%' &&
    /(?:by|up|down|of|提高|增长|下降|上升|降低|提升|减少)\s*(?:about|nearly|约|近)?\s*$/.test(before) &&
    !/\b(?:was|is|reached) ?$/.test(before)
  )
    return;
  // A number in quotation marks is quoted, to be talked about.
  if (/[“"‘「]\s*$/.test(before) && /^\s*[”"’」]/.test(after)) return;
  for (const rule of plausible) {
    if (!rule.units.includes(quantity.unit)) continue;
    if (!rule.before.test(before) || (rule.after !== undefined && !rule.after.test(after))) continue;
    if (rule.not?.test(before) === true) continue;
    const low = rule.least !== undefined && compare(quantity.value, decimal(rule.least)) < 0;
    const high = rule.most !== undefined && compare(quantity.value, decimal(rule.most)) > 0;
    if (!(low || high || (rule.least === undefined && rule.most === undefined))) continue;
    const thing =
      (rule.after === undefined ? null : rule.thing.exec(after))?.[0] ??
      rule.thing.exec(`${before}${after}`)?.[0] ??
      '';
    report.findings.push({
      rule: rule.rule,
      places: [placeOf(sentence, quantity)],
      values: {
        stated: said(sentence, quantity),
        thing: thing.trim(),
        reason: rule.reason,
        likely: rule.likely(sentence, quantity),
      },
    });
    return;
  }
}

const shares =
  /\b(?:proportion|share|percentage|(?:coverage|harmless treatment|recycling|reuse|application|utili[sz]ation|treatment|penetration|completion|satisfaction|settlement|survival|compliance|attainment|urbani[sz]ation|greening|literacy|vaccination|qualification|disposal|collection|employment|enrol?lment|screening|response|admission|sorting|separation|classification|attendance|pass|occupancy) rate|rate of (?:coverage|reuse|utili[sz]ation|treatment|completion|compliance)|coverage)\b[^.;]{0,130}$|(?:占比|比重|比例|覆盖率|处理率|利用率|达标率|应用率|普及率|完成率|合格率|满意率|满意度|重复利用率|办结率|签约率|就业率|城镇化率|城市化率|绿化率|绿地率|入学率|参保率|回收率|优良率|知晓率|出勤率|收集率|保护率)[^。；，]{0,20}$/;

function share(sentence: Sentence, quantity: Quantity, report: Report): void {
  if (quantity.dimension !== 'percent' || compare(quantity.value, rational(100n)) <= 0) return;
  const before = wordsBetween(sentence, Math.max(0, quantity.start - 170), quantity.start);
  if (!shares.test(before)) return;
  if (
    /increase|growth|grew|rose|(?<!built-)up\b|exceed|增|升/.test(before) &&
    !/(?:\bto|[到至])\s*$/.test(before)
  )
    return;
  report.findings.push({
    rule: 'value.impossible',
    places: [placeOf(sentence, quantity)],
    values: {
      stated: said(sentence, quantity),
      thing: (shares.exec(before)?.[0] ?? '')
        .slice(0, 40)
        .replace(/(?:达到?|为|至|reached|reach|was|is|will)\s*$/, '')
        .trim(),
      reason: '@reason.whole',
    },
  });
}

/** Gas at reference conditions (Nm³) and plain m³ under one name in neighbouring paragraphs. */
function mixed(reading: Reading, report: Report): void {
  const normal = reading.sentences.flatMap((sentence) =>
    sentence.quantities
      .filter(({ unit }) => unit.startsWith('Nm³'))
      .map((quantity) => ({ sentence, quantity })),
  );
  for (const { sentence, quantity } of normal) {
    const name = nameBefore(sentence, quantity);
    if (name === '') continue;
    const other = reading.sentences
      .slice(sentence.index, sentence.index + 14)
      .flatMap((near) => near.quantities.filter(({ unit }) => unit === 'm³').map((q) => ({ near, q })))
      .find(({ near, q }) => nameBefore(near, q) === name);
    if (other === undefined) continue;
    report.findings.push({
      rule: 'unit.mixed',
      places: [placeOf(sentence, quantity), placeOf(other.near, other.q)],
      values: { name, one: said(sentence, quantity), other: said(other.near, other.q) },
    });
  }
}

function nameBefore(sentence: Sentence, quantity: Quantity): string {
  const words = wordsBetween(sentence, Math.max(0, quantity.start - 60), quantity.start);
  return (
    /((?:[a-z]+ ){1,2}capacity)\s+(?:of|by|to|is|was)\s*$/.exec(words)?.[1]?.split(' ').slice(-2).join(' ') ??
    ''
  );
}
