import { compare, decimal, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** A thing in a place that is larger than the place: `the district covers 687 km². Its nature reserve measures 1,250 km²`. */
export function checkInside(reading: Reading): Report {
  const report = emptyReport();
  for (const [index, sentence] of reading.sentences.entries()) {
    if (sentence.block.kind === 'row') continue;
    const next = reading.sentences[index + 1];
    const near = next !== undefined && next.block === sentence.block ? [sentence, next] : [sentence];
    const areas = near.flatMap((one) =>
      one.quantities
        .filter(({ dimension, upper }) => dimension === 'area' && upper === undefined)
        .map((quantity) => ({ sentence: one, quantity })),
    );
    for (const place of areas) {
      if (!isPlace(place)) continue;
      for (const thing of areas) {
        if (thing === place || !isThing(thing, place)) continue;
        // A pair that lies in the second sentence wholly is heard when that one is the first.
        if (near.length > 1 && thing.sentence === next && place.sentence === next) continue;
        if (compare(size(thing.quantity), multiply(size(place.quantity), decimal('1.05'))) <= 0) continue;
        report.findings.push({
          rule: 'sum.subset',
          places: [placeOf(place.sentence, place.quantity), placeOf(thing.sentence, thing.quantity)],
          values: { part: said(thing.sentence, thing.quantity), whole: said(place.sentence, place.quantity) },
        });
      }
    }
  }
  return report;
}

interface Area {
  readonly sentence: Sentence;
  readonly quantity: Quantity;
}

const size = ({ value, factor }: Quantity) => multiply(value, factor);
const before = ({ sentence, quantity }: Area, count: number): string =>
  wordsBetween(sentence, Math.max(0, quantity.start - count), quantity.start);

/** `the district covers`, `the city, whose area is`, 全市面积. */
function isPlace(area: Area): boolean {
  const lead = before(area, 60);
  return /\b(?:the|this|our) (?:whole |entire )?(?:district|city|county|town|municipality),? (?:covers|has (?:a total |an )?area of|covers an area of|measures|extends over|, ?whose (?:total )?area is|whose (?:total )?area is|which (?:covers|measures))(?: about)? $|(?:全区|全市|全县|辖区|区域|全镇)(?:土地|行政区域|国土)?(?:总)?面积(?:为|约|达)?\s*$/.test(
    lead,
  );
}

/** `Its nature reserve measures`, `the reserve covers … of the district`, 境内自然保护区面积. */
function isThing(area: Area, place: Area): boolean {
  const lead = before(area, 60);
  const named =
    /\b(?:reserve|park|wetland|forest|lake|zone|woodland|farmland|green space)s? (?:covers|measures|has (?:a total |an )?area of|covers an area of|occupies|takes up|extends over)(?: about)? $|(?:保护区|公园|湿地|森林|林地|湖|耕地|绿地|园区)(?:总)?(?:面积|占地)(?:为|约|达)?\s*$/.test(
      lead,
    );
  if (!named) return false;
  const tail = wordsBetween(area.sentence, area.quantity.end, area.quantity.end + 40);
  const of = /^ (?:of|in|within) (?:the|this|our) (?:district|city|county|town|municipality)\b/.test(tail);
  const own =
    /\b(?:its|the district['’]s|the city['’]s|the county['’]s)\b[^.;]{0,40}$|(?:境内|区内|市内|县内|其中)[^。；]{0,16}$/.test(
      lead,
    );
  return of || own || (place.sentence === area.sentence && /(?:境内|区内|市内)/.test(lead));
}
