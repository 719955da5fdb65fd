import {
  type ChartPair,
  type ChartPoint,
  type ChartRow,
  type ChartSeries,
  type ChartState,
  type ChartValue,
  chartTable,
  describeChart,
  drawChart,
} from '../chart/index.ts';
import { inBrackets, unitHead } from '../language/index.ts';
import { comparePeriods, type Indicator, yearOf } from '../model/index.ts';
import { breakdownOf } from './bind-inline.ts';
import { indicatorTable, list, sourceNote, targetsOf, unknownIndicator, words } from './bind-tables.ts';
import type { Binder, BoundFigure, RelatedPlace, TagPlace } from './binder.ts';
import { type Block, named, plainText, type Table, text } from './document.ts';
import { boundText, periodHead } from './value-text.ts';
import { say } from './words.ts';

/** Width at which charts are drawn for a review, in px: the text column of the page. */
const drawingWidth = 640;

interface Line {
  readonly name: string;
  readonly indicator: Indicator;
  readonly area: string;
  readonly place: RelatedPlace;
  readonly figures: readonly BoundFigure[];
}

/**
 * `{% chart indicators="a,b" type="line" /%}`: lines over years, bars of one period, or slopes between two. Where nothing
 * can be drawn (no value has a year, units differ), the same values stand in a table, and a note says why.
 */
export function chart(at: TagPlace, binder: Binder): Block[] {
  const lines = readLines(at, binder);
  const [first] = lines;
  if (first === undefined) return [];
  const unit = first.indicator.unit;
  const oneUnit = lines.every(({ indicator }) => indicator.unit === unit);
  const present = lines.flatMap(({ figures }) => figures.filter(({ figure }) => figure.value !== null));
  if (!oneUnit || present.length === 0) {
    binder.report(
      at,
      'tag.chart',
      oneUnit ? 'warning' : 'error',
      oneUnit ? 'no value here can be drawn' : 'the indicators of one chart have different units',
      {
        why: 'a chart has one axis; a table stands in its place',
        mend: oneUnit ? 'hand in values, or use {% table /%}' : 'draw them in separate charts',
      },
    );
    return indicatorTable(at, binder);
  }
  const state = stateOf(at, lines, binder);
  const shown = lines.flatMap(({ figures }) => figures);
  const kept = shown.map(({ figure, indicator, place }) => ({
    found: binder.figure(figure.key.indicator, figure.key.area, figure.key.measure, figure.key.breakdown),
    indicator,
    place,
  }));
  const n = binder.nextChart();
  const drawn = chartTable(state);
  const table: Table = {
    columns: drawn.head.map((_, column) => ({
      align: column === 0 ? 'left' : 'right',
      width: column === 0 ? 2 : 1.5,
    })),
    head: drawn.head.map((head) => words(head)),
    rows: drawn.rows.map((row) =>
      row.map((value, column) => (column === 0 ? { ...words(value), header: true } : words(value))),
    ),
  };
  return [
    {
      kind: 'chart',
      id: `figure-${n}`,
      label: say('chart', binder.language, { n }),
      caption: [
        text(
          `${state.title}${state.subtitle === '' ? '' : `${say('stop', binder.language)}${binder.language === 'en' ? ' ' : ''}${state.subtitle}`}`,
        ),
      ],
      svg: drawChart(state, { width: drawingWidth }).svg,
      alt: describeChart(state),
      table,
      note: sourceNote(
        kept.map(({ found }) => found),
        binder,
      ),
      codes: [...new Set(shown.map(({ figure }) => figure.code))],
    },
  ];
}

function readLines(at: TagPlace, binder: Binder): Line[] {
  const { attributes } = at.tag;
  const ids = list(attributes.get('indicators'));
  const home = attributes.get('area') ?? binder.workspace.city.area;
  const areas = list(attributes.get('areas'));
  const breakdown = breakdownOf(at.tag);
  const lines: Line[] = [];
  for (const id of ids)
    for (const area of areas.length > 0 ? areas : [home]) {
      const place = binder.placeOf(area) ?? binder.here;
      const indicator = binder.indicator(id, place) ?? binder.indicator(id);
      if (indicator === null) {
        unknownIndicator(at, id, binder);
        continue;
      }
      const named1 = named(indicator.name, binder.language);
      const name =
        areas.length === 0
          ? named1
          : ids.length === 1
            ? binder.areaName(area)
            : `${named1}${say('comma', binder.language)}${binder.areaName(area)}`;
      const figures = binder
        .periods(place, id, area)
        .filter((period) => within(period, attributes.get('from'), attributes.get('to')))
        .map((period) => binder.peek(id, area, { kind: 'value', period }, breakdown))
        .filter((each) => each !== null);
      lines.push({ name, indicator, area, place, figures });
    }
  return lines;
}

function within(period: string, from: string | undefined, to: string | undefined): boolean {
  if (period === 'undated') return true;
  if (from !== undefined && comparePeriods(period, from) < 0) return false;
  return to === undefined || comparePeriods(period, to) <= 0;
}

function stateOf(at: TagPlace, lines: readonly Line[], binder: Binder): ChartState {
  const { attributes } = at.tag;
  const { language } = binder;
  const [first] = lines;
  const unit = unitHead(first?.indicator.unit ?? '1', language);
  const place = [...new Set(lines.map(({ area }) => binder.areaName(area)))];
  const measure = [...new Set(lines.map(({ indicator }) => named(indicator.name, language)))];
  const subtitle = [
    ...(attributes.get('title') === undefined ? [] : measure.slice(0, 2)),
    unit,
    place.length <= 3 ? place.join(say('comma', language)) : '',
  ].filter((part) => part !== '');
  const head = {
    language,
    title: attributes.get('title') ?? measure.slice(0, 3).join(say('comma', language)),
    subtitle: subtitle.join(say('comma', language)),
    source: plainText(
      sourceNote(
        lines.flatMap(({ figures }) => figures),
        binder,
      ),
    ),
    unit,
  };
  const years = [
    ...new Set(
      lines.flatMap(({ figures }) =>
        figures.filter(({ figure }) => figure.value !== null).flatMap((each) => yearsOf(each)),
      ),
    ),
  ].sort();
  const type = attributes.get('type') ?? (years.length > 1 ? 'line' : 'bar');
  const [from, to] = [years[0], years.at(-1)];
  if (type === 'slope' && from !== undefined && to !== undefined && from !== to)
    return {
      kind: 'slope',
      ...head,
      from,
      to,
      pairs: lines.map((line, index) => pairOf(line, index, from, to, binder)),
    };
  if (type === 'line' && years.length > 1)
    return {
      kind: 'line',
      ...head,
      series: lines.map((line, index) => seriesOf(line, index, lines.length, binder)),
    };
  return { kind: 'bar', ...head, rows: barRows(lines, attributes.get('period'), binder) };
}

function yearsOf({ figure }: BoundFigure): string[] {
  const { measure } = figure.key;
  return measure.kind === 'value' && yearOf(measure.period) !== null ? [measure.period] : [];
}

const periodOf = ({ figure }: BoundFigure): string =>
  figure.key.measure.kind === 'value' ? figure.key.measure.period : 'undated';

function chartValue(found: BoundFigure | undefined, binder: Binder): ChartValue {
  if (found === undefined) return { value: null, label: say('notReported', binder.language), status: 'O' };
  const { figure } = found;
  const reason = figure.missing === null ? {} : { reason: named(figure.missing, binder.language) };
  return { value: figure.value, label: binder.text(figure), status: figure.status, ...reason };
}

function seriesOf(line: Line, index: number, count: number, binder: Binder): ChartSeries {
  const points: ChartPoint[] = line.figures.map((found) => ({
    ...chartValue(found, binder),
    period: periodOf(found),
  }));
  const unit = line.indicator.unit;
  return {
    name: line.name,
    role: roleOf(index, count),
    points,
    targets: targetsOf(line.indicator.id, line.area, line.place)
      .filter(
        (target) => target.unit === unit && yearOf(target.period) !== null && target.basePeriod === null,
      )
      .map((target) => ({
        period: target.period,
        value: target.value,
        label: `${boundText(target, binder.language)}${inBrackets(periodHead(target.period, binder.language), binder.language)}`,
      })),
  };
}

const roleOf = (index: number, count: number): ChartSeries['role'] =>
  index === 0 ? 'focus' : index === 1 && count <= 3 ? 'comparison' : 'context';

function pairOf(line: Line, index: number, from: string, to: string, binder: Binder): ChartPair {
  const at = (period: string) => line.figures.find((found) => periodOf(found) === period);
  return {
    name: line.name,
    role: index === 0 ? 'focus' : 'context',
    from: chartValue(at(from), binder),
    to: chartValue(at(to), binder),
  };
}

/** One bar a line at the asked or latest period; one line alone gives a bar a period. */
function barRows(lines: readonly Line[], asked: string | undefined, binder: Binder): ChartRow[] {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && asked === undefined)
    return only.figures.map((found, index) => ({
      ...chartValue(found, binder),
      name: periodHead(periodOf(found), binder.language),
      role: index === only.figures.length - 1 ? 'focus' : 'context',
    }));
  return lines.map((line, index) => {
    const found =
      asked === undefined
        ? line.figures.filter(({ figure }) => figure.value !== null).at(-1)
        : line.figures.find((each) => periodOf(each) === asked);
    return { ...chartValue(found, binder), name: line.name, role: index === 0 ? 'focus' : 'context' };
  });
}
