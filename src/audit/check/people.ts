import { compare, decimal, divide, type Rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

interface Found {
  readonly sentence: Sentence;
  readonly quantity: Quantity;
}

/** Most of a profession that a population can have: three times the densest known. */
const professions: readonly { readonly form: RegExp; readonly most: string }[] = [
  { form: /\b(?:doctors|physicians|general practitioners)\b|医生|医师/, most: '0.03' },
  { form: /\bnurses\b|护士/, most: '0.06' },
  { form: /\bteachers\b|教师/, most: '0.08' },
  { form: /\b(?:police officers|policemen|firefighters|judges|lawyers)\b|民警|法官|律师/, most: '0.03' },
];

/** More doctors than a place of that population can have: those who signed up with them are meant. */
export function checkPeople(reading: Reading): Report {
  const report = emptyReport();
  const counts = reading.sentences.flatMap((sentence) =>
    sentence.quantities.flatMap((quantity): Found[] =>
      quantity.dimension === 'count' ? [{ sentence, quantity }] : [],
    ),
  );
  const people = populations(counts);
  for (const { sentence, quantity } of counts) {
    const population = people.get(sentence.part);
    if (population === undefined || compare(quantity.value, decimal('1000')) < 0) continue;
    const before = wordsBetween(sentence, Math.max(0, quantity.start - 90), quantity.start);
    const after = wordsBetween(sentence, quantity.end, quantity.end + 30);
    for (const { form, most } of professions) {
      const named =
        /^\s*(?:[a-z]+ ){0,2}$/.test(after.slice(0, form.exec(after)?.index ?? -1)) && form.test(after)
          ? form.exec(after)?.[0]
          : /\bnumber of (?:[a-z]+ ){0,3}[a-z]+[^.;]{0,30}(?:reached|hit|was|is|exceeded|amounted to|of)\s*(?:about|over|nearly)?\s*$|(?:医生|医师|护士|教师)(?:数|人数|总数)?(?:达到?|为|共|共有|已有)?约?$/.test(
                before,
              )
            ? form.exec(/\bnumber of [^.;]{0,70}$/.exec(before)?.[0] ?? before)?.[0]
            : undefined;
      if (named === undefined) continue;
      if (compare(divide(quantity.value, population.value), decimal(most)) <= 0) continue;
      report.findings.push({
        rule: 'value.impossible',
        places: [placeOf(sentence, quantity), placeOf(population.sentence, population.quantity)],
        values: { thing: named, stated: said(sentence, quantity), reason: '@reason.people' },
      });
      break;
    }
  }
  return report;
}

interface Population extends Found {
  readonly value: Rational;
}

/** The population of the place that each part of the file is about: the first that is named as such. */
function populations(counts: readonly Found[]): Map<number, Population> {
  const found = new Map<number, Population>();
  for (const { sentence, quantity } of counts) {
    if (found.has(sentence.part) || compare(quantity.value, decimal('20000')) < 0) continue;
    const before = wordsBetween(sentence, Math.max(0, quantity.start - 60), quantity.start);
    const after = wordsBetween(sentence, quantity.end, quantity.end + 24);
    if (
      /\b(?:permanent|resident|total) population (?:of|was|is|reached) (?:about |over |more than |nearly )?$|常住人口[^，。]{0,8}$/.test(
        before,
      ) ||
      (/\b(?:home to|has|have|had) (?:about |over |more than |nearly )?$/.test(before) &&
        /^\s*(?:population|people|residents|inhabitants)\b/.test(after))
    )
      found.set(sentence.part, { sentence, quantity, value: quantity.value });
  }
  return found;
}
