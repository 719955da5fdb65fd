import { figureCode, isCodeOf, sha256 } from '../figures/index.ts';
import { modelFilesOf, modelledCities } from '../intake/index.ts';
import { findingText, type Localized, type PlaceModel } from '../model/index.ts';
import { type CityModel, type ModelTexts, openCityModel, type SheetScenario } from '../simulate/index.ts';

/**
 * The result of one scenario for one variable and year: a forecast figure. It is never among the figures of a place,
 * which are computed from records: a list of its own keeps the two apart.
 */
export interface ScenarioFigure {
  readonly city: string;
  /** Id of the scenario; `baseline` where no lever is moved. */
  readonly scenario: string;
  /** Name of the variable in the model's file. */
  readonly variable: string;
  readonly period: string;
  readonly code: string;
  /** SDMX OBS_STATUS of a forecast. */
  readonly status: 'F';
  /** Nine significant digits: simulation uses doubles, and those of two processors may differ beyond. */
  readonly value: string;
  /** Unit of the model's file. */
  readonly unit: string;
  /** What repeats it: sha-256 of model and place, engine, seed, and the constants that were set. */
  readonly model: string;
  readonly engine: string;
  readonly seed: number;
  /** The constants that were set, as the shortest text that reads back as the same double. */
  readonly values: Readonly<Record<string, string>>;
}

const baselineName: Localized = { en: 'Baseline', zh: '基准情景' };
const digits = 9;

/** The named scenarios of a place, and their results as figures. */
export class ScenarioBook {
  readonly model: CityModel;
  readonly scenarios: readonly SheetScenario[];
  readonly #tables = new Map<string, ReturnType<CityModel['lab']['run']>>();
  #codes: ReadonlyMap<string, readonly [scenario: string, variable: string, period: string]> | null = null;

  constructor(model: CityModel) {
    this.model = model;
    this.scenarios = [
      {
        id: 'baseline',
        name: baselineName,
        note: { en: 'No lever is moved.', zh: '未拨动任何调控项。' },
        seed: 1,
        values: {},
      },
      ...model.sheet.scenarios,
    ];
  }

  scenario(id: string): SheetScenario | undefined {
    return this.scenarios.find((one) => one.id === id);
  }

  table({ id, values, seed }: SheetScenario) {
    const known = this.#tables.get(id);
    if (known !== undefined) return known;
    const made = this.model.lab.run(values, seed);
    this.#tables.set(id, made);
    return made;
  }

  /** The result of a scenario; null when there is no such scenario, variable or year. */
  figure(id: string, variable: string, period: string): ScenarioFigure | null {
    const scenario = this.scenario(id);
    const { lab, sheet } = this.model;
    if (scenario === undefined || !lab.hasColumn(variable) || !/^\d{4}$/.test(period)) return null;
    const value = lab.at(this.table(scenario), variable, Number(period));
    if (!Number.isFinite(value)) return null;
    const column = lab.columnName(variable);
    return {
      city: sheet.city,
      scenario: id,
      variable: column,
      period,
      code: scenarioCode(sheet.city, id, column, period),
      status: 'F',
      value: decimalText(value),
      unit: lab.variableOf(column)?.units ?? '',
      model: sheet.hash,
      engine: sheet.engine,
      seed: scenario.seed,
      values: settingTexts(scenario.values),
    };
  }

  /** The figure that a code names; null when it names none of this place's scenarios. */
  byCode(code: string): ScenarioFigure | null {
    this.#codes ??= this.#allCodes();
    const codes = this.#codes;
    const full = codes.has(code) ? [code] : [...codes.keys()].filter((each) => isCodeOf(code, each));
    const found = full.length === 1 ? codes.get(full[0] ?? '') : undefined;
    return found === undefined ? null : this.figure(...found);
  }

  #allCodes() {
    const { lab, sheet } = this.model;
    const codes = new Map<string, readonly [string, string, string]>();
    for (const { id } of this.scenarios)
      for (const column of lab.baseline.columns)
        for (const year of lab.years())
          codes.set(scenarioCode(sheet.city, id, column, String(year)), [id, column, String(year)]);
    return codes;
  }
}

/** The code of a scenario's result: made from what it is about, like that of any figure, in a space of its own. */
function scenarioCode(city: string, scenario: string, variable: string, period: string): string {
  return figureCode({
    city,
    indicator: `scenario/${scenario}/${variable}`,
    area: '',
    breakdown: {},
    measure: { kind: 'value', period },
  });
}

/** Plain decimal text of nine significant digits, never with an exponent. */
function decimalText(value: number): string {
  const [mantissa = '0', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const negative = mantissa.startsWith('-');
  const all = mantissa.replace(/[-.]/g, '');
  const point = 1 + Number(exponent);
  const text =
    point <= 0
      ? `0.${'0'.repeat(-point)}${all}`
      : point >= all.length
        ? all.padEnd(point, '0')
        : `${all.slice(0, point)}.${all.slice(point)}`;
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '0' || !negative ? short : `-${short}`;
}

/** A place whose model is asked for: its id, and the model of its workspace where it keeps one. */
export interface ModelledPlace {
  readonly city: { readonly id: string };
  readonly model?: PlaceModel | undefined;
}

/** The newest book of each place: a model is opened again only when its texts are others. */
const opened = new Map<
  string,
  { readonly own: PlaceModel | undefined; readonly book: ScenarioBook | null }
>();

/**
 * The scenarios of a place; null when no model is kept for it, or when the workspace's own can no longer be used
 * (`modelcity check` says why).
 *
 * @throws Error when a shipped model cannot be used: its files are part of the product
 */
export function scenarioBookOf({ city: { id: city }, model: own }: ModelledPlace): ScenarioBook | null {
  const known = opened.get(city);
  if (known !== undefined && sameModel(known.own, own)) return known.book;
  const files = modelFilesOf(city, own);
  if (files === null) return null;
  const outcome = openCityModel(files, sha256);
  if (!outcome.ok && own === undefined)
    throw new Error(`the model of ${city} cannot be used: ${outcome.findings.map(findingText).join('; ')}`);
  const book = outcome.ok ? new ScenarioBook(outcome.value) : null;
  opened.set(city, { own, book });
  return book;
}

function sameModel(a: PlaceModel | undefined, b: PlaceModel | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.id === b.id && a.place === b.place && a.equations === b.equations && a.words === b.words;
}

/** Places with a shipped model; what is shipped does not change while a program runs. */
let shipped: ReadonlySet<string> | null = null;

/** Whether a place has a model, without opening it. */
export function hasScenarios({ city: { id: city }, model: own }: ModelledPlace): boolean {
  shipped ??= new Set(modelledCities());
  return own !== undefined || shipped.has(city);
}

/**
 * Runs the model of a scenario figure again from its texts alone and tells what differs; null when nothing does.
 * Digits beyond the ninth are not compared.
 */
export function recomputeScenario(figure: ScenarioFigure, texts: ModelTexts): string | null {
  const name = `scenario figure ${figure.code} (${figure.scenario}, ${figure.variable}, ${figure.period})`;
  const outcome = openCityModel(texts, sha256);
  if (!outcome.ok)
    return `${name}: the model cannot be opened: ${outcome.findings.map(findingText).join('; ')}`;
  const { sheet, lab } = outcome.value;
  if (sheet.hash !== figure.model)
    return `${name}: it names the model ${figure.model.slice(0, 16)}…, the files are ${sheet.hash.slice(0, 16)}…`;
  if (sheet.engine !== figure.engine)
    return `${name}: it was made with engine ${figure.engine}, this is engine ${sheet.engine}`;
  if (!lab.hasColumn(figure.variable)) return `${name}: the model has no such variable`;
  if (!isCodeOf(figure.code, scenarioCode(figure.city, figure.scenario, figure.variable, figure.period)))
    return `${name}: the code is not that of what it is about`;
  const value = lab.at(lab.run(numbers(figure.values), figure.seed), figure.variable, Number(figure.period));
  const told = Number(figure.value);
  if (Math.abs(value - told) > 1e-8 * Math.max(Math.abs(value), Math.abs(told), 1e-300))
    return `${name}: the model gives ${decimalText(value)}, the figure says ${figure.value}`;
  const named = sheet.scenarios.find(({ id }) => id === figure.scenario);
  const values = figure.scenario === 'baseline' ? {} : named?.values;
  if (values === undefined || sortedText(settingTexts(values)) !== sortedText(figure.values))
    return `${name}: the scenario of that name is set otherwise in the place's file`;
  return null;
}

function settingTexts(values: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function numbers(values: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
}

function sortedText(values: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
