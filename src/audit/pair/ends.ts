import { equals, multiply } from '../../model/index.ts';
import { type Endpoints, endpointsOf } from '../check/endpoints.ts';
import { placeOf } from '../check/report.ts';
import type { Draft } from '../finding.ts';
import type { Quantity } from '../read/quantity.ts';
import type { Reading, Sentence } from '../read/reading.ts';
import type { Block } from '../text.ts';
import type { Aligned } from './align.ts';

interface Told extends Endpoints {
  readonly sentence: Sentence;
}

/** `from 320 to 450 hectares` and 由450公顷增加到320公顷: the same two numbers, their places exchanged. */
export function endDrafts(en: Reading, zh: Reading, aligned: readonly Aligned[]): Draft[] {
  const [left, right] = [byBlock(en), byBlock(zh)];
  return aligned.flatMap((pair): Draft[] => {
    const [a, b] = [endsOf(left, pair.en), endsOf(right, pair.zh)];
    return a.flatMap((one): Draft[] => {
      const other = b.find(({ from, to }) => same(one.from, to) && same(one.to, from) && !same(from, to));
      // Where the other way round is told too, both stand in both.
      if (other === undefined || b.some(({ from, to }) => same(one.from, from) && same(one.to, to)))
        return [];
      const places = [one, other].map(({ sentence, from, to }) => placeOf(sentence, from, to));
      return [
        { rule: 'pair.number', places, values: { one: places[0]?.text ?? '', other: places[1]?.text ?? '' } },
      ];
    });
  });
}

function byBlock(reading: Reading): ReadonlyMap<number, Told[]> {
  const ends = new Map<number, Told[]>();
  for (const sentence of reading.sentences)
    for (const pair of endpointsOf(sentence)) put(ends, sentence.block.index, { ...pair, sentence });
  return ends;
}

/** Most changes of a paragraph that are held against each other. */
const mostEnds = 300;

const endsOf = (ends: ReadonlyMap<number, Told[]>, blocks: readonly Block[]): Told[] =>
  blocks.flatMap(({ index }) => ends.get(index) ?? []).slice(0, mostEnds);

function put(ends: Map<number, Told[]>, block: number, told: Told): void {
  const list = ends.get(block);
  if (list === undefined) ends.set(block, [told]);
  else list.push(told);
}

const same = (a: Quantity, b: Quantity): boolean =>
  equals(multiply(a.value, a.factor), multiply(b.value, b.factor));
