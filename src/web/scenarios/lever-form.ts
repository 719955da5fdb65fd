import type { Language } from '../../model/index.ts';
import {
  decimalsFor,
  emptyScenario,
  type Lab,
  type LabScenario,
  type LabState,
  leverStep,
  mostScenarios,
  onStep,
  type SheetLever,
  settle,
  shownNumber,
  shownUnit,
  withUnit,
} from '../../simulate/index.ts';

/** A lever as a person moves it: in the unit that is shown, on round steps. */
export interface ShownLever {
  readonly lever: SheetLever;
  readonly name: string;
  readonly unit: string;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly scale: number;
  readonly decimals: number;
}

export function shownLever(lever: SheetLever, language: Language): ShownLever {
  const { text, scale } = shownUnit(lever.units, lever.key, lever.max, language);
  const step = leverStep(lever) * scale;
  const decimals = Math.min(decimalsFor(lever.max * scale), decimalsOf(step));
  const plain = (value: number) => String(Number((value * scale).toPrecision(9)));
  return {
    lever,
    name: lever.name[language],
    unit: text,
    min: plain(lever.min),
    max: plain(lever.max),
    step: String(Number(step.toPrecision(6))),
    scale,
    decimals,
  };
}

function decimalsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** A lever's value with its unit, as it is told: `+15 %`, `0`. */
export function leverText(shown: ShownLever, value: number, language: Language): string {
  const number = shownNumber(value * shown.scale, shown.decimals, language, shown.lever.min < 0);
  return withUnit(number, shown.unit, language);
}

/** The text of a form's field for a value, and back; undefined where the text is no number. */
export function fieldText(shown: ShownLever, value: number): string {
  return String(Number((value * shown.scale).toPrecision(9)));
}

export function fieldValue(shown: ShownLever, text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? undefined : onStep(shown.lever, value / shown.scale);
}

/** Moves one lever of one scenario. */
export function withValue(lab: Lab, state: LabState, key: string, value: number): LabState {
  const scenario = state.scenarios[state.at] ?? emptyScenario();
  return withScenario(lab, state, { ...scenario, values: { ...scenario.values, [key]: value } });
}

export function withScenario(lab: Lab, state: LabState, scenario: LabScenario): LabState {
  const settled = settle(lab, scenario).scenario;
  return { ...state, scenarios: state.scenarios.map((one, i) => (i === state.at ? settled : one)) };
}

/** Puts a copy of the scenario at hand beside the others and goes on with it. */
export function withAdded(state: LabState): LabState {
  if (state.scenarios.length >= mostScenarios) return state;
  const copy = { ...(state.scenarios[state.at] ?? emptyScenario()), name: '' };
  return { ...state, scenarios: [...state.scenarios, copy], at: state.scenarios.length };
}

export function withRemoved(state: LabState): LabState {
  if (state.scenarios.length < 2) return state;
  const scenarios = state.scenarios.filter((_, i) => i !== state.at);
  return { ...state, scenarios, at: Math.min(state.at, scenarios.length - 1) };
}

export function withReset(state: LabState): LabState {
  return {
    ...state,
    scenarios: state.scenarios.map((one, i) => (i === state.at ? { ...one, values: {} } : one)),
  };
}

/**
 * What a form without scripts asks for: levers in fields `l.<key>`, a name, and one button. Null when the address holds no
 * form.
 */
export function readForm(query: string, lab: Lab, state: LabState, language: Language): LabState | null {
  const asked = new URLSearchParams(query.slice(0, 20_000));
  const action = asked.get('do');
  if (action === null) return null;
  let next = state;
  const scenario = state.scenarios[state.at] ?? emptyScenario();
  const values: Record<string, number> = { ...scenario.values };
  for (const lever of lab.sheet.levers) {
    const value = fieldValue(shownLever(lever, language), asked.get(`l.${lever.key}`) ?? '');
    if (value !== undefined) values[lever.key] = value;
  }
  next = withScenario(lab, next, { ...scenario, name: asked.get('n') ?? scenario.name, values });
  if (action === 'add') return withAdded(next);
  if (action === 'remove') return withRemoved(next);
  return action === 'reset' ? withReset(next) : next;
}
