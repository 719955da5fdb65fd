import { type CityModel, type LabScenario, labEnsemble, scenarioText } from '../../simulate/index.ts';

type Ensemble = ReturnType<typeof labEnsemble>;

/** Ensembles that readers asked for last: one costs some hundred runs. */
const kept = new Map<string, Ensemble>();
const mostKept = 24;

/** The ensemble around a scenario, for the columns that are shown. */
export function ensembleOf(model: CityModel, scenario: LabScenario, columns: readonly string[]): Ensemble {
  const key = `${scenarioText(model.lab, { ...scenario, name: '' })} ${[...new Set(columns)].sort().join('|')}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const made = labEnsemble(model.lab, scenario, [...new Set(columns)]);
  kept.set(key, made);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return made;
}
