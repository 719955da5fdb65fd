import { type Calibration, type CityModel, calibrate } from '../../simulate/index.ts';

/** Fits by model: one costs some thousand runs and depends on the model's files alone. */
const kept = new Map<string, Calibration>();

/** The model fitted anew to what was measured of its place; null where nothing was measured. */
export function fitOfModel({ sheet, history, lab }: CityModel): Calibration | null {
  if (history.observations.length === 0) return null;
  const known = kept.get(sheet.hash);
  if (known !== undefined) return known;
  const made = calibrate(
    lab.runner,
    history.parameters,
    history.observations.map(({ variable, time, value, held = false }) => ({ variable, time, value, held })),
  );
  kept.set(sheet.hash, made);
  return made;
}
