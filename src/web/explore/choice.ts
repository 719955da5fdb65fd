import { type Explored, periodsOf } from './explored.ts';

/** Kinds of chart that a reader may choose for a set of series over time. */
export const chartKinds = [
  'line',
  'multiples',
  'bar',
  'stacked',
  'area',
  'slope',
  'dumbbell',
  'scatter',
  'map',
] as const;
export type ChartKind = (typeof chartKinds)[number];
export const axes = ['linear', 'log'] as const;
/** `index`: every series as a percentage of its own first value shown. `share`: every part of a stack as a percentage of the whole of its moment. */
export const measures = ['value', 'index', 'share'] as const;
export const intervals = ['shown', 'hidden'] as const;
/** `change` and `rate`: by how far a series has come between the ends of the span, in its unit or in per cent of its beginning. */
export const orders = ['given', 'value', 'change', 'rate', 'name'] as const;

/** What a reader has chosen; all of it stands in the address. */
export interface Choice {
  readonly kind: ChartKind;
  /** Ids of the series shown, in the order of the whole. */
  readonly shown: readonly string[];
  /** First and last period shown; charts of one moment show the last. */
  readonly from: string;
  readonly to: string;
  readonly axis: (typeof axes)[number];
  readonly measure: (typeof measures)[number];
  readonly order: (typeof orders)[number];
  /** The series in colour, up to `mostFocus`, each in its own; the first shown when there are none. */
  readonly focus: readonly string[];
  /** The group whose values a map shows, and a scatter before anyone has chosen; the whole when empty. */
  readonly group: string;
  /** Whether intervals are drawn, where values have one. */
  readonly interval: (typeof intervals)[number];
  /** The indicator across, for a scatter. */
  readonly against: string | null;
}

/** Series that may be in colour at once: of more colours a reader keeps none apart. */
export const mostFocus = 4;

/** The series in colour once another is pressed: taken out where it was, else put last, in place of the oldest where there is no room. */
export function pressed(focus: readonly string[], id: string): readonly string[] {
  return focus.includes(id) ? focus.filter((each) => each !== id) : [...focus, id].slice(-mostFocus);
}

/** What the lists to highlight from hold: one for each series in colour, and one for the next. */
export function focusSlots({ focus }: Pick<Choice, 'focus'>, offered: number): readonly string[] {
  return [...focus, ''].slice(0, Math.max(1, Math.min(mostFocus, offered)));
}

/** Kinds that show one moment: their time has one handle, which can play. */
export function isMoment(kind: ChartKind): boolean {
  return kind === 'bar' || kind === 'map' || kind === 'scatter';
}

/** Kinds that the data can fill. */
export function kindsOf(whole: Explored): readonly ChartKind[] {
  const periods = periodsOf(whole).length;
  return chartKinds.filter((kind) => {
    if (kind === 'map') return whole.map !== null;
    if (kind === 'scatter') return whole.others.length > 0;
    if (kind === 'bar') return true;
    return periods > 1 || (kind === 'line' && hasTargets(whole));
  });
}

/** A target gives even one value a time axis: how far there is to go. */
function hasTargets({ series }: Explored): boolean {
  return series.some(({ targets }) => targets.some(({ period }) => period !== 'undated'));
}

/** Most areas that are drawn as parts or rows before anyone has chosen. */
const mostParts = 24;

/**
 * The series of a kind of chart before anyone has chosen among them. A stack is of parts: areas, else the groups of one dimension,
 * never the whole on top of its own parts. Where the place's own values stand far above those of its areas, lines show the place
 * and the other kinds its areas.
 */
export function firstShown(whole: Explored, kind: ChartKind): readonly string[] {
  const [own] = whole.series;
  if (own === undefined || kind === 'scatter' || kind === 'map') return whole.first;
  const areas = whole.series.filter(({ area, group }) => area !== own.area && group === own.group);
  if (kind === 'stacked' || kind === 'area') {
    const parts = areas.length > 1 ? areas : groupsOfOne(whole, own.area);
    if (parts.length > 1 && parts.length <= mostParts) return parts.map(({ id }) => id);
    const rest = whole.first.filter((id) => id !== own.id);
    return rest.length > 0 ? rest : whole.first;
  }
  if (!whole.apart) return whole.first;
  if (kind === 'line') return [own.id];
  return areas.length <= mostParts ? areas.map(({ id }) => id) : whole.first.filter((id) => id !== own.id);
}

/** The groups of an area by the first dimension that has two or more. */
function groupsOfOne({ series }: Explored, of: string): Explored['series'] {
  const single = series.filter(({ area, group }) => area === of && group.split('=').length === 2);
  const dimension = (group: string): string => group.slice(0, group.indexOf('='));
  return (
    single
      .map(({ group }) => single.filter((each) => dimension(each.group) === dimension(group)))
      .find((each) => each.length > 1) ?? []
  );
}

/** The kind of chart that an address asks for and the data cannot fill; null where it gets what it asks for. */
export function unfilled(text: string, whole: Explored): ChartKind | null {
  const asked = oneOf(chartKinds, new URLSearchParams(text).get('kind'));
  return asked === undefined || kindsOf(whole).includes(asked) ? null : asked;
}

/**
 * The series that a choice draws. A cloud of dots needs every place of the chosen group; the few of the first choice would be none,
 * and the place itself would stand far from its parts where values add up.
 */
export function drawnIn(whole: Explored, { kind, shown, group }: Choice): readonly string[] {
  const [own] = whole.series;
  if (kind !== 'scatter' || shown.join('\n') !== firstShown(whole, kind).join('\n')) return shown;
  const isAlone = whole.series.every(({ area }) => area === own?.area);
  return whole.series
    .filter((each) => each.group === group && (isAlone || each.area !== own?.area))
    .map(({ id }) => id);
}

/** What is shown before anyone has chosen: lines where there is time, bars where there is one moment. */
export function firstChoice(whole: Explored): Choice {
  const periods = periodsOf(whole);
  const kind = periods.length > 1 || hasTargets(whole) ? 'line' : 'bar';
  return {
    kind,
    shown: firstShown(whole, kind),
    from: periods[0] ?? '',
    to: periods.at(-1) ?? '',
    axis: 'linear',
    measure: 'value',
    order: 'given',
    focus: [],
    group: firstGroup(whole),
    interval: 'shown',
    against: null,
  };
}

/** The whole, where it has values; else the first group. */
function firstGroup({ groups }: Explored): string {
  return groups[0]?.id ?? '';
}

/** Measures that a kind of chart can show; the first where another was chosen. */
export function measuresOf(kind: ChartKind): readonly Choice['measure'][] {
  if (kind === 'stacked' || kind === 'area') return ['value', 'share'];
  return isMoment(kind) ? ['value'] : ['value', 'index'];
}

/** Stands in an address for all series: hundreds of names would not fit into one. */
const everyone = '*';

/** The choice that an address makes; what it leaves open or gets wrong is as before anyone has chosen. */
export function readChoice(text: string, whole: Explored): Choice {
  const asked = new URLSearchParams(text);
  const first = firstChoice(whole);
  const periods = periodsOf(whole);
  const wanted = new Set(asked.getAll('show').slice(0, 2000));
  const shown = whole.series.map(({ id }) => id).filter((id) => wanted.has(everyone) || wanted.has(id));
  const [from, to] = [asked.get('from') ?? first.from, asked.get('to') ?? first.to];
  const isSpan = periods.includes(from) && periods.includes(to) && from <= to;
  const wantedFocus = [...new Set(asked.getAll('focus'))];
  const against = asked.get('against');
  const kind = oneOf(kindsOf(whole), asked.get('kind')) ?? first.kind;
  return {
    kind,
    shown: shown.length > 0 ? shown : firstShown(whole, kind),
    from: isSpan ? from : first.from,
    to: isSpan ? to : first.to,
    axis: oneOf(axes, asked.get('axis')) ?? first.axis,
    measure: oneOf(measures, asked.get('measure')) ?? first.measure,
    order: oneOf(orders, asked.get('order')) ?? first.order,
    group:
      oneOf(
        whole.groups.map(({ id }) => id),
        asked.get('group'),
      ) ?? first.group,
    interval: oneOf(intervals, asked.get('interval')) ?? first.interval,
    focus: wantedFocus.filter((id) => whole.series.some((each) => each.id === id)).slice(0, mostFocus),
    against: whole.others.some(({ id }) => id === against) ? against : null,
  };
}

/** A choice as the query of an address; only what differs from the first. Reading it gives the same choice. */
export function writeChoice(choice: Choice, whole: Explored): string {
  const first = firstChoice(whole);
  const asked = new URLSearchParams();
  for (const key of [
    'kind',
    'from',
    'to',
    'axis',
    'measure',
    'order',
    'group',
    'interval',
    'against',
  ] as const) {
    const value = choice[key];
    if (value !== null && value !== first[key]) asked.set(key, value);
  }
  for (const id of choice.focus) asked.append('focus', id);
  if (choice.shown.join('\n') !== firstShown(whole, choice.kind).join('\n'))
    for (const id of choice.shown.length === whole.series.length ? [everyone] : choice.shown)
      asked.append('show', id);
  return asked.toString();
}

function oneOf<Value extends string>(allowed: readonly Value[], asked: string | null): Value | undefined {
  return allowed.find((each) => each === asked);
}
