import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../model/index.ts';
import { importOpenSdg } from '../open-sdg/import.ts';
import { parseWorkspace } from '../parse.ts';
import { asRepository } from './as-repository.ts';
import { periodReader } from './period-text.ts';
import { readSdmx } from './sdmx-in.ts';
import { sdmxPlace } from './sdmx-place.ts';
import { guessMapping } from './table-place.ts';

/** A message read whole: each observation with its unit, what else is told of it last. */
function read(message: string): { readonly said: readonly string[]; readonly workspace: Workspace } {
  const place = readSdmx(new TextEncoder().encode(message));
  if (typeof place === 'string') throw new Error(place);
  const { files } = importOpenSdg(asRepository(sdmxPlace(place)), { repository: 'example' });
  const { workspace } = parseWorkspace(files.filter(({ path }) => !path.startsWith('import/')));
  if (workspace === null) throw new Error('the workspace does not read');
  const said = workspace.observations.map(({ indicator, area, period, breakdown, value, unit, status }) =>
    [indicator, area, period, ...Object.values(breakdown), value ?? '-', unit, status].join(' '),
  );
  return { said, workspace };
}

describe('tables in the columns that agencies use', () => {
  it('of Eurostat: TOTAL is the whole, flags are statuses, PER are persons', () => {
    const { said } =
      read(`DATAFLOW,LAST UPDATE,freq,reason,citizen,duration,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:MIGR_RESFIRST(1.0),22/05/26 11:00:00,A,TOTAL,TOTAL,TOTAL,PER,FR,2021,287179,,
ESTAT:MIGR_RESFIRST(1.0),22/05/26 11:00:00,A,TOTAL,TOTAL,TOTAL,PER,FR,2022,326900,p,
ESTAT:MIGR_RESFIRST(1.0),22/05/26 11:00:00,A,EDUC,TOTAL,TOTAL,PER,FR,2022,:,,
ESTAT:MIGR_RESFIRST(1.0),22/05/26 11:00:00,A,EDUC,TOTAL,TOTAL,PER,DE,2022,,c,C
ESTAT:MIGR_RESFIRST(1.0),22/05/26 11:00:00,A,EDUC,TOTAL,TOTAL,PER,DE,2021,,z,
`);
    expect([...said].sort()).toEqual([
      'migr-resfirst DE 2021 educ - {person} M',
      'migr-resfirst DE 2022 educ - {person} Q',
      'migr-resfirst FR 2021 287179 {person} A',
      'migr-resfirst FR 2022 326900 {person} P',
      'migr-resfirst FR 2022 educ - {person} O',
    ]);
  });

  it('of Eurostat: T of sexes is the whole, and a total beside `_T` stays a code of its own', () => {
    const head = 'DATAFLOW,freq,unit,sex,age,geo,TIME_PERIOD,OBS_VALUE\n';
    expect(
      read(`${head}ESTAT:X(1.0),A,PC,T,TOTAL,ITI3,2024,7.7\nESTAT:X(1.0),A,PC,F,TOTAL,ITI3,2024,8.1\n`).said,
    ).toEqual(['x ITI3 2024 7.7 % A', 'x ITI3 2024 f 8.1 % A']);
    expect(
      read(`${head}ESTAT:X(1.0),A,PC,_T,_T,ITI3,2024,7.7\nESTAT:X(1.0),A,PC,_T,TOTAL,ITI3,2024,8.1\n`).said,
    ).toEqual(['x ITI3 2024 7.7 % A', 'x ITI3 2024 total 8.1 % A']);
  });

  it('of the IMF and the ILO: COUNTRY is the area, FREQUENCY no group, SEX_T the whole', () => {
    expect(
      read(`STRUCTURE,STRUCTURE_ID,ACTION,COUNTRY,INDICATOR,PRICE_TYPE,FREQUENCY,TIME_PERIOD,OBS_VALUE
dataflow,IMF.STA:QNEA(7.0.0),R,USA,B1GQ,Q,Q,2020-Q1,21538032000000
dataflow,IMF.STA:QNEA(7.0.0),R,GBR,B1GQ,Q,Q,2020-Q1,538032000000
`).said,
    ).toEqual([
      'b1gq GBR 2020-Q1 q 538032000000 {unit not stated} A',
      'b1gq USA 2020-Q1 q 21538032000000 {unit not stated} A',
    ]);
    expect(
      read(`DATAFLOW,REF_AREA,FREQ,MEASURE,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT
ILO:DF_UNE(1.0),FRA,A,UNE_DEAP_RT,SEX_T,2020,8.009,,PT,0
ILO:DF_UNE(1.0),FRA,A,UNE_DEAP_RT,SEX_F,2020,8.0,B,PT,
`).said,
    ).toEqual(['une-deap-rt FRA 2020 8.009 % A', 'une-deap-rt FRA 2020 sex-f 8.0 % B']);
  });

  it('of version 2.0 with marks of lists in its head, and an area of that name beside REF_AREA', () => {
    const { said, workspace } =
      read(`STRUCTURE[;],STRUCTURE_ID,ACTION,FREQ,REF_AREA,COUNTRY,SERIES,TIME_PERIOD,OBS_VALUE,CONTACT[],UNIT_MEASURE
dataflow,ESTAT:NA_MAIN(1.6.0),I,A,AT,X,GDP,2014,12.4,a;b,T
`);
    expect(said).toEqual(['gdp AT 2014 12.4 t A']);
    expect(workspace.observations[0]?.note).toContain('a;b');
  });

  it('of JSON that names its flow by an address alone', () => {
    const message = {
      structure: {
        links: [{ href: 'https://example.org/service/dataflow/ECB/EXR/1.0', rel: 'dataflow' }],
        dimensions: {
          dataSet: [],
          series: [],
          observation: [
            { id: 'CURRENCY', values: [{ id: 'NZD', name: 'New Zealand dollar' }] },
            { id: 'TIME_PERIOD', values: [{ id: '2013-01-18' }] },
          ],
        },
        attributes: { dataSet: [], series: [], observation: [] },
      },
      dataSets: [{ action: 'Information', observations: { '0:0': [1.5931] } }],
    };
    const { said, workspace } = read(JSON.stringify(message));
    expect(said).toEqual([
      'exr EUR 2013-01-18 nzd 1.5931 {unit not stated} A'.replace('EUR', workspace.city.area),
    ]);
    expect(workspace.indicators[0]?.metadata?.find(({ field }) => field === 'sdmx_structure')?.text.en).toBe(
      'ECB:EXR(1.0)',
    );
  });
});

describe('tables of the portal of the SDGs', () => {
  it('have their area, series and notes, and no group for what stands for all', () => {
    const head =
      'Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Nature,Reporting Type,Sex,Location,Units';
    const { columns } = guessMapping({
      sheet: null,
      rows: [
        head.split(','),
        '1,1.1,1.1.1,SI_POV_DAY1,Poor,8,Albania,1996,0.5,G,G,BOTHSEX,ALLAREA,PERCENT'.split(','),
      ],
    });
    expect(columns).toMatchObject({
      Goal: 'ignore',
      Target: 'ignore',
      Indicator: 'indicator',
      SeriesDescription: 'series',
      GeoAreaCode: 'area',
      GeoAreaName: 'area-name',
      TimePeriod: 'period',
      Value: 'value',
      Nature: 'note',
      'Reporting Type': 'note',
      Sex: 'breakdown',
      // Beside the name of the area, a second column that is called so is a group.
      Location: 'breakdown',
      Units: 'unit',
    });
  });
});

it('two weeks of DHIS2 are their fourteen days', () => {
  const period = periodReader([]);
  expect(period('2014BiW3')).toEqual({ period: '2014-01-27/2014-02-09' });
  expect(period('2014BiW27')).toHaveProperty('reason');
});

it('reads spans of months by name, and years that are marked', () => {
  const period = periodReader([]);
  expect(period('April 2019 to March 2020')).toEqual({ period: '2019-04/2020-03' });
  expect(period('Apr 2019 - Mar 2020')).toEqual({ period: '2019-04/2020-03' });
  for (const marked of ['2021p', '2021 (p)', '2021 (provisional)', '2021*', '2021（初步）'])
    expect([marked, period(marked)]).toEqual([marked, { period: '2021' }]);
  // Words that may name a part of the year, and spans that run backwards, are no year for certain.
  for (const unsure of ['2021 (April)', '2021 (dada preliminar abril)', 'Mar 2020 - Apr 2019', '2021x'])
    expect([unsure, period(unsure)]).toEqual([unsure, { reason: expect.anything() }]);
});
