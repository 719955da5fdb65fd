import { compare, decimal, divide, multiply, type Rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

interface Conversion {
  readonly energy: { readonly sentence: Sentence; readonly quantity: Quantity };
  readonly saved: { readonly sentence: Sentence; readonly quantity: Quantity };
  /** Grams of standard coal a kilowatt-hour. */
  readonly grams: Rational;
}

/** Coal saved per kilowatt-hour, computed wherever both are told: one document should use one factor. */
export function checkFactors(reading: Reading): Report {
  const report = emptyReport();
  const found: Conversion[] = [];
  for (const [index, sentence] of reading.sentences.entries()) {
    if (sentence.block.kind === 'row') continue;
    const near = [
      sentence,
      ...reading.sentences.slice(index + 1, index + 3).filter(({ block }) => block === sentence.block),
    ];
    const energy = sentence.quantities.find(
      (quantity) =>
        quantity.unit === 'kWh' &&
        /generat|发电/.test(wordsBetween(sentence, Math.max(0, quantity.start - 160), quantity.end + 60)),
    );
    if (energy === undefined) continue;
    const saved = near
      .flatMap((other) => other.quantities.map((quantity) => ({ sentence: other, quantity })))
      .find(
        ({ sentence: of, quantity }) =>
          quantity.dimension === 'coal equivalent' &&
          /sav|节约|节省/.test(wordsBetween(of, Math.max(0, quantity.start - 60), quantity.start)),
      );
    if (saved === undefined || energy.value.n === 0n) continue;
    const kilograms = multiply(saved.quantity.value, saved.quantity.factor);
    found.push({
      energy: { sentence, quantity: energy },
      saved,
      grams: multiply(divide(kilograms, energy.value), decimal('1000')),
    });
  }
  for (const [index, one] of found.entries())
    for (const other of found.slice(index + 1)) {
      const ratio =
        compare(one.grams, other.grams) > 0 ? divide(one.grams, other.grams) : divide(other.grams, one.grams);
      if (compare(ratio, decimal('1.05')) < 0 || one.energy.sentence.part !== other.energy.sentence.part)
        continue;
      report.findings.push({
        rule: 'series.factor',
        places: [
          placeOf(one.energy.sentence, one.energy.quantity),
          placeOf(other.energy.sentence, other.energy.quantity),
        ],
        values: {
          name: '@name.coal',
          one: shown(one.grams, 1),
          other: shown(other.grams, 1),
          first: `${said(one.saved.sentence, one.saved.quantity)} / ${said(one.energy.sentence, one.energy.quantity)}`,
          second: `${said(other.saved.sentence, other.saved.quantity)} / ${said(other.energy.sentence, other.energy.quantity)}`,
        },
      });
    }
  return report;
}
