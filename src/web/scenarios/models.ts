import { sha256 } from '../../figures/index.ts';
import { modelFilesOf } from '../../intake/index.ts';
import { findingText } from '../../model/index.ts';
import { type CityModel, openCityModel } from '../../simulate/index.ts';

/** Models by city: a model is fixed by its files, which do not change while a server runs. */
const opened = new Map<string, CityModel | null>();

/**
 * The model of a place; null when none is kept for it.
 *
 * @throws Error when a model is kept but cannot be used: its files are part of the product
 */
export function modelOf(city: string): CityModel | null {
  const known = opened.get(city);
  if (known !== undefined) return known;
  const files = modelFilesOf(city);
  const outcome = files === null ? null : openCityModel(files, sha256);
  if (outcome !== null && !outcome.ok)
    throw new Error(`the model of ${city} cannot be used: ${outcome.findings.map(findingText).join('; ')}`);
  const model = outcome === null ? null : outcome.value;
  // An address may name any city: only places that have a model are remembered.
  if (model !== null) opened.set(city, model);
  return model;
}

/** Whether a place has a model, without opening it. */
export function hasModel(city: string): boolean {
  return opened.has(city) || modelFilesOf(city) !== null;
}
