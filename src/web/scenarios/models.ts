import { hasScenarios, scenarioBookOf } from '../../review/index.ts';
import type { CityModel } from '../../simulate/index.ts';

/** The model of a place; null when none is kept for it. */
export function modelOf(city: string): CityModel | null {
  return scenarioBookOf(city)?.model ?? null;
}

/** Whether a place has a model, without opening it. */
export const hasModel = hasScenarios;
