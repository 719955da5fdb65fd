import { inLanguage } from '../../language/index.ts';
import { type CityModel, stockFlowGraph, told } from '../../simulate/index.ts';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { equationTexts } from './equation-text.ts';
import { ScenarioShell } from './shell.tsx';
import { sourceText, statusText, valuesText } from './status.ts';
import { scenarioWords } from './words.ts';

/** Every variable of the model as a table, by part: what a diagram's node, a trace and a reader of paper open. */
export function EquationsPage({ model, view }: { readonly model: CityModel; readonly view: PlaceView }) {
  const { language } = view;
  const t = scenarioWords[language];
  const { sheet, compiled, words } = model;
  const docs = new Map(stockFlowGraph(compiled).nodes.map(({ key, doc }) => [key, doc ?? '']));
  const year = model.lab.years().at(-1) ?? 0;
  const groups = Object.entries(sheet.groups).filter(([group]) =>
    sheet.variables.some((variable) => variable.group === group),
  );
  return (
    <ScenarioShell model={model} view={view} page="equations" title={t.equations} lead={t.equationsLead}>
      <p class="jump">
        {groups.map(([group, name]) => (
          <a href={`#part-${group.replaceAll(' ', '-')}`}>{inLanguage(name, language)}</a>
        ))}
      </p>
      {groups.map(([group, name]) => (
        <section>
          <h2 id={`part-${group.replaceAll(' ', '-')}`}>{inLanguage(name, language)}</h2>
          <Scroll label={inLanguage(name, language)}>
            <table class="equations">
              <thead>
                <tr>
                  <th scope="col">{t.variable}</th>
                  <th scope="col">{t.kind}</th>
                  <th scope="col">{t.equation}</th>
                  <th scope="col">{fill(t.value, { year })}</th>
                  <th scope="col">{t.status}</th>
                  <th scope="col">{t.source}</th>
                </tr>
              </thead>
              <tbody>
                {sheet.variables
                  .filter((variable) => variable.group === group)
                  .map((variable) => {
                    const { text, unit } = valuesText(model, variable, year, language);
                    return (
                      <tr id={variable.key}>
                        <th scope="row">
                          {inLanguage(variable.name, language)}
                          <span class="small quiet lab-line">
                            {told(docs.get(variable.key) ?? '', words, language)}
                          </span>
                        </th>
                        <td class="keep">{t[variable.kind]}</td>
                        <td>
                          {equationTexts(model, variable.key).map((line) => (
                            <span class="lab-line">
                              <code>{line}</code>
                            </span>
                          ))}
                        </td>
                        <td>
                          {text} {unit}
                        </td>
                        <td class="keep">{statusText(variable, language)}</td>
                        <td class="small">{sourceText(model, variable.key, language)}</td>
                      </tr>
                    );
                  })}
              </tbody>
            </table>
          </Scroll>
        </section>
      ))}
    </ScenarioShell>
  );
}
