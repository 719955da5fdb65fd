import type { Draft } from '../finding.ts';
import type { Reading, Sentence } from '../read/reading.ts';
import { type Measured, measuredOf } from './context.ts';
import { endpointsOf } from './endpoints.ts';
import { alike, weights } from './likeness.ts';
import { isLevel, relate } from './series.ts';
import { twoValues } from './two-values.ts';

/** Most values of all documents together that are compared. */
const mostLevels = 20_000;

/**
 * One series told differently in two documents of one review: the city's report and a district's, a report and its annex.
 * Values are compared only for one area (named in the sentence, else the place that the document is about) and one year.
 */
export function checkAcross(readings: readonly Reading[]): Draft[] {
  const documents = new Map<Sentence, { readonly key: string; readonly area: string }>();
  const starts = new Set<unknown>();
  const levels: Measured[] = [];
  for (const reading of readings) {
    const subjects = subjectsOf(reading);
    for (const sentence of reading.sentences) {
      const key = `${reading.file} ${sentence.part}`;
      documents.set(sentence, { key, area: areaIn(sentence) ?? subjects.get(sentence.part) ?? '' });
      for (const { from } of endpointsOf(sentence)) starts.add(from);
    }
    levels.push(...measuredOf(reading).filter((level) => isLevel(level) && level.time !== null));
  }
  if (levels.length > mostLevels) return [];
  const of = ({ sentence }: Measured) => documents.get(sentence);
  const year = ({ time, quantity }: Measured) => (starts.has(quantity) ? time?.first : time?.last);
  const comparable = (a: Measured, b: Measured): boolean => {
    const [one, other] = [of(a), of(b)];
    return (
      one !== undefined &&
      other !== undefined &&
      one.key !== other.key &&
      one.area !== '' &&
      one.area === other.area &&
      year(a) === year(b)
    );
  };
  const used = new Set<Measured>();
  const drafts: Draft[] = [];
  const pairs = [...alike(levels, atLeast(weights(levels), levels.length), comparable)].sort(
    (x, y) => y[2] - x[2],
  );
  for (const [a, b, likeness] of pairs) {
    if (used.has(a) || used.has(b) || likeness < 0.6) continue;
    const relation = relate(a, b, likeness);
    if (relation === 'far') continue;
    used.add(a).add(b);
    if (relation === 'equal' || relation === 'hedge') continue;
    drafts.push({
      rule: 'series.value',
      ...(likeness >= 0.8 && relation === 'apart' ? { severity: 'contradiction' as const } : {}),
      ...twoValues(a, b, relation === 'rounding' ? '@reason.rounding' : '@reason.scope'),
    });
  }
  return drafts;
}

const named =
  /\b([A-Z][a-z]{2,20}) (?:District|County|City|Municipality)\b|([\p{Script=Han}]{2,3})(?:区|县|市)/u;

/** The area that a sentence names first. */
function areaIn({ text }: Sentence): string | null {
  const match = named.exec(text);
  return match === null ? null : (match[1] ?? match[2] ?? null);
}

/** What each part of a file is about: of the areas that it names as such, the one whose bare name stands most often. */
function subjectsOf(reading: Reading): Map<number, string> {
  const areas = new Map<number, Set<string>>();
  const counts = new Map<string, number>();
  for (const sentence of reading.sentences) {
    const own = areas.get(sentence.part) ?? new Set<string>();
    areas.set(sentence.part, own);
    const area = areaIn(sentence);
    if (area !== null) own.add(area);
    for (const [word] of sentence.text.matchAll(/\b[A-Z][a-z]{2,20}\b/g)) {
      const key = `${sentence.part} ${word}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const subjects = new Map<number, string>();
  for (const [part, own] of areas) {
    const often = (area: string) => counts.get(`${part} ${area}`) ?? 0;
    const [first] = [...own].sort((a, b) => often(b) - often(a));
    if (first !== undefined) subjects.set(part, first);
  }
  return subjects;
}

/** In short texts every word is rare enough to tell; without a floor nothing in them would be alike. */
function atLeast(weight: ReadonlyMap<string, number>, levels: number): ReadonlyMap<string, number> {
  return levels > 200 ? weight : new Map([...weight].map(([word, heft]) => [word, Math.max(heft, 2.5)]));
}
