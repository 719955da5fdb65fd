import type { ChartPair, ChartPoint, ChartSeries, ChartState, ChartValue } from '../../chart/index.ts';
import type { Language } from '../../model/index.ts';
import type { Choice } from './choice.ts';
import type { Explored, ExploredSeries } from './explored.ts';
import { asIndex } from './relative.ts';

/** Words that an arrangement itself needs. */
const words = {
  en: {
    none: 'not reported',
    noBase: 'its first value is zero: no index',
    index: 'index, first value = 100',
  },
  zh: { none: '未报告', noBase: '首期数值为零，无法计算指数', index: '指数（首期＝100）' },
} as const satisfies Record<Language, Record<string, string>>;

/**
 * The chart of a choice. The whole holds every series; here they are chosen, ordered and given their part in the drawing.
 * `against` is the other indicator of a scatter, where one was chosen.
 */
export function arrange(whole: Explored, choice: Choice, against: Explored | null = null): ChartState {
  const { language, title, subtitle, source, code } = whole;
  const isIndex = choice.measure === 'index' && choice.kind !== 'map' && choice.kind !== 'scatter';
  const unit = isIndex ? words[language].index : whole.unit;
  const head = {
    language,
    title,
    subtitle: isIndex ? `${subtitle}${language === 'zh' ? '，' : ', '}${words[language].index}` : subtitle,
    source,
    unit,
    ...(code === undefined ? {} : { code }),
  };
  const series = ordered(chosen(whole, choice, isIndex), choice);
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
        kind: 'bar',
        rows: series.map(({ name, role, points }) => ({ name, role, ...at(points, choice.to) })),
      };
    case 'map':
      return mapOf(whole, choice) ?? { ...head, kind: 'line', series };
    case 'scatter':
      return {
        ...head,
        kind: 'scatter',
        xName: against === null ? '' : withUnit(against),
        yName: withUnit(whole),
        dots: series.map(({ id, name, role, points }) => {
          const other = against?.series.find((each) => each.id === id)?.points ?? [];
          return { name, role, x: at(other, choice.to), y: at(points, choice.to) };
        }),
      };
    default:
      return {
        ...head,
        kind: choice.kind,
        from: choice.from,
        to: choice.to,
        pairs: series.map(
          ({ name, role, points }): ChartPair => ({
            name,
            role,
            from: at(points, choice.from),
            to: at(points, choice.to),
          }),
        ),
      };
  }
}

type Shown = ExploredSeries & ChartSeries;

function chosen(whole: Explored, choice: Choice, isIndex: boolean): readonly Shown[] {
  // A cloud of dots needs every place; the few lines of the first choice would be none.
  const all = choice.kind === 'scatter' && choice.shown.join('\n') === whole.first.join('\n');
  const shown = whole.series.filter(({ id, area }) => (all ? id === area : choice.shown.includes(id)));
  const few = shown.length <= 4;
  const focus = shown.find(({ id }) => id === choice.focus)?.id ?? shown[0]?.id;
  const second = shown.find(({ id }) => id !== focus)?.id;
  return shown.map((each): Shown => {
    const inSpan = each.points.filter(({ period }) => period >= choice.from && period <= choice.to);
    const points = isIndex
      ? (asIndex(inSpan, whole.language) ?? withoutBase(inSpan, whole.language))
      : inSpan;
    const role = each.id === focus ? 'focus' : few && each.id === second ? 'comparison' : 'context';
    return { ...each, role, points, targets: isIndex ? [] : each.targets };
  });
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

/** In the order wanted; by value: at the last period shown, the greatest first, missing ones last. */
function ordered(series: readonly Shown[], { order, to }: Choice): readonly Shown[] {
  if (order === 'given') return series;
  if (order === 'name') return [...series].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const value = ({ points }: Shown): number => {
    const found = points.find(({ period }) => period === to)?.value ?? null;
    return found === null ? Number.NEGATIVE_INFINITY : Number(found);
  };
  return [...series].sort((a, b) => value(b) - value(a));
}

/** Areas on their map; a group or a second series of an area has no place on it. */
function mapOf(whole: Explored, choice: Choice): ChartState | null {
  const { map, language, title, source, unit, code } = whole;
  if (map === null) return null;
  const values = new Map(
    whole.series
      .filter(({ id, area }) => id === area)
      .map(({ area, points }) => [area, valueAt(points, choice.to, language)] as const),
  );
  const none: ChartValue = { value: null, label: '', status: 'O', reason: words[language].none };
  const head = {
    language,
    title,
    subtitle: [whole.name, unit, choice.to]
      .filter((part) => part !== '')
      .join(language === 'zh' ? '，' : ', '),
    source,
    unit,
    ...(code === undefined ? {} : { code }),
  };
  if (map.kind === 'tiles')
    return {
      ...head,
      kind: 'tiles',
      tiles: map.tiles.map(({ area, name, column, row }) => ({
        name,
        column,
        row,
        ...(values.get(area) ?? none),
      })),
    };
  return {
    ...head,
    kind: 'map',
    regions: map.regions.map(({ area, name, polygons }) => ({
      name,
      polygons,
      ...(values.get(area) ?? none),
    })),
  };
}

function withUnit({ name, unit, language }: Explored): string {
  if (unit === '') return name;
  return language === 'zh' ? `${name}（${unit}）` : `${name} (${unit})`;
}

function valueAt(points: readonly ChartPoint[], period: string, language: Language): ChartValue {
  const point = points.find((each) => each.period === period);
  if (point === undefined) return { value: null, label: '', status: 'O', reason: words[language].none };
  const { value, label, status, reason } = point;
  return { value, label, status, ...(reason === undefined ? {} : { reason }) };
}
