import { comma, inLanguage } from '../../language/index.ts';
import {
  type Calibration,
  type CityModel,
  difference,
  type Fit,
  labChart,
  shownColumn,
  shownNumber,
  shownValue,
  withUnit,
} from '../../simulate/index.ts';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { fitOfModel } from './fits.ts';
import { LabFigure } from './lab-page.tsx';
import { ScenarioShell } from './shell.tsx';
import { powerText, scenarioWords } from './words.ts';

interface Props {
  readonly model: CityModel;
  readonly view: PlaceView;
}

/** From this difference on a measurement is told as a gap of the model. */
const gapFrom = 0.05;

/** How well the model agrees with what was measured, and where it does not. */
export function CalibrationPage({ model, view }: Props) {
  const { language } = view;
  const t = scenarioWords[language];
  const fit = fitOfModel(model);
  return (
    <ScenarioShell
      model={model}
      view={view}
      page="calibration"
      title={t.calibration}
      lead={fill(t.fitLead, { place: inLanguage(model.sheet.place, language) })}
    >
      {fit === null ? (
        <>
          <p class="note">{t.noFit}</p>
          <TargetCharts model={model} view={view} />
        </>
      ) : (
        <>
          <Gaps model={model} view={view} />
          <ObservedTable model={model} view={view} />
          <FitTable fit={fit} model={model} view={view} />
          <ParameterTable fit={fit} model={model} view={view} />
          <ObservedCharts model={model} view={view} />
        </>
      )}
      <MethodNote model={model} view={view} />
    </ScenarioShell>
  );
}

/** Differences of the model as it stands from each measurement, as a share; null where the measurement is nought. */
function comparisons({ lab, sheet }: CityModel, language: PlaceView['language']) {
  return sheet.observations.map((one) => {
    const shown = shownColumn(lab, one.variable, language);
    const simulated = lab.at(lab.baseline, one.variable, one.time);
    return {
      ...one,
      name: shown.name,
      unit: shown.unit.text,
      observed: shownValue(shown, one.value),
      simulated: shownValue(shown, simulated),
      share: one.value === 0 ? null : simulated / one.value - 1,
    };
  });
}

function percent(share: number | null, language: PlaceView['language']): string {
  return share === null ? '–' : withUnit(shownNumber(share * 100, 2, language, true), '%', language);
}

function Gaps({ model, view }: Props) {
  const { language } = view;
  const t = scenarioWords[language];
  const gaps = comparisons(model, language).filter(
    ({ share }) => share !== null && Math.abs(share) >= gapFrom,
  );
  return (
    <section>
      <h2>{t.gaps}</h2>
      {gaps.length === 0 ? (
        <p>{t.gapsNone}</p>
      ) : (
        <ul class="plain">
          {gaps.map((gap) => (
            <li>
              {fill(t.gapText, {
                name: gap.name,
                year: gap.time,
                observed: withUnit(gap.observed, gap.unit, language),
                simulated: withUnit(gap.simulated, gap.unit, language),
                error: percent(gap.share, language),
              })}
              {gap.note === null ? null : (
                <span class="quiet">
                  {language === 'zh' ? '。' : '. '}
                  {inLanguage(gap.note, language)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ObservedTable({ model, view }: Props) {
  const { language } = view;
  const t = scenarioWords[language];
  return (
    <section>
      <h2>
        {t.observed} / {t.simulated}
      </h2>
      <Scroll label={t.observed}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.variable}</th>
              <th scope="col">{t.year}</th>
              <th scope="col">{t.unit}</th>
              <th scope="col" class="num">
                {t.observed}
              </th>
              <th scope="col" class="num">
                {t.simulated}
              </th>
              <th scope="col" class="num">
                {t.error}
              </th>
              <th scope="col">{t.use}</th>
              <th scope="col">{t.line}</th>
              <th scope="col">{t.note}</th>
            </tr>
          </thead>
          <tbody>
            {comparisons(model, language).map((one) => (
              <tr>
                <th scope="row">{one.name}</th>
                <td>{one.time}</td>
                <td class="keep">{one.unit}</td>
                <td class="num">{one.observed}</td>
                <td class="num">◌ {one.simulated}</td>
                <td class="num">{percent(one.share, language)}</td>
                <td class="keep">{one.held ? t.held : t.fitted}</td>
                <td>{one.line}</td>
                <td class="small">{one.note === null ? '' : inLanguage(one.note, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function FitTable({ fit, model, view }: Props & { readonly fit: Calibration }) {
  const { language } = view;
  const t = scenarioWords[language];
  const rows = fit.fits.flatMap(({ variable, fitted, held }) =>
    [
      { variable, found: fitted, use: t.fitted },
      { variable, found: held, use: t.held },
    ].flatMap(({ found, ...rest }) => (found === undefined ? [] : [{ ...rest, found }])),
  );
  const theil = ({ count, rmse, bias, variance, covariance }: Fit) =>
    count < 2 || rmse === 0
      ? t.tooFew
      : [bias, variance, covariance].map((part) => shownNumber(part, 2, language)).join(' / ');
  return (
    <section>
      <h2>{t.fit}</h2>
      <p class="small quiet">{fill(t.fitRuns, { n: fit.runs })}</p>
      <Scroll label={t.fit}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.variable}</th>
              <th scope="col">{t.use}</th>
              <th scope="col" class="num">
                {t.count}
              </th>
              <th scope="col" class="num">
                {t.mape}
              </th>
              <th scope="col" class="num">
                {t.rmse}
              </th>
              <th scope="col" class="num">
                {t.theil}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ variable, found, use }) => {
              const shown = shownColumn(model.lab, variable, language);
              return (
                <tr>
                  <th scope="row">{shown.name}</th>
                  <td class="keep">{use}</td>
                  <td class="num">{found.count}</td>
                  <td class="num">{withUnit(shownNumber(found.mape * 100, 3, language), '%', language)}</td>
                  <td class="num">
                    {shownNumber(found.rmse * shown.unit.scale, shown.decimals + 2, language)}{' '}
                    {shown.unit.text}
                  </td>
                  <td class="num">{theil(found)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function ParameterTable({ fit, model, view }: Props & { readonly fit: Calibration }) {
  const { language } = view;
  const t = scenarioWords[language];
  const plain = (value: number) => String(Number(value.toPrecision(5))).replace('-', '−');
  return (
    <section>
      <h2>{t.parameters}</h2>
      <Scroll label={t.parameters}>
        <table>
          <caption>{t.entangledHint}</caption>
          <thead>
            <tr>
              <th scope="col">{t.variable}</th>
              <th scope="col" class="num">
                {t.before}
              </th>
              <th scope="col" class="num">
                {t.after}
              </th>
              <th scope="col" class="num">
                {t.stderr}
              </th>
              <th scope="col">{t.bound}</th>
              <th scope="col" class="num">
                {t.entangled}
              </th>
            </tr>
          </thead>
          <tbody>
            {fit.parameters.map((one) => (
              <tr>
                <th scope="row">{shownColumn(model.lab, one.name, language).name}</th>
                <td class="num">{plain(one.before)}</td>
                <td class="num">{plain(one.value)}</td>
                <td class="num">{one.error === undefined ? t.notDetermined : plain(one.error)}</td>
                <td>
                  {plain(one.min)}–{plain(one.max)}
                  {comma(language)}
                  {one.atBound ? t.atBound : t.inside}
                </td>
                <td class="num">{shownNumber(one.entangled, 2, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function ObservedCharts({ model, view }: Props) {
  const columns = [...new Set(model.sheet.observations.map(({ variable }) => variable))];
  return (
    <section>
      <h2>{scenarioWords[view.language].charts}</h2>
      <div class="lab-charts">
        {columns.map((column) => (
          <LabFigure state={labChart(model.lab, column, [], view.language)} view={view} />
        ))}
      </div>
    </section>
  );
}

/** How much the step of the integration and rounding matter: told of every model, fitted or not. */
function MethodNote({ model, view }: Props) {
  const { language } = view;
  const t = scenarioWords[language];
  const { lab, sheet } = model;
  const { method, start, stop, dt } = sheet.run;
  const other = lab.runner.run({ method: method === 'euler' ? 'rk4' : 'euler' });
  const apart = difference(lab.baseline, other);
  const told = [apart[0], apart.find(({ column }) => lab.variableOf(column)?.group === 'indicators')];
  const residuals = lab.years().map((year) => lab.at(lab.baseline, 'Mass balance residual', year));
  return (
    <section>
      <h2>{t.method}</h2>
      <p>
        {fill(t.methodText, {
          method: method === 'euler' ? 'Euler' : method.toUpperCase(),
          start,
          stop,
          dt,
          apart: told
            .flatMap((one) => (one === undefined ? [] : [one]))
            .map(
              ({ column, share }) =>
                `${shownColumn(lab, column, language).name} ${withUnit(shownNumber(share * 100, 2, language), '%', language)}`,
            )
            .join(t.comma),
        })}
      </p>
      {residuals.some(Number.isNaN) ? null : (
        <p>{fill(t.massText, { r: powerText(Math.max(...residuals)) })}</p>
      )}
    </section>
  );
}

/** Where nothing was measured, what the plan asks is all that the model can be held against. */
function TargetCharts({ model, view }: Props) {
  const columns = [...new Set(model.sheet.targets.map(({ variable }) => variable))];
  return (
    <section>
      <h2>{scenarioWords[view.language].targets}</h2>
      <div class="lab-charts">
        {columns.map((column) => (
          <LabFigure state={labChart(model.lab, column, [], view.language)} view={view} />
        ))}
      </div>
    </section>
  );
}
