import type { BarChart, ProjectionChart, SankeyChart } from '../../chart/index.ts';
import { inLanguage } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import { type MaterialFlow, materialFlows, materialNodes } from '../city/sankey.ts';
import type { Ensemble } from '../study/ensemble.ts';
import { bands, percentiles } from '../study/ensemble.ts';
import { influences } from '../study/sensitivity.ts';
import type { Lab } from './lab.ts';
import { type DrawnScenario, labChart, scenarioName, shownColumn } from './lab-chart.ts';
import { labWords, put } from './lab-words.ts';
import { decimalsFor, shownNumber, shownUnit } from './shown-unit.ts';
import type { UncertainConstant } from './uncertain.ts';

/** What stands beside the levers: four charts that a reader chooses, or one of the fixed panels. */
export const labPanels = ['lab', 'materials', 'outcomes', 'uncertainty'] as const;
export type LabPanel = (typeof labPanels)[number];

export const costColumns = ['Policy cost', 'Cumulative cost', 'Jobs'] as const;
export const accountColumns = ['DMI', 'DMC', 'Circular material use rate', 'Resource productivity'] as const;
const kayaColumns = ['Kaya income', 'Kaya population', 'Kaya energy', 'Kaya carbon'] as const;
const kayaNames = {
  en: ['GDP a person (G/P)', 'population (P)', 'energy per GDP (E/G)', 'CO₂ per energy (C/E)'],
  zh: ['人均GDP（G/P）', '人口（P）', '单位GDP能耗（E/G）', '单位能耗CO₂（C/E）'],
} as const;
const kayaMarks = ['G/P', 'P', 'E/G', 'C/E'] as const;

/** The panels that a model has something for, in their order. */
export function panelsOf(lab: Lab): readonly LabPanel[] {
  return labPanels.filter((panel) => {
    if (panel === 'materials') return hasMaterials(lab);
    return panel !== 'outcomes' || known(lab, [...kayaColumns, ...costColumns, ...accountColumns]).length > 0;
  });
}

/** The year in which levers begin to act and how long until they act in full; null where the model has neither. */
export function policyYears(lab: Lab): { readonly start: number; readonly years: number } | null {
  if (lab.sheet.levers.length === 0 || !lab.hasColumn('Policy start') || !lab.hasColumn('Policy years'))
    return null;
  const at = (column: string) => lab.at(lab.baseline, column, lab.sheet.run.start);
  return { start: at('Policy start'), years: at('Policy years') };
}

function hasMaterials(lab: Lab): boolean {
  return lab.hasColumn('Virgin input') || lab.hasColumn('Virgin input[metal]');
}

/** Columns that a model has of a list. */
export function known(lab: Lab, columns: readonly string[]): string[] {
  return columns.filter((column) => lab.hasColumn(column));
}

/** The four Kaya factors of a run, each against the base year: their product is the change of CO₂ from energy. */
export function kayaChart(lab: Lab, drawn: DrawnScenario | null, language: Language): ProjectionChart | null {
  const columns = known(lab, kayaColumns);
  if (columns.length < kayaColumns.length) return null;
  const t = labWords[language];
  const table = drawn?.table ?? lab.baseline;
  const name = drawn === null ? t.baseline : scenarioName(drawn, language);
  const styles = ['c', 'd', 'b', 'a'] as const;
  return {
    kind: 'projection',
    language,
    title: put(language === 'en' ? 'Kaya factors, {name}' : 'Kaya因素：{name}', { name }),
    subtitle: put(
      language === 'en'
        ? '{year} = 1, {place}, simulated; their product is CO₂ from energy'
        : '{year}年为1，{place}，模拟值；四者之积为能源CO₂',
      { year: String(lab.sheet.run.start), place: inLanguage(lab.sheet.place, language) },
    ),
    source: put(t.source, { title: inLanguage(lab.sheet.title, language) }),
    unit: '',
    lines: columns.map((column, i) => ({
      name: kayaNames[language][i] ?? column,
      style: styles[i] ?? 'd',
      mark: kayaMarks[i] ?? '',
      points: lab.years().map((year) => {
        const value = lab.at(table, column, year);
        return {
          period: String(year),
          value: Number.isFinite(value) ? String(Number(value.toPrecision(12))) : null,
          label: shownNumber(value, 2, language),
          status: 'F' as const,
        };
      }),
    })),
    observed: [],
    observedName: t.observed,
    targets: [],
    hold: columns.flatMap((column) => lab.hold(column).map((value) => Number(value.toPrecision(9)))),
    longest: 'G/P 00.00',
  };
}

/** How much each Kaya factor alone moved the logarithm of CO₂ from energy, in log points of one hundred; they add up. */
export function kayaShares(
  lab: Lab,
  table: DrawnScenario['table'],
  year: number,
): readonly { readonly index: number; readonly points: number }[] {
  return kayaColumns.map((column, index) => ({ index, points: 100 * Math.log(lab.at(table, column, year)) }));
}

export function kayaName(index: number, language: Language): string {
  return kayaNames[language][index] ?? '';
}

/** The material diagram of one year of a run, with what goes into each inner node against what comes out of it. */
export interface MaterialDiagram {
  readonly chart: SankeyChart;
  readonly flows: readonly MaterialFlow[];
  /** Nodes that take in and give off, with both sums in Mt a year. */
  readonly nodes: readonly { readonly id: string; readonly into: number; readonly out: number }[];
  /** The greatest difference between in and out over the mass that moves. */
  readonly residual: number;
}

export function materialDiagram(
  lab: Lab,
  drawn: DrawnScenario | null,
  year: number,
  language: Language,
): MaterialDiagram | null {
  if (!hasMaterials(lab)) return null;
  const t = labWords[language];
  const flows = materialFlows(drawn?.table ?? lab.baseline, year);
  const unit = shownUnit('Mt/year', 'flow', 1, language);
  const most = Math.max(0, ...flows.map(({ value }) => value)) * unit.scale;
  const decimals = Math.max(1, decimalsFor(most)) === 1 && language === 'zh' ? 0 : decimalsFor(most);
  const ids = [...new Set(flows.flatMap(({ from, to }) => [from, to]))];
  const sum = (of: readonly MaterialFlow[]) => of.reduce((total, { value }) => total + value, 0);
  const nodes = ids
    .map((id) => ({
      id,
      into: sum(flows.filter(({ to }) => to === id)),
      out: sum(flows.filter(({ from }) => from === id)),
    }))
    .filter(({ into, out }) => into > 0 && out > 0);
  const size = Math.max(sum(flows), Number.MIN_VALUE);
  const name = (id: string) => {
    const node = materialNodes[id];
    return node === undefined ? id : inLanguage(node, language);
  };
  return {
    flows,
    nodes,
    residual: Math.max(0, ...nodes.map(({ into, out }) => Math.abs(into - out))) / size,
    chart: {
      kind: 'sankey',
      language,
      title: put(
        language === 'en' ? 'Materials and waste in {year}, {name}' : '{year}年物质与废物流向：{name}',
        { year: String(year), name: drawn === null ? t.baseline : scenarioName(drawn, language) },
      ),
      subtitle: [unit.text, inLanguage(lab.sheet.place, language), t.simulated].join(t.comma),
      source: put(t.source, { title: inLanguage(lab.sheet.title, language) }),
      unit: unit.text,
      nodes: Object.keys(materialNodes)
        .filter((id) => ids.includes(id))
        .map((id) => ({ id, name: name(id) })),
      links: flows.map(({ from, to, value }) => ({
        from,
        to,
        value: String(Number((value * unit.scale).toPrecision(12))),
        label: shownNumber(value * unit.scale, decimals, language),
      })),
    },
  };
}

/** A chart of the lab with the percentiles of an ensemble around the scenario that was varied. */
export function bandChart(
  lab: Lab,
  column: string,
  drawn: DrawnScenario,
  found: Ensemble,
  language: Language,
): ProjectionChart {
  const base = labChart(lab, column, [drawn], language);
  const t = labWords[language];
  const shown = shownColumn(lab, column, language);
  const years = lab.years();
  const rows = years.map((year) => found.times.findIndex((time) => Math.abs(time - year) < 1e-6));
  const values = bands(found, column).map((band) =>
    rows.map((row) => String(Number(((band[row] ?? 0) * shown.unit.scale).toPrecision(9)))),
  );
  return {
    ...base,
    band: {
      name: t.band,
      periods: years.map(String),
      percentiles: percentiles.map((percentile, i) => ({
        name: put(t.percentile, { n: String(percentile) }),
        values: values[i] ?? [],
      })),
    },
  };
}

/** Which constants move an outcome most in the last year, by rank correlation, strongest first. */
export function influenceChart(
  lab: Lab,
  column: string,
  found: Ensemble,
  uncertain: readonly UncertainConstant[],
  language: Language,
  most = 10,
): BarChart {
  const shown = shownColumn(lab, column, language);
  const ranked = influences(found, uncertain, column).slice(0, most);
  const [year] = lab.years().slice(-1);
  return {
    kind: 'bar',
    language,
    title: put(language === 'en' ? 'What moves it: {name}, {year}' : '影响因素：{name}，{year}年', {
      name: shown.name,
      year: String(year ?? ''),
    }),
    subtitle:
      language === 'en'
        ? 'rank correlation with the outcome over the ensemble, −1 to 1'
        : '集合模拟中与结果的秩相关系数，−1至1',
    source: put(labWords[language].source, { title: inLanguage(lab.sheet.title, language) }),
    unit: '',
    rows: ranked.map(({ name, correlation }, i) => ({
      name: shownName(lab, name, language),
      role: i === 0 ? 'focus' : 'context',
      value: correlation.toFixed(3),
      label: shownNumber(correlation, 2, language, true),
      status: 'F',
    })),
  };
}

export function shownName(lab: Lab, column: string, language: Language): string {
  return shownColumn(lab, column, language).name;
}
