import type { Child } from 'hono/jsx';
import { inLanguage, labelled } from '../../language/index.ts';
import { type CityModel, type LabPanel, panelsOf } from '../../simulate/index.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { scenarioPath } from './paths.ts';
import { scenarioWords } from './words.ts';

export type ScenarioPageName = LabPanel | 'calibration' | 'model' | 'equations';

const pages: readonly ScenarioPageName[] = [
  'lab',
  'materials',
  'outcomes',
  'uncertainty',
  'calibration',
  'model',
  'equations',
];

/** The pages that a model has something for. */
function pagesOf({ lab }: CityModel): readonly ScenarioPageName[] {
  const panels = panelsOf(lab);
  return pages.filter((page) => !isPanel(page) || panels.includes(page));
}

interface ShellProps {
  readonly model: CityModel;
  readonly view: PlaceView;
  readonly page: ScenarioPageName;
  readonly title: string;
  /** What of the address goes along to the other panels. */
  readonly query?: string;
  readonly lead?: string | undefined;
  readonly children?: Child;
}

/** The frame of the scenario pages: what they are, how far to trust them, and the way from one to the other. */
export function ScenarioShell({ model, view, page, title, query = '', lead, children }: ShellProps) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const note = inLanguage(model.sheet.note, language);
  const carried = query === '' ? '' : `?${query}`;
  return (
    <Page
      view={view}
      title={title}
      room="scenarios"
      trail={trailTo(
        view,
        ...(page === 'lab'
          ? [{ name: t.scenarios }]
          : [{ name: t.scenarios, href: scenarioPath.page(language, here.city) }, { name: title }]),
      )}
    >
      <h1>{title}</h1>
      {lead === undefined ? null : <p class="lead">{lead}</p>}
      <p class="small quiet lab-standing">{standing(model, view)}</p>
      {note === '' ? null : (
        <details class="small quiet lab-standing">
          <summary>
            {labelled(t.place, view.language)}
            {inLanguage(model.sheet.source, language)}
          </summary>
          <p>{note}</p>
        </details>
      )}
      <nav class="lab-pages" aria-label={t.pages}>
        <ul>
          {pagesOf(model).map((each) => (
            <li>
              <a
                href={`${scenarioPath.page(language, here.city, each)}${isPanel(each) ? carried : ''}`}
                data-carry={isPanel(each) ? '' : undefined}
                aria-current={each === page ? 'page' : undefined}
              >
                {t[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  );
}

function isPanel(page: ScenarioPageName): page is LabPanel {
  return page === 'lab' || page === 'materials' || page === 'outcomes' || page === 'uncertainty';
}

/** How many numbers of the model were measured here, and how many nobody measured. */
export function standing({ sheet }: CityModel, { language }: Pick<PlaceView, 'language'>): string {
  const t = scenarioWords[language];
  const count = (status: string) => sheet.variables.filter((one) => one.status === status).length;
  return fill(t.standing, {
    all: sheet.variables.filter(({ status }) => status !== null).length,
    measured: count('measured'),
    literature: count('literature'),
    assumed: count('assumed'),
  });
}
