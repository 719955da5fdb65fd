// The abstract tests of OGC SensorThings API 1.1, part 1: Sensing (18-088, annex A), requirement by requirement over HTTP,
// for the classes datamodel, resource-path, request-data and create-update-delete. Written from the text of the standard.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareEmbedded, temporaryFolder } from '../scripts/test-stores.ts';
import { FigureSet } from '../src/figures/index.ts';
import { citySchema } from '../src/model/index.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { createApp } from '../src/web/index.ts';
import { type Listening, listen } from './listen.ts';

type Told = { readonly [name: string]: unknown };

/** Tables 8.1 to 8.20 of the standard: properties that an entity must have, links to one and to many. */
const model = {
  Things: [['name', 'description'], [], ['Locations', 'HistoricalLocations', 'Datastreams']],
  Locations: [['name', 'description', 'encodingType', 'location'], [], ['Things', 'HistoricalLocations']],
  HistoricalLocations: [['time'], ['Thing'], ['Locations']],
  Datastreams: [
    ['name', 'description', 'unitOfMeasurement', 'observationType'],
    ['Thing', 'Sensor', 'ObservedProperty'],
    ['Observations'],
  ],
  Sensors: [['name', 'description', 'encodingType', 'metadata'], [], ['Datastreams']],
  ObservedProperties: [['name', 'definition', 'description'], [], ['Datastreams']],
  Observations: [['phenomenonTime', 'result', 'resultTime'], ['Datastream', 'FeatureOfInterest'], []],
  FeaturesOfInterest: [['name', 'description', 'encodingType', 'feature'], [], ['Observations']],
} as const satisfies Readonly<
  Record<string, readonly [readonly string[], readonly string[], readonly string[]]>
>;
type SetName = keyof typeof model;
const isSet = (name: string): name is SetName => Object.hasOwn(model, name);
const sets = Object.keys(model).filter(isSet);
const setOf: Readonly<Record<string, SetName>> = {
  Thing: 'Things',
  Sensor: 'Sensors',
  ObservedProperty: 'ObservedProperties',
  Datastream: 'Datastreams',
  FeatureOfInterest: 'FeaturesOfInterest',
};

const point = (x: number) => ({ type: 'Point', coordinates: [x, 31.2] });
const geoJson = 'application/geo+json';
const stream = (name: string, from: number) => ({
  name,
  description: `stream ${name}`,
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: 'lumen', symbol: 'lm', definition: 'ucum:lm' },
  Sensor: { name: `Sensor ${name}`, description: 'a gauge', encodingType: 'text/html', metadata: 'leaflet' },
  ObservedProperty: {
    name: `Flux ${name}`,
    definition: `https://example.org/${name}`,
    description: 'of light',
  },
  Observations: [0, 1, 2].map((at) => ({
    phenomenonTime: `2021-03-0${at + 1}T00:00:00Z`,
    resultTime: `2021-03-0${at + 1}T01:00:00Z`,
    result: from + at,
  })),
});
const thing = (name: string, x: number, from: number) => ({
  name,
  description: `thing ${name}`,
  properties: { owner: { name: `Owner of ${name}` } },
  Locations: [{ name: `Place ${name}`, description: 'a roof', encodingType: geoJson, location: point(x) }],
  Datastreams: [stream(`${name}1`, from), stream(`${name}2`, from + 3)],
});

let store: Store;
let server: Listening;
let root = '';
const both = (text: string) => ({ en: text, zh: text });

beforeAll(async () => {
  const directory = temporaryFolder();
  await prepareEmbedded(directory);
  store = await openStore({ directory });
  server = await listen();
  root = `${server.origin}/sensorthings/city/v1.1`;
  const workspace = {
    city: citySchema.parse({
      modelcity: 1,
      id: 'city',
      name: both('City'),
      area: 'A',
      languages: ['en', 'zh'],
      areas: [{ id: 'A', name: both('City'), kind: 'city' }],
      sources: [{ id: 's', title: both('S'), producer: both('S'), date: '2022', licence: 'facts' }],
    }),
    ...{ indicators: [], observations: [], targets: [], claims: [], frameworks: [], plans: [], reviews: [] },
  };
  const app = createApp({
    places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 }],
    store,
    openSensors: true,
  });
  server.answer((request) => app.fetch(request));
  for (const each of [thing('a', 121.4, 0), thing('b', 121.6, 6)])
    expect((await send('POST', 'Things', each)).status).toBe(201);
});
afterAll(async () => {
  await server.close();
  await store.close();
});

async function ask(path: string): Promise<{ readonly status: number; readonly body: Told }> {
  const answer = await fetch(path.startsWith('http') ? path : `${root}/${path}`);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

async function send(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${root}/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const told: Told = text === '' ? {} : JSON.parse(text);
  return { status: answer.status, location: answer.headers.get('location') ?? '', body: told };
}

async function listed(path: string): Promise<readonly Told[]> {
  const { status, body } = await ask(path);
  expect([path, status]).toEqual([path, 200]);
  return tolds(body.value);
}

function tolds(value: unknown): readonly Told[] {
  if (!Array.isArray(value)) throw new Error('no list');
  return value.map(told);
}

function told(value: unknown): Told {
  if (typeof value !== 'object' || value === null) throw new Error('no entity');
  return Object.fromEntries(Object.entries(value));
}

/** Two ways of writing one time are one time. */
const inThousandths = (entity: Told): Told =>
  told(JSON.parse(JSON.stringify(entity).replaceAll(/(T\d\d:\d\d:\d\d)Z/g, '$1.000Z')));
const names = (list: readonly Told[]) => list.map(({ name }) => name);
const results = async (options: string) =>
  (await listed(`Observations?${options}`)).map(({ result }) => Number(result)).sort((a, b) => a - b);

describe('req/resource-path and req/datamodel', () => {
  it('resource-path-to-entities: the root names every collection, each is there, and entities are reached by every pattern', async () => {
    const { body } = await ask('');
    const collections = tolds(body.value);
    for (const set of sets) expect(collections).toContainEqual({ name: set, url: `${root}/${set}` });
    expect(told(body.serverSettings).conformance).toEqual(
      expect.arrayContaining(
        ['datamodel', 'resource-path/resource-path-to-entities', 'request-data', 'create-update-delete'].map(
          (each) => `http://www.opengis.net/spec/iot_sensing/1.1/req/${each}`,
        ),
      ),
    );
    for (const [set, [properties]] of Object.entries(model)) {
      const [first] = await listed(set);
      const self = String(first?.['@iot.selfLink']);
      const [property = ''] = properties;
      const alone = await ask(`${self}/${property}`);
      expect([self, Object.keys(alone.body)]).toEqual([self, [property]]);
      const raw = await fetch(`${self}/${property}/$value`);
      const value = first?.[property];
      expect(await raw.text()).toBe(typeof value === 'string' ? value : JSON.stringify(value));
      const references = await listed(`${set}/$ref`);
      expect(references[0]).toEqual({ '@iot.selfLink': self });
    }
    const deep = await ask('Things(1)/Datastreams(2)/Observations(1073741825)/FeatureOfInterest');
    expect([200, 404]).toContain(deep.status);
    expect((await ask('Datastreams(1)/ObservedProperty/Datastreams/$ref')).status).toBe(200);
  });

  it.each([
    'Things(999999)',
    'Things(1)/Sensors',
    'Nothings',
    'Things(1)/colour',
    'Datastreams(999999)/Thing',
    'Things(1)/Datastreams(4)',
    'Things(one)',
  ])('status-code: %s is not found or no path', async (path) => {
    expect([400, 404]).toContain((await ask(path)).status);
  });

  it.each(sets)('entities/%s: control information, properties and relations', async (set) => {
    const [properties, ones, many] = model[set];
    const list = await listed(set);
    expect(list.length).toBeGreaterThan(0);
    for (const each of list) {
      const id = Number(each['@iot.id']);
      expect(each['@iot.selfLink']).toBe(`${root}/${set}(${id})`);
      for (const property of properties) expect([set, property in each]).toEqual([set, true]);
      for (const link of [...ones, ...many]) {
        const href = String(each[`${link}@iot.navigationLink`]);
        expect(href).toBe(`${root}/${set}(${id})/${link}`);
        const { status, body } = await ask(href);
        expect([href, status]).toEqual([href, 200]);
        const targets = ones.some((one) => one === link) ? [body] : tolds(body.value);
        const target = setOf[link] ?? link;
        for (const one of targets) expect(String(one['@iot.selfLink'])).toContain(`/${target}(`);
      }
      expect((await ask(`${set}(${id})`)).body).toEqual(each);
    }
  });
});

describe('req/request-data', () => {
  it.each(sets)('select: %s shows what is asked for and nothing else, links too', async (set) => {
    const [properties, ones, many] = model[set];
    for (const property of properties)
      for (const each of await listed(`${set}?$select=${property}`))
        expect(Object.keys(each).filter((name) => !name.startsWith('@iot'))).toEqual([property]);
    const [link = ''] = [...ones, ...many];
    const [both_] = await listed(`${set}?$select=id,${properties[0]},${link}`);
    expect(Object.keys(both_ ?? {}).sort()).toEqual(
      ['@iot.id', `${link}@iot.navigationLink`, properties[0]].sort(),
    );
  });

  it.each(sets)('expand: %s holds what its links lead to, several levels deep', async (set) => {
    const [, ones, many] = model[set];
    for (const link of [...ones, ...many]) {
      const [first] = await listed(`${set}?$expand=${link}&$top=1`);
      const { body } = await ask(`${root}/${set}(${first?.['@iot.id']})/${link}`);
      expect(first?.[link]).toEqual('value' in body ? body.value : body);
      const target = setOf[link] ?? (isSet(link) ? link : 'Things');
      const [, further, furtherMany] = model[target];
      const [next] = [...further, ...furtherMany];
      const [deep] = await listed(`${set}?$expand=${link}/${next}&$top=1`);
      const inner = deep?.[link];
      const [one] = Array.isArray(inner) ? tolds(inner) : [told(inner)];
      expect([set, link, next, one !== undefined && String(next) in one]).toEqual([set, link, next, true]);
    }
  });

  it.each(sets)('top, skip, count, pagination: %s', async (set) => {
    const all = await listed(`${set}?$orderby=id`);
    const { body } = await ask(`${set}?$count=true&$top=1&$orderby=id`);
    expect([body['@iot.count'], tolds(body.value)]).toEqual([all.length, all.slice(0, 1)]);
    expect('@iot.nextLink' in body).toBe(all.length > 1);
    expect('@iot.count' in (await ask(`${set}?$count=false`)).body).toBe(false);
    expect(await listed(`${set}?$skip=1&$orderby=id`)).toEqual(all.slice(1));
    const seen: Told[] = [];
    for (let next: unknown = `${root}/${set}?$top=1&$orderby=id`; typeof next === 'string'; ) {
      const page = (await ask(next)).body;
      seen.push(...tolds(page.value));
      next = page['@iot.nextLink'];
    }
    expect(seen).toEqual(all);
  });

  it.each(sets)('orderby: %s by each property, up, down, and by several', async (set) => {
    for (const property of model[set][0]) {
      if (['unitOfMeasurement', 'location', 'feature'].includes(property)) continue;
      const up = (await listed(`${set}?$orderby=${property}`)).map((each) => each[property]);
      const down = (await listed(`${set}?$orderby=${property} desc`)).map((each) => each[property]);
      const sorted = [...up].sort((a, b) =>
        typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
      );
      expect([property, up]).toEqual([property, sorted]);
      expect(down).toEqual([...up].reverse());
    }
    const twice = await listed(`${set}?$orderby=${model[set][0][0]} desc,id asc`);
    expect(twice.length).toBe((await listed(set)).length);
  });

  it.each([
    // Operators of table 9.x: comparison, logic, arithmetic, grouping.
    ['result eq 3', [3]],
    ['result ne 3', [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['result gt 9', [10, 11]],
    ['result ge 9', [9, 10, 11]],
    ['result lt 2', [0, 1]],
    ['result le 2', [0, 1, 2]],
    ['result gt 2 and result lt 5', [3, 4]],
    ['result lt 1 or result gt 10', [0, 11]],
    ['not (result lt 10)', [10, 11]],
    ['result add 2 eq 5', [3]],
    ['result sub 2 eq 5', [7]],
    ['result mul 2 eq 22', [11]],
    ['result div 2 eq 5', [10]],
    ['result mod 6 eq 5', [5, 11]],
    ['(result sub 3) mul (result sub 4) eq 0', [3, 4]],
    // Functions: strings, dates, numbers, places.
    ["substringof('a1',Datastream/name)", [0, 1, 2]],
    ["endswith(Datastream/name,'2') and startswith(Datastream/name,'b')", [9, 10, 11]],
    ['length(Datastream/name) eq 2 and result eq 1', [1]],
    ["indexof(Datastream/name,'2') eq 1 and result le 4", [3, 4]],
    ["substring(Datastream/name,1) eq '1' and result gt 7", [8]],
    ["toupper(Datastream/name) eq 'A1'", [0, 1, 2]],
    ["tolower(trim(Datastream/name)) eq 'a2'", [3, 4, 5]],
    ["concat(Datastream/name,'x') eq 'b1x'", [6, 7, 8]],
    [
      'day(phenomenonTime) eq 3 and month(phenomenonTime) eq 3 and year(phenomenonTime) eq 2021',
      [2, 5, 8, 11],
    ],
    ['hour(resultTime) eq 1 and minute(resultTime) eq 0 and second(resultTime) eq 0 and result lt 1', [0]],
    ['phenomenonTime lt 2021-03-02T00:00:00Z', [0, 3, 6, 9]],
    ["date(phenomenonTime) eq date('2021-03-02T12:00:00Z')", [1, 4, 7, 10]],
    ['phenomenonTime lt now() and result eq 0', [0]],
    ['round(result div 4) eq 2 and floor(result div 4) eq 1 and ceiling(result div 4) eq 2', [6, 7]],
    ["st_equals(FeatureOfInterest/feature, geography'POINT (121.4 31.2)')", [0, 1, 2, 3, 4, 5]],
    ["geo.distance(FeatureOfInterest/feature, geography'POINT (121.6 31.2)') le 0.01", [6, 7, 8, 9, 10, 11]],
    [
      "st_within(FeatureOfInterest/feature, geography'POLYGON ((121 31, 121.5 31, 121.5 32, 121 32, 121 31))')",
      [0, 1, 2, 3, 4, 5],
    ],
    [
      "st_disjoint(FeatureOfInterest/feature, geography'POLYGON ((121 31, 121.5 31, 121.5 32, 121 32, 121 31))') and result gt 9",
      [10, 11],
    ],
    [
      "st_intersects(FeatureOfInterest/feature, geography'LINESTRING (121.4 31, 121.4 32)') and result lt 2",
      [0, 1],
    ],
  ] as const)('filter and built-in-filter-functions: %s', async (filter, expected) => {
    expect(await results(`$filter=${encodeURIComponent(filter)}`)).toEqual([...expected]);
  });

  it('filter: by linked entities, and inside an expand; order: options come in their order of evaluation', async () => {
    expect(names(await listed("Things?$filter=Datastreams/ObservedProperty/name eq 'Flux b2'"))).toEqual([
      'b',
    ]);
    expect(names(await listed("Things?$filter=properties/owner/name eq 'Owner of a'"))).toEqual(['a']);
    const [first] = await listed(
      "Things?$filter=name eq 'b'&$expand=Datastreams($filter=name eq 'b1';$select=name;$expand=Observations($orderby=result desc;$top=1;$skip=1;$count=true;$select=result))",
    );
    expect(first?.Datastreams).toEqual([
      expect.objectContaining({ name: 'b1', 'Observations@iot.count': 3, Observations: [{ result: 7 }] }),
    ]);
    // Filter, then count, then order, then skip, then top.
    const { body } = await ask(
      'Observations?$top=2&$skip=1&$orderby=result desc&$count=true&$filter=result lt 6',
    );
    expect([body['@iot.count'], tolds(body.value).map(({ result }) => result)]).toEqual([6, [4, 3]]);
  });

  it.each([
    '$filter=result gt',
    '$filter=colour eq 1',
    '$orderby=colour',
    '$select=colour',
    '$expand=Colour',
    '$top=-1',
    '$top=many',
    '$skip=-1',
    '$count=perhaps',
    '$colour=red',
  ])('query-status-code: ?%s is a bad request', async (option) => {
    expect((await ask(`Observations?${option}`)).status).toBe(400);
  });
});

describe('req/create-update-delete', () => {
  it('create-entity and link-to-existing-entities: each type, linked to what is there', async () => {
    const made = async (set: string, body: unknown): Promise<number> => {
      const { status, location, body: entity } = await send('POST', set, body);
      expect([set, status]).toEqual([set, 201]);
      const id = Number(entity['@iot.id']);
      expect(location).toBe(`${root}/${set.slice(set.indexOf('/') + 1)}(${id})`);
      expect(inThousandths((await ask(location)).body)).toMatchObject(inThousandths(entity));
      return id;
    };
    const link = (id: number) => ({ '@iot.id': id });
    const place = await made('Locations', {
      ...{ name: 'L', description: 'l', encodingType: geoJson, location: point(120) },
    });
    const owner = await made('Things', { name: 'T', description: 't', Locations: [link(place)] });
    const { Sensor, ObservedProperty, Observations, ...plain } = stream('c', 0);
    const sensor = await made('Sensors', Sensor);
    const property = await made('ObservedProperties', ObservedProperty);
    const ties = { Thing: link(owner), Sensor: link(sensor), ObservedProperty: link(property) };
    const of = await made('Datastreams', { ...plain, ...ties });
    const feature = await made('FeaturesOfInterest', {
      ...{ name: 'F', description: 'f', encodingType: geoJson, feature: point(120) },
    });
    const [reading] = Observations;
    await made('Observations', { ...reading, Datastream: link(of), FeatureOfInterest: link(feature) });
  });

  it('deep-insert: whole or not at all', async () => {
    const counts = () =>
      Promise.all(sets.map(async (set) => (await ask(`${set}?$count=true&$top=0`)).body['@iot.count']));
    const before = await counts();
    const half = thing('d', 121, 0);
    const broken = { ...half, Datastreams: half.Datastreams.map(({ Sensor, ...rest }) => rest) };
    expect((await send('POST', 'Things', broken)).status).toBe(400);
    expect(await counts()).toEqual(before);
  });

  it.each(sets)('update-entity: %s keeps its id and what is not named', async (set) => {
    const [first] = await listed(`${set}?$orderby=id&$top=1`);
    const id = Number(first?.['@iot.id']);
    const change: Told =
      set === 'HistoricalLocations'
        ? { time: '2020-05-05T00:00:00.000Z' }
        : set === 'Observations'
          ? { result: 8 }
          : { description: 'said anew' };
    const { status, body } = await send('PATCH', `${set}(${id})`, change);
    expect([set, status]).toEqual([set, 200]);
    expect((await ask(`${set}(${id})`)).body).toEqual({ ...first, ...change });
    expect(body['@iot.id']).toBe(id);
    expect((await send('PATCH', `${set}(999999)`, change)).status).toBe(404);
    const inline = model[set][1][0] ?? model[set][2][0] ?? '';
    expect([400, 404]).toContain(
      (await send('PATCH', `${set}(${id})`, { [inline]: [{ name: 'new' }] })).status,
    );
  });

  it('delete-entity: takes along what cannot be without it, and leaves the rest', async () => {
    const count = async (path: string) => (await ask(`${path}?$count=true&$top=0`)).body['@iot.count'];
    const [readings, gauges] = [Number(await count('Observations')), await count('Sensors')];
    expect((await send('DELETE', 'Things(2)')).status).toBe(200);
    expect((await ask('Things(2)')).status).toBe(404);
    expect((await ask('Datastreams(3)')).status).toBe(404);
    expect([await count('Observations'), await count('Sensors')]).toEqual([readings - 6, gauges]);
    expect((await send('DELETE', 'Sensors(1)')).status).toBe(200);
    expect((await ask('Datastreams(1)')).status).toBe(404);
    for (const set of sets)
      expect([set, (await send('DELETE', `${set}(999999)`)).status]).toEqual([set, 404]);
  });
});

// What a conformance test asks beside the abstract tests: from the standard's tables of integrity and of creation.
describe('integrity of create-update-delete', () => {
  const link = (id: unknown) => ({ '@iot.id': id });
  const counted = async (): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      await Promise.all(
        sets.map(async (set) => [set, Number((await ask(`${set}?$count=true&$top=0`)).body['@iot.count'])]),
      ),
    );
  const emptied = async (): Promise<void> => {
    for (const set of [...sets].reverse())
      for (const each of await listed(`${set}?$top=1000`))
        expect([200, 404]).toContain((await send('DELETE', `${set}(${each['@iot.id']})`)).status);
  };
  const idOf = (entity: Told | undefined) => Number(entity?.['@iot.id']);
  const only = async (path: string) => (await listed(path))[0];
  /** One of each type, tied together; an observation that says neither resultTime nor feature. */
  const oneOfEach = async () => {
    await emptied();
    const { Observations, ...plain } = stream('z', 0);
    const made = await send('POST', 'Things', { ...thing('z', 117, 0), Datastreams: [plain] });
    const of = idOf(made.body);
    const ds = idOf(await only(`Things(${of})/Datastreams`));
    const read = { phenomenonTime: '2015-03-01T00:00:00.000Z', result: 1 };
    const observed = await send('POST', `Datastreams(${ds})/Observations`, read);
    expect(observed.status).toBe(201);
    return { of, ds, observed: observed.body, place: await only(`Things(${of})/Locations`) };
  };

  it('a new observation is told as it is read: without a resultTime as null, of the place where its thing is', async () => {
    const { ds, observed, place } = await oneOfEach();
    const self = String(observed['@iot.selfLink']);
    expect([observed.resultTime, (await ask(self)).body.resultTime]).toEqual([null, null]);
    expect([200, 204]).toContain((await fetch(`${self}/resultTime/$value`)).status);
    const feature = (await ask(`${self}/FeatureOfInterest`)).body;
    expect(feature.feature).toEqual(place?.location);
    const second = await send('POST', 'Observations', {
      ...{ phenomenonTime: '2015-05-01T00:00:00.000Z', result: 105, Datastream: link(ds) },
    });
    expect((await ask(`${second.body['@iot.selfLink']}/FeatureOfInterest`)).body).toEqual(feature);
    const now = await send('POST', `Datastreams(${ds})/Observations`, { result: 2 });
    expect((await ask(now.location)).body.phenomenonTime).toBe(inThousandths(now.body).phenomenonTime);
  });

  it.each([
    ['Things', ['Things', 'HistoricalLocations', 'Datastreams', 'Observations']],
    ['Datastreams', ['Datastreams', 'Observations']],
    ['Locations', ['Locations', 'HistoricalLocations']],
    ['HistoricalLocations', ['HistoricalLocations']],
    ['Sensors', ['Sensors', 'Datastreams', 'Observations']],
    ['ObservedProperties', ['ObservedProperties', 'Datastreams', 'Observations']],
    ['FeaturesOfInterest', ['FeaturesOfInterest', 'Observations']],
    ['Observations', ['Observations']],
  ] as const)('delete-entity: with one of %s go %j and nothing else', async (set, gone) => {
    await oneOfEach();
    const before = await counted();
    expect(Object.values(before)).toEqual(sets.map(() => 1));
    const first = await only(set);
    // As old clients send it.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(String(first?.['@iot.selfLink']), { method: 'DELETE', headers });
    expect(answer.status).toBe(200);
    expect(await counted()).toEqual(
      Object.fromEntries(sets.map((each) => [each, gone.some((one) => one === each) ? 0 : 1])),
    );
  });

  it('historical-locations: a thing that moves keeps where it stood; a later entry by hand moves it', async () => {
    const { of, place } = await oneOfEach();
    const other = await send('POST', 'Locations', {
      ...{ name: 'other', description: 'o', encodingType: geoJson, location: point(100) },
    });
    expect((await send('PATCH', `Things(${of})`, { Locations: [link(idOf(other.body))] })).status).toBe(200);
    expect(names(await listed(`Things(${of})/Locations`))).toEqual(['other']);
    const stood = await listed(`Things(${of})/HistoricalLocations?$orderby=time&$expand=Locations`);
    expect(stood.map(({ Locations }) => names(tolds(Locations)))).toEqual([['Place z'], ['other']]);
    const entered = async (time: string) =>
      send('POST', 'HistoricalLocations', { time, Thing: link(of), Locations: [link(idOf(place))] });
    expect((await entered('2015-03-01T00:40:00.000Z')).status).toBe(201);
    expect(names(await listed(`Things(${of})/Locations`))).toEqual(['other']);
    const later = new Date(Date.now() + 1000).toISOString();
    expect((await entered(later)).status).toBe(201);
    expect(names(await listed(`Things(${of})/Locations`))).toEqual(['Place z']);
    expect(await listed(`Locations(${idOf(other.body)})/Things`)).toEqual([]);
    // Added to the collection of the thing: it is there now, and its history says so.
    const moved = { name: 'moved', description: 'm', encodingType: geoJson, location: point(9) };
    expect((await send('POST', `Things(${of})/Locations`, moved)).status).toBe(201);
    expect(names(await listed(`Things(${of})/Locations`))).toEqual(['moved']);
    const [latest] = await listed(
      `Things(${of})/HistoricalLocations?$orderby=id desc&$top=1&$expand=Locations`,
    );
    expect(names(tolds(latest?.Locations))).toEqual(['moved']);
  });

  it.each([
    ['Things', 'Locations', [{ name: 'n', description: 'd', encodingType: geoJson, location: point(1) }]],
    ['Things', 'Datastreams', [{ unitOfMeasurement: { name: 'l', symbol: 'l', definition: 'l' } }]],
    ['Sensors', 'Datastreams', [{ unitOfMeasurement: { name: 'l', symbol: 'l', definition: 'l' } }]],
    ['ObservedProperties', 'Datastreams', [{ unitOfMeasurement: {}, Thing: { '@iot.id': 1 } }]],
    ['Datastreams', 'ObservedProperty', stream('y', 0).ObservedProperty],
    ['Datastreams', 'Sensor', stream('y', 0).Sensor],
    ['Datastreams', 'Thing', { name: 'test', description: 'test' }],
    ['Datastreams', 'Observations', stream('y', 0).Observations],
  ] as const)('update-entity: a change of %s makes no %s', async (set, name, inline) => {
    const { status } = await send('PATCH', `${set}(${idOf(await only(set))})`, { [name]: inline });
    expect(status).toBe(400);
  });

  it('an entity without what it must have or be tied to is refused, and nothing of it is there', async () => {
    const { of, ds } = await oneOfEach();
    const bare = await send('POST', 'Things', { name: 'bare', description: 'stands nowhere' });
    const { Sensor, ObservedProperty, Observations, ...plain } = stream('w', 0);
    const Thing = link(of);
    const placeless = await send('POST', 'Datastreams', {
      ...plain,
      ...{ Sensor, ObservedProperty, Thing: link(idOf(bare.body)) },
    });
    expect(placeless.status).toBe(201);
    const before = await counted();
    for (const [set, body] of [
      ['Datastreams', { ...plain, Thing, ObservedProperty, Observations }],
      ['Datastreams', { ...plain, Thing, Sensor, Observations }],
      ['Datastreams', { ...plain, Sensor, ObservedProperty, Observations }],
      ['Observations', { result: 8 }],
      ['Observations', { result: 8, Datastream: link(idOf(placeless.body)) }],
      [
        'Observations',
        {
          result: 8,
          Datastream: link(ds),
          FeatureOfInterest: { name: 'f', description: 'f', feature: point(1) },
        },
      ],
    ] as const)
      expect([set, Object.keys(body), (await send('POST', set, body)).status]).toEqual([
        set,
        Object.keys(body),
        400,
      ]);
    expect(await counted()).toEqual(before);
  });

  it.each(sets)('%s: the greatest id there can be is not found, in any way of asking', async (set) => {
    const path = `${set}(${2n ** 63n - 1n})`;
    const asked = [(await ask(path)).status, (await send('DELETE', path)).status];
    expect([...asked, (await send('PATCH', path, {})).status]).toEqual([404, 404, 404]);
  });

  it.each(['name%20lt%20%27thing+z%27', "name lt 'thing+z'", 'name lt %27thing%20z%27'])(
    'a space in an address may be a plus: %s',
    async (filter) => {
      const { status, body } = await ask(`Things?$filter=${filter}`);
      expect([status, names(tolds(body.value))]).toEqual([200, ['bare']]);
    },
  );

  it('places are put in order by their text', async () => {
    for (const at of [9, 100])
      await send('POST', 'Locations', {
        ...{ name: `at ${at}`, description: 'd', encodingType: geoJson, location: point(at) },
      });
    const found = (await listed('Locations?$orderby=location')).map(({ location }) =>
      JSON.stringify(location),
    );
    expect(found).toEqual([...found].sort());
    expect(found.length).toBeGreaterThan(2);
  });

  it('places of every shape are found by what the functions of geometry say, on the plane of degrees', async () => {
    await emptied();
    const ring = [
      [8, 53],
      [7, 52],
      [7, 53],
      [8, 53],
    ];
    const shapes = [
      ...[51, 52, 53, 54].map((north) => ({ type: 'Point', coordinates: [8, north] })),
      { type: 'Polygon', coordinates: [ring] },
      {
        type: 'LineString',
        coordinates: [
          [5, 52],
          [5, 53],
        ],
      },
      {
        type: 'LineString',
        coordinates: [
          [5, 52],
          [6, 53],
        ],
      },
      {
        type: 'LineString',
        coordinates: [
          [4, 52],
          [8, 52],
        ],
      },
    ];
    const things: number[] = [];
    for (const name of ['1', '2', '3', '4'])
      things.push(idOf((await send('POST', 'Things', { name: `Thing ${name}`, description: 'd' })).body));
    // The first two are places of one thing, told from the side of the place; the lines are of none.
    for (const [at, location] of shapes.entries()) {
      const of = [0, 0, 1, 2, 3][at];
      const Things = of === undefined ? {} : { Things: [link(things[of])] };
      const body = { name: String(at), description: 'd', encodingType: 'application/vnd.geo+json', location };
      expect((await send('POST', 'Locations', { ...body, ...Things })).status).toBe(201);
    }
    expect(names(await listed(`Things(${things[0]})/Locations`))).toEqual(['1']);
    expect((await listed(`Things(${things[0]})/HistoricalLocations`)).length).toBe(2);
    const box = "geography'POLYGON((7.5 51.5, 7.5 53.5, 8.5 53.5, 8.5 51.5, 7.5 51.5))'";
    const line = "geography'LINESTRING(7.5 51, 7.5 54)'";
    for (const [filter, found] of [
      ["geo.distance(location, geography'POINT(8 54.1)') lt 1", '3'],
      [`geo.intersects(location, ${line})`, '4 7'],
      ['geo.length(location) gt 1', '6 7'],
      ['geo.length(location) ge 1', '5 6 7'],
      ['geo.length(location) eq 1', '5'],
      ['geo.length(location) ne 1', '0 1 2 3 4 6 7'],
      ['geo.length(location) le 4', '0 1 2 3 4 5 6 7'],
      ['geo.length(location) lt 4', '0 1 2 3 4 5 6'],
      [`st_contains(${box}, location)`, '1 2'],
      ["st_crosses(geography'LINESTRING(7.5 51.5, 7.5 53.5)', location)", '4 7'],
      [`st_disjoint(${box}, location)`, '0 3 5 6'],
      ["st_equals(location, geography'POINT(8 53)')", '2'],
      [`st_intersects(location, ${line})`, '4 7'],
      [`st_overlaps(${box}, location)`, '4'],
      [`st_relate(${box}, location, 'T********')`, '1 2 4 7'],
      ["st_touches(geography'POLYGON((8 53, 7.5 54.5, 8.5 54.5, 8 53))', location)", '2 4'],
      ["st_within(geography'POINT(7.5 52.75)', location)", '4'],
    ] as const)
      expect([
        filter,
        names(await listed(`Locations?$filter=${encodeURIComponent(filter)}`)).join(' '),
      ]).toEqual([filter, found]);
  });

  it('data-array: rows of two datastreams as old clients send them, one of them wrong, and as they are read', async () => {
    const made = async (set: string, body: object) => idOf((await send('POST', set, body)).body);
    const placed = { encodingType: 'application/vnd.geo+json', location: point(8) };
    const home = { name: 'Home', description: 'd', ...placed };
    const of = await made('Things', { name: 'T', description: 'd', Locations: [home] });
    const property = { name: 'Temperature', definition: 'http://ucom.org/temperature', description: 'd' };
    const streams: number[] = [];
    for (const name of ['1', '2'])
      streams.push(
        await made('Datastreams', {
          ...{
            name,
            description: 'd',
            observationType: 'someType',
            Thing: link(of),
            ObservedProperty: property,
          },
          unitOfMeasurement: { name: 'degree celcius', symbol: '°C', definition: 'ucum:T' },
          Sensor: { name, description: 'd', encodingType: 'text', metadata: 'Some metadata.' },
        }),
      );
    const feature = {
      name: 'F',
      description: 'd',
      encodingType: 'application/vnd.geo+json',
      feature: point(8),
    };
    const foi = await made('FeaturesOfInterest', feature);
    const [first, second] = ['2010-12-23T10:20:00-0700', '2010-12-23T10:21:00-0700'];
    const answer = await fetch(`${root}/CreateObservations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([
        {
          ...{ Datastream: link(streams[0]), 'dataArray@iot.count': 2 },
          components: ['phenomenonTime', 'result', 'FeatureOfInterest/id'],
          dataArray: [
            [first, 20, foi],
            [second, 30, 'probablyNotAValidId'],
          ],
        },
        {
          ...{ Datastream: link(streams[1]), 'dataArray@iot.count': 2 },
          components: ['phenomenonTime', 'result'],
          dataArray: [
            [first, 65],
            [second, 60],
          ],
        },
      ]),
    });
    const told_: readonly string[] = await answer.json();
    expect([answer.status, told_.map((each) => each.startsWith('error'))]).toEqual([
      201,
      [false, true, false, false],
    ]);
    const read = await Promise.all([0, 2, 3].map(async (at) => (await ask(String(told_[at]))).body));
    expect(read.map(({ result, phenomenonTime }) => [result, phenomenonTime])).toEqual([
      [20, '2010-12-23T17:20:00.000Z'],
      [65, '2010-12-23T17:20:00.000Z'],
      [60, '2010-12-23T17:21:00.000Z'],
    ]);
    const { body } = await ask('Observations?$count=true&$top=2&$resultFormat=dataArray');
    expect([body['@iot.count'], typeof body['@iot.nextLink']]).toEqual([3, 'string']);
    const groups = tolds(body.value);
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) {
      const rows = group.dataArray;
      expect(Object.keys(group)).toContain('Datastream@iot.navigationLink');
      expect(group.components).toEqual(
        expect.arrayContaining([
          'phenomenonTime',
          'result',
          'resultTime',
          'resultQuality',
          'validTime',
          'parameters',
        ]),
      );
      if (!Array.isArray(rows) || !Array.isArray(group.components)) throw new Error('no rows');
      expect(group.components.some((each) => each === 'id' || each === '@iot.id')).toBe(true);
      expect(group['dataArray@iot.count']).toBe(rows.length);
      for (const row of rows) expect(row.length).toBe(group.components.length);
    }
  });
});
