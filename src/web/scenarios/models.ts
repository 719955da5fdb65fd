import { hasScenarios, scenarioBookOf } from '../../review/index.ts';
import type { CityModel } from '../../simulate/index.ts';
import type { Catalogue } from '../catalogue.ts';

/** The model of a place; null when none is kept for it. */
export function modelOf({ place }: Catalogue): CityModel | null {
  return scenarioBookOf(place.workspace)?.model ?? null;
}

/** Whether a place has a model, without opening it. */
export function hasModel({ place }: Catalogue): boolean {
  return hasScenarios(place.workspace);
}
