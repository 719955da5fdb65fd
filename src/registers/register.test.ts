import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { replay } from '../intake/index.ts';
import { derive } from './derive.ts';
import { must, testRegisters } from './fixture.ts';
import { requestId, serviceDefinition, serviceRequest, services } from './georeport.ts';
import { geoReportXml } from './georeport-xml.ts';
import type { Register, StepResult } from './register.ts';
import type { Registers } from './registers.ts';
import { shippedRegister } from './shipped.ts';
import { visibleTexts } from './visible.ts';
import type { WantedStep } from './wanted-step.ts';
import { dueAfter, plainCalendar } from './working-days.ts';

const complaints = shippedRegister('complaints');

function complaintsOf(all: Registers): Register {
  const register = all.get('complaints');
  if (register === undefined) throw new Error('complaints are not shipped');
  return register;
}

describe.each(testEngines)('complaints on $name', (engine) => {
  it('go from filing to the three rates, are reopened, and never out of order', async () => {
    const { all, close } = await testRegisters(engine);
    try {
      const register = complaintsOf(all);
      const filed = await must(register.take(filing('31.0303,121.2276', 'complaint')));
      expect(filed.state).toBe('open');
      expect(filed.deadlines[0]?.due).toBe('2026-03-23T15:59:59Z');

      const tooEarly = await register.take(step(filed.stream, 'closed', { outcome: 'resolved' }));
      expect(findingsOf(tooEarly)).toEqual(["'closed' does not follow 'filed'"]);
      expect(
        findingsOf(
          await register.take({
            ...step(filed.stream, 'routed', { department: 'Water office', publish: 'yes' }),
            as: 'public',
          }),
        ),
      ).toEqual(["'routed' is not a step for public"]);
      expect(findingsOf(await register.take(step(filed.stream, 'routed', {})))).toEqual([
        'Department is missing',
        'Text and photograph may be shown to everyone is missing',
      ]);

      await must(register.take(step(filed.stream, 'routed', { department: 'Water office', publish: 'yes' })));
      await must(
        register.take(
          step(filed.stream, 'answered', { answer: 'The outlet was closed.' }, '2026-03-20T08:00:00Z'),
        ),
      );
      const closed = await must(
        register.take(step(filed.stream, 'closed', { outcome: 'resolved' }, '2026-03-21T08:00:00Z')),
      );
      expect([closed.state, closed.steps.length]).toEqual(['closed', 4]);
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
      await all.refresh();
      const rate = (id: string, now: string) =>
        derive(all, now)
          .cells.filter((each) => each.indicator === id)
          .map(({ area, period, numerator, denominator }) => [
            area,
            period,
            numerator.length,
            denominator?.length,
          ]);
      expect(rate('complaints.answered_in_time', '2026-03-04T00:00:00Z')).toEqual([
        ['310000', '2026', 1, 1],
        ['310117', '2026', 1, 1],
      ]);
      expect(rate('complaints.answered_in_time', '2026-04-04T00:00:00Z')).toEqual([
        ['310000', '2026', 1, 2],
        ['310117', '2026', 1, 2],
      ]);
      expect(rate('complaints.resolved', '2026-04-04T00:00:00Z')).toEqual([
        ['310000', '2026', 1, 1],
        ['310117', '2026', 1, 1],
      ]);
      expect(rate('complaints.satisfied', '2026-04-04T00:00:00Z')).toEqual([
        ['310000', '2026', 0, 1],
        ['310117', '2026', 0, 1],
      ]);
    } finally {
      await close();
    }
  });

  it('keep what is about a person sealed, and forget it for good', async () => {
    const { all, store, close } = await testRegisters(engine);
    try {
      const register = complaintsOf(all);
      const filed = await must(register.take(filing('31.0303,121.2276', 'complaint')));
      const logged = await store.events('shanghai', { register: 'complaints' });
      expect(JSON.stringify(logged)).not.toContain('13800000000');
      const files = await Promise.all(
        (await store.submissions('shanghai')).flatMap(({ files: list }) =>
          list.map(({ sha256 }) => store.file(sha256)),
        ),
      );
      expect(files.some((bytes) => new TextDecoder().decode(bytes).includes('13800000000'))).toBe(false);
      const seen = async (as: 'public' | 'reporter') => {
        const now = await register.case(filed.stream);
        if (now === null) throw new Error('gone');
        return visibleTexts(register, now, await register.events(filed.stream), [as]);
      };
      expect((await seen('reporter')).phone).toBe('13800000000');
      // Neither the text nor the telephone before the office has looked at it; the telephone never.
      expect(Object.keys(await seen('public'))).toEqual(['category', 'urgency', 'location']);
      await must(register.take(step(filed.stream, 'routed', { department: 'Water office', publish: 'yes' })));
      expect(await seen('public')).toMatchObject({ description: 'Sewage <flows> into the river' });
      expect((await seen('public')).phone).toBeUndefined();
      await register.forget(filed.stream);
      expect((await seen('reporter')).phone).toBeUndefined();
      expect((await seen('public')).description).toBeUndefined();
      expect((await register.cases()).length).toBe(1);
    } finally {
      await close();
    }
  });

  it('are rebuilt from the source log alone', async () => {
    const { all, store, close } = await testRegisters(engine);
    const again = await (await engine.place()).open();
    try {
      const register = complaintsOf(all);
      const filed = await must(register.take(filing('31.0303,121.2276', 'complaint')));
      await must(register.take(step(filed.stream, 'routed', { department: 'Water office', publish: 'yes' })));
      expect(await replay(store, again, { compare: store })).toEqual({ submissions: 3, findings: [] });
      expect(await again.events('shanghai')).toEqual(await store.events('shanghai'));
    } finally {
      await again.close();
      await close();
    }
  });

  it('filed at once get different numbers', async () => {
    const { all, close } = await testRegisters(engine);
    try {
      const register = complaintsOf(all);
      const made = await Promise.all(
        Array.from({ length: 4 }, () => must(register.take(filing('31.0,121.0', 'question')))),
      );
      expect(new Set(made.map(requestId)).size).toBe(4);
    } finally {
      await close();
    }
  });
});

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
    const texts = { category: 'water', description: 'a < b & c', location: '31.03,121.22' };
    const request = serviceRequest(
      complaints,
      {
        stream: 'complaints.2026-000002',
        register: 'complaints',
        number: '2026-000002',
        area: '310117',
        type: null,
        state: 'open',
        at: 'filed',
        steps: [{ seq: 1, kind: 'filed', occurred: '2026-03-02T02:00:00Z', position: 2, actor: null }],
        values: texts,
        deadlines: [],
        flags: [],
      },
      texts,
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
