import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assessment, assess, methods, type Table } from './index.ts';

const table = (file: string, text: string): Table => {
  const [head = '', ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  return {
    file,
    columns: head.split(','),
    rows: lines.map((line, at) => ({ row: at + 2, cells: line.split(',') })),
  };
};

function run(id: string, codebook: string, data: string, settings: Record<string, string> = {}): Assessment {
  const method = methods.get(id);
  if (method === undefined) throw new Error(`no method ${id}`);
  return assess(
    method,
    table('codebook.csv', codebook),
    table('data.csv', data),
    new Map(Object.entries(settings)),
  );
}

const rules = ({ findings }: Assessment) => findings.map(({ rule }) => rule);
const at = ({ results }: Assessment, unit: string, code: string) =>
  results.find((one) => one.unit === unit && one.code === code);

describe('published worked examples', () => {
  it('gives Nantong 2017 an ecological index of 67.97, grade 良', () => {
    const made = run(
      'ei-hj192-2015',
      'indicator\nbio_abundance\nvegetation\nwater_network\nland_stress\npollution_load',
      `unit,indicator,period,value
      Nantong,bio_abundance,2017,30.59
      Nantong,vegetation,2017,76.93
      Nantong,water_network,2017,93.94
      Nantong,land_stress,2017,6.08
      Nantong,pollution_load,2017,1.48`,
    );
    expect(at(made, 'Nantong', 'EI')?.value).toBe(67.97);
    expect(at(made, 'Nantong', 'EI')?.status).toBe('良');
  });

  it('scores U4SSC categories 56.25 % and 75 %', () => {
    const made = run(
      'u4ssc',
      'indicator,goal,target\na,x,100\nb,x,100\nc,x,100\nd,x,100\ne,y,100\nf,y,100\ng,y,100\nh,y,',
      'unit,indicator,period,value\nk,a,2020,20\nk,b,2020,70\nk,c,2020,99\nk,d,2020,5\nk,e,2020,66\nk,f,2020,95\nk,g,2020,33\nk,h,2020,4',
    );
    expect([at(made, 'k', 'x')?.score, at(made, 'k', 'x')?.status]).toEqual([56.25, '33-66']);
    expect([at(made, 'k', 'y')?.score, at(made, 'k', 'y')?.status]).toEqual([75, '66-95']);
    expect(at(made, 'k', 'h')?.status).toBe('no_benchmark');
  });

  it('forms the green development index of 2016 from its sub-indices', () => {
    const codes = [
      'resource_use',
      'env_governance',
      'env_quality',
      'eco_protection',
      'growth_quality',
      'green_living',
    ];
    const provinces = {
      beijing: [82.92, 98.36, 78.75, 70.86, 93.91, 83.15],
      fujian: [90.32, 80.12, 92.84, 74.78, 74.55, 73.65],
      zhejiang: [85.87, 84.84, 87.23, 72.19, 82.33, 77.48],
    };
    const made = run(
      'green-development-index',
      `indicator\n${codes.join('\n')}`,
      `unit,indicator,period,value\n${Object.entries(provinces)
        .flatMap(([unit, values]) => values.map((value, n) => `${unit},${codes[n]},2016,${value}`))
        .join('\n')}`,
    );
    const published = { beijing: [83.71, 1], fujian: [83.58, 2], zhejiang: [82.61, 3] } as const;
    for (const [unit, [value, rank]] of Object.entries(published)) {
      expect(Math.abs((at(made, unit, 'index')?.score ?? 0) - value)).toBeLessThan(0.011);
      expect(at(made, unit, 'index')?.rank).toBe(rank);
    }
  });

  it('makes the sub-indices of HJ 192-2015 from land cover, water and stress', () => {
    const land = {
      area: '1000',
      forest_wooded: '300',
      forest_shrub: '100',
      farm_paddy: '200',
      farm_dry: '150',
      water_river: '20',
      water_lake: '60',
      water_wetland: '30',
      built_urban: '80',
      built_rural: '60',
      ndvi: '6500',
      river_length: '400',
      lake_area: '60',
      water_resources: '1500',
      water_resources_mean: '1000',
      erosion_severe: '5',
      erosion_medium: '20',
      stress_built: '140',
      pollution_load: '20.0',
    };
    const data = (values: Readonly<Record<string, string>>) =>
      `unit,indicator,period,value\n${Object.entries(values)
        .map(([code, value]) => `N,${code},2017,${value}`)
        .join('\n')}`;
    const codebook = `indicator\n${Object.keys(land).join('\n')}`;
    const made = run('ei-hj192-2015', codebook, data(land));
    // By hand, with the standard's coefficients; 1,500 of 1,000 usual counts 1,000 × (2.4 − 1.5).
    for (const [code, value] of [
      ['bio_abundance', 52.7982552875],
      ['vegetation', 78.7573306],
      ['water_network', 49.0012915189],
      ['land_stress', 8.025481305],
      ['EI', 67.32],
    ] as const)
      expect(made.results.find((one) => one.code === code)?.value, code).toBeCloseTo(
        value,
        code === 'EI' ? 2 : 9,
      );
    expect(made.results.find(({ code }) => code === 'bio_abundance')?.level).toBe('goal');
    // Missing is not zero: a class that is named and has no value leaves its sub-index, and the index, open.
    const open = run('ei-hj192-2015', codebook, data({ ...land, water_lake: '' }));
    expect(open.results.find(({ code }) => code === 'EI')).toMatchObject({
      score: null,
      status: 'insufficient_data',
    });
    const beyond = run('ei-hj192-2015', codebook, data({ ...land, farm_dry: '400' }));
    expect(beyond.findings.map(({ rule }) => rule)).toContain('ei.land-beyond-area');
    const lacking = run('ei-hj192-2015', 'indicator\narea\nndvi\npollution_load', data(land));
    expect(lacking.findings.filter(({ rule }) => rule === 'ei.no-indicator')).toHaveLength(3);
  });

  it('counts what nobody reports as the lowest in the green development index, and shares out what does not apply', () => {
    const data =
      'unit,indicator,period,value,status\nu,a,2016,10,\nv,a,2016,30,\nw,a,2016,20,\nu,b,2016,1,\nv,b,2016,,M\nw,b,2016,3,\nu,c,2016,,O';
    const codebook = 'indicator,goal,direction,weight\na,g,1,3\nb,g,1,2\nc,g,1,1';
    const made = run('green-development-index', codebook, data);
    // a 60, b 60, c 60; a 100 and c 60 without b; a 80, b 100, c 60.
    expect(at(made, 'u', 'index')?.score).toBe(60);
    expect(at(made, 'v', 'index')).toMatchObject({ score: (3 * 100 + 60) / 4, coverage: 1 / 2, rank: 1 });
    expect(at(made, 'w', 'index')?.score).toBeCloseTo((3 * 80 + 2 * 100 + 60) / 6, 12);
    expect(at(made, 'w', 'c')).toMatchObject({ score: 60, status: 'imputed', coverage: 0 });
    expect(at(made, 'v', 'b')).toMatchObject({ status: 'not_applicable', coverage: null });
  });

  it('judges Linyi as its table does', () => {
    const made = run(
      'threshold',
      'indicator,target,direction\nhb,1.7,>\ngdp,1.5,>\nnoise,60,<\nwater,100,>=',
      'unit,indicator,period,value\nL,hb,2006,2.06\nL,gdp,2006,1.44\nL,gdp,2007,1.67\nL,noise,2006,54.0\nL,water,2006,100',
    );
    const status = (code: string, period: string) =>
      made.results.find((one) => one.code === code && one.period === period)?.status;
    expect([
      status('gdp', '2006'),
      status('gdp', '2007'),
      status('noise', '2006'),
      status('water', '2006'),
    ]).toEqual(['not_met', 'met', 'met', 'met']);
    expect(status('hb', '2007')).toBe('not_shown');
  });
});

describe('the SDG Index', () => {
  const codebook = 'indicator,goal,best,worst\na,1,100,0\nb,1,0,50\nc,2,10,0';
  const data =
    'unit,group,indicator,period,value\nu,g,a,2019,50\nu,g,b,2019,25\nu,g,c,2019,5\nv,g,a,2019,80\nv,g,b,2019,10\nw,g,a,2019,10\nw,g,b,2019,10\nw,g,c,2019,2';

  it('takes the mean of the group for a missing goal, for the index only', () => {
    const made = run('sdsn-2019', codebook, data, { impute: 'group', 'max-missing': '0.4' });
    expect(at(made, 'v', '2')?.score).toBeNull();
    expect(at(made, 'v', 'index')).toMatchObject({ score: (80 + 35) / 2, status: 'partly_imputed' });
    const plain = run('sdsn-2019', codebook, data, { 'max-missing': '0.4' });
    expect(at(plain, 'v', 'index')?.score).toBe(80);
    expect(rules(plain)).toContain('sdsn.goal-missing');
  });

  it('gives no index to a unit of which more than a fifth is missing, unless it does not apply', () => {
    const made = run('sdsn-2019', codebook, data);
    expect(at(made, 'v', 'index')).toMatchObject({ score: null, rank: null, status: 'insufficient_data' });
    const declared = run(
      'sdsn-2019',
      codebook,
      `${data.replace('period,value', 'period,value,status').replaceAll(/(\d)\n/g, '$1,\n')},\nv,g,c,2019,,M`,
    );
    expect(at(declared, 'v', 'c')?.status).toBe('not_applicable');
    expect(at(declared, 'v', 'index')?.score).toBe(80);
  });

  it('takes open bounds from the data: mean of the best five, 2.5th percentile of type 2', () => {
    const values = Array.from({ length: 40 }, (_, n) => `u${n},x,2019,${n + 1}`);
    const made = run(
      'sdsn-2019',
      'indicator,goal,direction\nx,1,ascending',
      `unit,indicator,period,value\n${values.join('\n')}`,
    );
    expect(at(made, 'u39', 'x')?.reasoning?.inputs).toMatchObject({ best: 38, worst: 1.5 });
  });

  it('puts a value on a threshold on the better side', () => {
    const colours = run(
      'sdsn-2019',
      'indicator,goal,best,worst,green,red\nx,1,100,0,80,40',
      'unit,indicator,period,value\na,x,2019,80\nb,x,2019,60\nc,x,2019,40\nd,x,2019,39.9',
    );
    expect(['a', 'b', 'c', 'd'].map((unit) => at(colours, unit, 'x')?.colour)).toEqual([
      'green',
      'yellow',
      'orange',
      'red',
    ]);
  });

  it('draws arrows by the pace that leads to green by 2030', () => {
    const series = (unit: string, from: number, to: number) => `${unit},x,2014,${from}\n${unit},x,2019,${to}`;
    const made = run(
      'sdsn-2019',
      'indicator,goal,best,worst,green,red\nx,1,100,0,80,40',
      `unit,indicator,period,value\n${series('down', 50, 49)}\n${series('flat', 50, 51)}\n${series('half', 50, 56)}\n${series('pace', 50, 61)}\n${series('kept', 90, 85)}`,
    );
    expect(['down', 'flat', 'half', 'pace', 'kept'].map((unit) => at(made, unit, 'x')?.trend)).toEqual([
      '↓',
      '→',
      '➚',
      '↑',
      '↑',
    ]);
  });

  const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 12 });
  it('does not depend on units of measure, on the sign of the scale, or on the order of rows', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 8 }), (list, factor) => {
        const score = (turn: (v: number) => number, order: (rows: string[]) => string[] = (rows) => rows) => {
          const rows = order(list.map((value, n) => `u${n},x,2019,${turn(value)}`));
          const made = run(
            'sdsn-2019',
            `indicator,goal,best,worst\nx,1,${turn(500)},${turn(-500)}`,
            `unit,indicator,period,value\n${rows.join('\n')}`,
          );
          return list.map((_, n) => at(made, `u${n}`, 'index')?.score ?? null);
        };
        const own = score((v) => v);
        expect(score((v) => v * 2 ** factor)).toEqual(own);
        expect(score((v) => -v)).toEqual(own);
        expect(
          score(
            (v) => v,
            (rows) => rows.toReversed(),
          ),
        ).toEqual(own);
      }),
      { numRuns: 30 },
    );
  });

  it('does not take missing for zero', () => {
    const made = run(
      'sdsn-2019',
      codebook,
      'unit,indicator,period,value\nu,a,2019,\nu,b,2019,25\nu,c,2019,0',
      { 'max-missing': '0.5' },
    );
    expect(at(made, 'u', '1')?.score).toBe(50);
    expect(at(made, 'u', 'a')).toMatchObject({ score: null, status: 'missing', coverage: 0 });
    expect(at(made, 'u', 'c')?.score).toBe(0);
  });
});

const fullCodebook = `indicator,goal,parent,best,worst,green,red,direction,target,target_year,base_year,limit,weight
a,1,,100,0,80,40,ascending,90,2030,2015,100,1
b,1,,0,50,10,30,descending,5,2030,2015,,1
c,2,,10,0,8,4,ascending,9,2030,2015,,1`;
const years = [2015, 2018, 2021];
const fullData = `unit,group,indicator,period,value,status\n${['u', 'v', 'w']
  .flatMap((unit, n) =>
    years.flatMap((year, y) =>
      [`a`, 'b', 'c'].map((code, i) => `${unit},g,${code},${year},${5 + n * 3 + y + i},`),
    ),
  )
  .join('\n')}`;
const general = [...methods.keys()].filter((id) => id !== 'hdi' && id !== 'ei-hj192-2015');

/** Every number of a result is one: no NaN, no infinity. */
function expectNumbers({ results }: Assessment): void {
  for (const one of results)
    for (const value of [one.value, one.score, one.rank, one.coverage])
      if (value !== null) expect(Number.isFinite(value), JSON.stringify(one)).toBe(true);
}

describe.each(general)('method %s on bad input', (id) => {
  it('judges a clean table without an error', () => {
    const made = run(id, fullCodebook, fullData);
    expect(made.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(made.results.length).toBeGreaterThan(0);
    expectNumbers(made);
  });

  it('says which column is missing', () => {
    const made = run(id, fullCodebook, fullData.replace('value', 'worth'));
    expect(made.ran).toBe(false);
    expect(made.findings.find(({ rule }) => rule === 'column.missing')?.what).toContain('column value');
    expect(run(id, 'code_of\na', fullData).ran).toBe(false);
  });

  it('tells duplicate rows and uses neither of two values', () => {
    const made = run(id, fullCodebook, `${fullData}\nu,g,a,2021,99,`);
    expect(rules(made)).toContain('data.duplicate');
    expectNumbers(made);
  });

  it('tells an unknown direction', () => {
    const made = run(id, fullCodebook.replace('ascending', 'sideways'), fullData);
    expect(made.findings.find(({ rule }) => rule === 'codebook.unknown-direction')?.where).toMatchObject({
      row: 2,
    });
    expectNumbers(made);
  });

  it('tells an indicator of which every value is missing, and one unit alone breaks nothing', () => {
    const empty = run(id, fullCodebook, fullData.replaceAll(/,c,(\d+),\d+/g, ',c,$1,'));
    expect(rules(empty)).toContain('data.all-missing');
    expectNumbers(empty);
    expectNumbers(
      run(
        id,
        fullCodebook,
        fullData
          .split('\n')
          .filter((line) => !/^[vw],/.test(line))
          .join('\n'),
      ),
    );
  });

  it('survives zeros, equal values, changes of sign, text, and a target in the past', () => {
    for (const value of ['0', '7', '-3', '1e300', '-1e300', 'abc', '']) {
      const same = run(id, fullCodebook, fullData.replaceAll(/,(\d{4}),\d+,/g, `,$1,${value},`));
      expectNumbers(same);
      expectNumbers(run(id, fullCodebook, fullData.replaceAll(/,2021,\d+,/g, `,2021,${value},`)));
    }
    expectNumbers(run(id, fullCodebook.replaceAll('2030', '2017'), fullData));
    expectNumbers(run(id, fullCodebook.replaceAll('2030', '2010'), fullData));
    expectNumbers(run(id, fullCodebook.replaceAll('100,0', '50,50'), fullData));
  });
});

describe('what a method cannot judge is told', () => {
  it('zero range, one unit, and negative values in a geometric mean', () => {
    expect(rules(run('sdsn-2019', fullCodebook.replace('100,0', '50,50'), fullData))).toContain(
      'bounds.zero-range',
    );
    const one = fullData
      .split('\n')
      .filter((line) => !/^[vw],/.test(line))
      .join('\n');
    const alone = run('composite', fullCodebook, one);
    expect(alone.findings.find(({ rule }) => rule === 'composite.zero-range')?.why).toContain(
      'only one unit',
    );
    const negative = run('composite', fullCodebook, fullData, {
      normalise: 'zscore',
      low: '0',
      high: '1',
      aggregate: 'geometric',
    });
    expect(rules(negative)).toContain('composite.no-mean');
  });

  it('a target in the past, and one before its base', () => {
    expect(rules(run('statcan', fullCodebook.replaceAll('2030', '2017'), fullData))).toContain(
      'target.in-the-past',
    );
    expect(rules(run('statcan', fullCodebook.replaceAll('2030', '2010'), fullData))).toContain(
      'target.before-base',
    );
  });

  it('settings that are not known', () => {
    const made = run('composite', fullCodebook, fullData, { normalise: 'best', speed: '9' });
    expect(made.ran).toBe(false);
    expect(rules(made)).toEqual(['setting.unknown', 'setting.unknown']);
  });

  it('indicators that the Human Development Index needs', () => {
    expect(rules(run('hdi', 'indicator\nle\neys', 'unit,indicator,period,value\nu,le,2020,70'))).toEqual(
      expect.arrayContaining(['hdi.no-indicator']),
    );
  });
});
