import type {
  ChartPair,
  ChartPoint,
  ChartRole,
  ChartSeries,
  ChartState,
  ChartValue,
} from '../../chart/index.ts';
import { inBrackets, periodText } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import { type Choice, drawnIn, measuresOf } from './choice.ts';
import type { Explored, ExploredSeries } from './explored.ts';
import { asIndex, asShares } from './relative.ts';

/** Words that an arrangement itself needs. */
const words = {
  en: {
    none: 'not reported',
    noBase: 'its first value is zero: no index',
    noWhole: 'a part is not reported: no share',
    index: 'index, first value = 100',
    share: 'share of the whole, %',
    drawn: '{interval} drawn',
    comma: ', ',
    and: ', ',
    off: 'not on the map: ',
    more: ' and {n} more',
  },
  zh: {
    none: '未报告',
    noBase: '首期数值为零，无法计算指数',
    noWhole: '有部分未报告，无法计算占比',
    index: '指数（首期＝100）',
    share: '占总体的比重，%',
    drawn: '图中标出{interval}',
    comma: '，',
    and: '、',
    off: '未上图：',
    more: '等另{n}个',
  },
} as const satisfies Record<Language, Record<string, string>>;

/**
 * The chart of a choice. The whole holds every series; here they are chosen, ordered and given their part in the drawing.
 * `against` is the other indicator of a scatter, where one was chosen.
 */
export function arrange(whole: Explored, choice: Choice, against: Explored | null = null): ChartState {
  const { language, source } = whole;
  const t = words[language];
  const measure = measuresOf(choice.kind).find((each) => each === choice.measure) ?? 'value';
  const unit = measure === 'value' ? whole.unit : t[measure];
  const { series: picked, shared } = withoutShared(chosen(whole, choice, measure), whole);
  const series = ordered(picked, choice);
  const hasIntervals =
    choice.kind !== 'stacked' &&
    choice.kind !== 'area' &&
    series.some(({ points }) => points.some(({ interval }) => interval !== undefined));
  // The finding is about the first series: where that is not drawn, the chart says what it shows instead.
  const isTold = choice.kind === 'map' || series.some(({ id }) => id === whole.series[0]?.id);
  const head = {
    language,
    title: isTold ? whole.title : whole.name,
    subtitle: [
      whole.subtitle,
      ...shared,
      measure === 'value' ? '' : unit,
      hasIntervals ? t.drawn.replace('{interval}', whole.interval ?? '') : '',
    ]
      .filter((part) => part !== '')
      .join(t.comma),
    source,
    unit,
    ...(whole.code === undefined || !isTold ? {} : { code: whole.code }),
  };
  const at = (points: readonly ChartPoint[], period: string) => valueAt(points, period, language);
  switch (choice.kind) {
    case 'line':
      return { ...head, kind: 'line', series, ...(choice.axis === 'log' ? { axis: 'log' } : {}) };
    case 'multiples':
      return { ...head, kind: 'multiples', panels: series.map((each) => ({ ...each, role: 'focus' })) };
    case 'stacked':
      return { ...head, kind: 'stacked', form: 'bar', series };
    case 'area':
      return { ...head, kind: 'stacked', form: 'area', series };
    case 'bar':
      return {
        ...head,
        subtitle: [head.subtitle, momentText(choice.to, language)].join(t.comma),
        kind: 'bar',
        rows: series.map(({ name, role, points, targets }) => ({
          name,
          role,
          ...at(points, choice.to),
          ...lastTarget(targets),
        })),
      };
    case 'map':
      return mapOf(whole, choice) ?? { ...head, kind: 'line', series };
    case 'scatter':
      return {
        ...head,
        kind: 'scatter',
        subtitle: [head.subtitle, momentText(choice.to, language)].join(t.comma),
        xName: against === null ? '' : withUnit(against),
        yName: withUnit(whole),
        dots: series.map(({ id, name, role, points }) => {
          const other = against?.series.find((each) => each.id === id)?.points ?? [];
          return { id, name, role, x: bare(at(other, choice.to), choice), y: at(points, choice.to) };
        }),
      };
    default:
      return {
        ...head,
        kind: choice.kind,
        from: choice.from,
        to: choice.to,
        pairs: series.map(
          ({ id, name, role, points, targets }): ChartPair => ({
            id,
            name,
            role,
            from: at(points, choice.from),
            to: at(points, choice.to),
            ...(choice.kind === 'dumbbell' ? lastTarget(targets) : {}),
          }),
        ),
      };
  }
}

type Shown = ExploredSeries & ChartSeries;

function chosen(whole: Explored, choice: Choice, measure: Choice['measure']): readonly Shown[] {
  const { language } = whole;
  const drawn = new Set(drawnIn(whole, choice));
  const shown = whole.series.filter(({ id }) => drawn.has(id));
  const role = rolesOf(shown, choice);
  const inSpan = shown.map(({ points }) =>
    points
      .filter(({ period }) => period >= choice.from && period <= choice.to)
      .map((point) => bare(point, choice)),
  );
  const shares = measure === 'share' ? asShares(inSpan, language, words[language].noWhole) : null;
  return shown.map((each, at): Shown => {
    const own = inSpan[at] ?? [];
    const points =
      measure === 'index' ? (asIndex(own, language) ?? withoutBase(own, language)) : (shares?.[at] ?? own);
    return { ...each, role: role(each.id), points, targets: measure === 'value' ? each.targets : [] };
  });
}

/** Those that a reader highlights in a colour each, in the order of choosing; else the first, and of a few the second beside it. */
function rolesOf(shown: readonly ExploredSeries[], { focus }: Choice): (id: string) => ChartRole {
  const ids = shown.map(({ id }) => id);
  const wanted = focus.filter((id) => ids.includes(id));
  const coloured =
    wanted.length > 1 ? wanted : [...new Set([...wanted, ...ids])].slice(0, ids.length <= 4 ? 2 : 1);
  return (id) => coloursInOrder[coloured.indexOf(id)] ?? 'context';
}

const coloursInOrder = ['focus', 'comparison', 'ink', 'fourth'] as const satisfies readonly ChartRole[];

/** What all series shown have in common, their place or their group, is told once above them and not in each name. */
function withoutShared(
  series: readonly Shown[],
  { series: all, groups }: Explored,
): { readonly series: readonly Shown[]; readonly shared: readonly string[] } {
  const [first] = series;
  if (first === undefined) return { series, shared: [] };
  const groupName = (id: string): string => groups.find((group) => group.id === id)?.name ?? id;
  const isOnePlace = series.every(({ area }) => area === first.area);
  const isOneGroup = series.every(({ group }) => group === first.group);
  const manyPlaces = all.some(({ area }) => area !== first.area);
  return {
    series: series.map((each) =>
      isOnePlace && !isOneGroup && manyPlaces
        ? { ...each, name: groupName(each.group) }
        : isOneGroup && !isOnePlace
          ? { ...each, name: each.place }
          : each,
    ),
    shared: [
      ...(isOnePlace && manyPlaces ? [first.place] : []),
      ...(isOneGroup && first.group !== '' ? [groupName(first.group)] : []),
    ],
  };
}

/** Without its interval, where a reader has chosen so. */
function bare<Value extends ChartValue>(
  value: Value,
  { interval: chosen }: Choice,
): Value | Omit<Value, 'interval'> {
  if (chosen === 'shown' || value.interval === undefined) return value;
  const { interval: _, ...rest } = value;
  return rest;
}

/** What a row is to reach in the end. */
function lastTarget(targets: ChartSeries['targets']): { readonly target?: ChartSeries['targets'][number] } {
  const target = targets.filter(({ period }) => period !== 'undated').at(-1) ?? targets.at(-1);
  return target === undefined ? {} : { target };
}

function withoutBase(points: readonly ChartPoint[], language: Language): readonly ChartPoint[] {
  return points.map(({ period }) => ({
    period,
    value: null,
    label: '',
    status: 'O',
    reason: words[language].noBase,
  }));
}

/** In the order wanted; by value: at the last period shown, the greatest first; by change: the greatest rise first; missing ones last. */
function ordered(series: readonly Shown[], { order, from, to }: Choice): readonly Shown[] {
  if (order === 'given') return series;
  if (order === 'name') return [...series].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const value = ({ points }: Shown): number => {
    const [start, end] = [from, to].map((at) => points.find(({ period }) => period === at)?.value ?? null);
    if (end == null || (order !== 'value' && start == null)) return Number.NEGATIVE_INFINITY;
    if (order === 'value') return Number(end);
    // Two equal changes are equal, though doubles see a difference in their last digit.
    const difference = Number((Number(end) - Number(start)).toPrecision(12));
    if (order === 'change') return difference;
    return Number(start) === 0 ? Number.NEGATIVE_INFINITY : difference / Math.abs(Number(start));
  };
  return [...series].sort((a, b) => value(b) - value(a));
}

/** Areas on their map, with the values of the chosen group. */
function mapOf(whole: Explored, choice: Choice): ChartState | null {
  const { map, language, title, source, unit, code } = whole;
  if (map === null) return null;
  const values = new Map(
    whole.series
      .filter(({ group }) => group === choice.group)
      .map(({ area, points }) => [area, bare(valueAt(points, choice.to, language), choice)] as const),
  );
  const focus = new Set(whole.series.filter(({ id }) => choice.focus.includes(id)).map(({ area }) => area));
  const at = (area: string) => ({
    ...(values.get(area) ?? noValue(language)),
    ...(focus.has(area) ? { role: 'focus' as const } : {}),
  });
  const on = new Set((map.kind === 'tiles' ? map.tiles : map.regions).map(({ area }) => area));
  const off = whole.series
    .filter(({ area, group }) => group === choice.group && area !== whole.series[0]?.area && !on.has(area))
    .filter(({ points }) => valueAt(points, choice.to, language).value !== null)
    .map(({ place }) => place);
  const group = choice.group === '' ? undefined : whole.groups.find(({ id }) => id === choice.group)?.name;
  const head = {
    language,
    title,
    subtitle: [
      whole.name,
      unit,
      group ?? '',
      momentText(choice.to, language),
      off.length === 0 ? '' : `${words[language].off}${listed(off, language)}`,
    ]
      .filter((part) => part !== '' && part !== '1')
      .join(words[language].comma),
    source,
    unit,
    ...(code === undefined ? {} : { code }),
  };
  if (map.kind === 'tiles')
    return {
      ...head,
      kind: 'tiles',
      tiles: map.tiles.map(({ area, name, column, row }) => ({ name, column, row, ...at(area) })),
    };
  return {
    ...head,
    kind: 'map',
    regions: map.regions.map(({ area, name, polygons }) => ({ name, polygons, ...at(area) })),
  };
}

function momentText(period: string, language: Language): string {
  return period === '' ? '' : periodText(period, language);
}

/** A few names, and how many more there are. */
function listed(names: readonly string[], language: Language): string {
  const t = words[language];
  const few = names.slice(0, 4).join(t.and);
  return names.length <= 4 ? few : `${few}${t.more.replace('{n}', String(names.length - 4))}`;
}

function withUnit({ name, unit, language }: Explored): string {
  if (unit === '') return name;
  return `${name}${inBrackets(unit, language)}`;
}

function noValue(language: Language): ChartValue {
  return { value: null, label: '', status: 'O', reason: words[language].none };
}

function valueAt(points: readonly ChartPoint[], period: string, language: Language): ChartValue {
  const point = points.find((each) => each.period === period);
  if (point === undefined) return noValue(language);
  const { period: _, ...value } = point;
  return value;
}
