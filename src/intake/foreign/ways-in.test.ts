import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../model/index.ts';
import { importOpenSdg } from '../open-sdg/import.ts';
import type { Repository } from '../open-sdg/repository.ts';
import { parseWorkspace } from '../parse.ts';
import { asRepository } from './as-repository.ts';
import { readForeignTable } from './delimited.ts';
import { dhis2MetadataSchema, dhis2Place, dhis2ValuesSchema } from './dhis2.ts';
import { geoFeatures } from './geo.ts';
import { readSdmx } from './sdmx-in.ts';
import { sdmxPlace } from './sdmx-place.ts';
import { guessMapping, type TableMapping, tablePlace } from './table-place.ts';
import { readXlsx } from './xlsx.ts';

function workspaceOf(repository: Repository): Workspace {
  const { files, account, findings } = importOpenSdg(repository, {
    repository: 'x',
    id: 'place',
    name: { en: 'Place', zh: '' },
  });
  if (account === null) throw new Error(findings.map(({ what }) => what).join('\n'));
  const { workspace, findings: wrong } = parseWorkspace(
    files.filter(({ path }) => !path.startsWith('import/')),
  );
  if (workspace === null) throw new Error(JSON.stringify(wrong));
  return workspace;
}

const said = ({ observations }: Workspace) =>
  observations
    .map(({ indicator, area, period, breakdown, value, unit, status, qualifier }) =>
      [
        indicator,
        area,
        period,
        Object.entries(breakdown).flat().join('='),
        value ?? 'missing',
        unit,
        status,
        qualifier ?? '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    )
    .sort();

const bytes = (text: string) => new TextEncoder().encode(text);
const sdmx = (text: string) => {
  const read = readSdmx(bytes(text));
  if (typeof read === 'string') throw new Error(read);
  return workspaceOf(asRepository(sdmxPlace(read)));
};

const expected = [
  'waste T 2015/2019 -0.5 t A about',
  'waste T 2020 1234567890123456789.01 t A',
  'waste T1 2021-Q3 sex=f missing t O',
];

describe('SDMX messages', () => {
  it('come in as CSV 2.0, with or without labels', () => {
    const csv = `STRUCTURE,STRUCTURE_ID,ACTION,FREQ,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,QUALIFIER
dataflow,X:DF(1.0),I,A,WASTE,T,_T,2020,1234567890123456789.01,T,0,A,
dataflow,X:DF(1.0),I,_O,WASTE,T,_T,2015-01-01/P5Y,-0.5,T,0,A,about
dataflow,X:DF(1.0),I,Q,WASTE,T1,F,2021-Q3,NaN,T,0,O,
`;
    expect(said(sdmx(csv))).toEqual(expected);
    const labelled = csv.replace('SEX,', 'SEX: Sex,').replace(',F,', ',F: Female,');
    const workspace = sdmx(labelled);
    expect(said(workspace)).toEqual(expected);
    expect(workspace.city.dimensions[0]?.values[0]?.name.en).toBe('Female');
  });
  it('come in as structure-specific XML and as generic XML', () => {
    const specific = `<?xml version="1.0"?><m:StructureSpecificData xmlns:m="m" xmlns:c="c"><m:Header><m:Structure><c:StructureUsage>urn:sdmx:x=A:DF(1.0)</c:StructureUsage></m:Structure></m:Header><m:DataSet>
<Series FREQ="A" SERIES="WASTE" REF_AREA="T" SEX="_T"><Obs TIME_PERIOD="2020" OBS_VALUE="1234567890123456789.01" UNIT_MEASURE="T" OBS_STATUS="A"/><Obs TIME_PERIOD="2015-01-01/P5Y" OBS_VALUE="-0.5" UNIT_MEASURE="T" QUALIFIER="about"/></Series>
<Series FREQ="Q" SERIES="WASTE" REF_AREA="T1" SEX="F"><Obs TIME_PERIOD="2021-Q3" UNIT_MEASURE="T" OBS_STATUS="O"/></Series></m:DataSet></m:StructureSpecificData>`;
    expect(said(sdmx(specific))).toEqual(expected);
    const generic = `<m:GenericData xmlns:m="m" xmlns:g="g"><m:DataSet><g:Series><g:SeriesKey><g:Value id="SERIES" value="WASTE"/><g:Value id="REF_AREA" value="T"/></g:SeriesKey><g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="3"/><g:Attributes><g:Value id="UNIT_MEASURE" value="T"/></g:Attributes></g:Obs></g:Series></m:DataSet></m:GenericData>`;
    expect(said(sdmx(generic))).toEqual(['waste T 2020 3 t A']);
  });
  it('come in as JSON 2.0, with the names of codes in both languages', () => {
    const message = {
      data: {
        dataSets: [
          {
            series: {
              '0:0:0': { observations: { 0: ['1234567890123456789.01', 0], 1: ['-0.5', 0, null, 0] } },
              '0:1:1': { observations: { 2: [null, 0, 0] } },
            },
          },
        ],
        structures: [
          {
            dimensions: {
              series: [
                {
                  id: 'SERIES',
                  values: [{ id: 'WASTE', name: 'Waste', names: { en: 'Waste', zh: '垃圾' } }],
                },
                {
                  id: 'REF_AREA',
                  values: [
                    { id: 'T', name: 'Tiny' },
                    { id: 'T1', name: 'North' },
                  ],
                },
                {
                  id: 'SEX',
                  values: [
                    { id: '_T', name: 'total' },
                    { id: 'F', name: 'women', names: { en: 'women', zh: '女' } },
                  ],
                },
              ],
              observation: [
                {
                  id: 'TIME_PERIOD',
                  values: [{ value: '2020' }, { value: '2015-01-01/P5Y' }, { value: '2021-Q3' }],
                },
              ],
            },
            measures: { observation: [{ id: 'OBS_VALUE' }] },
            attributes: {
              observation: [
                { id: 'UNIT_MEASURE', values: [{ id: 'T', name: 't' }] },
                { id: 'OBS_STATUS', values: [{ id: 'O', name: 'missing' }] },
                { id: 'QUALIFIER', values: [{ id: 'about', name: 'about' }] },
              ],
            },
          },
        ],
      },
    };
    const workspace = sdmx(JSON.stringify(message));
    expect(said(workspace)).toEqual(expected);
    expect(workspace.indicators[0]?.name).toEqual({ en: 'Waste', zh: '垃圾' });
    expect(workspace.city.dimensions[0]?.values[0]?.name).toEqual({ en: 'women', zh: '女' });
  });
  it('are refused with what is wrong', () => {
    expect(readSdmx(bytes('a,b\n1,2\n'))).toContain('no OBS_VALUE');
    expect(readSdmx(bytes('{"x":1}'))).toContain('no SDMX-JSON');
    expect(readSdmx(bytes('{"x"'))).toContain('cannot be read');
    expect(readSdmx(bytes('<a/>'))).toContain('no data set');
    expect(readSdmx(bytes('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'))).toContain('document type');
  });
});

describe('SDMX messages as agencies send them', () => {
  it('in CSV with a column of names behind each code, and rows taken back', () => {
    const csv = `STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,SERIES,Series,TIME_PERIOD,Time period,OBS_VALUE,Observation value,UNIT_MEASURE,Unit
dataflow,X:DF(1.0),Waste,I,T,Town,WASTE,Waste collected,2020,,3,,T,Tonnes
dataflow,X:DF(1.0),Waste,D,T,Town,WASTE,Waste collected,2019,,2,,T,Tonnes
`;
    const workspace = sdmx(csv);
    expect(said(workspace)).toEqual(['waste T 2020 3 t A']);
    expect(workspace.indicators[0]?.name.en).toBe('Waste collected');
    expect(workspace.city.dimensions).toEqual([]);
  });
  it('in the lower-case ids of Eurostat, with groups of series', () => {
    const xml = `<m:StructureSpecificData xmlns:m="m"><m:DataSet><Group geo="ES51" UNIT_MULT="3"/>
<Series freq="A" unit="T" geo="ES51" SERIES="WASTE"><Obs TIME_PERIOD="2019" OBS_VALUE="5" OBS_FLAG="b"/></Series></m:DataSet></m:StructureSpecificData>`;
    expect(said(sdmx(xml))).toEqual(['waste ES51 2019 5 10*3.t B']);
  });
  it('in XML 3.0 with attributes of the set and components of text', () => {
    const xml = `<m:StructureSpecificData xmlns:m="m"><m:DataSet><Atts UNIT_MEASURE="T"/>
<Obs SERIES="WASTE" REF_AREA="T" TIME_PERIOD="2022" OBS_VALUE="4"><Comp id="COMMENT_OBS"><Value>street bins too</Value></Comp></Obs></m:DataSet></m:StructureSpecificData>`;
    const workspace = sdmx(xml);
    expect(said(workspace)).toEqual(['waste T 2022 4 t A']);
    expect(workspace.observations[0]?.note).toContain('street bins too');
  });
  it('in JSON with attributes of groups of dimensions and of the set', () => {
    const dimension = (id: string, keyPosition: number, ...ids: string[]) => ({
      id,
      keyPosition,
      values: ids.map((each) => ({ id: each })),
    });
    const message = {
      data: {
        dataSets: [
          {
            attributes: [0],
            dimensionGroupAttributes: { '0::': [0] },
            observations: { '0:0:0': ['7'], '1:0:0': ['8'] },
          },
        ],
        structures: [
          {
            dimensions: {
              observation: [
                dimension('SERIES', 0, 'WASTE', 'WATER'),
                dimension('REF_AREA', 1, 'T'),
                dimension('TIME_PERIOD', 2, '2019'),
              ],
            },
            attributes: {
              dataSet: [{ id: 'UNIT_MULT', values: [{ id: '3' }] }],
              dimensionGroup: [{ id: 'UNIT_MEASURE', values: [{ id: 'T' }] }],
            },
          },
        ],
      },
    };
    expect(said(sdmx(JSON.stringify(message)))[0]).toBe('waste T 2019 7 10*3.t A');
  });
});

describe('a table', () => {
  const long = [
    ['Report 2021'],
    [],
    ['年份', '区县', '指标', '单位', '性别', '数值'],
    ['2020', '松江区', '人口', '人', '女', '1,234'],
    ['2021', '松江区', '人口', '人', '女', '1,300'],
  ];
  it('has its columns guessed, also in Chinese, below a title', () => {
    const mapping = guessMapping({ sheet: null, rows: long });
    expect(mapping).toMatchObject({
      header: 3,
      columns: {
        年份: 'period',
        区县: 'area-name',
        指标: 'indicator',
        单位: 'unit',
        性别: 'breakdown',
        数值: 'value',
      },
    });
    const place = tablePlace({ sheet: null, rows: long }, mapping, 'x');
    if (typeof place === 'string') throw new Error(place);
    const workspace = workspaceOf(asRepository(place));
    expect(workspace.observations).toMatchObject([
      { period: '2020', value: '1234', unit: '{person}', note: expect.stringContaining('SOURCE_ROW: 4') },
      { period: '2021', value: '1300' },
    ]);
    expect(workspace.city.areas.map(({ name }) => name.en)).toContain('松江区');
  });
  it('with years side by side becomes one row a year', () => {
    const wide = [
      ['Area', '2019', '2020', '2021'],
      ['North', '1', '2', '..'],
      ['South', '3', '4', '5'],
    ];
    const mapping: TableMapping = {
      ...guessMapping({ sheet: null, rows: wide }),
      indicator: 'Trees',
      unit: 'number',
    };
    expect(mapping.columns).toEqual({
      Area: 'area-name',
      2019: 'value-of-period',
      2020: 'value-of-period',
      2021: 'value-of-period',
    });
    const place = tablePlace({ sheet: null, rows: wide }, mapping, 'x');
    if (typeof place === 'string') throw new Error(place);
    const { observations } = workspaceOf(asRepository(place));
    expect(observations).toHaveLength(6);
    expect(observations.filter(({ value }) => value === null)).toMatchObject([
      { area: 'North', period: '2021', reason: { en: "the source prints '..'" } },
    ]);
  });
  it('as an office prints it: title, unit above, two rows of header, a total, a part of a row, remarks below', () => {
    const rows = [
      ['附表2 常住人口（2020—2021年）'],
      ['单位：万人'],
      ['地区', '2020年', '', '2021年', ''],
      ['', '合计', '女', '合计', '女'],
      ['合计', '63.8', '31.2', '64.1', '31.4'],
      ['其中：城桥镇', '12.6', '…', '12.9', '6.4'],
      ['注：2020年为普查数。'],
    ];
    const table = { sheet: null, rows };
    const mapping = guessMapping(table);
    expect(mapping).toMatchObject({
      header: 4,
      headerRows: 2,
      indicator: '常住人口',
      unit: '万人',
      columns: { 地区: 'area-name', '2020年 / 合计': 'value-of-period', '2021年 / 女': 'value-of-period' },
    });
    const place = tablePlace(table, mapping, 'x');
    if (typeof place === 'string') throw new Error(place);
    const { observations, city } = workspaceOf(asRepository(place));
    expect(city.areas.map(({ name }) => name.zh || name.en)).toEqual(expect.arrayContaining(['城桥镇']));
    expect(city.areas.some(({ name }) => /合计|其中|注/.test(name.zh + name.en))).toBe(false);
    expect(observations).toHaveLength(8);
    expect(observations.filter(({ area }) => area === city.area)).toMatchObject([
      {
        period: '2020',
        breakdown: {},
        value: '63.8',
        unit: '10*4.{person}',
        note: expect.stringContaining('普查'),
      },
      { period: '2020', value: '31.2' },
      { period: '2021', breakdown: {}, value: '64.1' },
      { period: '2021', value: '31.4' },
    ]);
    expect(observations.filter(({ value }) => value === null)).toHaveLength(1);
  });
  it('with units in brackets behind the names, saved by Chinese Excel', () => {
    // 指标,2020年,2021年 / 供水量（亿立方米）,28.9,29.6 in GBK.
    const gbk = Uint8Array.from(
      Buffer.from(
        'd6b8b1ea2c32303230c4ea2c32303231c4ea0ab9a9cbaec1bfa3a8d2dac1a2b7bdc3d7a3a92c32382e392c32392e360a',
        'hex',
      ),
    );
    const { columns, rows, encoding } = readForeignTable(gbk);
    expect([encoding, columns]).toEqual(['gb18030', ['指标', '2020年', '2021年']]);
    const table = { sheet: null, rows: [columns, ...rows.map(({ cells }) => cells)] };
    const place = tablePlace(table, guessMapping(table), 'x');
    if (typeof place === 'string') throw new Error(place);
    const { observations, indicators } = workspaceOf(asRepository(place));
    expect(indicators[0]?.name.zh).toBe('供水量');
    expect(observations).toMatchObject([{ value: '28.9', unit: '10*8.m3' }, { value: '29.6' }]);
    // Letters with accents stand alone: no Chinese text.
    expect(readForeignTable(Uint8Array.from(Buffer.from('41f16f2c56e9e90a', 'hex'))).encoding).toBe(
      'windows-1252',
    );
  });
  it('without a column of values is told so', () => {
    const rows = [
      ['a', 'b'],
      ['x', 'y'],
    ];
    expect(tablePlace({ sheet: null, rows }, guessMapping({ sheet: null, rows }), 'x')).toContain(
      'no column is the value',
    );
  });
});

describe('an Excel workbook', () => {
  const book = (sheet: string) =>
    zipSync({
      'xl/workbook.xml': strToU8(
        '<workbook xmlns:r="r"><sheets><sheet name="Data" r:id="rId1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/styles.xml': strToU8(
        '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
      ),
      'xl/sharedStrings.xml': strToU8(
        '<sst><si><t>Year</t></si><si><r><t>Val</t></r><r><t>ue</t></r></si></sst>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(sheet),
      'other/thing.bin': new Uint8Array(10),
    });
  it('gives shared and inline text, numbers as shown, dates, gaps', () => {
    const rows = readXlsx(
      book(
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="3"><c r="A3" s="1"><v>44197</v></c><c r="B3" t="inlineStr"><is><t>x &amp; y</t></is></c><c r="C3"><v>0.30000000000000004</v></c></row></sheetData></worksheet>',
      ),
    );
    expect(rows).toEqual([
      { name: 'Data', merged: [], rows: [['Year', '', 'Value'], [], ['2021-01-01', 'x & y', '0.3']] },
    ]);
  });
  it('is refused when it is none, or hostile', () => {
    expect(() => readXlsx(strToU8('hello'))).toThrow();
    expect(() => readXlsx(book('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'))).toThrow('document type');
    expect(() => readXlsx(book('<worksheet><sheetData><row r="99999999"/></sheetData></worksheet>'))).toThrow(
      'beyond the last',
    );
  });
});

describe('DHIS2', () => {
  it('values come in with the names of their metadata', () => {
    const metadata = dhis2MetadataSchema.parse({
      dataElements: [{ id: 'de1', name: 'Deaths', code: 'DEATHS', valueType: 'NUMBER' }],
      organisationUnits: [{ id: 'ou1', name: 'North', code: 'N1' }],
      categoryOptionCombos: [
        { id: 'c0', name: 'default' },
        { id: 'c1', name: 'Female' },
      ],
    });
    const values = dhis2ValuesSchema.parse({
      dataValues: [
        { dataElement: 'de1', period: '202103', orgUnit: 'ou1', categoryOptionCombo: 'c0', value: '12' },
        {
          dataElement: 'de1',
          period: '2021April',
          orgUnit: 'ou1',
          categoryOptionCombo: 'c1',
          value: 3,
          comment: 'checked',
        },
      ],
    });
    const workspace = workspaceOf(asRepository(dhis2Place(metadata, values)));
    expect(said(workspace)).toEqual([
      'deaths N1 2021-03 12 {count} A',
      'deaths N1 2021-04/2022-03 category=female 3 {count} A',
    ]);
    expect(workspace.city.areas.find(({ id }) => id === 'N1')?.name.en).toBe('North');
  });
});

describe('TopoJSON', () => {
  it('has its arcs put together, turned where the sign says so', () => {
    const read = geoFeatures(
      JSON.stringify({
        type: 'Topology',
        transform: { scale: [0.5, 0.5], translate: [10, 20] },
        arcs: [
          [
            [0, 0],
            [2, 0],
            [0, 2],
          ],
          [
            [0, 0],
            [0, 2],
            [2, 0],
          ],
        ],
        objects: {
          wards: {
            type: 'GeometryCollection',
            geometries: [{ type: 'Polygon', arcs: [[0, -2]], properties: { code: 'A' } }],
          },
        },
      }),
    );
    expect(read).toMatchObject({
      features: [
        {
          properties: { code: 'A' },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [10, 20],
                [11, 20],
                [11, 21],
                [10, 21],
                [10, 20],
              ],
            ],
          },
        },
      ],
    });
    expect(
      geoFeatures('{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"EPSG:27700"}}}'),
    ).toMatchObject({ fault: expect.stringContaining('another system') });
  });
});
