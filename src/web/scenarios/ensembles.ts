import { setImmediate } from 'node:timers/promises';
import {
  type CityModel,
  ensembleSize,
  joinEnsembles,
  type LabScenario,
  labEnsemble,
  scenarioText,
} from '../../simulate/index.ts';

type Ensemble = ReturnType<typeof labEnsemble>;

/** Ensembles that readers asked for last: one costs some hundred runs. */
const kept = new Map<string, Ensemble>();
const mostKept = 24;

/** Members run before others are answered: a slice costs as much to begin as some fifty of them to run. */
const slice = 50;
const making = new Map<string, Promise<void>>();

/** The ensemble around a scenario, for the columns that are shown. */
export function ensembleOf(model: CityModel, scenario: LabScenario, columns: readonly string[]): Ensemble {
  const key = keyOf(model, scenario, columns);
  const known = kept.get(key);
  if (known === undefined) return keep(key, labEnsemble(model.lab, scenario, [...new Set(columns)]));
  kept.delete(key);
  kept.set(key, known);
  return known;
}

/**
 * Resolves when {@link ensembleOf} has its answer ready: worked out in slices, between which the server answers others. The
 * same bits, since each run depends on its number alone.
 */
export async function readyEnsemble(
  model: CityModel,
  scenario: LabScenario,
  columns: readonly string[],
): Promise<void> {
  const key = keyOf(model, scenario, columns);
  if (kept.has(key)) return;
  const running = making.get(key) ?? inSlices(model, scenario, [...new Set(columns)], key);
  making.set(key, running);
  try {
    await running;
  } finally {
    making.delete(key);
  }
}

async function inSlices(
  { lab }: CityModel,
  scenario: LabScenario,
  columns: readonly string[],
  key: string,
): Promise<void> {
  const parts: Ensemble[] = [];
  for (let from = 0; from < ensembleSize; from += slice) {
    await setImmediate();
    parts.push(labEnsemble(lab, scenario, columns, { from, to: Math.min(ensembleSize, from + slice) }));
  }
  keep(key, joinEnsembles(parts));
}

function keyOf({ lab }: CityModel, scenario: LabScenario, columns: readonly string[]): string {
  return `${scenarioText(lab, { ...scenario, name: '' })} ${[...new Set(columns)].sort().join('|')}`;
}

function keep(key: string, made: Ensemble): Ensemble {
  kept.set(key, made);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return made;
}
