import { periodText } from '../language/index.ts';
import { comparePeriods } from '../model/index.ts';
import { byDepth } from './ink.ts';
import { timed } from './line-layout.ts';
import type { ChartPair, ChartSeries, ChartState, LineChart } from './state.ts';
import { valueText, words } from './words.ts';

/** What a chart shows, in words: for screen readers and for the alt text of the PDF. Says the finding, then the ends, then what is not there. */
export function describeChart(state: ChartState): string {
  const told = words[state.language];
  const head = [told[state.kind], state.title, state.subtitle].map(trimStop);
  return [...head, ...facts(state)].filter((part) => part !== '').join(told.stop) + told.stop.trimEnd();
}

function trimStop(text: string): string {
  return text.replace(/[.。\s]+$/, '');
}

/** Lines that are all told of, each for itself. */
const mostTold = 6;

/** Of a crowd: how many there are, those in colour, and between which the others end. */
function crowdFacts(state: LineChart): readonly string[] {
  const told = words[state.language];
  const ends = state.series.flatMap((series) => {
    const last = timed(series).findLast(({ point }) => point.value !== null);
    return last === undefined
      ? []
      : [{ name: series.name, point: last.point, value: Number(last.point.value) }];
  });
  const byValue = [...ends].sort((a, b) => b.value - a.value);
  const said = (end: (typeof ends)[number] | undefined): string =>
    end === undefined ? '' : `${end.name} ${valueText(end.point, state.language)}`;
  return [
    told.many.replace('{n}', String(state.series.length)),
    ...[...state.series]
      .filter(({ role }) => role !== 'context')
      .sort((a, b) => byDepth(b, a))
      .map((series) => seriesFact(series, state, true)),
    ends.length === 0
      ? ''
      : `${told.highest}${told.colon}${said(byValue[0])}${told.semicolon}${told.lowest}${told.colon}${said(byValue.at(-1))}`,
  ];
}

/** So many rows in words, and how many there are beyond. */
function listed(rows: readonly string[], state: ChartState): string {
  const told = words[state.language];
  const few = rows.slice(0, mostRows);
  const rest = rows.length - few.length;
  return [...few, ...(rest === 0 ? [] : [told.more.replace('{n}', String(rest))])].join(told.semicolon);
}

const mostRows = 30;

function facts(state: ChartState): readonly string[] {
  const told = words[state.language];
  switch (state.kind) {
    case 'line':
      return state.series.length <= mostTold
        ? state.series.map((series) => seriesFact(series, state, state.series.length > 1))
        : crowdFacts(state);
    case 'stacked':
      return state.series.slice(0, 12).map((series) => seriesFact(series, state, state.series.length > 1));
    case 'multiples':
      return state.panels.slice(0, 20).map((series) => seriesFact(series, state, true));
    case 'bar':
    case 'map':
    case 'tiles': {
      const rows = state.kind === 'bar' ? state.rows : state.kind === 'map' ? state.regions : state.tiles;
      return [
        listed(
          rows.map((row) => `${row.name} ${valueText(row, state.language)}`),
          state,
        ),
        ...(state.kind === 'map' && state.points !== undefined
          ? [
              listed(
                state.points.map(({ name }, at) => `${at + 1} ${name}`),
                state,
              ),
            ]
          : []),
      ].filter((line) => line !== '');
    }
    case 'slope':
    case 'dumbbell':
      return [
        listed(
          state.pairs.map((pair) => pairFact(pair, state)),
          state,
        ),
      ];
    case 'projection': {
      const whole = [
        ...(state.observed.length === 0 ? [] : [{ name: state.observedName, points: state.observed }]),
        ...state.lines,
      ];
      const targets = state.targets.map(({ label }) => `${told.target}${told.colon}${label}`);
      return [
        ...whole.map(({ name, points }) =>
          seriesFact({ name, points, role: 'context', targets: [] }, state, true),
        ),
        ...targets,
      ];
    }
    case 'scatter':
      return [
        listed(
          state.dots.map(
            ({ name, x, y }) =>
              `${name} ${valueText(x, state.language)}${told.comma}${valueText(y, state.language)}`,
          ),
          state,
        ),
      ];
    case 'sankey': {
      const names = new Map(state.nodes.map(({ id, name }) => [id, name]));
      return [
        listed(
          state.links.map(
            ({ from, to, label }) => `${names.get(from) ?? from} → ${names.get(to) ?? to} ${label}`,
          ),
          state,
        ),
      ];
    }
  }
}

function seriesFact(series: ChartSeries, state: ChartState, named: boolean): string {
  const told = words[state.language];
  const points = [...series.points].sort((a, b) => comparePeriods(a.period, b.period));
  const present = points.filter(({ value }) => value !== null);
  const ends = present.length <= 3 ? present : [present[0], present.at(-1)];
  const values = ends.flatMap((point) =>
    point === undefined
      ? []
      : [`${periodText(point.period, state.language)} ${valueText(point, state.language)}`],
  );
  const missing = points.filter(({ value }) => value === null);
  const gaps =
    missing.length === 0
      ? []
      : [
          `${missing.map(({ period }) => periodText(period, state.language)).join(told.comma)} ${missing[0]?.reason ?? told.missing}`,
        ];
  const targets = series.targets.map(({ label }) => `${told.target}${told.colon}${label}`);
  const body = [...values, ...gaps, ...targets].join(told.semicolon);
  return named ? `${series.name}${told.colon}${body === '' ? told.missing : body}` : body;
}

function pairFact({ name, from, to, target }: ChartPair, state: ChartState): string {
  const told = words[state.language];
  const [first, last] =
    state.kind === 'slope' || state.kind === 'dumbbell'
      ? [state.from, state.to].map((each) => periodText(each, state.language))
      : ['', ''];
  const goal = target === undefined ? '' : `${told.comma}${told.target}${told.colon}${target.label}`;
  return `${name}${told.colon}${first} ${valueText(from, state.language)}${told.comma}${last} ${valueText(to, state.language)}${goal}`;
}
