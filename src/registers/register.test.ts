import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { exportWorkspace, replay } from '../intake/index.ts';
import { citySchema, type Workspace } from '../model/index.ts';
import type { Store } from '../store/index.ts';
import { requestId, serviceDefinition, serviceRequest, services } from './georeport.ts';
import { geoReportXml } from './georeport-xml.ts';
import { PersonKeys } from './personal.ts';
import { rateRecords } from './rate.ts';
import { Register, type StepResult, type WantedStep } from './register.ts';
import { shippedRegister } from './shipped.ts';
import { dueAfter, plainCalendar } from './working-days.ts';

const both = (text: string) => ({ en: text, zh: text });
const complaints = shippedRegister('complaints');

const place: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'shanghai',
    name: both('Shanghai'),
    area: '310000',
    languages: ['en', 'zh'],
    areas: [
      { id: '310000', name: both('Shanghai'), kind: 'city' },
      { id: '310117', name: both('Songjiang'), kind: 'district', parent: '310000' },
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

describe.each(testEngines)('complaints on $name', (engine) => {
  it('go from filing to the three rates, are reopened, and never out of order', async () => {
    const { directory, open } = await engine.place();
    const store = await open();
    try {
      const register = await openRegister(store, directory);
      const filed = await must(register.take(filing('31.0303,121.2276', 'complaint')));
      expect(filed.state).toBe('open');
      expect(filed.deadlines[0]?.due).toBe('2026-03-23T15:59:59Z');

      const tooEarly = await register.take(step(filed.stream, 'closed', { outcome: 'resolved' }));
      expect(findingsOf(tooEarly)).toEqual(["'closed' does not follow 'filed'"]);
      expect(
        findingsOf(
          await register.take({
            ...step(filed.stream, 'routed', { department: 'Water office' }),
            as: 'public',
          }),
        ),
      ).toEqual(["'routed' is not a step for public"]);
      expect(findingsOf(await register.take(step(filed.stream, 'routed', {})))).toEqual([
        'Department is missing',
      ]);

      await must(register.take(step(filed.stream, 'routed', { department: 'Water office' })));
      await must(
        register.take(
          step(filed.stream, 'answered', { answer: 'The outlet was closed.' }, '2026-03-20T08:00:00Z'),
        ),
      );
      const closed = await must(
        register.take(step(filed.stream, 'closed', { outcome: 'resolved' }, '2026-03-21T08:00:00Z')),
      );
      expect([closed.state, closed.events.length]).toEqual(['closed', 4]);
      expect(findingsOf(await register.take(step(filed.stream, 'closed', { outcome: 'resolved' })))).toEqual([
        "'closed' does not follow 'closed'",
      ]);
      await must(register.take({ ...step(filed.stream, 'called-back', { satisfied: 'no' }), as: 'checker' }));
      const again = await must(
        register.take({
          ...step(filed.stream, 'reopened', { objection: 'The smell is back.' }),
          as: 'public',
        }),
      );
      expect(again.state).toBe('open');

      // A second one, never answered: late once its time is up.
      await must(register.take(filing('31.1,121.3', 'question')));
      const cases = await register.cases();
      const rate = (id: string, now: string) => {
        const declared = complaints.rates.find((each) => each.id === id);
        if (declared === undefined) throw new Error(id);
        return rateRecords(declared, 'complaints', cases, now).map(
          ({ area, period, numerator, denominator }) => [area, period, numerator.length, denominator.length],
        );
      };
      expect(rate('complaints.answered_in_time', '2026-03-04T00:00:00Z')).toEqual([['310117', '2026', 1, 1]]);
      expect(rate('complaints.answered_in_time', '2026-04-04T00:00:00Z')).toEqual([['310117', '2026', 1, 2]]);
      expect(rate('complaints.resolved', '2026-04-04T00:00:00Z')).toEqual([['310117', '2026', 1, 1]]);
      expect(rate('complaints.satisfied', '2026-04-04T00:00:00Z')).toEqual([['310117', '2026', 0, 1]]);
    } finally {
      await store.close();
    }
  });

  it('keep what is about a person sealed, and forget it for good', async () => {
    const { directory, open } = await engine.place();
    const store = await open();
    try {
      const register = await openRegister(store, directory);
      const filed = await must(register.take(filing('31.0303,121.2276', 'complaint')));
      const logged = await store.events('shanghai', { register: 'complaints' });
      expect(JSON.stringify(logged)).not.toContain('13800000000');
      const files = await Promise.all(
        (await store.submissions('shanghai')).flatMap(({ files: list }) =>
          list.map(({ sha256 }) => store.file(sha256)),
        ),
      );
      expect(files.some((bytes) => new TextDecoder().decode(bytes).includes('13800000000'))).toBe(false);
      expect(await register.reveal(filed, 'phone')).toBe('13800000000');
      expect(register.publicValues(filed).map(([id]) => id)).toEqual([
        'category',
        'urgency',
        'description',
        'location',
      ]);
      await register.forget(filed.stream);
      expect(await register.reveal(filed, 'phone')).toBeNull();
      expect((await register.cases()).length).toBe(1);
    } finally {
      await store.close();
    }
  });

  it('are rebuilt from the source log alone', async () => {
    const { directory, open } = await engine.place();
    const store = await open();
    const again = await (await engine.place()).open();
    try {
      const register = await openRegister(store, directory);
      const filed = await must(register.take(filing('31.0303,121.2276', 'complaint')));
      await must(register.take(step(filed.stream, 'routed', { department: 'Water office' })));
      expect(await replay(store, again, { compare: store })).toEqual({ submissions: 3, findings: [] });
      expect(await again.events('shanghai')).toEqual(await store.events('shanghai'));
    } finally {
      await again.close();
      await store.close();
    }
  });

  it('filed at once get different numbers', async () => {
    const { directory, open } = await engine.place();
    const store = await open();
    try {
      const register = await openRegister(store, directory);
      const made = await Promise.all(
        Array.from({ length: 4 }, () => must(register.take(filing('31.0,121.0', 'question')))),
      );
      expect(new Set(made.map(requestId)).size).toBe(4);
    } finally {
      await store.close();
    }
  });
});

async function openRegister(store: Store, directory: string): Promise<Register> {
  await store.submit({
    city: 'shanghai',
    kind: 'workspace',
    agent: 'test',
    received: '2026-01-01T00:00:00Z',
    files: exportWorkspace(place),
    workspace: place,
  });
  return new Register(complaints, {
    city: 'shanghai',
    store,
    keys: new PersonKeys(join(directory, 'persons')),
    calendar: plainCalendar,
  });
}

function filing(location: string, urgency: string): WantedStep {
  return {
    area: '310117',
    kind: 'filed',
    values: {
      category: 'water',
      urgency,
      description: 'Sewage <flows> into the river',
      location,
      phone: '13800000000',
    },
    as: 'public',
    actor: null,
    now: '2026-03-02T02:00:00Z',
  };
}

function step(
  stream: string,
  kind: string,
  values: Record<string, string>,
  now = '2026-03-03T02:00:00Z',
): WantedStep {
  return { stream, area: '310117', kind, values, as: 'reporter', actor: 'water-office', now };
}

async function must(result: Promise<StepResult>) {
  const done = await result;
  if (done.case === null) throw new Error(done.findings.map(({ what, why }) => `${what}: ${why}`).join('; '));
  return done.case;
}

function findingsOf(result: StepResult): readonly string[] {
  return result.case === null ? result.findings.map(({ what }) => what) : [];
}

describe('a time limit', () => {
  it('counts working days from the day after, in local time, over holidays and worked weekends', () => {
    expect(dueAfter('2026-03-02T02:00:00Z', 5, plainCalendar)).toBe('2026-03-09T15:59:59Z');
    // 17:00 UTC on Friday is Saturday in China.
    expect(dueAfter('2026-03-06T17:00:00Z', 1, plainCalendar)).toBe('2026-03-09T15:59:59Z');
    const holiday = {
      ...plainCalendar,
      holidays: new Set(['2026-03-03']),
      workdays: new Set(['2026-03-07']),
    };
    expect(dueAfter('2026-03-02T02:00:00Z', 5, holiday)).toBe('2026-03-09T15:59:59Z');
  });
});

describe('GeoReport', () => {
  it('offers a service for each category and its attributes', () => {
    expect(services(complaints, 'en').map(({ service_code }) => service_code)).toContain('hazardous-waste');
    expect(
      serviceDefinition(complaints, 'water', 'en')?.map(({ code, datatype }) => [code, datatype]),
    ).toEqual([['urgency', 'singlevaluelist']]);
    expect(serviceDefinition(complaints, 'potholes', 'en')).toBeNull();
  });

  it('shows a case without what is private, escaped', () => {
    const event = {
      area: '310117',
      stream: 'complaints.2026-000002',
      seq: 1,
      register: 'complaints',
      version: 1,
      kind: 'filed',
      from: '',
      occurred: '2026-03-02T02:00:00Z',
      actor: null,
      body: { category: 'water', description: 'a < b & c', location: '31.03,121.22', phone: 'v1.x.y' },
    };
    const request = serviceRequest(
      complaints,
      {
        stream: event.stream,
        area: event.area,
        state: 'open',
        at: 'filed',
        events: [event],
        values: event.body,
        deadlines: [],
      },
      'en',
    );
    expect(request).toMatchObject({
      service_request_id: '2026-000002',
      status: 'open',
      lat: 31.03,
      long: 121.22,
    });
    const xml = geoReportXml('service_requests', 'request', [{ ...request }]);
    expect(xml).toContain('<description>a &lt; b &amp; c</description>');
    expect(xml).not.toContain('phone');
  });
});
