import { decodeScenario, encodeScenario } from '../study/scenario.ts';
import type { Lab, Values } from './lab.ts';

/** One setting of the levers in the lab. */
export interface LabScenario {
  /** Given by a person; empty when it has none. */
  readonly name: string;
  readonly seed: number;
  /** Constants that differ from the baseline, by canonical name. */
  readonly values: Values;
}

/** Everything that a reader has chosen; all of it stands in the address. */
export interface LabState {
  /** One to four, compared with one another and with the baseline. */
  readonly scenarios: readonly LabScenario[];
  /** Which of them the levers move. */
  readonly at: number;
  /** Columns of the four charts. */
  readonly charts: readonly string[];
}

/** What an address asked for that cannot be had as it stands. */
export type LabNote =
  | { readonly kind: 'unreadable' | 'other-model' | 'other-engine' | 'too-many' }
  | { readonly kind: 'unknown' | 'out-of-range'; readonly name: string };

export const mostScenarios = 4;
export const chartCount = 4;
export const scenarioMarks = ['A', 'B', 'C', 'D'] as const;

/** Columns worth a first look, in this order, as far as a model has them; targets of the place come first. */
const preferred = [
  'Greenhouse gases',
  'Circular material use rate',
  'DMC',
  'Landfilling',
  'Energy',
  'Jobs',
  'Policy cost',
];

/** The charts shown before anyone has chosen: two with targets of the plan where there are any, then what matters most. */
export function firstCharts(lab: Lab): readonly string[] {
  const targeted = [...new Set(lab.sheet.targets.map(({ variable }) => variable))];
  const [gases = '', circular = '', ...others] = preferred;
  const wanted = [gases, circular, ...targeted.slice(0, 2), ...others];
  const known = [...new Set(wanted)].filter((column) => lab.hasColumn(column));
  for (const { elements, kind } of lab.sheet.variables) {
    if (known.length >= chartCount) break;
    if (kind === 'constant') continue;
    const [first] = elements;
    if (first !== undefined && !known.includes(first.column)) known.push(first.column);
  }
  return known.slice(0, chartCount);
}

export function emptyScenario(): LabScenario {
  return { name: '', seed: 1, values: {} };
}

/** A scenario without what equals the baseline, and within the ranges of the levers. */
export function settle(
  lab: Lab,
  { name, seed, values }: LabScenario,
): { readonly scenario: LabScenario; readonly notes: readonly LabNote[] } {
  const notes: LabNote[] = [];
  const kept: Record<string, number> = {};
  const levers = new Map(lab.sheet.levers.map((lever) => [lever.key, lever]));
  for (const [key, value] of Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const lever = levers.get(key);
    if (lever === undefined) {
      if (lab.isConstant(key)) kept[key] = value;
      else notes.push({ kind: 'unknown', name: key.slice(0, 80) });
      continue;
    }
    const inside = Math.min(lever.max, Math.max(lever.min, value));
    if (inside !== value) notes.push({ kind: 'out-of-range', name: key });
    if (inside !== lever.value) kept[key] = inside;
  }
  return { scenario: { name: name.slice(0, 60), seed, values: kept }, notes };
}

/** The state that an address asks for. What it leaves open or gets wrong is as before anyone has chosen, and is told. */
export function readLabState(
  query: string,
  lab: Lab,
  first: LabScenario = emptyScenario(),
): { readonly state: LabState; readonly notes: readonly LabNote[] } {
  const asked = new URLSearchParams(query.slice(0, 20_000));
  const notes: LabNote[] = [];
  const scenarios: LabScenario[] = [];
  const texts = asked.getAll('s');
  if (texts.length > mostScenarios) notes.push({ kind: 'too-many' });
  for (const text of texts.slice(0, mostScenarios)) {
    const read = decodeScenario(text);
    if (!read.ok) {
      notes.push({ kind: 'unreadable' });
      continue;
    }
    if (read.value.model !== lab.sheet.hash) notes.push({ kind: 'other-model' });
    if (read.value.engine !== lab.sheet.engine) notes.push({ kind: 'other-engine' });
    const settled = settle(lab, {
      name: read.value.name ?? '',
      seed: read.value.seed,
      values: read.value.values,
    });
    scenarios.push(settled.scenario);
    notes.push(...settled.notes);
  }
  if (scenarios.length === 0) scenarios.push(first);
  const at = Number(asked.get('at') ?? '0');
  const wanted = asked.getAll('c').filter((column) => lab.hasColumn(column));
  const charts = [...wanted.map((column) => lab.columnName(column)), ...firstCharts(lab)].slice(
    0,
    chartCount,
  );
  return {
    state: {
      scenarios,
      at: Number.isInteger(at) && at >= 0 && at < scenarios.length ? at : 0,
      charts,
    },
    notes,
  };
}

/** The text of one scenario: model, engine, seed and values, to be kept and repeated. */
export function scenarioText({ sheet }: Lab, { name, seed, values }: LabScenario): string {
  return encodeScenario({
    version: 1,
    model: sheet.hash,
    engine: sheet.engine,
    seed,
    values,
    ...(name === '' ? {} : { name }),
  });
}

/** The state as it stands in the address; reading it gives the same state. */
export function writeLabState(state: LabState, lab: Lab): string {
  const query = new URLSearchParams();
  for (const scenario of state.scenarios) query.append('s', scenarioText(lab, scenario));
  if (state.at !== 0) query.set('at', String(state.at));
  const standard = firstCharts(lab);
  if (state.charts.some((column, i) => column !== standard[i]))
    for (const column of state.charts) query.append('c', column);
  return query.toString();
}

/** Round steps for a lever: about thirty to its range. */
export function leverStep({ min, max }: { readonly min: number; readonly max: number }): number {
  const rough = (max - min) / 30;
  const unit = Number(`1e${Math.floor(Math.log10(rough))}`);
  const share = rough / unit;
  return Number((unit * (share > 5 ? 10 : share > 2 ? 5 : share > 1 ? 2 : 1)).toPrecision(6));
}

/** A value on the steps of its lever, free of the noise of doubles. */
export function onStep(lever: { readonly min: number; readonly max: number }, value: number): number {
  const step = leverStep(lever);
  const rounded = lever.min + Math.round((value - lever.min) / step) * step;
  return Number(Math.min(lever.max, Math.max(lever.min, rounded)).toPrecision(9));
}
