import { colon, inBrackets, inLanguage, labelled } from '../../language/index.ts';
import { type CityModel, layeredLayout, stockFlowGraph } from '../../simulate/index.ts';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import { type DiagramLink, type DiagramNode, drawDiagram } from './diagram-drawing.tsx';
import { scenarioPath } from './paths.ts';
import { ScenarioShell } from './shell.tsx';
import { statusMark, valuesText } from './status.ts';
import { scenarioWords } from './words.ts';

interface Props {
  readonly model: CityModel;
  readonly view: PlaceView;
}

/** Parts of the model as an address has them. */
export function partOf(model: CityModel, slug: string): string | undefined {
  return Object.keys(model.sheet.groups).find((group) => group.replaceAll(' ', '-') === slug);
}

/** How the parts of the model hang together, and the way into each. */
export function DiagramPage({ model, view, part }: Props & { readonly part?: string }) {
  const { language } = view;
  const t = scenarioWords[language];
  const name = part === undefined ? undefined : model.sheet.groups[part];
  return (
    <ScenarioShell
      model={model}
      view={view}
      page="model"
      title={name === undefined ? t.model : `${t.model}${colon(language)}${inLanguage(name, language)}`}
      lead={part === undefined ? t.overview : undefined}
    >
      <p class="small quiet">{part === undefined ? t.partHint : `${t.diagramLead} ${t.nodeKey}`}</p>
      <nav aria-label={t.part}>
        <p class="jump">
          {parts(model).map(([group, title]) => (
            <a
              href={scenarioPath.part(language, view.here.city, group)}
              aria-current={group === part ? 'page' : undefined}
            >
              {inLanguage(title, language)}
            </a>
          ))}
        </p>
      </nav>
      {part === undefined ? (
        <Overview model={model} view={view} />
      ) : (
        <Part model={model} view={view} part={part} />
      )}
    </ScenarioShell>
  );
}

function parts({ sheet }: CityModel) {
  return Object.entries(sheet.groups).filter(([group]) =>
    sheet.variables.some((variable) => variable.group === group),
  );
}

/** Which part reads which: a table says it better than a hundred lines. */
function Overview({ model, view }: Props) {
  const { language } = view;
  const t = scenarioWords[language];
  const groupOf = new Map(model.sheet.variables.map(({ key, group }) => [key, group]));
  const counts = new Map<string, number>();
  for (const { from, to } of stockFlowGraph(model.compiled).links) {
    const pair = `${groupOf.get(to) ?? ''}<${groupOf.get(from) ?? ''}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const groups = parts(model);
  return (
    <Scroll label={t.overview}>
      <table class="narrow lab-matrix">
        <thead>
          <tr>
            <td>{t.reads}</td>
            {groups.map(([, title]) => (
              <th scope="col">{inLanguage(title, language)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(([reader, title]) => (
            <tr>
              <th scope="row" class="keep">
                <a href={scenarioPath.part(language, view.here.city, reader)}>
                  {inLanguage(title, language)}
                </a>
              </th>
              {groups.map(([read]) => {
                const count = counts.get(`${reader}<${read}`) ?? 0;
                return (
                  <td class={read === reader ? 'own' : count >= 5 ? 'much' : undefined}>
                    {count === 0 ? '' : count}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** One part of the model with what it reads from the others. */
function Part({ model, view, part }: Props & { readonly part: string }) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const graph = stockFlowGraph(model.compiled);
  const variables = new Map(model.sheet.variables.map((one) => [one.key, one]));
  const own = new Set(model.sheet.variables.filter(({ group }) => group === part).map(({ key }) => key));
  const links = graph.links.filter(
    ({ to, from, kind }) => own.has(to) && (own.has(from) || kind === 'cause'),
  );
  const flows = new Set(links.filter(({ kind }) => kind === 'flow').map(({ from, to }) => `${from}>${to}`));
  // Where material flows from one to the other, that the one is read too adds nothing.
  const drawn = links.filter(({ from, to, kind }) => kind === 'flow' || !flows.has(`${from}>${to}`));
  const keys = [...new Set([...own, ...drawn.map(({ from }) => from)])];
  const year = model.lab.years().at(-1) ?? 0;
  const nodes = keys.flatMap((key): DiagramNode[] => {
    const variable = variables.get(key);
    if (variable === undefined) return [];
    const { text, unit } = valuesText(model, variable, year, language);
    const name = inLanguage(variable.name, language);
    return [
      {
        key,
        name,
        kind: variable.kind,
        outside: !own.has(key),
        mark: variable.status === null ? '' : statusMark[variable.status],
        below: own.has(key) ? `${text} ${unit}`.trim() : t.outside,
        href: scenarioPath.equation(language, here.city, key),
        title: `${labelled(`${name}${inBrackets(t[variable.kind], language)}`, language)}${text} ${unit}`,
      },
    ];
  });
  return drawDiagram({
    nodes,
    links: drawn.map((link): DiagramLink => ({ ...link, label: '' })),
    places: layeredLayout(keys, drawn),
    title: inLanguage(model.sheet.groups[part] ?? { en: part, zh: part }, language),
    language,
  });
}
