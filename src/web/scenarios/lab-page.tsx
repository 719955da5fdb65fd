import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { type ChartState, drawChart } from '../../chart/index.ts';
import { colon, inLanguage } from '../../language/index.ts';
import {
  accountColumns,
  bandChart,
  type CityModel,
  costColumns,
  type DrawnScenario,
  drawnScenarios,
  ensembleSize,
  influenceChart,
  kayaChart,
  kayaName,
  kayaShares,
  known,
  type LabNote,
  type LabPanel,
  type LabState,
  labChart,
  materialDiagram,
  mostScenarios,
  policyYears,
  scenarioName,
  scenarioText,
  shownColumn,
  shownNumber,
  spreadOf,
  uncertainOf,
  writeLabState,
} from '../../simulate/index.ts';
import { ChartValues } from '../parts/chart-values.tsx';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { ensembleOf } from './ensembles.ts';
import { labWidths } from './lab-widths.ts';
import { fieldText, leverText, shownLever } from './lever-form.ts';
import { scenarioPath } from './paths.ts';
import { ScenarioShell } from './shell.tsx';
import { targetRows } from './targets.ts';
import { powerText, scenarioWords } from './words.ts';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'modelcity-lab': JSX.HTMLAttributes & {
        readonly 'data-panel': string;
        readonly 'data-language': string;
        readonly 'data-worker'?: string;
        readonly 'data-model': string;
        readonly 'data-first': string;
        readonly 'data-words': string;
      };
    }
  }
}

interface LabPageProps {
  readonly model: CityModel;
  readonly view: PlaceView;
  readonly panel: LabPanel;
  readonly state: LabState;
  readonly notes: readonly LabNote[];
  /** Year of the material diagram. */
  readonly year: number;
  /** Address of the page that the form is sent to: its own. */
  readonly path: string;
  readonly title?: string;
  readonly lead?: string;
}

/** The lab as the server makes it: levers as a form, charts as drawings, everything in the address. The element takes over. */
export function LabPage({ model, view, panel, state, notes, year, path, title, lead }: LabPageProps) {
  const { language, here, assets } = view;
  const t = scenarioWords[language];
  const { lab } = model;
  const drawn = drawnScenarios(lab, state.scenarios);
  const query = writeLabState(state, lab);
  const script = assets.element('lab.classic');
  const worker = assets.element('lab-worker.classic');
  const modelScript = scenarioPath.script(here.city, model.sheet.hash);
  return (
    <ScenarioShell
      model={model}
      view={view}
      page={panel}
      title={title ?? (panel === 'lab' ? t.title : t[panel])}
      query={query}
      lead={lead ?? (panel === 'lab' ? t.lead : undefined)}
    >
      {notes.length === 0 ? null : (
        <ul class="note lab-notes">
          {notes.map((note) => (
            <li>{fill(t[`n_${note.kind}`], 'name' in note ? { name: note.name } : {})}</li>
          ))}
        </ul>
      )}
      <modelcity-lab
        data-panel={panel}
        data-language={language}
        data-model={modelScript}
        {...(worker === null ? {} : { 'data-worker': worker })}
        data-first={query}
        data-words={JSON.stringify({ ...t, bandsTold: bandsText('{seed}', language) })}
      >
        <div class="lab">
          <Levers model={model} view={view} state={state} path={path} panel={panel} year={year} />
          <div class="lab-right">
            <Panel model={model} view={view} panel={panel} state={state} drawn={drawn} year={year} />
          </div>
        </div>
      </modelcity-lab>
      {script === null ? null : (
        <>
          <script defer src={modelScript} />
          <script defer src={script} />
        </>
      )}
      {panel === 'lab' ? <NamedScenarios model={model} view={view} /> : null}
      <Downloads model={model} view={view} state={state} />
    </ScenarioShell>
  );
}

interface PartProps {
  readonly model: CityModel;
  readonly view: PlaceView;
  readonly state: LabState;
}

function Levers({
  model,
  view,
  state,
  path,
  panel,
  year,
}: PartProps & { readonly path: string; readonly panel: LabPanel; readonly year: number }) {
  const { language } = view;
  const t = scenarioWords[language];
  const { lab, sheet } = model;
  const scenario = state.scenarios[state.at];
  const drawn = drawnScenarios(lab, state.scenarios);
  const others = Object.entries(scenario?.values ?? {}).filter(
    ([key]) => !sheet.levers.some((lever) => lever.key === key),
  );
  return (
    <form class="lab-levers" method="get" action={path} aria-label={t.levers}>
      {state.scenarios.map((one) => (
        <input type="hidden" name="s" value={scenarioText(lab, one)} />
      ))}
      <input type="hidden" name="at" value={String(state.at)} />
      {panel === 'lab' ? null : state.charts.map((column) => <input type="hidden" name="c" value={column} />)}
      {panel === 'materials' ? <input type="hidden" name="y" value={String(year)} /> : null}
      <div class="lab-scenarios">
        <ul aria-label={t.compare}>
          {drawn.map((one, i) => (
            <li>
              <a
                class={`lab-tab lab-tab-${i}`}
                href={`${path}?${writeLabState({ ...state, at: i }, lab)}`}
                aria-current={i === state.at ? 'true' : undefined}
              >
                {scenarioName(one, language)}
              </a>
            </li>
          ))}
        </ul>
        <div class="lab-row">
          <button type="submit" name="do" value="add" disabled={state.scenarios.length >= mostScenarios}>
            {t.add}
          </button>
          <button type="submit" name="do" value="remove" disabled={state.scenarios.length < 2}>
            {t.remove}
          </button>
        </div>
      </div>
      <label class="lab-name">
        {t.name}
        <input name="n" value={scenario?.name ?? ''} maxlength={60} autocomplete="off" />
      </label>
      <div class="lab-row">
        <button type="submit" name="do" value="run">
          {t.run}
        </button>
        <button type="submit" name="do" value="reset">
          {t.reset}
        </button>
      </div>
      <p class="small quiet">{leversHint(model, view)}</p>
      {sheet.levers.map((lever) => {
        const shown = shownLever(lever, language);
        const id = `l-${lever.key}`;
        const value = scenario?.values[lever.key] ?? lever.value;
        return (
          <div class="lever">
            <label for={id}>{shown.name}</label>
            <span class="lever-value">
              <input
                id={id}
                name={`l.${lever.key}`}
                type="number"
                min={shown.min}
                max={shown.max}
                step={shown.step}
                value={fieldText(shown, value)}
                inputmode="decimal"
              />{' '}
              {shown.unit}
            </span>
            <span class="lever-slot" />
            <details>
              <summary>
                {fill(t.range, {
                  min: shownNumber(lever.min * shown.scale, 0, language),
                  max: leverText(shown, lever.max, language),
                })}
              </summary>
              <p>{inLanguage(lever.doc, language)}</p>
              <p class="quiet">
                {t.source}
                {colon(language)}
                {inLanguage(lever.source, language)}
              </p>
            </details>
          </div>
        );
      })}
      {others.length === 0 ? null : (
        <p class="small">
          {fill(t.also, {
            list: others
              .map(([key, value]) => `${shownColumn(lab, key, language).name} = ${value}`)
              .join('; '),
          })}
        </p>
      )}
      <noscript>
        <p class="small quiet">{t.noScript}</p>
      </noscript>
    </form>
  );
}

/** When the levers act; empty where the model does not say so, or has no levers. */
export function leversHint({ lab }: CityModel, { language }: Pick<PlaceView, 'language'>): string {
  const t = scenarioWords[language];
  const years = policyYears(lab);
  if (lab.sheet.levers.length === 0) return t.withoutLevers;
  return years === null ? '' : fill(t.leversHint, { ...years });
}

interface PanelProps extends PartProps {
  readonly panel: LabPanel;
  readonly drawn: readonly DrawnScenario[];
  readonly year: number;
}

function Panel(props: PanelProps) {
  switch (props.panel) {
    case 'lab':
      return <LabCharts {...props} />;
    case 'materials':
      return <Materials {...props} />;
    case 'outcomes':
      return <Outcomes {...props} />;
    case 'uncertainty':
      return <Uncertainty {...props} />;
  }
}

/** A drawing at both widths, with its values beside it for those who do not see it or want the digits. */
export function LabFigure({
  state,
  view,
  wide = labWidths.half,
  children,
}: {
  readonly state: ChartState;
  readonly view: PlaceView;
  readonly wide?: number;
  readonly children?: Child;
}) {
  return (
    <figure class="lab-figure">
      <figcaption>
        <strong>{state.title}</strong>
        <span class="quiet">{state.subtitle}</span>
      </figcaption>
      {children}
      <div class="lab-drawing">
        <div class="chart-wide">{raw(drawChart(state, { width: wide }).svg)}</div>
        <div class="chart-narrow">{raw(drawChart(state, { width: labWidths.narrow }).svg)}</div>
      </div>
      <ChartValues state={state} view={view} />
    </figure>
  );
}

function LabCharts({ model, view, state, drawn }: PanelProps) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const path = scenarioPath.page(language, here.city);
  return (
    <>
      <div class="lab-charts lab-strip">
        {state.charts.map((column) => (
          <LabFigure state={labChart(model.lab, column, drawn, language)} view={view} />
        ))}
      </div>
      <form class="lab-choices onscreen" method="get" action={path}>
        {state.scenarios.map((one) => (
          <input type="hidden" name="s" value={scenarioText(model.lab, one)} />
        ))}
        <input type="hidden" name="at" value={String(state.at)} />
        <fieldset>
          <legend>{t.charts}</legend>
          {state.charts.map((column, i) => (
            <span>
              <label for={`c-${i}`}>{fill(t.chart, { n: i + 1 })}</label>
              <ColumnSelect model={model} view={view} id={`c-${i}`} chosen={column} />
            </span>
          ))}
          <button type="submit">{t.show}</button>
        </fieldset>
      </form>
      <TargetTable model={model} view={view} drawn={drawn} />
    </>
  );
}

/** Every column of the model, by part. */
function ColumnSelect({
  model,
  view,
  id,
  chosen,
}: {
  readonly model: CityModel;
  readonly view: PlaceView;
  readonly id: string;
  readonly chosen: string;
}) {
  const { language } = view;
  const { sheet } = model;
  return (
    <select id={id} name="c">
      {Object.entries(sheet.groups).map(([group, title]) => (
        <optgroup label={inLanguage(title, language)}>
          {sheet.variables
            .filter((variable) => variable.group === group && variable.kind !== 'constant')
            .flatMap(({ elements }) => elements)
            .map(({ column, name: shown }) => (
              <option value={column} selected={column === chosen}>
                {inLanguage(shown, language)}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

/** What the runs give in the year of each target. */
function TargetTable({
  model,
  view,
  drawn,
}: {
  readonly model: CityModel;
  readonly view: PlaceView;
  readonly drawn: readonly DrawnScenario[];
}) {
  const { language } = view;
  const t = scenarioWords[language];
  const rows = targetRows(model.lab, drawn, language);
  return (
    <section class="lab-targets">
      <h2>{t.targets}</h2>
      {rows.length === 0 ? (
        <p class="quiet">{t.noTargets}</p>
      ) : (
        <>
          <p class="small quiet">{t.targetsHint}</p>
          <Scroll label={t.targets}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t.target}</th>
                  <th scope="col">{t.required}</th>
                  <th scope="col">{t.baseline}</th>
                  {drawn.map((one) => (
                    <th scope="col">{scenarioName(one, language)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, required, line, results }) => (
                  <tr>
                    <th scope="row">
                      {name}
                      <span class="small quiet lab-line">{line}</span>
                    </th>
                    <td class="keep">{required}</td>
                    {results.map(({ text, reached }) => (
                      <td>
                        <span class="keep">{text}</span>
                        <span class="small quiet lab-line">{reached ? t.reached : t.missed}</span>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  );
}

function Materials({ model, view, state, drawn, year }: PanelProps) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const { lab } = model;
  const years = lab.years();
  const one = drawn[state.at] ?? null;
  const base = materialDiagram(lab, null, year, language);
  const own = one === null ? null : materialDiagram(lab, one, year, language);
  return (
    <>
      <form class="filters" method="get" action={scenarioPath.page(language, here.city, 'materials')}>
        {state.scenarios.map((each) => (
          <input type="hidden" name="s" value={scenarioText(lab, each)} />
        ))}
        <input type="hidden" name="at" value={String(state.at)} />
        <label>
          {t.flowsYear}
          <select name="y">
            {years.map((each) => (
              <option selected={each === year}>{each}</option>
            ))}
          </select>
        </label>
        <button type="submit">{t.show}</button>
      </form>
      {[own, base].map((diagram) =>
        diagram === null ? null : (
          <>
            <LabFigure state={diagram.chart} view={view} wide={labWidths.whole} />
            <p class="small quiet">{balanceText(diagram.residual, view.language)}</p>
          </>
        ),
      )}
    </>
  );
}

/** Whether every node of a diagram gives off what it takes in. */
export function balanceText(residual: number, language: PlaceView['language']): string {
  const t = scenarioWords[language];
  return fill(residual <= 1e-9 ? t.balanced : t.unbalanced, { r: powerText(residual) });
}

function Outcomes({ model, view, state, drawn }: PanelProps) {
  const { language } = view;
  const t = scenarioWords[language];
  const { lab } = model;
  const one = drawn[state.at] ?? null;
  const kaya = [kayaChart(lab, one, language), kayaChart(lab, null, language)];
  const charts = (columns: readonly string[]) => (
    <div class="lab-charts">
      {known(lab, columns).map((column) => (
        <LabFigure state={labChart(lab, column, drawn, language)} view={view} />
      ))}
    </div>
  );
  return (
    <>
      <h2>{t.kaya}</h2>
      <div class="lab-charts">
        {kaya.map((chart) => (chart === null ? null : <LabFigure state={chart} view={view} />))}
      </div>
      <KayaTable model={model} view={view} drawn={one} />
      <h2>{t.cost}</h2>
      <p class="small quiet">{t.costHint}</p>
      {charts(costColumns)}
      <h2>{t.accounts}</h2>
      {charts(accountColumns)}
    </>
  );
}

function KayaTable({
  model,
  view,
  drawn,
}: {
  readonly model: CityModel;
  readonly view: PlaceView;
  readonly drawn: DrawnScenario | null;
}) {
  const { language } = view;
  const t = scenarioWords[language];
  const { lab } = model;
  const years = lab.years();
  const [from, to] = [years[0] ?? 0, years.at(-1) ?? 0];
  const base = kayaShares(lab, lab.baseline, to);
  const own = drawn === null ? null : kayaShares(lab, drawn.table, to);
  const cell = (points: number) => <td class="num">{shownNumber(points, 1, language, true)}</td>;
  const total = (shares: typeof base) => shares.reduce((sum, { points }) => sum + points, 0);
  return (
    <Scroll label={t.kaya}>
      <table class="narrow">
        <caption>
          {fill(t.kayaTable, { from, to })}
          {language === 'zh' ? '。' : '. '}
          {t.kayaHint}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.variable}</th>
            <th scope="col" class="num">
              {t.baseline}
            </th>
            {drawn === null ? null : (
              <th scope="col" class="num">
                {scenarioName(drawn, language)}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {base.map(({ index, points }) => (
            <tr>
              <th scope="row">{kayaName(index, language)}</th>
              {cell(points)}
              {own === null ? null : cell(own[index]?.points ?? Number.NaN)}
            </tr>
          ))}
          <tr class="group">
            <th scope="row">{t.sum}</th>
            {cell(total(base))}
            {own === null ? null : cell(total(own))}
          </tr>
        </tbody>
      </table>
    </Scroll>
  );
}

function Uncertainty({ model, view, state, drawn }: PanelProps) {
  const { language } = view;
  const t = scenarioWords[language];
  const { lab } = model;
  const one = drawn[state.at];
  if (one === undefined) return null;
  const found = ensembleOf(model, one.scenario, state.charts);
  const uncertain = uncertainOf(lab);
  return (
    <>
      <p class="small">{bandsText(one.scenario.seed, language)}</p>
      <p class="small quiet">{t.bandKey}</p>
      <div class="lab-charts">
        {state.charts.map((column) => (
          <LabFigure state={bandChart(lab, column, one, found, language)} view={view} />
        ))}
      </div>
      <h2>{t.sensitivity}</h2>
      <div class="lab-charts">
        {state.charts.map((column) => (
          <LabFigure state={influenceChart(lab, column, found, uncertain, language)} view={view} />
        ))}
      </div>
    </>
  );
}

export function bandsText(seed: number | string, language: PlaceView['language']): string {
  return fill(scenarioWords[language].bands, {
    n: ensembleSize,
    seed,
    assumed: Math.round(100 * spreadOf.assumed),
    literature: Math.round(100 * spreadOf.literature),
  });
}

function NamedScenarios({ model, view }: { readonly model: CityModel; readonly view: PlaceView }) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const { scenarios } = model.sheet;
  if (scenarios.length === 0) return null;
  return (
    <section>
      <h2>{t.named}</h2>
      <p class="small quiet">{t.namedHint}</p>
      <ul class="plain">
        {scenarios.map(({ id, name, note }) => (
          <li>
            <a href={scenarioPath.named(language, here.city, id)}>{inLanguage(name, language)}</a>
            {colon(language)}
            <span class="quiet">{inLanguage(note, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Downloads({ model, view, state }: PartProps) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const { lab, sheet } = model;
  const scenario = state.scenarios[state.at];
  const query =
    scenario === undefined || Object.keys(scenario.values).length === 0
      ? ''
      : `?s=${scenarioText(lab, scenario)}`;
  return (
    <p class="small quiet lab-downloads">
      <a href={`${scenarioPath.csv(language, here.city)}${query}`}>{t.csv}</a> · {t.hash}{' '}
      <code>{sheet.hash.slice(0, 16)}</code> · {t.engine} {sheet.engine} · {t.seed} {scenario?.seed ?? 1}
    </p>
  );
}
