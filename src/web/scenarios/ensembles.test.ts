import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { labEnsemble, openCityModel } from '../../simulate/index.ts';
import { ensembleOf, readyEnsemble } from './ensembles.ts';

const read = (file: string) => ({
  file,
  text: readFileSync(new URL(`../../../models/${file}`, import.meta.url), 'utf8'),
});

function opened() {
  const outcome = openCityModel(
    {
      city: 'shanghai',
      model: read('circular-economy-city.xmile'),
      place: read('circular-economy-city.shanghai.json'),
      words: read('circular-economy-city.words.json'),
    },
    (text) => createHash('sha256').update(text).digest('hex'),
  );
  if (!outcome.ok) throw new Error(outcome.findings.map(({ what }) => what).join('; '));
  return outcome.value;
}

it('an ensemble made ready in slices is the one made at once, and others are answered meanwhile', async () => {
  const model = opened();
  const scenario = { name: '', seed: 7, values: {} };
  const columns = ['DMC', 'waste_collected'].filter((column) => model.lab.variableOf(column) !== undefined);
  let turns = 0;
  let done = false;
  const turn = (): void => {
    turns += 1;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  // Two who ask at the same time wait for one.
  await Promise.all([
    readyEnsemble(model, scenario, columns),
    readyEnsemble(model, scenario, [...columns].reverse()),
  ]);
  done = true;
  expect(turns).toBeGreaterThanOrEqual(8);
  const ready = ensembleOf(model, scenario, columns);
  const whole = labEnsemble(model.lab, scenario, columns);
  expect([...ready.values]).toEqual([...whole.values]);
  expect([...ready.samples]).toEqual([...whole.samples]);
  expect(ensembleOf(model, scenario, columns)).toBe(ready);
});
