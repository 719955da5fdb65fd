import { colon, formatNumber, inBrackets, type RowUnit, rowUnit } from '../language/index.ts';
import {
  comparePeriods,
  type Indicator,
  isShare,
  type Language,
  type Measure,
  parseUnit,
  type Target,
} from '../model/index.ts';
import { breakdownOf } from './bind-inline.ts';
import type { Binder, BoundFigure, RelatedPlace, TagPlace } from './binder.ts';
import { type Block, type Cell, type Inline, named, type Table, text } from './document.ts';
import { targetsIn } from './targets.ts';
import { periodHead } from './value-text.ts';
import { locatorText, say } from './words.ts';

export const cell = (...content: readonly Inline[]): Cell => ({ content });
export const words = (value: string): Cell => cell(text(value));

export function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The unit of a row that shows these figures of an indicator. */
export function rowUnitOf(
  found: readonly (BoundFigure | null | undefined)[],
  unit: string,
  language: Language,
): RowUnit {
  const values = found.flatMap((each) =>
    each == null || each.figure.value === null || each.figure.unit !== unit
      ? []
      : [{ value: each.figure.value, decimals: each.figure.decimals }],
  );
  return rowUnit(values, unit, language);
}

/** A cell that shows a figure without its unit (which stands in the column of units). */
export function figureCell(found: BoundFigure | null, binder: Binder, row: RowUnit): Cell {
  if (found === null) return words('–');
  const { figure } = found;
  if (figure.value === null) return cell(binder.number(found, say('notReported', binder.language)));
  const shown = row.unit === figure.unit ? figureNumber(found, row) : binder.text(figure);
  return cell(binder.number(found, shown));
}

function figureNumber({ figure }: BoundFigure, row: RowUnit): string {
  const number = row.number({ value: figure.value ?? '0', decimals: figure.decimals });
  return figure.qualifier === null ? number : `${qualifierMark[figure.qualifier]}${number}`;
}

const qualifierMark = {
  over: '>',
  nearly: '≲',
  about: '≈',
  under: '<',
  'at-least': '≥',
  'at-most': '≤',
} as const;

/** `Source: [1, line 315; line 322]; [2, …]`: where the figures of a table or chart come from. */
export function sourceNote(found: readonly (BoundFigure | null)[], binder: Binder): Inline[] {
  const places = new Map<number, Set<string>>();
  for (const each of found) {
    if (each === null) continue;
    for (const { source, locator } of each.figure.contributions) {
      const number = binder.source(source, each.place);
      const at = places.get(number) ?? new Set();
      at.add(locator);
      places.set(number, at);
    }
  }
  const note: Inline[] = [];
  if (places.size > 0) note.push(text(`${say('source', binder.language)}${colon(binder.language)}`));
  [...places]
    .sort(([a], [b]) => a - b)
    .forEach(([source, locators], at) => {
      if (at > 0) note.push(text(say('semicolon', binder.language)));
      note.push({ kind: 'cite', source, locator: shortList([...locators], binder) });
    });
  if (places.size > 0) note.push(text(say('stop', binder.language)));
  const missing = missingNote(found, binder);
  if (missing !== '') note.push(text(`${note.length > 0 && binder.language === 'en' ? ' ' : ''}${missing}`));
  return note;
}

/**
 * What is not reported, each reason told once: `Not reported: A (2012, 2013), B. The chart is an image in the source: C.`
 * A reason that only says of an indicator that it is not reported adds nothing to its name and periods.
 */
function missingNote(found: readonly (BoundFigure | null)[], binder: Binder): string {
  const { language } = binder;
  const byReason = new Map<string, Map<string, string[]>>();
  for (const each of found) {
    if (each === null || each.figure.value !== null || each.figure.missing === null) continue;
    const name = each.indicator === null ? '' : named(each.indicator.name, language);
    const told = named(each.figure.missing, language);
    const reason = name !== '' && told.includes(name) ? '' : told;
    const names = byReason.get(reason) ?? new Map<string, string[]>();
    byReason.set(reason, names);
    const periods = names.get(name) ?? [];
    names.set(name, periods);
    const { measure } = each.figure.key;
    const period = measure.kind === 'value' ? measure.period : '';
    if (period !== '' && !periods.includes(period)) periods.push(period);
  }
  const comma = say('comma', language);
  const sentences = [...byReason].sort(([a], [b]) => Number(a !== '') - Number(b !== ''));
  return sentences
    .map(([reason, names]) => {
      const list = [...names]
        .map(([name, periods]) => (reason === '' ? withPeriods(name, periods, language) : name))
        .filter((name) => name !== '');
      const head = reason === '' ? say('notReportedList', language) : reason.replace(/[.。]$/u, '');
      return `${head.replace(/^./u, (first) => first.toUpperCase())}${list.length === 0 ? '' : colon(language)}${list.join(comma)}${say('stop', language)}`;
    })
    .join(language === 'zh' ? '' : ' ');
}

function withPeriods(name: string, periods: readonly string[], language: Language): string {
  if (periods.length === 0) return name;
  const list = periods.join(say('comma', language));
  return `${name}${inBrackets(list, language)}`;
}

/** `line 315, line 322` as `lines 315, 322` when all have one leading word. */
function shortList(locators: readonly string[], binder: Binder): string {
  const split = locators.map((each) => /^(\p{L}+) ?(\d+)$/u.exec(each));
  const [head] = split;
  if (head === null || head === undefined || split.some((each) => each?.[1] !== head[1]))
    return locators.map((each) => locatorText(each, binder.language)).join(say('semicolon', binder.language));
  const numbers = split.map((each) => Number(each?.[2] ?? 0)).sort((a, b) => a - b);
  if (binder.language === 'zh' && head[1] === 'line') return `第${numbers.join('、')}行`;
  return `${head[1]}${numbers.length > 1 && head[1] === 'line' ? 's' : ''} ${numbers.join(say('comma', binder.language))}`;
}

interface TableInput {
  readonly at: TagPlace;
  readonly caption: string;
  readonly table: Table;
  readonly found: readonly (BoundFigure | null)[];
}

export function tableBlock({ caption, table, found }: TableInput, binder: Binder): Block {
  const n = binder.nextTable();
  return {
    kind: 'table',
    id: `table-${n}`,
    label: say('table', binder.language, { n }),
    caption: [text(caption)],
    table,
    note: sourceNote(found, binder),
    margin: true,
  };
}

export function unknownIndicator(at: TagPlace, id: string, binder: Binder): void {
  binder.report(at, 'tag.indicator', 'error', `the indicator ${id} is not in this workspace`, {
    why: 'a table or chart shows declared indicators only',
    mend: 'correct the id, or declare the indicator in indicators/',
  });
}

/** `{% table indicators="a,b" periods="2015,2021" /%}`: indicators down, periods across; or areas down for one indicator. */
export function indicatorTable(at: TagPlace, binder: Binder): Block[] {
  const { attributes } = at.tag;
  const ids = list(attributes.get('indicators'));
  const home = attributes.get('area') ?? binder.workspace.city.area;
  const areas = list(attributes.get('areas'));
  const rows: { label: string; indicator: Indicator; place: RelatedPlace; area: string }[] = [];
  for (const id of ids)
    for (const area of areas.length > 0 ? areas : [home]) {
      const place = binder.placeOf(area) ?? binder.here;
      const indicator = binder.indicator(id, place) ?? binder.indicator(id);
      if (indicator === null) {
        unknownIndicator(at, id, binder);
        continue;
      }
      const name = named(indicator.name, binder.language);
      const label =
        areas.length === 0
          ? name
          : ids.length === 1
            ? binder.areaName(area)
            : `${name}${say('comma', binder.language)}${binder.areaName(area)}`;
      rows.push({ label, indicator, place, area });
    }
  if (rows.length === 0) return [];
  const asked = list(attributes.get('periods'));
  const periods =
    asked.length > 0
      ? asked
      : [...new Set(rows.flatMap(({ indicator, place, area }) => binder.periods(place, indicator.id, area)))]
          .sort(comparePeriods)
          .slice(-8);
  const breakdown = breakdownOf(at.tag);
  const found = rows.map(({ indicator, area }) =>
    periods.map((period) => binder.figure(indicator.id, area, { kind: 'value', period }, breakdown)),
  );
  const change = attributes.get('change') !== undefined && periods.length > 1;
  const changes = rows.map(({ indicator, area }) =>
    change ? binder.figure(indicator.id, area, usualChange(indicator, periods), breakdown) : null,
  );
  const table: Table = {
    columns: [
      { align: 'left', width: 4 },
      { align: 'left', width: 1.6 },
      ...periods.map(() => ({ align: 'right' as const, width: 1.4 })),
      ...(change ? [{ align: 'right' as const, width: 1.6 }] : []),
    ],
    head: [
      words(say(areas.length > 0 && ids.length === 1 ? 'area' : 'indicator', binder.language)),
      words(say('unit', binder.language)),
      ...periods.map((period) => words(periodHead(period, binder.language))),
      ...(change ? [words(say('change', binder.language))] : []),
    ],
    rows: rows.map(({ label, indicator }, row) => {
      const unit = rowUnitOf(found[row] ?? [], indicator.unit, binder.language);
      return [
        { ...words(label), header: true },
        words(unit.head),
        ...(found[row] ?? []).map((each) => figureCell(each, binder, unit)),
        ...(change ? [changeCell(changes[row] ?? null, binder)] : []),
      ];
    }),
  };
  const title =
    attributes.get('title') ??
    rows
      .map(({ label }) => label)
      .slice(0, 3)
      .join(say('comma', binder.language));
  return [tableBlock({ at, caption: title, table, found: [...found.flat(), ...changes] }, binder)];
}

/** Percentage points for shares, per cent otherwise, from the first to the last of some periods. */
export function usualChange(indicator: Indicator, periods: readonly string[]): Measure {
  const unit = parseUnit(indicator.unit);
  const kind = unit !== null && isShare(unit) ? 'points' : 'relative';
  return { kind, from: periods[0] ?? '', to: periods.at(-1) ?? '' };
}

/** A change with its sign. */
export function changeCell(found: BoundFigure | null, binder: Binder): Cell {
  if (found === null) return words('–');
  const { figure } = found;
  if (figure.value === null) return words('–');
  if (figure.unit !== 'pp') return cell(binder.number(found, binder.text(figure, {}, { form: 'signed' })));
  const { language } = binder;
  const number = formatNumber(figure.value, { decimals: figure.decimals, language, signed: true });
  return cell(
    binder.number(found, `${number}${language === 'zh' ? '' : '\u00a0'}${say('pointsShort', language)}`),
  );
}

/** The next target to be reached for an indicator in an area, by period. */
export function targetsOf(indicator: string, area: string, place: RelatedPlace): readonly Target[] {
  return targetsIn(place)
    .filter(
      (target) =>
        target.indicator === indicator && target.area === area && Object.keys(target.breakdown).length === 0,
    )
    .sort((a, b) => comparePeriods(a.period, b.period));
}
