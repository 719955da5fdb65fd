import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import {
  assessStandard,
  type EvidenceBase,
  type PeriodVerdict,
  readCatalogue,
  readStandard,
  type Standard,
} from './index.ts';

const folder = new URL('../../frameworks/', import.meta.url);
const chengdu = new URL('../../../shared/data/chengdu/', import.meta.url);
const present = existsSync(chengdu);
if (!present) console.log('left out: the facts of Chengdu are not beside the repository');

function shipped(file: string): Standard {
  const { standard, findings } = readStandard(readFileSync(new URL(file, folder), 'utf8'), file);
  expect(findings).toEqual([]);
  if (standard === null) throw new Error(file);
  return standard;
}

const files = readdirSync(folder).filter(
  (name) => name.endsWith('.yaml') && /^kind: standard$/m.test(readFileSync(new URL(name, folder), 'utf8')),
);

describe('shipped standards', () => {
  it.each(files)('%s is read without a finding and names everything in both languages', (file) => {
    const standard = shipped(file);
    for (const criterion of standard.criteria)
      for (const { name } of [criterion, ...criterion.tests]) {
        expect(name.en.trim()).not.toBe('');
        expect(name.zh.trim()).not.toBe('');
      }
    const remembered = standard.criteria.some(({ tests }) =>
      tests.some(({ standing }) => standing === 'to-check'),
    );
    if (remembered) expect(standard.status).toBe('to-check');
  });

  it('has 19 indicators and 5 basic conditions in the eco-city standard of 2007', () => {
    const { criteria } = shipped('eco-city-2007.yaml');
    expect(criteria.filter(({ kind }) => kind === 'basic')).toHaveLength(5);
    expect(criteria.filter(({ kind }) => kind !== 'basic')).toHaveLength(19);
  });

  it('refuses a standard that names an undeclared attribute, and tells where', () => {
    const text = readFileSync(new URL('eco-city-2007.yaml', folder), 'utf8').replace(
      'attribute: terrain',
      'attribute: soil',
    );
    const { standard, findings } = readStandard(text, 'x.yaml');
    expect(standard).toBeNull();
    expect(findings[0]?.what).toContain("'soil'");
  });
});

describe('shipped catalogues', () => {
  const others = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !files.includes(name));
  const catalogue = (file: string) => readCatalogue(readFileSync(new URL(file, folder), 'utf8'), file);

  it.each(others)('%s is read without a finding', (file) => {
    expect(catalogue(file).findings).toEqual([]);
  });

  it('hold 17 goals and 169 targets, each named in both languages', () => {
    const { catalogue: sdg } = catalogue('sdg.yaml');
    if (sdg?.kind !== 'goals') throw new Error('no goals');
    const targets = sdg.goals.flatMap((goal) => goal.targets);
    expect([sdg.goals.length, targets.length]).toEqual([17, 169]);
    for (const { name } of [...sdg.goals, ...targets]) expect(name.en !== '' && name.zh !== '').toBe(true);
    for (const { number, indicators } of targets)
      for (const indicator of indicators) expect(indicator.number.startsWith(`${number}.`)).toBe(true);
  });

  it('name only checks that are declared', () => {
    const { catalogue: form } = catalogue('voluntary-local-review.yaml');
    if (form?.kind !== 'review-form') throw new Error('no form');
    const known = new Set(form.checks.map(({ id }) => id));
    for (const { checks } of form.sections) for (const check of checks) expect(known).toContain(check);
  });
});

/** The statements of Chengdu's report as an assessor holds them. */
function chengduEvidence(): EvidenceBase {
  const rows: Record<string, string>[] = parse(readFileSync(new URL('facts.csv', chengdu)), {
    columns: true,
  });
  const series = new Map<string, readonly [string, string | null]>([
    ['farmer-net-income', ['cd.ind1.farmer_income', 'CNY/{person}']],
    ['tertiary-share', ['cd.ind2.tertiary_share', '%']],
    ['energy-per-gdp', ['cd.ind3.energy_gdp', 'tce/10*4/CNY']],
    ['industrial-water', ['cd.ind4a.water_iva', 'm3/10*4/CNY']],
    ['irrigation-coefficient', ['cd.ind4b.irrigation', null]],
    ['cleaner-production', ['cd.ind5.cleaner_production', '%']],
  ]);
  const named = rows.find(({ series_key }) => series_key === 'cd.bc5.named');
  const planned = rows.find(({ series_key }) => series_key === 'cd.bc5.planned');
  return {
    fact: (indicator, period) => {
      const [key, unit] = series.get(indicator) ?? [];
      const row = rows.find(
        (one) => one.series_key === key && one.year_start === period && one.kind === 'level',
      );
      if (key === undefined || row === undefined) return null;
      return {
        value: row.value ?? null,
        unit: unit ?? null,
        standing: (row.note ?? '').includes('provisional') ? 'forecast' : 'present',
      };
    },
    opinion: (test) =>
      test === 'plan-adopted' || test === 'model-city'
        ? { standing: 'shown', evidence: null }
        : test === 'emission-task'
          ? { standing: 'claimed', evidence: null }
          : null,
    parts: (test) =>
      test === 'counties-named'
        ? { total: Number(planned?.value), passing: Number(named?.value), standing: 'present' }
        : null,
    attributes: new Map([['development', 'developed']]),
  };
}

describe.runIf(present)("Chengdu's self-assessment as a careful assessor recomputes it", () => {
  let memory: readonly PeriodVerdict[] | null = null;
  const made = () => {
    memory ??= assessStandard(shipped('eco-city-2007.yaml'), chengduEvidence(), [
      '2012',
      '2013',
      '2014',
    ]).periods;
    return memory;
  };
  const test = (period: string, id: string) => {
    const found = made()
      .find((one) => one.period === period)
      ?.criteria.flatMap(({ tests }) => tests)
      .find((one) => one.test === id);
    if (found === undefined) throw new Error(id);
    return found;
  };
  const reached = [
    'farmer-net-income',
    'tertiary-share',
    'energy-per-gdp',
    'industrial-water',
    'irrigation-coefficient',
    'cleaner-production',
  ];

  it('finds 4, 5 and 6 of 6 measures met in 2012 to 2014, those of 2014 all on provisional data', () => {
    const met = (period: string) => reached.filter((id) => test(period, id).verdict.startsWith('met')).length;
    expect([met('2012'), met('2013'), met('2014')]).toEqual([4, 5, 6]);
    expect(reached.map((id) => test('2014', id).verdict)).toEqual(reached.map(() => 'met_provisional'));
    expect(
      reached.map((id) => test('2012', id).verdict).filter((verdict) => verdict === 'met_provisional'),
    ).toEqual([]);
  });

  it('finds irrigation met only by a prediction without margin', () => {
    const irrigation = test('2014', 'irrigation-coefficient');
    expect(irrigation.margin).toBe('0');
    expect(irrigation.remarks.map(({ kind }) => kind)).toContain('at-the-limit');
    expect([
      test('2012', 'irrigation-coefficient').verdict,
      test('2013', 'irrigation-coefficient').verdict,
    ]).toEqual(['not_met', 'not_met']);
  });

  it('finds energy 3.0 % worse in 2014, and cleaner production below 100 % in 2012', () => {
    expect(
      test('2014', 'energy-per-gdp').remarks.find(({ kind }) => kind === 'worse-than-before')?.text.en,
    ).toContain('3.0 % worse');
    expect(test('2012', 'cleaner-production').verdict).toBe('not_met');
    expect(test('2012', 'cleaner-production').margin).toBe('-2.63');
  });

  it('finds 9 of 14 units named: 64.3 %, not 80 %', () => {
    const named = test('2014', 'counties-named');
    expect(named.verdict).toBe('not_met');
    expect(named.reason.en).toContain('64.3 %');
    expect(named.value?.slice(0, 8)).toBe('64.28571');
  });

  it('calls what the document does not reach not shown, and never met', () => {
    const criteria = made().find(({ period }) => period === '2014')?.criteria ?? [];
    const beyond = criteria.filter(({ criterion }) => Number(criterion.replace('indicator-', '')) >= 6);
    expect(beyond).toHaveLength(14);
    expect(new Set(beyond.map(({ verdict }) => verdict))).toEqual(new Set(['not_shown']));
    expect(criteria.find(({ criterion }) => criterion === 'condition-4')?.verdict).toBe('not_shown');
    expect(criteria.find(({ criterion }) => criterion === 'condition-3')?.verdict).toBe('not_shown');
    expect(made().at(-1)?.verdict).toBe('not_met');
  });
});
