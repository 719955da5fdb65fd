import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace } from '../../intake/index.ts';
import { citySchema, type Workspace } from '../../model/index.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import type { Grant, Person } from '../who.ts';

// What registers refuse, through both ways in: the JSON interface names the rule, the pages say it in the reader's language,
// and nothing of it is in the log afterwards.

const both = (en: string, zh = en) => ({ en, zh });
const workspace: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'shanghai',
    name: both('Shanghai', '上海'),
    area: '310000',
    languages: ['en', 'zh'],
    areas: [{ id: '310000', name: both('Shanghai', '上海'), kind: 'city' }],
    sources: [{ id: 's', title: both('S'), producer: both('S'), date: '2022', licence: 'public' }],
  }),
  ...{ indicators: [], observations: [], targets: [], claims: [], frameworks: [], plans: [], reviews: [] },
};
type Values = Readonly<Record<string, string>>;
const anywhere = (role: Grant['role'], department = '*'): Person => ({
  id: 'li',
  name: 'Li',
  grants: [{ role, area: '*', department }],
});
const office = anywhere('administrator');

interface Refused {
  readonly what: string;
  readonly register: string;
  readonly kind: string;
  readonly values: Values;
  /** The case that it is a step of, by a name of this test; absent: it would begin one. */
  readonly of?: string;
  readonly rule: string;
  readonly says: readonly [en: string, zh: string];
  readonly who?: Person;
}

const collected = { collected_on: '2022-03-01T08:00', vehicle: '沪A00001' };
const blocks = (text: string) => ({ moved_item: 'allowance', moved_blocks: text, price: '41.55' });
const weighing = { ticket: 'T9', weighed_on: '2021-09-15T08:00', class: 'wet', at_point: 'p1' };
const refused: readonly Refused[] = [
  {
    what: 'shipping more than is held',
    ...{ register: 'hazardous-waste', of: 'too much', kind: 'collected', values: collected },
    ...{ rule: 'flow.uncovered', says: ['would hold -20', '转出量超过持有量'] },
  },
  {
    what: 'surrendering what is not owned',
    ...{ register: 'carbon', kind: 'surrendered' },
    values: {
      surrenderer: 'e2',
      surrender_year: '2019',
      surrendered_item: 'allowance',
      surrendered_blocks: 'SHEA-2019:1-10',
    },
    ...{ rule: 'serial.held', says: ['SHEA-2019', '序列号不在该账户中'] },
  },
  {
    what: 'a step out of order',
    ...{ register: 'complaints', of: 'water', kind: 'closed', values: { outcome: 'resolved' } },
    ...{ rule: 'register.step', says: ['the case has moved on', '本件状态已经变化'] },
  },
  {
    what: 'closing twice',
    ...{ register: 'complaints', of: 'closed', kind: 'closed', values: { outcome: 'resolved' } },
    ...{ rule: 'register.step', says: ['the case has moved on', '本件状态已经变化'] },
  },
  {
    what: 'a serial in two accounts',
    ...{ register: 'carbon', kind: 'issued' },
    values: {
      issued_to: 'e2',
      issue_year: '2019',
      issued_item: 'allowance',
      issued_blocks: 'SHEA-2019:900-1100',
    },
    ...{ rule: 'serial.held', says: ['SHEA-2019', '序列号不在该账户中'] },
  },
  {
    what: 'selling what another holds',
    ...{ register: 'carbon', kind: 'transferred' },
    values: { seller: 'e2', buyer: 'e1', ...blocks('SHEA-2019:500-600') },
    ...{ rule: 'serial.held', says: ['SHEA-2019', '序列号不在该账户中'] },
  },
  {
    what: 'a weight in the wrong unit',
    ...{ register: 'domestic-waste', kind: 'put-out', values: { ...weighing, weight: '900 kg' } },
    ...{ rule: 'form.unit', says: ['900 kg', '重量'] },
  },
  {
    what: 'a reading from the future',
    ...{ register: 'domestic-waste', kind: 'put-out' },
    values: { ...weighing, weighed_on: '2030-01-01T08:00', weight: '1' },
    ...{ rule: 'register.future', says: ['lies in the future', '时间晚于现在'] },
  },
  {
    what: 'a weighing ticket that comes twice',
    ...{ register: 'domestic-waste', kind: 'put-out', values: { ...weighing, ticket: 'T1', weight: '1' } },
    ...{ rule: 'register.exists', says: ['recorded already', '该编号已经登记'] },
  },
  {
    what: 'editing another department’s record',
    ...{ register: 'complaints', of: 'water', kind: 'answered', values: { answer: 'Ours' } },
    ...{ rule: 'register.department', says: ['with another department', '本件由其他部门承办'] },
    who: anywhere('reporter', 'Housing office'),
  },
];

describe.each(testEngines)('refused on $name', (engine) => {
  let store: Store;
  let app: Hono;
  let who: Person | null = office;
  const numbers = new Map<string, string>();
  const api = (register: string) => `http://city.example/api/places/shanghai/registers/${register}/cases`;

  async function sent(
    register: string,
    of: string | undefined,
    kind: string,
    values: Values,
    message?: string,
  ) {
    const number = of === undefined ? undefined : numbers.get(of);
    const answer = await app.request(`${api(register)}${number === undefined ? '' : `/${number}/steps`}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(message === undefined ? {} : { 'idempotency-key': message }),
      },
      body: JSON.stringify({ kind, values }),
    });
    const told: { number?: string; findings?: { rule: string }[]; faults?: { says: { zh: string } }[] } =
      await answer.json();
    return { status: answer.status, ...told };
  }

  async function done(called: string, register: string, ...steps: readonly (readonly [string, Values?])[]) {
    for (const [kind, values = {}] of steps) {
      const of = numbers.has(called) ? called : undefined;
      const { status, number, findings } = await sent(register, of, kind, values);
      expect([kind, status, findings]).toEqual([kind, 201, undefined]);
      numbers.set(called, number ?? '');
    }
  }

  beforeAll(async () => {
    const { directory, open } = await engine.place();
    store = await open();
    const received = '2012-01-01T00:00:00Z';
    const files = exportWorkspace(workspace);
    await store.submit({ city: 'shanghai', kind: 'workspace', agent: 'test', received, files, workspace });
    app = createApp({
      places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1, store }],
      store,
      who: async () => who,
      registers: { home: directory, now: () => '2023-01-01T02:00:00Z', apiKeys: new Map() },
    });
    for (const code of ['e1', 'e2'])
      await done(code, 'organisations', ['enterprise.added', { code, name: `Works ${code}` }]);
    await done('plant', 'hazardous-waste', ['plant.added', { code: 'p1', name: 'Plant' }]);
    await done('carrier', 'hazardous-waste', ['carrier.added', { code: 'c1', name: 'Carrier' }]);
    await done('stock', 'hazardous-waste', [
      'generated',
      { producer: 'e1', origin: 'production', generated: '10', generated_on: '2021-06-30' },
    ]);
    const load = { sender: 'e1', manifest_carrier: 'c1', receiver: 'p1', waste_code: '900-041-49' };
    await done('too much', 'hazardous-waste', ['created', { ...load, intended: 'disposed', sent: '30' }]);
    await done('point', 'domestic-waste', ['point.added', { code: 'p1', name: 'Point' }]);
    await done('T1', 'domestic-waste', ['put-out', { ...weighing, ticket: 'T1', weight: '1' }]);
    await done('issue', 'carbon', [
      'issued',
      { issued_to: 'e1', issue_year: '2019', issued_item: 'allowance', issued_blocks: 'SHEA-2019:1-1000' },
    ]);
    const filed: Values = {
      category: 'water',
      urgency: 'complaint',
      description: 'Smell',
      location: '31.03,121.22',
    };
    const routed: Values = { department: 'Water office', publish: 'yes' };
    await done('water', 'complaints', ['filed', filed], ['routed', routed]);
    await done(
      'closed',
      'complaints',
      ['filed', filed],
      ['routed', routed],
      ['answered', { answer: 'Done' }],
      ['closed', { outcome: 'resolved' }],
    );
  }, 180_000);
  afterAll(() => store.close());

  const head = async () => (await store.cities()).find(({ id }) => id === 'shanghai')?.head;

  it.each(refused)(
    '$what: $rule',
    async ({ register, of, kind, values, rule, says, who: actor = office }) => {
      who = actor;
      const before = await head();
      const told = await sent(register, of, kind, values);
      expect([told.status, told.findings?.map((each) => each.rule)]).toEqual([422, [rule]]);
      expect(told.faults?.[0]?.says.zh).toContain(says[1]);
      for (const [at, language] of (['en', 'zh'] as const).entries()) {
        const form = new FormData();
        for (const [name, value] of Object.entries(values)) form.append(name, value);
        const number = of === undefined ? undefined : numbers.get(of);
        const path = number === undefined ? `enter/${kind}` : `cases/${number}/take/${kind}`;
        const page = await app.request(
          `http://city.example/${language}/shanghai/registers/${register}/${path}/`,
          {
            method: 'POST',
            body: form,
          },
        );
        const text = await page.text();
        expect([page.status, text.includes('role="alert"')]).toEqual([422, true]);
        expect(text).toContain(says[at]);
      }
      expect(await head()).toBe(before);
      who = office;
    },
  );

  it('a message replayed: register.replayed; a form pressed twice goes once', async () => {
    const buy = {
      ocid: 'o1',
      buyer: 'City',
      category: 'paper',
      amount: '1',
      green: 'none',
      signed_on: '2022-06-01',
    };
    expect((await sent('green-procurement', undefined, 'bought', buy, 'm1')).status).toBe(201);
    const before = await head();
    const again = await sent('green-procurement', undefined, 'bought', { ...buy, ocid: 'o2' }, 'm1');
    expect([again.status, again.findings?.[0]?.rule]).toEqual([422, 'register.replayed']);
    expect(again.faults?.[0]?.says.zh).toBe('该消息已经收到过。');
    expect(await head()).toBe(before);
    const at = 'http://city.example/zh/shanghai/registers/complaints';
    const asked = await (await app.request(`${at}/cases/${numbers.get('water')}/take/answered/`)).text();
    const [, once = ''] = /name="_once" value="([^"]+)"/.exec(asked) ?? [];
    const press = async () => {
      const form = new FormData();
      form.append('answer', '已处理');
      form.append('_once', once);
      return app.request(`${at}/cases/${numbers.get('water')}/take/answered/`, {
        method: 'POST',
        body: form,
      });
    };
    expect((await press()).status).toBe(303);
    const after = await head();
    const second = await press();
    expect([second.status, (await second.text()).includes('该消息已经收到过')]).toEqual([422, true]);
    // A citizen who presses twice is given the number that the first press got.
    who = null;
    const [, sign = ''] =
      /name="_once" value="([^"]+)"/.exec(
        await (await app.request('http://city.example/zh/shanghai/report/?about=noise')).text(),
      ) ?? [];
    const report = async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({
        ...{
          category: 'noise',
          urgency: 'complaint',
          description: '夜间施工',
          address: '中山路1号',
          _once: sign,
        },
      }))
        form.append(name, value);
      const answer = await app.request('http://city.example/zh/shanghai/report/?about=noise', {
        method: 'POST',
        body: form,
      });
      return [...(await answer.text()).matchAll(/<strong>([^<]+)<\/strong>/g)].map(([, text]) => text);
    };
    const [first, twice] = [await report(), await report()];
    expect(first.length).toBeGreaterThan(1);
    expect(twice).toEqual(first);
    expect(await head()).toBe((after ?? 0) + 1);
    who = office;
  });
});
