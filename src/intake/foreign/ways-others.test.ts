import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../model/index.ts';
import { importOpenSdg } from '../open-sdg/import.ts';
import type { Repository } from '../open-sdg/repository.ts';
import { parseWorkspace } from '../parse.ts';
import { asRepository } from './as-repository.ts';
import { dhis2MetadataSchema, dhis2Period, dhis2Place, dhis2ValuesSchema } from './dhis2.ts';
import { dhis2Analytics, dhis2AnalyticsSchema } from './dhis2-analytics.ts';
import { geoFeatures } from './geo.ts';
import { joinedOutline, outlineOf } from './outline.ts';
import { periodReader } from './period-text.ts';
import { readSdmx } from './sdmx-in.ts';
import { sdmxPlace } from './sdmx-place.ts';

function made(repository: Repository) {
  const { files, account, findings } = importOpenSdg(repository, { repository: 'example' });
  if (account === null) throw new Error(findings.map(({ what }) => what).join('\n'));
  const { workspace, findings: faults } = parseWorkspace(
    files.filter(({ path }) => !path.startsWith('import/')),
  );
  if (workspace === null) throw new Error(JSON.stringify(faults));
  return { workspace, account };
}

const said = ({ observations }: Workspace): readonly string[] =>
  observations
    .map(({ indicator, area, period, breakdown, value, status }) =>
      [
        indicator,
        area,
        period,
        ...Object.entries(breakdown).map((pair) => pair.join('=')),
        value,
        status,
      ].join(' '),
    )
    .sort();

function sdmx(message: string) {
  const read = readSdmx(new TextEncoder().encode(message));
  return typeof read === 'string' ? read : said(made(asRepository(sdmxPlace(read))).workspace);
}

describe('messages of SDMX as agencies write them', () => {
  it('generic 2.0: concepts, time as text, series within groups, code lists with names', () => {
    const message = `<?xml version="1.0"?>
<message:GenericData xmlns:message="m" xmlns:generic="g" xmlns:structure="s">
 <message:Header><message:Sender id="x"><message:Name xml:lang="en">An office</message:Name></message:Sender></message:Header>
 <message:CodeLists><structure:CodeList id="REF_AREA"><structure:Code value="45"><structure:Description xml:lang="en">Old town</structure:Description></structure:Code></structure:CodeList></message:CodeLists>
 <message:DataSet><generic:KeyFamilyRef>PRICES</generic:KeyFamilyRef>
  <generic:Group type="Sibling"><generic:GroupKey><generic:Value concept="INDICATOR" value="PX"/></generic:GroupKey>
   <generic:Attributes><generic:Value concept="UNIT" value="t"/></generic:Attributes>
   <generic:Series><generic:SeriesKey><generic:Value concept="INDICATOR" value="PX"/><generic:Value concept="REF_AREA" value="45"/></generic:SeriesKey>
    <generic:Attributes><generic:Value concept="COLLECTION" value="B"/></generic:Attributes>
    <generic:Obs><generic:Time>2000-01</generic:Time><generic:ObsValue value="3,14"/><generic:Attributes><generic:Value concept="OBS_STATUS" value="E"/></generic:Attributes></generic:Obs>
   </generic:Series></generic:Group>
 </message:DataSet></message:GenericData>`;
    expect(sdmx(message)).toEqual(['px 45 2000-01 3.14 E']);
    const read = readSdmx(new TextEncoder().encode(message));
    if (typeof read === 'string') throw new Error(read);
    const { workspace } = made(asRepository(sdmxPlace(read)));
    expect(workspace.city.areas.find(({ id }) => id === '45')?.name.en).toBe('Old town');
    expect(workspace.indicators[0]?.unit).toBe('t');
  });

  it('compact data written as JSON, a list of one as its only member', () => {
    expect(
      sdmx(
        '{"CompactData":{"DataSet":{"Series":{"@FREQ":"A","@REF_AREA":"JP","@INDICATOR":"PCPI","Obs":{"@TIME_PERIOD":"2026-06","@OBS_VALUE":"111.2"}}}}}',
      ),
    ).toEqual(['pcpi JP 2026-06 111.2 A']);
  });

  it('sets that take values back, and sets of two structures', () => {
    const xml = (action: string) =>
      `<m:StructureSpecificData xmlns:m="m" xmlns:ss="s"><m:DataSet ss:action="${action}"><Series SERIES="A_B" REF_AREA="1"><Obs TIME_PERIOD="2020" OBS_VALUE="4"/></Series></m:DataSet></m:StructureSpecificData>`;
    expect(sdmx(xml('Replace'))).toEqual(['a-b 1 2020 4 A']);
    expect(sdmx(xml('Delete'))).toEqual([]);
    const structure = (series: string) => ({
      dimensions: {
        series: [{ id: 'SERIES', values: [{ id: series }] }],
        observation: [{ id: 'TIME_PERIOD', values: [{ id: '2021' }] }],
      },
    });
    const set = (at: number, value: number) => ({
      structure: at,
      series: { '0': { observations: { '0': [value] } } },
    });
    expect(
      sdmx(
        JSON.stringify({
          data: { structures: [structure('ONE'), structure('TWO')], dataSets: [set(0, 1), set(1, 2)] },
        }),
      ),
    ).toEqual(['one example 2021 1 A', 'two example 2021 2 A']);
  });

  it('takes what stands behind the value for attributes, as long as the rest tells the rows apart', () => {
    const head =
      'DATAFLOW,FREQ,REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE,CONF_STATUS,SEX\nX:Y(1.0),M,A,GDP,2021-01,5,F,M\n';
    expect(sdmx(head)).toEqual(['gdp A 2021-01 5 A']);
    expect(sdmx(`${head}X:Y(1.0),M,A,GDP,2021-01,6,F,W\n`)).toEqual([
      'gdp A 2021-01 sex=m 5 A',
      'gdp A 2021-01 sex=w 6 A',
    ]);
  });

  it('without an observation, or of another kind, are told what they are', () => {
    expect(sdmx('<m:CompactData xmlns:m="m"><m:DataSet/></m:CompactData>')).toMatch(/without an observation/);
    expect(sdmx('<m:CrossSectionalData xmlns:m="m"><m:DataSet/></m:CrossSectionalData>')).toMatch(
      /cross-sectional/,
    );
    expect(sdmx('<m:Structure xmlns:m="m"/>')).toMatch(/its root is Structure/);
    expect(sdmx('{"class":"dataset","version":"2.0"}')).toMatch(/JSON-stat/);
    expect(sdmx('DATAFLOW,TIME_PERIOD,OBS_VALUE\n')).toMatch(/no observation/);
  });

  it('by weeks', () => {
    const read = periodReader([]);
    expect(read('2020-W53')).toEqual({ period: '2020-12-28/2021-01-03' });
    expect(read('2021W1')).toEqual({ period: '2021-01-04/2021-01-10' });
    expect(read('2021-W53')).toHaveProperty('reason');
  });
});

describe('DHIS2', () => {
  const metadata = dhis2MetadataSchema.parse({
    dataElements: [{ id: 'de', name: 'Births', valueType: 'INTEGER' }],
    organisationUnits: [
      { id: 'top', name: 'Country' },
      {
        id: 'sub',
        name: 'North',
        parent: { id: 'top' },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        },
      },
    ],
    categoryOptionCombos: [{ id: 'own', name: 'Clinic' }],
  });

  it('what the set says of all its values, a hierarchy and outlines come in', () => {
    const values = dhis2ValuesSchema.parse({
      period: 202012,
      orgUnit: 'sub',
      attributeOptionCombo: 'HllvX50cXC0',
      dataValues: [
        { dataElement: 'de', categoryOptionCombo: 'HllvX50cXC0', value: '10', comment: null },
        { dataElement: 'de', categoryOptionCombo: 'own', value: '4' },
        { dataElement: 'de', orgUnit: 'top', value: '30' },
        { dataElement: 'de', value: null, period: '2020' },
      ],
    });
    const { workspace } = made(asRepository(dhis2Place(metadata, values)));
    expect(said(workspace)).toEqual([
      'births sub 2020  O',
      'births sub 2020-12 10 A',
      'births sub 2020-12 category=clinic 4 A',
      'births top 2020-12 30 A',
    ]);
    expect(workspace.city.areas.find(({ id }) => id === 'sub')).toMatchObject({
      name: { en: 'North' },
      parent: 'top',
    });
    expect(workspace.boundaries?.[0]?.features.map(({ area }) => area)).toEqual(['sub']);
  });

  it('an answer of analytics names its own ids', () => {
    const answer = dhis2AnalyticsSchema.parse({
      headers: [
        { name: 'dx' },
        { name: 'Sex0000000A' },
        { name: 'pe' },
        { name: 'ou' },
        { name: 'value' },
        { name: 'numerator' },
      ],
      rows: [['de', 'F', '2021Q1', 'sub', '1.5', '3']],
      metaData: { items: { de: { name: 'Births' }, F: { name: 'Female' }, sub: { name: 'North' } } },
    });
    const place = dhis2Analytics(answer);
    if (typeof place === 'string') throw new Error(place);
    expect(said(made(asRepository(dhis2Place(place.metadata, place.values))).workspace)).toEqual([
      'births sub 2021-Q1 category=female 1.5 A',
    ]);
    expect(dhis2Analytics({ ...answer, headers: [{ name: 'Data' }] })).toMatch(/no column dx, pe, ou, value/);
  });

  it.each([
    ['202006B', '2020-11/2020-12'],
    ['2021April', '2021-04/2022-03'],
    ['2021Nov', '2020-11/2021-10'],
    ['2021AprilS2', '2021-10/2022-03'],
    ['2021W5', '2021W5'],
  ])('the period %s is %s', (text, period) => {
    expect(dhis2Period(text)).toBe(period);
  });
});

describe('outlines', () => {
  const ring = [
    [0, 0, 12],
    [1, 0, 12],
    [1, 1, 12],
    [0, 0, 12],
  ];
  const polygon = { type: 'Polygon', coordinates: [ring] };

  it('keep heights, join the parts of one area, and say why there is none', () => {
    const read = outlineOf(polygon);
    if ('fault' in read) throw new Error(read.fault);
    expect(joinedOutline(read.outline, read.outline)).toMatchObject({
      type: 'MultiPolygon',
      coordinates: [[ring], [ring]],
    });
    expect(outlineOf(null)).toEqual({ fault: 'has no geometry' });
    expect(outlineOf({ type: 'LineString', coordinates: ring })).toEqual({
      fault: 'is a LineString, which encloses nothing',
    });
    expect(outlineOf({ type: 'Polygon', coordinates: [[[200, 0], ...ring]] })).toMatchObject({
      fault: expect.stringMatching(/coordinates\/0\/0\/0/),
    });
  });

  it('of a topology without transform, with what encloses nothing still told', () => {
    const read = geoFeatures(
      JSON.stringify({
        type: 'Topology',
        arcs: [[...ring]],
        objects: {
          a: {
            type: 'GeometryCollection',
            geometries: [
              { type: 'Polygon', id: 1, arcs: [[0]] },
              { type: null, id: 2 },
              { type: 'LineString', id: 3, arcs: [0] },
            ],
          },
        },
      }),
    );
    if ('fault' in read) throw new Error(read.fault);
    expect(read.features.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(read.features.map(({ geometry }) => 'fault' in outlineOf(geometry))).toEqual([false, true, true]);
    expect(geoFeatures('{"type":"GeometryCollection","geometries":[]}')).toMatchObject({
      fault: expect.stringMatching(/by itself names no area/),
    });
    expect(
      geoFeatures(
        '{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4674"}}}',
      ),
    ).toMatchObject({ features: [] });
  });

  it('that are wrong do not cost the import: each is told with its place', () => {
    const { workspace, account } = made({
      passedOver: [],
      files: Object.entries({
        'data/indicator_1-1-1.csv': 'Year,GeoCode,Value\n2020,1,2\n2020,2,3\n2020,3,4\n',
        'maps/a.geojson': JSON.stringify({
          type: 'FeatureCollection',
          features: [
            { type: 'Feature', properties: { code: 1 }, geometry: polygon },
            { type: 'Feature', properties: { code: 1 }, geometry: polygon },
            { type: 'Feature', properties: { code: 2 }, geometry: null },
            { type: 'Feature', properties: { code: 3 }, geometry: { type: 'LineString', coordinates: ring } },
          ],
        }),
      }).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
    });
    expect(workspace.boundaries?.[0]?.features).toHaveLength(1);
    expect(
      account.oddities
        .filter(({ rule }) => rule === 'boundary.feature')
        .map(({ where, what }) => `${where.pointer} ${what}`),
    ).toEqual([
      '/features/1 feature 2 has the code 1 of one before it',
      '/features/2 feature 3 (2) has no geometry',
      '/features/3 feature 4 (3) is a LineString, which encloses nothing',
    ]);
  });
});
