import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Hono } from 'hono';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { prepareEmbedded, temporaryFolder } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace } from '../../intake/index.ts';
import { citySchema, type Workspace } from '../../model/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import type { Person } from '../who.ts';

const both = (en: string, zh = en) => ({ en, zh });
const workspace: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'shanghai',
    name: both('Shanghai', '上海'),
    area: '310000',
    languages: ['en', 'zh'],
    areas: [
      { id: '310000', name: both('Shanghai', '上海'), kind: 'city' },
      { id: '310117', name: both('Songjiang', '松江'), kind: 'district', parent: '310000' },
    ],
    sources: [
      { id: 'review', title: both('Review'), producer: both('City'), date: '2022-10', licence: 'public' },
    ],
  }),
  indicators: [],
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};

const office: Person = {
  id: 'li',
  name: 'Li',
  grants: [{ role: 'administrator', area: '*', department: '*' }],
};
const waterOffice: Person = {
  id: 'wang',
  name: 'Wang',
  grants: [{ role: 'reporter', area: '310000', department: 'Water office' }],
};

let store: Store;
let app: Hono;
let who: Person | null = null;
let clock = Date.parse('2026-03-02T02:00:00Z');
let number = '';
let code = '';

beforeAll(async () => {
  const home = temporaryFolder();
  await prepareEmbedded(home);
  store = await openStore({ directory: home });
  await store.submit({
    city: 'shanghai',
    kind: 'workspace',
    agent: 'test',
    received: '2026-01-01T00:00:00Z',
    files: exportWorkspace(workspace),
    workspace,
  });
  app = createApp({
    places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1, store }],
    store,
    who: async () => who,
    registers: {
      home,
      now: () => new Date(clock).toISOString(),
      apiKeys: new Map([[createHash('sha256').update('key').digest('hex'), 'fixmystreet']]),
    },
  });
});
afterAll(() => store.close());

async function page(path: string, init?: RequestInit): Promise<readonly [number, string]> {
  const response = await app.request(`http://city.example${path}`, init);
  return [response.status, await response.text()];
}

function form(values: Readonly<Record<string, string | Blob>>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(values)) made.append(name, value);
  return made;
}

async function photograph(): Promise<Blob> {
  const bytes = await sharp({ create: { width: 2400, height: 800, channels: 3, background: '#1f6f5c' } })
    .withExif({ IFD0: { Artist: 'Secret Name' }, IFD3: { GPSLatitude: '31/1 2/1 3/1' } })
    .jpeg()
    .toBuffer();
  expect(bytes.includes('Secret Name')).toBe(true);
  return new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });
}

describe('a citizen', () => {
  it('files a report without an account or a script, in both languages, and gets number and code', async () => {
    const [status, start] = await page('/zh/shanghai/report/');
    expect([status, start.includes('您要反映哪类问题？'), start.includes('?about=water')]).toEqual([
      200,
      true,
      true,
    ]);
    const [, asked] = await page('/en/shanghai/report/?about=water');
    expect(asked).toContain('What happened');
    const [, wanting] = await page('/en/shanghai/report/?about=water', {
      method: 'POST',
      body: form({ category: 'water', description: 'Smell', _area: '310000' }),
    });
    expect(wanting).toContain('At least one of the three');
    const [done, text] = await page('/en/shanghai/report/?about=water', {
      method: 'POST',
      body: form({
        category: 'water',
        urgency: 'complaint',
        description: 'Sewage from <b>Mr Zhang</b> flows into the river',
        location: '31.0303,121.2276',
        _area: '310117',
        phone: '13800000000',
        photo: await photograph(),
      }),
    });
    expect(done).toBe(200);
    number = /<strong>(2026-\d{6})<\/strong>/.exec(text)?.[1] ?? '';
    code = /<strong>([2-9A-Z]{10})<\/strong>/.exec(text)?.[1] ?? '';
    expect([number, code.length]).toEqual(['2026-000001', 10]);
  });

  it('sees neither text nor photograph of others before the office has looked', async () => {
    const [, before] = await page(`/en/shanghai/registers/complaints/cases/${number}/`);
    expect(before).not.toContain('Zhang');
    const [, list] = await page('/en/shanghai/registers/complaints/?state=open');
    expect(list).toContain(number);
    const [status] = await page('/en/shanghai/registers/complaints/cases/2026-000001/take/routed/');
    expect(status).toBe(404);
  });

  it('is refused by a program’s trap, by a wrong code, and after ten reports an hour', async () => {
    const send = (more: Record<string, string>) =>
      page('/en/shanghai/report/?about=noise', {
        method: 'POST',
        body: form({ category: 'noise', description: 'Noise', _area: '310117', ...more }),
      });
    expect((await send({ website: 'http://spam.example' }))[0]).toBe(422);
    const [wrong] = await page('/en/shanghai/follow/', {
      method: 'POST',
      body: form({ number, code: 'AAAAAAAAAA' }),
    });
    expect(wrong).toBe(422);
    const statuses: number[] = [];
    for (let at = 0; at < 11; at += 1) statuses.push((await send({}))[0]);
    expect([statuses.filter((each) => each === 200).length, statuses.at(-1)]).toEqual([9, 429]);
    clock += 3_600_000;
  });
});

describe('the office', () => {
  it('routes, answers and closes by forms that follow from the declaration', async () => {
    who = office;
    const path = `/en/shanghai/registers/complaints/cases/${number}/`;
    const [, before] = await page(path);
    expect(before).toContain('13800000000');
    expect(before).toContain('Sewage from &lt;b&gt;Mr Zhang');
    const [status, faulty] = await page(`${path}take/routed/`, {
      method: 'POST',
      body: form({ department: '' }),
    });
    expect([status, faulty.includes('Department is missing')]).toEqual([422, true]);
    const routed = await app.request(`http://city.example${path}take/routed/`, {
      method: 'POST',
      body: form({ department: 'Water office', publish: 'yes' }),
    });
    expect([routed.status, routed.headers.get('location')]).toEqual([303, path]);
  });

  it('shows what is personal to those who handle cases only, and writes into the trail who was shown it', async () => {
    const path = `/en/shanghai/registers/complaints/cases/${number}/`;
    const inApi = `/api/places/shanghai/registers/complaints/cases/${number}`;
    const entries = async () =>
      (await store.people.trail('shanghai', { action: 'personal.read' })).map(
        ({ person, object, detail }) => [person, object, detail.fields],
      );
    const before = (await entries()).length;
    who = { id: 'au', name: 'Au', grants: [{ role: 'auditor', area: '*', department: '*' }] };
    for (const shown of [path, inApi, '/api/places/shanghai/registers/complaints/cases']) {
      const [status, text] = await page(shown);
      expect([shown, status, text.includes('13800000000')]).toEqual([shown, 200, false]);
    }
    expect(await entries()).toHaveLength(before);
    who = waterOffice;
    expect((await page(path))[1]).toContain('13800000000');
    expect((await page(inApi))[1]).toContain('13800000000');
    const entry = ['wang', `complaints/${number}`, 'phone'];
    expect((await entries()).slice(0, 2)).toEqual([entry, entry]);
  });

  it('lets only the department that a case is with go on', async () => {
    who = { ...waterOffice, grants: [{ role: 'reporter', area: '310000', department: 'Noise office' }] };
    const path = `/api/places/shanghai/registers/complaints/cases/${number}/steps`;
    const step = (kind: string, values: Record<string, string>) =>
      app.request(`http://city.example${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind, values }),
      });
    const refused = await step('answered', { answer: 'Not ours' });
    expect([refused.status, (await refused.json()).findings[0].rule]).toEqual([422, 'register.department']);
    who = waterOffice;
    expect((await step('answered', { answer: 'The outlet was closed.' })).status).toBe(201);
    expect((await step('closed', { outcome: 'resolved' })).status).toBe(201);
    const again = await step('closed', { outcome: 'resolved' });
    expect([again.status, (await again.json()).findings[0].rule]).toEqual([422, 'register.step']);
    who = null;
    expect((await step('reopened', { objection: 'x' })).status).toBe(403);
  });

  it('shows answers and times by department, and open data without texts', async () => {
    who = null;
    const [, answers] = await page('/zh/shanghai/registers/complaints/answers/');
    expect(answers).toContain('Water office');
    const [, table] = await page('/api/places/shanghai/registers/complaints/cases.csv');
    expect(table.split('\r\n')[0]).toContain('number,type,area,state,step,begun,updated,category');
    expect(table).not.toContain('Zhang');
    const [, described] = await page('/api/places/shanghai/registers/complaints/openapi.json');
    expect(JSON.parse(described).components.schemas.filed.required).toEqual(['category', 'description']);
  });

  it('takes a table in whole or tells each wrong cell', async () => {
    who = office;
    const send = (csv: string) =>
      page('/en/shanghai/registers/complaints/intake/', {
        method: 'POST',
        body: form({ kind: 'filed', file: new File([csv], 'calls.csv') }),
      });
    const [status, text] = await send('area,Colour,description\n310117,red,Fine\n');
    expect(status).toBe(422);
    expect(text).toContain('there is no field &#39;Colour&#39;');
    const [again, cells] = await send(
      'area,category,description,urgency\n310117,water,Fine,\n310117,fire,Wrong,soon\n',
    );
    expect(again).toBe(422);
    expect(cells).toContain('calls.csv:3');
    const [done, stored] = await send(
      '区域,诉求类别,description\n310117,水体与污水,Fine\n310117,noise,Loud\n',
    );
    expect([done, stored.includes('2 records stored')]).toEqual([200, true]);
    who = null;
  });

  it('takes a spreadsheet as it takes CSV, numbers and all, and tells a reader of Chinese in Chinese', async () => {
    who = office;
    const send = async (rows: readonly (readonly (string | number | null)[])[]) => {
      const cells = rows.map((row) =>
        row.map((value) => {
          if (value === null) return null;
          return typeof value === 'number' ? { type: Number, value } : { type: String, value };
        }),
      );
      const bytes = await writeXlsx(cells, { sheet: 'plants' }).toBuffer();
      return page('/zh/shanghai/registers/hazardous-waste/intake/', {
        method: 'POST',
        body: form({ kind: 'plant.added', file: new File([new Uint8Array(bytes)], '单位.xlsx') }),
      });
    };
    const head = ['区域', 'code', 'name'];
    const [wrong, told] = await send([head, ['310117', null, '处置厂'], ['310117', 'p2', null]]);
    expect(wrong).toBe(422);
    expect(told).toContain('单位.xlsx:2');
    for (const text of ['请填写“许可证编号”', '请填写“名称”', '请更正']) expect(told).toContain(text);
    expect(told).not.toMatch(/is missing|fill it in/);
    const [done, stored] = await send([head, ['310117', 301, '处置厂'], ['310000', 302.5, '焚烧厂']]);
    expect([done, stored.includes('已保存2条')]).toEqual([200, true]);
    const [there] = await page('/zh/shanghai/registers/hazardous-waste/cases/plant.301/');
    expect(there).toBe(200);
    const [none, empty] = await page('/zh/shanghai/registers/hazardous-waste/intake/', {
      method: 'POST',
      body: form({ kind: 'plant.added', file: new File(['PK\u0003\u0004 nonsense'], 'x.xlsx') }),
    });
    expect([none, empty.includes('无法读取该XLSX文件')]).toEqual([422, true]);
    who = null;
  });
});

describe('a step', () => {
  it('is corrected by the department it is with, on its page; a message sent again is refused', async () => {
    who = office;
    const cases = '/en/shanghai/registers/complaints/cases';
    const api = '/api/places/shanghai/registers/complaints/cases';
    const file = (key: string) =>
      app.request(`http://city.example${api}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ kind: 'filed', values: { category: 'noise', description: 'Drums' } }),
      });
    const { number: noisy } = await (await file('call-17')).json();
    const twice = await file('call-17');
    expect([twice.status, (await twice.json()).findings[0].rule]).toEqual([422, 'register.replayed']);
    const [, asked] = await page(`${cases}/${noisy}/correct/1/`);
    expect([asked.includes('Drums'), asked.includes('What was wrong?')]).toEqual([true, true]);
    const send = (values: Record<string, string>) =>
      app.request(`http://city.example${cases}/${noisy}/correct/1/`, { method: 'POST', body: form(values) });
    const right = { category: 'waste', description: 'Drums of oil' };
    expect((await send(right)).status).toBe(422);
    expect((await send({ ...right, _reason: 'Misheard' })).status).toBe(303);
    const [, seen] = await page(`${cases}/${noisy}/`);
    expect(seen).toContain('Drums of oil');
    expect(seen).toContain('Misheard');
    const [status] = await page(`${api}/${noisy}/steps/1/corrections`, {
      method: 'POST',
      body: JSON.stringify({ reason: 'Again', values: right }),
    });
    expect(status).toBe(201);
    who = null;
    expect((await page(`${cases}/${noisy}/correct/1/`))[0]).toBe(404);
  });
});

describe('the public page', () => {
  it('shows the text once it may be shown, and the photograph without its metadata', async () => {
    const [, seen] = await page(`/en/shanghai/registers/complaints/cases/${number}/`);
    expect(seen).toContain('Sewage from &lt;b&gt;Mr Zhang');
    expect(seen).not.toContain('13800000000');
    const source = /src="([^"]*\/files\/photo\/[^"]+)"/.exec(seen)?.[1] ?? '';
    const picture = await app.request(`http://city.example${source}`);
    const bytes = Buffer.from(await picture.arrayBuffer());
    const { width, exif } = await sharp(bytes).metadata();
    expect([picture.headers.get('content-type'), width, exif]).toEqual(['image/jpeg', 1600, undefined]);
    expect(bytes.includes('Secret Name')).toBe(false);
  });

  it('lets the one who filed it have it reopened, with the code', async () => {
    const [, followed] = await page('/en/shanghai/follow/', { method: 'POST', body: form({ number, code }) });
    expect(followed).toContain('The answer does not hold');
    const [status, again] = await page('/en/shanghai/follow/', {
      method: 'POST',
      body: form({ number, code, take: 'reopened', objection: 'The smell is back.' }),
    });
    expect([status, again.includes('Reopened')]).toEqual([200, true]);
  });

  it('shows nothing of a text whose key was erased', async () => {
    who = office;
    await page(`/en/shanghai/registers/complaints/cases/${number}/forget/`, { method: 'POST' });
    const [, seen] = await page(`/en/shanghai/registers/complaints/cases/${number}/`);
    expect(seen).not.toContain('Zhang');
    expect(seen).toContain('erased');
    who = null;
  });
});

describe('GeoReport', () => {
  // What the public schemas of GeoReport v2 ask (open311/schema-validation), told shortly: what may be left out may be null.
  const optional = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
  const text = { type: 'string' };
  const maybe = optional(text);
  const date = { type: 'string', format: 'date-time' };
  const list = (items: object) => ({ type: 'array', items });
  const record = (required: readonly string[], properties: object) => ({
    type: 'object',
    required,
    properties,
  });
  const schemas = {
    service: record(['service_code', 'service_name', 'metadata', 'type'], {
      service_code: text,
      service_name: text,
      description: maybe,
      metadata: { type: 'boolean' },
      type: { enum: ['realtime', 'batch', 'blackbox'] },
      keywords: maybe,
      group: maybe,
    }),
    definition: record(['service_code', 'attributes'], {
      service_code: text,
      attributes: list(
        record(['variable', 'code', 'datatype', 'required'], {
          variable: { type: 'boolean' },
          code: text,
          datatype: { enum: ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'] },
          required: { type: 'boolean' },
          datatype_description: maybe,
          order: optional({ type: 'integer' }),
          description: maybe,
          values: list(record(['key', 'name'], { key: text, name: text })),
        }),
      ),
    }),
    request: record(['service_request_id', 'status', 'service_code', 'requested_datetime'], {
      service_request_id: text,
      status: { enum: ['open', 'closed'] },
      status_notes: maybe,
      service_name: maybe,
      service_code: text,
      description: optional({ type: 'string', maxLength: 4000 }),
      agency_responsible: maybe,
      service_notice: maybe,
      requested_datetime: date,
      updated_datetime: optional(date),
      expected_datetime: optional(date),
      address: maybe,
      address_id: maybe,
      zipcode: maybe,
      lat: optional({ type: 'number' }),
      long: optional({ type: 'number' }),
      media_url: optional({ type: 'string', format: 'uri' }),
    }),
  };
  const ajv = new Ajv();
  addFormats.default(ajv);
  const json = async (path: string) => JSON.parse((await page(`/open311/v2${path}`))[1]);

  it('lists services, their attributes and requests in the shapes of the public schemas', async () => {
    const services = await json('/services.json');
    expect(services.every(ajv.compile(schemas.service))).toBe(true);
    const definition = await json('/services/water.json');
    expect(ajv.validate(schemas.definition, definition)).toBe(true);
    expect([definition.service_code, definition.attributes[0].variable]).toEqual(['water', true]);
    const requests = await json('/requests.json?start_date=2026-03-01T00:00:00Z');
    expect(requests.length).toBe(13);
    expect(requests.every(ajv.compile(schemas.request))).toBe(true);
    const [one] = await json(`/requests/${requests[0].service_request_id}.json`);
    expect(ajv.validate(schemas.request, one)).toBe(true);
    expect((await json('/requests.json?service_code=water&status=open')).length).toBe(2);
    expect(await json('/requests.json?start_date=2025-01-01T00:00:00Z')).toEqual([]);
  });

  it('writes XML as the public adapter does', async () => {
    const [, xml] = await page('/open311/v2/services/water.xml');
    expect(xml.split('\n').slice(0, 12)).toEqual([
      '<?xml version="1.0" encoding="utf-8"?>',
      '<service_definition>',
      '  <attributes>',
      '    <attribute>',
      '      <code>urgency</code>',
      '      <datatype>singlevaluelist</datatype>',
      '      <datatype_description>Sets the time limit for the answer.</datatype_description>',
      '      <description>Kind of report</description>',
      '      <order>1</order>',
      '      <required>false</required>',
      '      <values>',
      '        <value>',
    ]);
    const [, none] = await page('/open311/v2/requests.xml?service_code=air');
    expect(none).toBe('<?xml version="1.0" encoding="utf-8"?>\n<service_requests>\n</service_requests>\n');
    const [, one] = await page('/open311/v2/requests/2026-000002.xml');
    expect(one).toContain('  <request>\n    <address></address>\n    <address_id></address_id>\n');
    expect(one).toContain('<requested_datetime>2026-03-02T02:00:00Z</requested_datetime>');
  });

  it('takes a request with a key and answers errors with their codes', async () => {
    const post = async (body: Record<string, string>, path = '/requests.json') => {
      const response = await app.request(`http://city.example/open311/v2${path}`, {
        method: 'POST',
        body: new URLSearchParams(body),
      });
      return [response.status, JSON.parse(await response.text())] as const;
    };
    const right = {
      api_key: 'key',
      service_code: 'water',
      lat: '31.1',
      long: '121.3',
      description: 'Foam',
      'attribute[urgency]': 'question',
    };
    const [status, [made]] = await post(right);
    expect([status, typeof made.service_request_id, made.service_notice]).toEqual([
      200,
      'string',
      'An answer is due by 2026-03-09.',
    ]);
    expect((await json(`/tokens/${made.service_request_id}.json`))[0].service_request_id).toBe(
      made.service_request_id,
    );
    const { api_key, ...keyless } = right;
    expect(api_key).toBe('key');
    expect((await post(keyless))[0]).toBe(403);
    expect((await post({ ...right, service_code: 'potholes' }))[0]).toBe(404);
    const { lat, long, ...nowhere } = right;
    expect([lat, long].length).toBe(2);
    expect((await post(nowhere))[1]).toEqual([
      { code: 400, description: '400: one of lat and long, address_string or address_id must be provided' },
    ]);
    expect((await post({ ...right, 'attribute[urgency]': 'starfish' }))[0]).toBe(400);
    const [, both_] = await post({ ...right, 'attribute[urgency]': 'starfish', lat: '231' });
    expect(both_.map(({ code }: { code: number }) => code)).toEqual([400, 400]);
    // A client in a browser on another site may read all of it; a picture elsewhere is named, never fetched.
    const [, [seen]] = await post({ ...right, media_url: 'https://pictures.example/1.jpg' });
    const shown = await app.request(
      `http://city.example/open311/v2/requests/${seen.service_request_id}.json`,
    );
    expect(shown.headers.get('access-control-allow-origin')).toBe('*');
    expect(Object.keys((await shown.json())[0])).not.toContain('media_url');
    expect((await page('/open311/v2/requests.json?jurisdiction_id=atlantis'))[0]).toBe(404);
    expect((await page('/open311/v2/requests/9.xml'))[1]).toContain('<code>404</code>');
  });
});
