import { periodText } from '../language/index.ts';
import { comparePeriods } from '../model/index.ts';
import type { ChartPair, ChartSeries, ChartState } from './state.ts';
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

function facts(state: ChartState): readonly string[] {
  const told = words[state.language];
  switch (state.kind) {
    case 'line':
    case 'stacked':
      return state.series.slice(0, 6).map((series) => seriesFact(series, state, state.series.length > 1));
    case 'multiples':
      return state.panels.slice(0, 20).map((series) => seriesFact(series, state, true));
    case 'bar':
    case 'map':
    case 'tiles': {
      const rows = state.kind === 'bar' ? state.rows : state.kind === 'map' ? state.regions : state.tiles;
      return [
        rows
          .slice(0, 30)
          .map((row) => `${row.name} ${valueText(row, state.language)}`)
          .join(told.semicolon),
        ...(state.kind === 'map' && state.points !== undefined
          ? [
              state.points
                .slice(0, 30)
                .map(({ name }, at) => `${at + 1} ${name}`)
                .join(told.semicolon),
            ]
          : []),
      ].filter((line) => line !== '');
    }
    case 'slope':
    case 'dumbbell':
      return [
        state.pairs
          .slice(0, 30)
          .map((pair) => pairFact(pair, state))
          .join(told.semicolon),
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
        state.dots
          .slice(0, 30)
          .map(
            ({ name, x, y }) =>
              `${name} ${valueText(x, state.language)}${told.comma}${valueText(y, state.language)}`,
          )
          .join(told.semicolon),
      ];
    case 'sankey': {
      const names = new Map(state.nodes.map(({ id, name }) => [id, name]));
      return [
        state.links
          .slice(0, 30)
          .map(({ from, to, label }) => `${names.get(from) ?? from} → ${names.get(to) ?? to} ${label}`)
          .join(told.semicolon),
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
