import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { compare, decimal } from '../model/index.ts';
import { readCatalogue, readStandard } from './index.ts';

/** What others hold of the standards, beside the repository: nothing of it may be lacking in what is shipped. */
const beside = new URL('../../../shared/data/', import.meta.url);
const present = existsSync(beside);
if (!present) console.log('left out: the tables of standards are not beside the repository');
const shipped = new URL('../../frameworks/', import.meta.url);

type Row = Record<string, string>;
const rows = (file: string): Row[] =>
  parse(readFileSync(new URL(file, beside)), { columns: true, bom: true });
const text = (file: string) => readFileSync(new URL(file, shipped), 'utf8');

/** Comparator and value of every threshold that a standard states, whatever kind of rule it stands in. */
function thresholdsOf(file: string): { comparator: string; value: string; name: string }[] {
  const { standard } = readStandard(text(file), file);
  if (standard === null) throw new Error(file);
  return standard.criteria.flatMap((criterion) =>
    criterion.tests.flatMap(({ rule }) => {
      const name = criterion.name.zh;
      if (rule.kind === 'threshold' || rule.kind === 'share')
        return [{ comparator: rule.comparator, value: rule.value, name }];
      if (rule.kind === 'by-attribute')
        return Object.values(rule.values).map((value) => ({ comparator: rule.comparator, value, name }));
      return [];
    }),
  );
}

describe.runIf(present)('shipped standards hold every threshold of the tables they come from', () => {
  it.each([
    ['eco_city_2007.csv', 'eco-city-2007.yaml'],
    ['eco_county_2007.csv', 'eco-county-2007.yaml'],
    ['ecociv_2019_to_check.csv', 'eco-civilisation-2019.yaml'],
    ['ecociv_county_2016_partial.csv', 'eco-civilisation-county-2016.yaml'],
    ['model_city_11th_five_year.csv', 'model-city-11.yaml'],
  ])('%s', (table, file) => {
    const own = thresholdsOf(file);
    const { standard } = readStandard(text(file), file);
    const lacking: string[] = [];
    for (const row of rows(`golden/cn_frameworks/${table}`)) {
      const [op = '', value = '', indicator = ''] = [row.op, row.value, row.indicator];
      if (!/^-?\d+(\.\d+)?$/.test(value)) continue;
      const at = own.findIndex(
        (one) => one.comparator === op && compare(decimal(one.value), decimal(value)) === 0,
      );
      if (at < 0) lacking.push(`${row.no} ${indicator} ${op} ${value}`);
      else own.splice(at, 1);
    }
    expect(lacking).toEqual([]);
    // Whatever was remembered and not read is flagged, test by test.
    const remembered = rows(`golden/cn_frameworks/${table}`).filter(({ prov = '' }) =>
      prov.startsWith('M'),
    ).length;
    const flagged =
      standard?.criteria.flatMap(({ tests }) => tests).filter(({ standing }) => standing === 'to-check')
        .length ?? 0;
    if (remembered > 0) expect(flagged).toBeGreaterThan(0);
  });

  it('names every goal, target and indicator of the global framework, in both languages', () => {
    const { catalogue } = readCatalogue(text('sdg.yaml'), 'sdg.yaml');
    if (catalogue?.kind !== 'goals') throw new Error('no goals');
    const targets = catalogue.goals.flatMap((goal) => goal.targets);
    const indicators = targets.flatMap((target) => target.indicators);
    expect(catalogue.goals.map(({ number }) => number)).toEqual(
      rows('sdg/goals.csv').map(({ goal }) => goal),
    );
    expect(targets.map(({ number }) => number).sort()).toEqual(
      rows('sdg/targets.csv')
        .map(({ target }) => target)
        .sort(),
    );
    expect(indicators.map(({ number }) => number).sort()).toEqual(
      rows('sdg/indicators.csv')
        .map(({ indicator }) => indicator)
        .sort(),
    );
    for (const { number, name } of indicators)
      expect([name.en.trim() === '', /[\u4e00-\u9fff]/.test(name.zh)], number).toEqual([false, true]);
  });

  it('holds the bounds and thresholds of all indicators of the 2019 US Cities Index', () => {
    const { catalogue } = readCatalogue(text('sdsn-us-cities-2019.yaml'), 'x');
    if (catalogue?.kind !== 'codebook') throw new Error('no codebook');
    const published = rows('golden/sdsn_uscities_2019/codebook.csv');
    expect(catalogue.indicators).toHaveLength(published.length);
    const bounds = (best: number, worst: number, green: number) =>
      [best, worst, green].map((n) => n.toPrecision(6)).join(' ');
    expect(
      catalogue.indicators
        .map(({ best, worst, green }) => bounds(Number(best), Number(worst), Number(green)))
        .sort(),
    ).toEqual(
      published
        .map((row) => bounds(Number(row.target_value), Number(row.worst_value), Number(row.to_green)))
        .sort(),
    );
  });
});
