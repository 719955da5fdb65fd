import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { type Plan, planSchema } from '../../model/index.ts';
import { answerableFor, isUnanswered, overdueCommitments } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import type { Grant, Person } from '../who.ts';
import { answersFor, oversee, readOversights, remindOfOversights } from './oversight.ts';

const plan: Plan = planSchema.parse({
  id: 'p',
  name: { en: 'Plan', zh: '规划' },
  source: 's',
  commitments: [
    { id: 'late', kind: 'task', name: { en: 'Late', zh: '迟' }, due: '2019', department: 'water' },
    { id: 'done', kind: 'task', name: { en: 'Done', zh: '成' }, due: '2019', state: 'done' },
    { id: 'later', kind: 'task', name: { en: 'Later', zh: '后' }, due: '2020' },
    { id: 'open', kind: 'task', name: { en: 'Open', zh: '无期' } },
    { id: 'part', kind: 'project', parent: 'late', name: { en: 'Part', zh: '分项' } },
    {
      id: 'gone',
      kind: 'task',
      name: { en: 'Gone', zh: '撤' },
      due: '2018',
      withdrawn: { on: '2019-01-01', reason: 'r' },
    },
    { id: 'north', kind: 'task', name: { en: 'North', zh: '北' }, due: '2019-06', area: 'T1' },
  ],
});
const commitment = (id: string) => {
  const found = plan.commitments.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

test('overdue is what still stands, has a day that is past, and is not done', () => {
  expect(overdueCommitments(plan, '2019-12-31').map(({ id }) => id)).toEqual(['north']);
  expect(overdueCommitments(plan, '2020-01-01').map(({ id }) => id)).toEqual(['late', 'north']);
});

const grant = (role: Grant['role'], area: string, department = '*'): Grant => ({ role, area, department });
const person = (id: string, ...grants: readonly Grant[]): Person => ({ id, name: id, grants });
const zhao = person('zhao', grant('approver', '*'));
const wu = person('wu', grant('reporter', 'T', 'water'));
const li = person('li', grant('reporter', 'T', 'housing'));

test('a commitment that names nobody is answered for by the one above it, else by who keeps the plan', () => {
  expect(['late', 'north', 'part', 'open'].map((id) => answerableFor(plan, commitment(id)))).toEqual([
    { department: 'water' },
    { area: 'T1' },
    { department: 'water' },
    { keepers: true },
  ]);
  const editor = person('anne', grant('editor', '*'));
  expect(answersFor(editor, plan, commitment('open'), 'T')).toBe(true);
  expect(answersFor(editor, plan, commitment('part'), 'T')).toBe(false);
  expect(answersFor(wu, plan, commitment('part'), 'T')).toBe(true);
  for (const other of [grant('editor', 'T1'), grant('editor', 'T', 'housing'), grant('reporter', '*')])
    expect(answersFor(person('other', other), plan, commitment('open'), 'T')).toBe(false);
});

describe.each(testEngines)('supervision of a commitment on $name', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await engine.place()).open();
    for (const { id, grants } of [zhao, wu, li]) {
      await store.people.addPerson({ id, name: id, email: `${id}@t.example` }, '2019-01-01T00:00:00Z');
      for (const [at, each] of grants.entries())
        await store.people.grant({
          ...each,
          city: 'tiny',
          id: `${id}-${at}`,
          person: id,
          givenBy: 'test',
          givenAt: '2019-01-01T00:00:00Z',
        });
    }
  });
  afterAll(() => store.close());
  const step = (
    who: Person,
    kind: Parameters<typeof oversee>[3],
    expected: number,
    said = 'why',
    until = '2020-03-01',
  ) =>
    oversee(
      {
        store,
        people: store.people,
        city: 'tiny',
        area: 'T',
        person: who,
        now: new Date('2020-02-01T08:00:00Z'),
      },
      plan,
      commitment('late'),
      kind,
      expected,
      said,
      until,
    );
  const stands = async () => (await readOversights(store, 'tiny', 'p')).get('late');
  const told = async (id: string) => (await store.people.notices('tiny', id)).map(({ body }) => body.en);

  test('issued with a day and a reason by who leads; answered only by who answers for it; each is told', async () => {
    expect(await step(wu, 'issued', 0)).toBe('rights');
    expect(await step(zhao, 'issued', 0, '')).toBe('form');
    expect(await step(zhao, 'issued', 0, 'why', '2020-01-31')).toBe('form');
    expect(await step(zhao, 'answered', 0)).toBe('rights');
    expect(await step(zhao, 'closed', 0)).toBe('state');
    expect(await step(zhao, 'issued', 0)).toBe('done');
    expect(await told('wu')).toEqual(['“Late” is under supervision: an answer is asked for']);
    expect(await told('li')).toEqual([]);
    const now = await stands();
    expect(now !== undefined && [isUnanswered(now, '2020-03-01'), isUnanswered(now, '2020-03-02')]).toEqual([
      false,
      true,
    ]);
    expect(await step(li, 'answered', 1)).toBe('rights');
    expect(await step(wu, 'answered', 1, '')).toBe('form');
    const both = await Promise.all([step(wu, 'answered', 1), step(zhao, 'reminded', 1, '')]);
    expect([...both].sort()).toEqual(['done', 'moved']);
  });

  test('without an answer in time who answers and who leads are reminded once a week, in any number of processes', async () => {
    const turn = (now: string) =>
      remindOfOversights({
        store,
        people: store.people,
        city: 'tiny',
        area: 'T',
        plans: [plan],
        now: new Date(now),
      });
    const reminded = async (id: string) =>
      (await told(id)).filter((each) => /^(?:Reminder|No answer)/.test(each)).length;
    const before = [await reminded('wu'), await reminded('zhao'), await reminded('li')];
    // Answered or asked again above: issued anew it is open until its day.
    expect(await step(zhao, 'reminded', (await stands())?.seq ?? 0, '')).toBe('done');
    const after = await reminded('wu');
    await turn('2020-03-01T08:00:00Z');
    expect(await reminded('wu')).toBe(after);
    await Promise.all([turn('2020-03-04T08:00:00Z'), turn('2020-03-04T09:00:00Z')]);
    await turn('2020-03-03T08:00:00Z');
    expect([await reminded('wu'), await reminded('zhao'), await reminded('li')]).toEqual([
      after + 1,
      (before[1] ?? 0) + 1,
      0,
    ]);
    await turn('2020-03-12T08:00:00Z');
    expect(await reminded('wu')).toBe(after + 2);
  });

  test('taken higher, closed with a reason; closed, it may be issued again, and nothing of it is lost', async () => {
    const seq = async () => (await stands())?.seq ?? 0;
    expect(await step(zhao, 'escalated', await seq())).toBe('done');
    expect(await step(zhao, 'closed', await seq(), '')).toBe('form');
    expect(await step(zhao, 'closed', await seq(), 'the pipes are laid')).toBe('done');
    expect(await step(zhao, 'reminded', await seq())).toBe('state');
    expect(await step(zhao, 'issued', await seq(), 'they leak')).toBe('done');
    expect((await stands())?.events.map(({ kind }) => kind)).toMatchObject({
      0: 'issued',
      4: 'closed',
      5: 'issued',
    });
  });
});
