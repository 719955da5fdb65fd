import type { Context } from 'hono';
import { readFigureCode } from '../../figures/index.ts';
import { inLanguage } from '../../language/index.ts';
import { scenarioBookOf } from '../../review/index.ts';
import {
  type CityModel,
  csvPieces,
  type LabPanel,
  type LabScenario,
  labPanels,
  panelsOf,
  readLabState,
  writeLabState,
} from '../../simulate/index.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import type { PlaceView } from '../view.ts';
import { CalibrationPage } from './calibration.tsx';
import { DiagramPage, partOf } from './diagram.tsx';
import { EquationsPage } from './equations.tsx';
import { LabPage } from './lab-page.tsx';
import { readForm } from './lever-form.ts';
import { modelOf } from './models.ts';
import { scenarioPath } from './paths.ts';
import { ScenarioTracePage } from './trace.tsx';

/** The scenario pages: the lab with its panels, and what stands behind it. */
export function mountScenarios(site: Site): void {
  const { app, room, absent, placeOf } = site;

  /** A file that anyone may read, beside the pages. */
  const read = (path: string, answer: (c: Context) => Response | Promise<Response>) => {
    declareRule(app, 'GET', path, 'anyone');
    app.get(path, answer);
  };

  for (const panel of labPanels) {
    const path = panel === 'lab' ? '/scenarios/' : `/scenarios/${panel}/`;
    room(path, (view, c) => {
      const model = modelOf(view.here);
      return model === null || !panelsOf(model.lab).includes(panel)
        ? null
        : labPage(c, { model, view, panel, path: scenarioPath.page(view.language, view.here.city, panel) });
    });
  }
  room('/scenarios/named/:id/', (view, c) => {
    const model = modelOf(view.here);
    const scenario = model?.sheet.scenarios.find(({ id }) => id === param(c, 'id'));
    if (model === null || scenario === undefined) return null;
    const name = inLanguage(scenario.name, view.language);
    return labPage(c, {
      model,
      view,
      panel: 'lab',
      path: scenarioPath.named(view.language, view.here.city, scenario.id),
      first: { name, seed: scenario.seed, values: scenario.values },
      title: name,
      lead: inLanguage(scenario.note, view.language),
    });
  });

  room('/scenarios/calibration/', (view) => {
    const model = modelOf(view.here);
    return model === null ? null : <CalibrationPage model={model} view={view} />;
  });
  room('/scenarios/equations/', (view) => {
    const model = modelOf(view.here);
    return model === null ? null : <EquationsPage model={model} view={view} />;
  });
  room('/scenarios/model/', (view) => {
    const model = modelOf(view.here);
    return model === null ? null : <DiagramPage model={model} view={view} />;
  });
  room('/scenarios/model/:part/', (view, c) => {
    const model = modelOf(view.here);
    const part = model === null ? undefined : partOf(model, param(c, 'part'));
    return model === null || part === undefined ? null : (
      <DiagramPage model={model} view={view} part={part} />
    );
  });

  room('/scenarios/figures/:code/', (view, c) => {
    const book = scenarioBookOf(view.here.place.workspace);
    const code = readFigureCode(param(c, 'code'));
    const figure = code === null ? null : (book?.byCode(code) ?? null);
    if (figure !== null && figure.code !== code)
      return c.redirect(scenarioPath.figure(view.language, view.here.city, figure.code), 301);
    return book === null || figure === null ? null : (
      <ScenarioTracePage figure={figure} book={book} view={view} />
    );
  });

  read('/models/:file{[a-z0-9._-]+-[0-9a-f]{10}\\.js}', (c) => {
    const [, city = '', hash] = /^(.*)-([0-9a-f]{10})\.js$/.exec(param(c, 'file')) ?? [];
    const known = site.catalogues().find((each) => each.city === city);
    const model = known === undefined ? null : modelOf(known);
    if (model === null || model.sheet.hash.slice(0, 10) !== hash) return absent(c);
    return c.body(model.script(), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  const csv = (c: Context, model: CityModel, { values, seed }: Pick<LabScenario, 'values' | 'seed'>) =>
    c.body([...csvPieces(model.lab.run(values, seed))].join(''), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="scenario-${model.sheet.city}.csv"`,
    });
  read('/:language{en|zh}/:city/scenarios/results.csv', (c) => {
    const here = placeOf(c);
    const model = here === undefined ? null : modelOf(here);
    if (model === null) return absent(c);
    const { state } = readLabState(new URL(c.req.url).search, model.lab);
    return csv(c, model, state.scenarios[state.at] ?? { values: {}, seed: 1 });
  });
  read('/:language{en|zh}/:city/scenarios/named/:id/results.csv', (c) => {
    const here = placeOf(c);
    const model = here === undefined ? null : modelOf(here);
    const scenario = model?.sheet.scenarios.find(({ id }) => id === param(c, 'id'));
    return model === null || scenario === undefined ? absent(c) : csv(c, model, scenario);
  });
}

interface LabRequest {
  readonly model: CityModel;
  readonly view: PlaceView;
  readonly panel: LabPanel;
  readonly path: string;
  readonly first?: LabScenario;
  readonly title?: string;
  readonly lead?: string;
}

/** The lab in the state that the address asks for; a form that was sent becomes an address of its own first. */
function labPage(c: Context, { model, view, panel, path, first, title, lead }: LabRequest) {
  const { search } = new URL(c.req.url);
  const { state, notes } = readLabState(search, model.lab, first);
  const years = model.lab.years();
  const asked = Number(new URLSearchParams(search).get('y') ?? Number.NaN);
  const year = years.includes(asked) ? asked : (years.at(-1) ?? 0);
  const sent = readForm(search, model.lab, state, view.language);
  if (sent !== null) {
    const query = writeLabState(sent, model.lab);
    return c.redirect(`${path}?${query}${Number.isNaN(asked) ? '' : `&y=${year}`}`, 303);
  }
  return (
    <LabPage
      model={model}
      view={view}
      panel={panel}
      state={state}
      notes={notes}
      year={year}
      path={path}
      {...(title === undefined ? {} : { title })}
      {...(lead === undefined ? {} : { lead })}
    />
  );
}
