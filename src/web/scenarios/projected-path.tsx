import type { ChartPoint, ProjectionChart, ProjectionLine } from '../../chart/index.ts';
import { decimalsOf, formatNumber, inLanguage, unitHead } from '../../language/index.ts';
import { scenarioBookOf } from '../../review/index.ts';
import { bands, type CityModel, shownNumber } from '../../simulate/index.ts';
import { type IndicatorEntry, periodOf } from '../catalogue.ts';
import { targetText } from '../explore/indicator-chart.ts';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { ensembleOf, readyEnsemble } from './ensembles.ts';
import { LabFigure } from './lab-page.tsx';
import { labWidths } from './lab-widths.ts';
import { scenarioPath } from './paths.ts';
import { scenarioWords } from './words.ts';

/** The model without any change, around which what is not known is spread. */
const asItIs = { name: '', seed: 1, values: {} };

/** What the model computes of the place's indicators: one ensemble is for all of them. */
function linkedVariables({ history }: CityModel): readonly string[] {
  return (history.indicators ?? []).map(({ variable }) => variable);
}

/** Resolves when the path of an indicator can be drawn at once; of those of all, without an indicator. */
export async function readyPath(view: PlaceView, indicator?: string): Promise<void> {
  const model = scenarioBookOf(view.here.place.workspace)?.model;
  const links = model?.history.indicators ?? [];
  if (model === undefined || links.length === 0) return;
  if (indicator === undefined || links.some((link) => link.indicator === indicator))
    await readyEnsemble(model, asItIs, linkedVariables(model));
}

/**
 * Observed, required and projected values of an indicator in one chart, where the place's model computes what the
 * indicator measures; null where it does not. The three are drawn apart and never joined.
 */
export function projectedPath(entry: IndicatorEntry, view: PlaceView): ProjectionChart | null {
  const { language, here } = view;
  const t = scenarioWords[language];
  const book = scenarioBookOf(here.place.workspace);
  const link = book?.model.history.indicators?.find(({ indicator }) => indicator === entry.indicator.id);
  if (book === null || link === undefined) return null;
  const { lab, sheet } = book.model;
  const series = here.main(entry);
  const own = here.place.workspace.city.area;
  const found = (series?.values ?? [])
    .filter((key) => /^\d{4}$/.test(periodOf(key)) && key.area === own)
    .map((key) => here.figure(key))
    .filter(({ value }) => value !== null);
  const decimals = Math.max(2, ...found.map((figure) => figure.decimals));
  const observed = found.map(
    (figure): ChartPoint => ({
      period: periodOf(figure.key),
      value: figure.value,
      label: formatNumber(figure.value ?? '0', { language, decimals: figure.decimals }),
      status: figure.status,
    }),
  );
  const point = (year: number, value: number): ChartPoint => ({
    period: String(year),
    value: String(Number((value * link.scale).toPrecision(12))),
    label: shownNumber(value * link.scale, decimals, language),
    status: 'F',
  });
  const run = (id: string) => {
    const scenario = book.scenario(id);
    return scenario === undefined
      ? null
      : lab.years().map((year) => point(year, lab.at(book.table(scenario), link.variable, year)));
  };
  const targets = entry.targets.filter(
    ({ period, area, unit, breakdown }) =>
      /^\d{4}$/.test(period) &&
      area === own &&
      unit === entry.indicator.unit &&
      Object.keys(breakdown).length === 0,
  );
  const last = observed.at(-1);
  const path = [
    ...(last === undefined ? [] : [last]),
    ...[...targets]
      .sort((a, b) => (a.period < b.period ? -1 : 1))
      .filter(({ period }) => last === undefined || period > last.period)
      .map(
        ({ period, value }): ChartPoint => ({
          period,
          value,
          label: formatNumber(value, { language, decimals: decimalsOf(value) }),
          status: 'A',
        }),
      ),
  ];
  const baseline = run('baseline') ?? [];
  const all = run('all');
  const lines: ProjectionLine[] = [
    { name: `${t.projected}${t.comma}${t.baseline}`, style: 'a', mark: t.base, points: baseline },
    ...(all === null
      ? []
      : [
          {
            name: `${t.projected}${t.comma}${inLanguage(book.scenario('all')?.name ?? { en: '', zh: '' }, language)}`,
            style: 'b' as const,
            mark: 'A',
            points: all,
          },
        ]),
    ...(path.length > 1 ? [{ name: t.required, style: 'required' as const, mark: '', points: path }] : []),
  ];
  const ensemble = ensembleOf(book.model, asItIs, linkedVariables(book.model));
  const spread = bands(ensemble, link.variable);
  const years = lab.years();
  const rows = years.map((year) => ensemble.times.findIndex((time) => Math.abs(time - year) < 1e-6));
  return {
    kind: 'projection',
    language,
    title: inLanguage(entry.indicator.name, language),
    subtitle: [unitHead(entry.indicator.unit, language), inLanguage(here.place.workspace.city.name, language)]
      .filter((part) => part !== '' && part !== '1')
      .join(t.comma),
    source: fill(t.pathSource, { title: inLanguage(sheet.title, language) }),
    unit: unitHead(entry.indicator.unit, language),
    lines,
    observedName: t.observed,
    observed,
    targets: targets.map((target) => ({
      period: target.period,
      value: target.value,
      label: targetText(target, view),
    })),
    band: {
      name: t.uncertainty,
      periods: years.map(String),
      percentiles: [5, 25, 50, 75, 95].map((percentile, i) => ({
        name: `${percentile} %`,
        values: rows.map((row) => String(Number(((spread[i]?.[row] ?? 0) * link.scale).toPrecision(9)))),
      })),
    },
    hold: [],
    longest: [...baseline, ...(all ?? [])].reduce(
      (most, { label }) => (t.base.length + 1 + label.length > most.length ? `${t.base} ${label}` : most),
      '',
    ),
  };
}

/** The three paths of an indicator as a section of a page; nothing where the model does not compute it. */
export function ProjectedPath({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const chart = projectedPath(entry, view);
  const book = scenarioBookOf(here.place.workspace);
  const link = book?.model.history.indicators?.find(({ indicator }) => indicator === entry.indicator.id);
  if (chart === null || book === null || link === undefined) return null;
  const last = String(book.model.lab.years().at(-1) ?? '');
  return (
    <section>
      <h2>{t.paths}</h2>
      <p class="small quiet">{t.pathsHint}</p>
      <LabFigure state={chart} view={view} wide={labWidths.whole} />
      <p class="small">
        {['baseline', 'all'].flatMap((id) => {
          const figure = book.figure(id, link.variable, last);
          const scenario = book.scenario(id);
          return figure === null || scenario === undefined
            ? []
            : [
                <a href={scenarioPath.figure(language, here.city, figure.code)}>
                  {id === 'baseline' ? '' : 'A '}
                  {inLanguage(scenario.name, language)}
                  {t.comma}
                  {last}: F·{figure.code}
                </a>,
                ' · ',
              ];
        })}
        <a href={scenarioPath.page(language, here.city)}>{t.openLab}</a>
      </p>
    </section>
  );
}

/** The same for a plan: every target of the place that its model can say something of. */
export function PlanPaths({ view }: { readonly view: PlaceView }) {
  const links = scenarioBookOf(view.here.place.workspace)?.model.history.indicators ?? [];
  return (
    <>
      {links.flatMap(({ indicator }) => {
        const entry = view.here.entries.get(indicator);
        return entry === undefined || entry.targets.length === 0
          ? []
          : [<ProjectedPath entry={entry} view={view} />];
      })}
    </>
  );
}
