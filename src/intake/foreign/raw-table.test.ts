import { expect, it } from 'vitest';
import { rawTables } from './raw-table.ts';
import { guessMapping, tablePlace } from './table-place.ts';

/** Tables as their makers publish them, shortened: the first value that becomes of each, and how its columns are read. */
const tables: readonly (readonly [maker: string, text: string, first: Readonly<Record<string, string>>])[] = [
  [
    'World Bank',
    '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-06-28",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","2021","2022",\n"China","CHN","CO2 emissions","EN.ATM.CO2E.PC","7.1","",\n',
    { id: 'CO2 emissions', Year: '2021', Value: '7.1', GeoCode: 'CHN', SOURCE_ROW: '6' },
  ],
  [
    'Our World in Data',
    'Entity,Code,Year,Annual CO₂ emissions\nChina,CHN,1990,2484854980\n',
    { id: 'Annual CO₂ emissions', Year: '1990', Value: '2484854980', GeoCode: 'CHN', SOURCE_ROW: '2' },
  ],
  [
    'Eurostat',
    'freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \nA,PC,DE\t19.1 \t19.2 e\n',
    { id: 'T', Year: '2020', Value: '19.1', Units: 'PC', GeoCode: 'DE', SOURCE_ROW: '2' },
  ],
  [
    'a Chinese yearbook',
    '2-1 各区常住人口（2020-2022年）,,,,\n单位：万人,,,,\n地 区,2020年,2021年,2022年,年均增长（%）\n全 市,2488.2,2489.4,2475.9,-0.2\n浦东新区,568.2,576.8,578.2,0.9\n',
    { id: '各区常住人口', Year: '2020年', Value: '2488.2', Units: '万人', GeoCode: '', SOURCE_ROW: '4' },
  ],
];

it.each(tables)('reads a table of %s without being told how', (_, text, first) => {
  const [table] = rawTables('x.csv', new TextEncoder().encode(text));
  if (table === undefined) throw new Error('a text is one table');
  const read = tablePlace(table, guessMapping(table), 'T');
  const [series] = typeof read === 'string' ? [] : read.series;
  const [row] = series?.rows ?? [];
  const named = Object.fromEntries((series?.columns ?? []).map((name, at) => [name, row?.[at]]));
  expect({ id: series?.id, ...named }).toMatchObject(first);
  // Nothing is taken for a group that is none.
  expect(
    series?.columns.filter((name) => !/^(?:Year|Value|Units|GeoCode|Area name|SOURCE_ROW)$/.test(name)),
  ).toEqual([]);
});

it('keeps the lines of the file, whatever stands above the head and within cells', () => {
  const [table] = rawTables(
    'x.csv',
    new TextEncoder().encode('\n\nYear,Note,Value\n2020,"a\nb",1\n\n2021,,2\n'),
  );
  expect(table?.rows.map((row) => row.join('|'))).toEqual([
    '',
    '',
    'Year|Note|Value',
    '2020|a\nb|1',
    '',
    '',
    '2021||2',
  ]);
});
