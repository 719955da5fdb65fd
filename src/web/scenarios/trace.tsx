import { colon, inBrackets, inLanguage } from '../../language/index.ts';
import type { ScenarioBook, ScenarioFigure } from '../../review/index.ts';
import {
  type SheetVariable,
  shownColumn,
  shownValue,
  stockFlowGraph,
  withUnit,
} from '../../simulate/index.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { equationTexts } from './equation-text.ts';
import { leverText, shownLever } from './lever-form.ts';
import { scenarioPath } from './paths.ts';
import { sourceText, statusText, valuesText } from './status.ts';
import { scenarioWords } from './words.ts';

interface Props {
  readonly figure: ScenarioFigure;
  readonly book: ScenarioBook;
  readonly view: PlaceView;
}

/** From the result of a scenario down to the numbers it rests on: figure, scenario, equation, sources. */
export function ScenarioTracePage({ figure, book, view }: Props) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const shown = shownColumn(book.model.lab, figure.variable, language);
  const scenario = book.scenario(figure.scenario);
  const name = scenario === undefined ? figure.scenario : inLanguage(scenario.name, language);
  const value = withUnit(shownValue(shown, Number(figure.value)), shown.unit.text, language);
  return (
    <Page
      view={view}
      title={`${shown.name}${t.comma}${figure.period}`}
      room="scenarios"
      trail={trailTo(
        view,
        { name: t.scenarios, href: scenarioPath.page(language, here.city) },
        { name: `F·${figure.code}` },
      )}
    >
      <p class="kicker">
        ◌ {t.forecast} · F·{figure.code}
      </p>
      <h1>
        {shown.name}
        {t.comma}
        {inLanguage(book.model.sheet.place, language)}
        {t.comma}
        {figure.period}
      </h1>
      <p class="lead">{t.traceLead}</p>
      <ol class="trace">
        <li>
          <h2>{t.step1}</h2>
          <p class="big">◌ {value}</p>
          <dl class="facts">
            <div>
              <dt>{t.exact}</dt>
              <dd>
                <code>{figure.value}</code> {figure.unit}{' '}
                <span class="small quiet">{inBrackets(t.rounded, view.language)}</span>
              </dd>
            </div>
            <div>
              <dt>{t.status}</dt>
              <dd>OBS_STATUS F, {t.forecast}</dd>
            </div>
          </dl>
        </li>
        <ScenarioStep figure={figure} book={book} view={view} name={name} />
        <EquationStep figure={figure} book={book} view={view} />
        <RestStep figure={figure} book={book} view={view} />
        <li>
          <h2>{t.recompute}</h2>
          <pre class="code">modelcity scenario {figure.code}</pre>
        </li>
      </ol>
    </Page>
  );
}

function ScenarioStep({ figure, book, view, name }: Props & { readonly name: string }) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const { sheet, lab } = book.model;
  const scenario = book.scenario(figure.scenario);
  const moved = Object.entries(figure.values).map(([key, value]) => [key, Number(value)] as const);
  const { method, start, stop, dt } = sheet.run;
  return (
    <li>
      <h2>
        {t.step2}
        {colon(language)}
        {figure.scenario === 'baseline' ? (
          name
        ) : (
          <a href={scenarioPath.named(language, here.city, figure.scenario)}>{name}</a>
        )}
      </h2>
      {scenario === undefined ? null : <p>{inLanguage(scenario.note, language)}</p>}
      <dl class="facts">
        <div>
          <dt>{t.hash}</dt>
          <dd>
            {inLanguage(sheet.title, language)} <code class="long">{figure.model}</code>
          </dd>
        </div>
        <div>
          <dt>{t.engine}</dt>
          <dd>{figure.engine}</dd>
        </div>
        <div>
          <dt>{t.seed}</dt>
          <dd>{figure.seed}</dd>
        </div>
        <div>
          <dt>{t.method}</dt>
          <dd>
            {method === 'euler' ? 'Euler' : method.toUpperCase()}
            {t.comma}
            {start}–{stop}
            {t.comma}dt = {dt}
          </dd>
        </div>
      </dl>
      {moved.length === 0 ? (
        <p>{t.noLevers}</p>
      ) : (
        <Scroll label={t.levers}>
          <table class="narrow">
            <thead>
              <tr>
                <th scope="col">{t.levers}</th>
                <th scope="col" class="num">
                  {t.setTo}
                </th>
                <th scope="col">{t.source}</th>
              </tr>
            </thead>
            <tbody>
              {moved.map(([key, value]) => {
                const lever = sheet.levers.find((one) => one.key === key);
                return (
                  <tr>
                    <th scope="row">
                      {lever === undefined
                        ? shownColumn(lab, key, language).name
                        : inLanguage(lever.name, language)}
                    </th>
                    <td class="num">
                      {lever === undefined
                        ? String(value)
                        : leverText(shownLever(lever, language), value, language)}
                    </td>
                    <td class="small">{lever === undefined ? '' : inLanguage(lever.source, language)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </li>
  );
}

function EquationStep({ figure, book, view }: Props) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const { model } = book;
  const variable = model.lab.variableOf(figure.variable);
  if (variable === undefined) return null;
  const keys = stockFlowGraph(model.compiled)
    .links.filter(({ to }) => to === variable.key)
    .map(({ from }) => from);
  const read = model.sheet.variables.filter(({ key }) => keys.includes(key));
  return (
    <li>
      <h2>{t.step3}</h2>
      {equationTexts(model, variable.key).map((line) => (
        <p>
          <code>
            {variable.column} = {line}
          </code>
        </p>
      ))}
      <p class="small">
        <a href={scenarioPath.equation(language, here.city, variable.key)}>{t.equations}</a>
      </p>
      {read.length === 0 ? null : (
        <VariableTable
          variables={read}
          caption={fill(t.directReads, { name: inLanguage(variable.name, language) })}
          figure={figure}
          book={book}
          view={view}
        />
      )}
    </li>
  );
}

/** All numbers that a result can depend on, found by walking the equations backwards. */
function RestStep({ figure, book, view }: Props) {
  const { language } = view;
  const t = scenarioWords[language];
  const { model } = book;
  const start = model.lab.variableOf(figure.variable)?.key;
  if (start === undefined) return null;
  const { links } = stockFlowGraph(model.compiled);
  const reached = new Set([start]);
  const open = [start];
  while (open.length > 0) {
    const key = open.pop();
    for (const { from, to } of links)
      if (to === key && !reached.has(from)) {
        reached.add(from);
        open.push(from);
      }
  }
  const numbers = model.sheet.variables.filter(({ key, status }) => reached.has(key) && status !== null);
  const count = (status: string) => numbers.filter((one) => one.status === status).length;
  return (
    <li>
      <h2>{t.step4}</h2>
      <p>
        {fill(t.restsOn, {
          n: numbers.length,
          measured: count('measured'),
          literature: count('literature'),
          assumed: count('assumed'),
        })}
      </p>
      <details>
        <summary>{t.values}</summary>
        <VariableTable variables={numbers} caption={t.step4} figure={figure} book={book} view={view} />
      </details>
    </li>
  );
}

function VariableTable({
  variables,
  caption,
  figure,
  book,
  view,
}: {
  readonly variables: readonly SheetVariable[];
  readonly caption: string;
  readonly figure: ScenarioFigure;
  readonly book: ScenarioBook;
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const t = scenarioWords[language];
  const scenario = book.scenario(figure.scenario);
  const table = scenario === undefined ? undefined : book.table(scenario);
  return (
    <Scroll label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.variable}</th>
            <th scope="col">{fill(t.valueHere, { year: figure.period })}</th>
            <th scope="col">{t.status}</th>
            <th scope="col">{t.source}</th>
          </tr>
        </thead>
        <tbody>
          {variables.map((variable) => {
            const { text, unit } = valuesText(book.model, variable, Number(figure.period), language, table);
            return (
              <tr>
                <th scope="row">
                  <a href={scenarioPath.equation(language, here.city, variable.key)}>
                    {inLanguage(variable.name, language)}
                  </a>
                </th>
                <td>
                  {text} {unit}
                </td>
                <td class="keep">{statusText(variable, language)}</td>
                <td class="small">{sourceText(book.model, variable.key, language)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
