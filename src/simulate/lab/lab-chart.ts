import type { ChartPoint, ProjectionChart, ProjectionLine } from '../../chart/index.ts';
import { inLanguage } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import { cellKey } from '../compile/compile.ts';
import type { Table } from '../run/run.ts';
import type { Lab } from './lab.ts';
import { type LabScenario, scenarioMarks } from './lab-state.ts';
import { labWords, put } from './lab-words.ts';
import { decimalsFor, type ShownUnit, shownNumber, shownUnit } from './shown-unit.ts';

/** How a column is shown: its name, unit and decimals, the same for every scenario and lever. */
export interface ShownColumn {
  readonly column: string;
  readonly name: string;
  readonly unit: ShownUnit;
  readonly decimals: number;
  readonly language: Language;
}

export function shownColumn(lab: Lab, column: string, language: Language): ShownColumn {
  const variable = lab.variableOf(column);
  const key = cellKey(column);
  const element = variable?.elements.find((one) => cellKey(one.column) === key);
  const most = Math.max(0, ...lab.hold(column).map(Math.abs));
  const unit = shownUnit(variable?.units ?? '', variable?.key ?? key, most, language);
  return {
    column,
    name: element === undefined ? column : inLanguage(element.name, language),
    unit,
    decimals: decimalsFor(most * unit.scale),
    language,
  };
}

export function shownValue({ unit, decimals, language }: ShownColumn, value: number): string {
  return shownNumber(value * unit.scale, decimals, language);
}

/** A scenario with its run and the letter under which it is drawn. */
export interface DrawnScenario {
  readonly scenario: LabScenario;
  readonly table: Table;
  readonly mark: string;
}

export function scenarioName({ scenario, mark }: DrawnScenario, language: Language): string {
  return scenario.name === '' ? `${labWords[language].scenario} ${mark}` : `${mark} ${scenario.name}`;
}

export function drawnScenarios(lab: Lab, scenarios: readonly LabScenario[]): DrawnScenario[] {
  return scenarios.map((scenario, i) => ({
    scenario,
    table: lab.run(scenario.values, scenario.seed),
    mark: scenarioMarks[i] ?? '',
  }));
}

function points(lab: Lab, table: Table, shown: ShownColumn): ChartPoint[] {
  return lab.years().map((year) => pointOf(year, lab.at(table, shown.column, year), shown, 'F'));
}

function pointOf(year: number, value: number, shown: ShownColumn, status: 'A' | 'F'): ChartPoint {
  return {
    period: String(year),
    value: Number.isFinite(value) ? chartNumber(value * shown.unit.scale) : null,
    label: shownValue(shown, value),
    status,
  };
}

/** Twelve digits: what a position on a page needs, and the same text from every engine. */
function chartNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}

const styles = ['a', 'b', 'c', 'd'] as const;

/** One chart of the lab: the baseline, the scenarios, what was observed, and the targets of the plan. */
export function labChart(
  lab: Lab,
  column: string,
  drawn: readonly DrawnScenario[],
  language: Language,
): ProjectionChart {
  const { sheet } = lab;
  const t = labWords[language];
  const shown = shownColumn(lab, column, language);
  const variable = lab.variableOf(column);
  const key = cellKey(column);
  const isFor = (name: string) => cellKey(name) === key;
  const lines: ProjectionLine[] = [
    { name: t.baseline, style: 'baseline', mark: t.base, points: points(lab, lab.baseline, shown) },
    ...drawn.map(
      (one, i): ProjectionLine => ({
        name: scenarioName(one, language),
        style: styles[i] ?? 'd',
        mark: one.mark,
        points: points(lab, one.table, shown),
      }),
    ),
  ];
  const ends = lab.hold(column).map((value) => `${t.base} ${shownValue(shown, value)}`);
  const [longest = ''] = [...ends].sort((a, b) => b.length - a.length);
  return {
    kind: 'projection',
    language,
    title: shown.name,
    subtitle: [shown.unit.text, inLanguage(sheet.place, language), t.simulated]
      .filter((part) => part !== '')
      .join(t.comma),
    source: put(t.source, { title: inLanguage(sheet.title, language) }),
    unit: shown.unit.text,
    lines,
    observedName: t.observed,
    observed: sheet.observations
      .filter((one) => isFor(one.variable))
      .map((one) => pointOf(one.time, one.value, shown, 'A')),
    targets: sheet.targets
      .filter((one) => isFor(one.variable))
      .map((one) => ({
        period: String(one.time),
        value: chartNumber(one.value * shown.unit.scale),
        label: `${one.sense === 'at least' ? t.atLeast : t.atMost}${shownNumber(one.value * shown.unit.scale, targetDecimals(one.value * shown.unit.scale), language)}${shown.unit.text === '%' ? ' %' : ''}`,
      })),
    // Nine digits: the last ones differ between engines, and equal charts have equal ids.
    hold: lab.hold(column).map((value) => Number((value * shown.unit.scale).toPrecision(9))),
    longest: variable === undefined ? '' : longest,
  };
}

/** As many decimals as the target itself has. */
function targetDecimals(value: number): number {
  const text = String(Number(value.toPrecision(9)));
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
