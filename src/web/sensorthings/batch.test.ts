import { describe, expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { root, servedOn } from './fixture.ts';
import { works } from './works.ts';

interface Told {
  readonly id: string;
  readonly status: number;
  readonly body?: { readonly message?: string };
}

for (const engine of testEngines)
  describe(`batches on ${engine.name}`, async () => {
    const { app, store, ask, send } = await servedOn(engine);
    const head = async () => (await store.cities())[0]?.head ?? 0;
    const count = async (set: string) => (await ask(`${set}?$count=true&$top=0`)).body['@iot.count'];
    const grouped = async (requests: readonly object[], atomicityGroup = 'g') => {
      const { status, body } = await send('POST', '$batch', {
        requests: requests.map((each, at) => ({ id: `${at}`, atomicityGroup, ...each })),
      });
      const told: readonly Told[] = body.responses ?? [];
      return { status, body, told, statuses: told.map((each) => each.status) };
    };
    const sensor = { name: 'S', description: 's', encodingType: 'text/html', metadata: 'm' };
    const property = { name: 'P', definition: 'https://example.org/p', description: 'p' };
    const [like] = works.Datastreams;
    const stream = {
      ...like,
      properties: {},
      Sensor: { '@iot.id': '$0' },
      ObservedProperty: { '@iot.id': '$1' },
    };
    const { metadata, ...spot } = sensor;
    const feature = { ...spot, feature: { type: 'Point', coordinates: [1, 2] } };
    const thing = { name: 'T', description: 't' };

    it('stores a group in one submission; later requests build on earlier ones of the group', async () => {
      const before = await head();
      const { told, statuses } = await grouped([
        { method: 'post', url: 'Sensors', body: sensor },
        { method: 'post', url: 'ObservedProperties', body: property },
        { method: 'post', url: 'Things', body: thing },
        { method: 'post', url: '$2/Datastreams', body: stream },
        { method: 'patch', url: '$2', body: { description: 'changed' } },
        {
          method: 'post',
          url: 'FeaturesOfInterest',
          body: feature,
        },
        {
          method: 'post',
          url: '$3/Observations',
          body: { phenomenonTime: '2021-03-01T00:00:00Z', result: 5, FeatureOfInterest: { '@iot.id': '$5' } },
        },
        { method: 'post', url: 'Things', body: thing },
        { method: 'delete', url: '$7' },
      ]);
      expect([told.flatMap(({ body }) => body?.message ?? []), statuses]).toEqual([
        [],
        [201, 201, 201, 201, 200, 201, 201, 201, 200],
      ]);
      expect(await head()).toBe(before + 1);
      const { body } = await ask('Things?$expand=Datastreams($expand=Observations,Sensor)');
      expect(body.value).toHaveLength(1);
      expect(body.value[0]).toMatchObject({
        description: 'changed',
        Datastreams: [{ Sensor: { name: 'S' }, Observations: [{ result: 5 }] }],
      });
    });

    it('stores nothing of a group of which one request fails, tells which, and goes on with the rest', async () => {
      const before = [await head(), await count('Things'), await count('Sensors')];
      const { body } = await send('POST', '$batch', {
        requests: [
          { id: 'a', atomicityGroup: 'g', method: 'post', url: 'Things', body: thing },
          { id: 'b', atomicityGroup: 'g', method: 'post', url: 'Sensors', body: { name: 'half' } },
          { id: 'c', atomicityGroup: 'g', method: 'delete', url: 'Things(1)' },
          { id: 'd', dependsOn: ['g'], method: 'get', url: 'Things(1)' },
          { id: 'e', method: 'get', url: 'Things(1)?$select=name' },
        ],
      });
      const told: readonly Told[] = body.responses;
      expect(told.map(({ id, status }) => [id, status])).toEqual([
        ['a', 424],
        ['b', 400],
        ['c', 424],
        ['d', 424],
        ['e', 200],
      ]);
      expect(told[1]?.body?.message).toMatch(/description/);
      expect([await head(), await count('Things'), await count('Sensors')]).toEqual(before);
    });

    it('takes along what a group itself tied to what it removes', async () => {
      const { statuses } = await grouped([
        { method: 'post', url: 'Sensors', body: sensor },
        { method: 'post', url: 'ObservedProperties', body: property },
        { method: 'post', url: 'Things', body: thing },
        { method: 'post', url: 'Datastreams', body: { ...stream, Thing: { '@iot.id': '$2' } } },
        { method: 'delete', url: '$2' },
      ]);
      expect(statuses).toEqual([201, 201, 201, 201, 200]);
      expect([await count('Datastreams'), await count('Things')]).toEqual([1, 1]);
    });

    it.each([
      [[{ method: 'get', url: 'Things' }], /outside of a group/],
      [
        [
          { method: 'delete', url: 'Things(1)' },
          { atomicityGroup: 'h', method: 'delete', url: 'Things(1)' },
          { method: 'delete', url: 'Things(1)' },
        ],
        /one after another/,
      ],
      [
        [
          { method: 'delete', url: 'Things(1)' },
          { id: '0', method: 'delete', url: 'Things(1)' },
        ],
        /two requests/,
      ],
    ])('refuses a batch whose groups make no sense: %j', async (requests, why) => {
      const { status, body } = await grouped(requests);
      expect([status, body.message]).toEqual([400, expect.stringMatching(why)]);
    });

    it('changes one observation once in a group', async () => {
      const { body } = await ask('Observations?$select=id');
      const url = `Observations(${body.value[0]['@iot.id']})`;
      const patch = { method: 'patch', url, body: { result: 6 } };
      expect((await grouped([patch, patch])).statuses).toEqual([424, 409]);
      expect((await grouped([patch])).statuses).toEqual([200]);
      expect((await ask(url)).body.result).toBe(6);
    });

    const multipart = (text: string) =>
      app.request(`${root}/$batch`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/mixed; boundary=b1' },
        body: text,
      });
    const lines = (list: readonly string[]): string => list.join('\r\n');
    const request = (line: string, body?: object) => [
      ...[`${line} HTTP/1.1`, 'Host: localhost'],
      ...(body === undefined ? [''] : ['Content-Type: application/json', '', JSON.stringify(body)]),
      ...(body === undefined ? [''] : []),
    ];
    const http = ['Content-Type: application/http'];
    const changeSet = (...parts: readonly (readonly string[])[]) => [
      ...['--b1', 'Content-Type: multipart/mixed;boundary=c1', ''],
      ...parts.flatMap((part, at) => ['--c1', ...http, `Content-ID: ${at + 1}`, '', ...part]),
      '--c1--',
    ];

    // The example of the standard, clause 11.2.1 and 11.2.2.
    it('takes a batch of parts, with a change set that names what it made, in every kind of address', async () => {
      const before = await head();
      const answer = await multipart(
        lines([
          ...['--b1', ...http, '', ...request('GET /v1.1/Things(1)?$select=name')],
          ...changeSet(
            request('POST /v1.1/Sensors', sensor),
            request('POST /v1.1/Things(1)/Datastreams', {
              ...stream,
              ...{ Sensor: { '@iot.id': '$1' }, ObservedProperty: { '@iot.id': 1 } },
            }),
            request('PATCH /v1.1/Things(1)', { name: 'Patched' }),
          ),
          ...['--b1', ...http, '', ...request('GET Things(999)')],
          ...[
            '--b1',
            ...http,
            '',
            ...request(`GET ${root}/Things?$filter=name%20eq%20'Patched'&$select=name`),
          ],
          '--b1--',
        ]),
      );
      expect([answer.status, await head()]).toEqual([200, before + 1]);
      const type = answer.headers.get('content-type') ?? '';
      const boundary = /boundary=(\S+)/.exec(type)?.[1] ?? '';
      const parts = (await answer.text()).split(`--${boundary}\r\n`).slice(1);
      expect(parts).toHaveLength(4);
      expect(parts[0]).toMatch(
        /^Content-Type: application\/http\r\n\r\nHTTP\/1.1 200 OK\r\n.*\{"name":"T"\}\r\n$/s,
      );
      expect(parts[1]).toMatch(/Content-ID: 1\r\n\r\nHTTP\/1.1 201 Created\r\nLocation: \S+\/Sensors\(\d+\)/);
      expect(parts[1]).toMatch(
        /Content-ID: 2\r\n\r\nHTTP\/1.1 201 Created\r\nLocation: \S+\/Datastreams\(\d+\)/,
      );
      expect(parts[1]).toMatch(/Content-ID: 3\r\n\r\nHTTP\/1.1 200 OK/);
      expect(parts[2]).toMatch(/HTTP\/1.1 404/);
      expect(parts[3]).toMatch(/"value":\[\{"name":"Patched"\}\]/);
    });

    it('answers a change set that fails once, and stores nothing of it', async () => {
      const before = await head();
      const answer = await multipart(
        lines([
          ...changeSet(request('POST Things', thing), request('POST Sensors', { name: 'half' })),
          '--b1--',
        ]),
      );
      const text = await answer.text();
      expect([answer.status, await head(), text.match(/HTTP\/1.1 \d+/g)]).toEqual([
        200,
        before,
        ['HTTP/1.1 400'],
      ]);
    });

    it.each([
      ['nothing', /boundary/],
      ['--b1\r\nContent-Type: application/http\r\n\r\nGET Things HTTP/1.1\r\n\r\n', /boundary/],
      ['--b1\r\nContent-Type: text/plain\r\n\r\nGET Things HTTP/1.1\r\n--b1--', /application\/http/],
      ['--b1\r\nContent-Type: application/http\r\n\r\nhello\r\n--b1--', /begin with a line/],
      [
        '--b1\r\nContent-Type: application/http\r\n\r\nPOST Things HTTP/1.1\r\n\r\n{"name":\r\n--b1--',
        /no JSON/,
      ],
    ])('refuses what is no batch of parts: %j', async (text, why) => {
      const answer = await multipart(text);
      expect([answer.status, (await answer.json()).message]).toEqual([400, expect.stringMatching(why)]);
    });
  });
