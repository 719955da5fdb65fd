import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWorkspace } from '../../intake/index.ts';
import { auditData, type DataContext, type DataRow, namesOf, told } from '../index.ts';

const row = (fields: Partial<DataRow>): DataRow => ({
  indicator: 'forest',
  area: 'city',
  period: '2020',
  breakdown: {},
  value: '19.4',
  unit: '%',
  status: 'A',
  file: 'observations/forest.csv',
  row: 2,
  ...fields,
});

const rules = (rows: readonly DataRow[], context: DataContext = {}): string[] =>
  auditData(rows, context).map(({ rule }) => rule);

/** A yearly series from `first`, one value a year, each on its own row. */
const yearly = (values: readonly string[], fields: Partial<DataRow> = {}, first = 2010): DataRow[] =>
  values.map((value, index) => row({ period: String(first + index), value, row: index + 2, ...fields }));

const share: DataContext = {
  indicators: new Map([['forest', { share: true }]]),
  areas: new Map([
    ['city', null],
    ['songjiang', 'city'],
    ['fengxian', 'city'],
    ['jiading', 'city'],
  ]),
};

describe('a finding on records, told to a reader', () => {
  const { workspace } = parseWorkspace(
    Object.entries({
      'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny, zh: 小城 }, kind: city }
  - { id: T1, name: { en: North, zh: 北区 }, kind: district, parent: T }
sources: [{ id: book, title: { en: Book, zh: 年鉴 }, producer: { en: Bureau, zh: 局 }, date: 2022, licence: CC0 }]
dimensions: [{ id: sex, name: { en: Sex, zh: 性别 }, values: [{ id: f, name: { en: women, zh: 女 } }] }]
`,
      'indicators/a.yaml':
        '- { id: pupils, name: { en: Pupils, zh: 学生数 }, unit: "{pupil}", nature: level }\n',
    }).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
  );
  if (workspace === null) throw new Error('the workspace does not read');
  const inWords = (rows: readonly DataRow[], language: 'en' | 'zh') =>
    auditData(rows, {
      areas: new Map([
        ['T', null],
        ['T1', 'T'],
      ]),
    }).map((finding) => {
      const { message, places } = told(finding, language, namesOf(workspace));
      return [message, places[0]?.text];
    });
  const pupils = (fields: Partial<DataRow>) =>
    row({ indicator: 'pupils', area: 'T1', unit: '{pupil}', ...fields });

  test('names area, indicator, group and period in the language of the reader', () => {
    const twice = [
      pupils({ breakdown: { sex: 'f' } }),
      pupils({ breakdown: { sex: 'f' }, value: '20', row: 9 }),
    ];
    expect(inWords(twice, 'en')).toEqual([
      ['Pupils, women (North, 2020) has two values: 19.4 and 20', 'Pupils, women (North, 2020): value 19.4'],
    ]);
    expect(inWords(twice, 'zh')).toEqual([
      ['学生数，女（北区，2020 年）有两个数值：19.4 与 20', '学生数，女（北区，2020年）：数值 19.4'],
    ]);
    expect(inWords([pupils({ area: 'T2' })], 'zh')[0]?.[0]).toBe('没有区域“T2”；可能为：T（小城）');
    const hole = ['2015', '2016', '2018', '2019'].map((period, at) => pupils({ period, row: at + 2 }));
    expect(inWords(hole, 'zh')[0]?.[0]).toBe('学生数（北区）：序列缺少 2017 年');
    expect(inWords(hole, 'en')[0]?.[0]).toBe('Pupils (North): 2017 missing from the series');
  });

  test('keeps its codes in the values that programs read, and its id', () => {
    const [finding] = auditData([pupils({ area: 'T2' })], { areas: new Map([['T1', null]]) });
    if (finding === undefined) throw new Error('an unknown area is a finding');
    const { id, values } = told(finding, 'zh', namesOf(workspace));
    expect([id, values.likely]).toEqual([finding.id, 'T1']);
  });
});

describe('the six slips that indicator platforms let pass', () => {
  test('text for a number', () => {
    const [finding] = auditData([row({ value: 'about 19' })], share);
    expect(finding).toMatchObject({
      rule: 'data.text',
      places: [{ file: 'observations/forest.csv', line: 2 }],
    });
  });

  test('one cell with two values', () => {
    expect(rules([row({}), row({ value: '18.2', row: 9 })], share)).toEqual(['data.duplicate']);
  });

  test('an impossible percentage', () => {
    expect(rules([row({ value: '140000' })], share)).toEqual(['data.impossible']);
    expect(rules([row({ value: '140000' })])).toEqual(['data.impossible']);
  });

  test('a year that is none', () => {
    expect(rules([row({ period: '20205' })], share)).toEqual(['data.period']);
  });

  test('a misspelt area, with the one that is meant', () => {
    const [finding] = auditData([row({ area: 'songjaing' })], share);
    expect(finding).toMatchObject({ rule: 'data.area', values: { likely: 'songjiang' } });
  });

  test('a missing year', () => {
    const series = yearly(['15.0', '15.9', '16.2', '17.1']).filter(({ period }) => period !== '2012');
    expect(auditData(series, {})[0]).toMatchObject({ rule: 'data.hole', values: { years: '2012' } });
  });
});

test('a year of which a row says that there is no value is no hole', () => {
  const series = yearly(['15.0', '15.9', '16.2', '17.1', '17.4']);
  const said = series.map((one) => (one.period === '2012' ? { ...one, value: null, status: 'L' } : one));
  expect(rules(said)).toEqual([]);
  // Only of its own series, and only of that year.
  const other = said.map((one) => (one.period === '2012' ? { ...one, breakdown: { sex: 'f' } } : one));
  expect(rules(other)).toEqual(['data.hole']);
  const two = said.filter(({ period }) => period !== '2013');
  expect(auditData(two, {}).map(({ rule, values }) => [rule, values.years])).toEqual([['data.hole', '2013']]);
});

describe('one slip', () => {
  const series = () => yearly(['13.1', '13.9', '14.2', '15.0', '15.3', '16.2', '16.6']);
  test.each([
    ['a value above the whole', { value: '162' }, 'data.impossible'],
    ['a number with a decimal comma', { value: '15,3' }, 'data.text'],
    ['a misspelt year', { period: '20145' }, 'data.period'],
    ['a misspelt area', { area: 'cty' }, 'data.area'],
  ])('of %s is told once', (_, fields, rule) => {
    const rows = series().map((one, at) => (at === 4 ? { ...one, ...fields } : one));
    expect(rules(rows, share)).toEqual([rule]);
  });

  test('of a decimal comma is told with the number that is meant', () => {
    expect(auditData([row({ value: '15,3 %' })], share)[0]).toMatchObject({ values: { likely: '15.3' } });
    expect(auditData([row({ value: '1,530' })], share)[0]).toMatchObject({ values: { likely: '1530' } });
  });
});

describe('a series that was computed', () => {
  const grown = (places: number) =>
    yearly(Array.from({ length: 8 }, (_, at) => (13.1 * 1.04 ** at).toFixed(places)));
  test('by one ratio is told although it was rounded, if enough digits are left', () => {
    expect(rules(grown(4))).toEqual(['data.regular']);
    expect(rules(grown(1))).toEqual([]);
  });
});

describe('totals', () => {
  const waste = { indicator: 'waste', unit: 't' };
  test('that do not add up over a breakdown', () => {
    const rows = [
      row({ ...waste, value: '100' }),
      row({ ...waste, breakdown: { class: 'wet' }, value: '60', row: 3 }),
      row({ ...waste, breakdown: { class: 'dry' }, value: '50', row: 4 }),
    ];
    expect(auditData(rows, {})[0]).toMatchObject({ rule: 'data.sum', values: { sum: '110', gap: '10' } });
  });

  test('of what is measured and large may miss by the last digit; of what is counted, never', () => {
    const held = (unit: string) =>
      rules([
        row({ indicator: 'power', unit, value: '189357' }),
        row({ indicator: 'power', unit, breakdown: { source: 'wind' }, value: '100001', row: 3 }),
        row({ indicator: 'power', unit, breakdown: { source: 'sun' }, value: '89355', row: 4 }),
      ]);
    expect(held('MWh')).toEqual([]);
    expect(held('{plant}')).toEqual(['data.sum']);
  });

  test('that miss by chance, as wages of groups do, are no sums', () => {
    const wages = ['2013', '2014', '2015', '2016'].flatMap((period, at) => [
      row({ indicator: 'wage', unit: 'GBP', period, value: String(300 + 10 * at), row: at + 2 }),
      row({ indicator: 'wage', unit: 'GBP', period, value: '235', breakdown: { sex: 'f' }, row: at + 12 }),
      row({ indicator: 'wage', unit: 'GBP', period, value: '90', breakdown: { sex: 'm' }, row: at + 22 }),
    ]);
    expect(rules(wages).filter((rule) => rule === 'data.sum')).toEqual([]);
  });

  test('of which one group alone comes near, as wages do, are no sums', () => {
    const wages = (from: string) =>
      ['2013', '2014', '2015', '2016'].flatMap((period, at) => [
        row({ indicator: 'wage', unit: 'GBP', period, value: String(900 + 10 * at), row: at + 2 }),
        row({ indicator: 'wage', unit: 'GBP', period, value: '940', breakdown: { sex: 'm' }, row: at + 12 }),
        ...(period < from
          ? [
              row({
                indicator: 'wage',
                unit: 'GBP',
                period,
                value: '755',
                breakdown: { sex: 'f' },
                row: at + 22,
              }),
            ]
          : []),
      ]);
    // Of 2016 there are men only, and they earn nearly what everybody does.
    expect(rules(wages('2016'))).not.toContain('data.sum');
    // Where parts add up elsewhere, a part above its whole is told though the others are not there.
    const amounts = ['2013', '2014', '2015', '2016'].flatMap((period, at) => [
      row({ ...waste, period, value: String(100 + 7 * at * at), row: at + 2 }),
      row({ ...waste, period, value: '60', breakdown: { class: 'wet' }, row: at + 12 }),
      row({ ...waste, period, value: String(40 + 7 * at * at), breakdown: { class: 'dry' }, row: at + 22 }),
    ]);
    const alone = amounts
      .filter(({ period, breakdown }) => period !== '2015' || breakdown.class !== 'wet')
      .map((each) => (each.row === 24 ? { ...each, value: '129' } : each));
    expect(rules(amounts)).toEqual([]);
    expect(rules(alone)).toContain('data.sum');
  });

  test('parts that add up nowhere were never parts', () => {
    const rows = ['2015', '2016', '2017'].flatMap((period, at) => [
      row({ ...waste, period, value: '2', row: at * 3 + 2 }),
      row({ ...waste, period, breakdown: { class: 'A' }, value: '1', row: at * 3 + 3 }),
      row({ ...waste, period, breakdown: { class: 'B' }, value: '3', row: at * 3 + 4 }),
    ]);
    expect(rules(rows)).not.toContain('data.sum');
    const declared = { indicators: new Map([['waste', { unit: 't', additive: true }]]) };
    expect(rules(rows, declared).filter((rule) => rule === 'data.sum')).toHaveLength(3);
  });

  test('rounded parts may miss by their rounding', () => {
    const rows = [
      row({ ...waste, value: '1.0' }),
      row({ ...waste, breakdown: { class: 'a' }, value: '0.3', row: 3 }),
      row({ ...waste, breakdown: { class: 'b' }, value: '0.3', row: 4 }),
      row({ ...waste, breakdown: { class: 'c' }, value: '0.3', row: 5 }),
    ];
    expect(rules(rows)).toEqual([]);
  });

  test('districts against the city', () => {
    const rows = ['city', 'songjiang', 'fengxian', 'jiading'].map((area, index) =>
      row({ ...waste, area, value: ['90', '30', '30', '31'][index] ?? null, row: index + 2 }),
    );
    expect(rules(rows, share)).toEqual(['data.sum']);
    const incomplete = rows.filter(({ area }) => area !== 'jiading');
    expect(rules(incomplete, share)).toEqual(['data.coverage']);
  });

  test('a rate of the city lies between those of its districts', () => {
    const rows = ['city', 'songjiang', 'fengxian', 'jiading'].map((area, index) =>
      row({ area, value: ['40', '20', '22', '25'][index] ?? null, row: index + 2 }),
    );
    expect(rules(rows, share)).toEqual(['data.mean']);
  });

  test('any parts that sum to their total are silent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 }),
        (parts) => {
          const total = parts.reduce((sum, part) => sum + part, 0);
          const rows = [
            row({ ...waste, value: String(total) }),
            ...parts.map((part, index) =>
              row({ ...waste, breakdown: { class: `c${index}` }, value: String(part), row: index + 3 }),
            ),
          ];
          expect(rules(rows)).toEqual([]);
          const declared = { indicators: new Map([['waste', { unit: 't', additive: true }]]) };
          const wrong = [row({ ...waste, value: String(total + 1) }), ...rows.slice(1)];
          expect(rules(wrong, declared)).toEqual(['data.sum']);
        },
      ),
    );
  });
});

describe('below zero', () => {
  const tonnes = (values: readonly string[], indicator = 'waste') =>
    rules(yearly(values, { indicator, unit: 't' })).filter((rule) => rule === 'data.impossible');
  test('no amount is, where its indicator is none anywhere else', () => {
    expect(tonnes(['410.5', '402.1', '-398.7', '377.2'])).toEqual(['data.impossible']);
  });

  test('a balance and a change may be', () => {
    expect(tonnes(['410.5', '402.1', '-398.7', '377.2'], 'net_emissions')).toEqual([]);
    expect(tonnes(['41.5', '-40.1', '-38.7', '37.2'])).toEqual([]);
    expect(rules([row({ indicator: 'gdp', unit: '{Annual growth rate}', value: '-1.7' })])).toEqual([]);
  });
});

describe('series', () => {
  test('that stay on a new level to their end have one break, not several outliers', () => {
    const values = ['5.11', '5.02', '4.93', '5.05', '4.98', '5.07', '4.91', '5.03', '0.55', '0.51', '0.56'];
    expect(rules(yearly(values, { unit: 'd' }))).toEqual(['data.break']);
  });

  test('a lost power of ten', () => {
    const [finding] = auditData(yearly(['15.0', '15.9', '162', '17.1', '18.0', '18.4', '19.3']), {});
    expect(finding).toMatchObject({
      rule: 'data.outlier',
      values: { period: '2012', reason: '@reason.magnitude' },
    });
  });

  test('a break that is not marked, and one that is', () => {
    const values = ['10', '11', '10', '30', '31', '30', '31'];
    expect(rules(yearly(values, { unit: 'km' }))).toEqual(['data.break']);
    const marked = yearly(values, { unit: 'km' }).map((one) =>
      one.period === '2013' ? { ...one, status: 'B' } : one,
    );
    expect(rules(marked)).toEqual([]);
  });

  test('exactly equal steps', () => {
    expect(rules(yearly(['10', '12', '14', '16', '18']))).toEqual(['data.regular']);
  });

  test('an honest series is silent', () => {
    expect(rules(yearly(['15.0', '15.9', '16.2', '17.1', '18.0', '18.4', '19.3']))).toEqual([]);
  });

  test('another unit, too many decimals, an old end', () => {
    expect(
      rules(yearly(['1', '2', '4', '7']).map((one) => (one.period === '2012' ? { ...one, unit: 't' } : one))),
    ).toEqual(['data.unit']);
    expect(rules(yearly(['15.0', '15.9', '16.2333333', '17.1']))).toEqual(['data.precision']);
    expect(rules(yearly(['15.0', '15.9', '16.2', '17.1']), { asOf: '2022-10-31' })).toEqual(['data.stale']);
  });
});

test('provisional values published as final', () => {
  expect(rules([row({ status: 'P' })], { final: true })).toEqual(['data.provisional']);
  expect(rules([row({ status: 'P' })], {})).toEqual([]);
});

test('an empty cell needs a reason; a missing one is no zero', () => {
  expect(rules([row({ value: null })])).toEqual(['data.empty']);
  expect(rules([row({ value: null, status: 'L' })])).toEqual([]);
  expect(rules([row({ value: '0', status: 'L' })])).toEqual(['data.missing']);
});

test('never fails, whatever the rows', () => {
  const text = fc.string({ maxLength: 8 });
  const any = fc.record({
    indicator: fc.constantFrom('a', 'b'),
    area: fc.constantFrom('city', 'songjiang', 'x', '__proto__'),
    period: fc.oneof(fc.constantFrom('2019', '2020', '2021', 'undated'), text),
    breakdown: fc.oneof(fc.constant({}), fc.constantFrom({ sex: 'f' }, { sex: 'm' })),
    value: fc.oneof(fc.integer().map(String), text, fc.constant(null), fc.constant('1e999')),
    unit: fc.constantFrom('%', 't', ''),
    status: fc.constantFrom('A', 'P', 'L', '?'),
    file: fc.constant('f.csv'),
    row: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 40 }), (rows) => {
      expect(auditData(rows, share)).toEqual(auditData(rows, share));
    }),
  );
});
