import { colon, formatNumber, listMark } from '../../language/index.ts';
import { type Completeness, isPartial } from '../../model/index.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';

/** How much of what belongs to a value is in it, as a sentence. */
export function completenessText({ present, expected, of }: Completeness, view: PlaceView): string {
  const { t, language } = view;
  if (of === undefined) return fill(t.completeness, { present, expected });
  const counts = {
    of: named(of, view),
    present: formatNumber(String(present), { language, decimals: 0 }),
    expected: formatNumber(String(expected), { language, decimals: 0 }),
  };
  return fill(t.completenessOf, counts);
}

/** What is missing and why, under the sentence. Nothing where all is there. */
export function WhatIsMissing({
  completeness,
  view,
}: {
  readonly completeness: Completeness;
  readonly view: PlaceView;
}) {
  const { t, language } = view;
  const joint = listMark(language);
  const { missing, of, reasons = [] } = completeness;
  return (
    <>
      <p>
        {completenessText(completeness, view)}{' '}
        {of !== undefined || missing.length === 0
          ? ''
          : fill(t.missingAreas, { areas: missing.map((area) => areaName(view, area)).join(joint) })}
        {of !== undefined && completeness.present < completeness.expected && !isPartial(completeness)
          ? t.enoughOf
          : ''}
      </p>
      {reasons.length === 0 ? null : (
        <ul class="small">
          {reasons.map(({ reason, count, names }) => (
            <li>
              {fill(t.missingFor, {
                reason: named(reason, view),
                n: formatNumber(String(count), { language, decimals: 0 }),
              })}
              {names.length === 0 ? '' : `${colon(language)}${names.join(joint)}`}
              {names.length > 0 && names.length < count ? ' …' : ''}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
