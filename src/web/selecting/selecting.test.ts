import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace, parseWorkspace } from '../../intake/index.ts';
import type { Workspace } from '../../model/index.ts';
import {
  asJson,
  ballotSteps,
  ballotStream,
  type PanelDraft,
  panelDraftSchema,
  selectionOf,
} from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import type { Grant, Person } from '../who.ts';
import {
  closeScores,
  decideSelection,
  lift,
  makeShortlist,
  readWorked,
  type SelectingContext,
  scoresSeenBy,
  setUp,
  type Vote,
  vote,
} from './panel.ts';

const parsed = parseWorkspace(
  Object.entries({
    'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny City, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny City, zh: 小城 }, kind: city }
sources:
  - id: yearbook
    title: { en: Yearbook, zh: 年鉴 }
    producer: { en: Bureau, zh: 统计局 }
    date: 2019
    licence: CC BY 4.0
`,
  }).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
);
if (parsed.workspace === null) throw new Error(JSON.stringify(parsed.findings));
const workspace: Workspace = parsed.workspace;

const grant = (role: Grant['role']): Grant => ({ role, area: '*', department: '*' });
const person = (id: string, ...grants: readonly Grant[]): Person => ({ id, name: id, grants });
const lead = person('lead', grant('approver'));
const members = ['ann', 'bo', 'cai'].map((id) => person(id, grant('assessor')));
const [ann, bo, cai] = members;
if (ann === undefined || bo === undefined || cai === undefined) throw new Error('three');
const stranger = person('stranger', grant('assessor'));

/** 200 candidates for 27 places, one criterion with a least mean. */
const ids = Array.from({ length: 200 }, (_, at) => `p${String(at + 1).padStart(3, '0')}`);
const draft: PanelDraft = panelDraftSchema.parse({
  selection: {
    id: 'first',
    name: { en: 'First batch', zh: '首批' },
    places: 27,
    leastMembers: 2,
    criteria: [
      { id: 'effect', name: { en: 'Effect', zh: '效果' }, weight: '3', most: '10', least: '3' },
      { id: 'cost', name: { en: 'Cost', zh: '费用' }, weight: '1', most: '5' },
    ],
    panel: members.map(({ id }) => ({ id, name: { en: id, zh: id } })),
    candidates: ids.map((id) => ({
      id,
      name: { en: `Project ${id}`, zh: `项目${id}` },
      entered: { on: '2020-01-01', by: 'lead' },
    })),
  },
  persons: Object.fromEntries(members.map(({ id }) => [id, id])),
  shortlist: 40,
});

describe.each(testEngines)('a selection by a panel on $name', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: '2020-01-01T00:00:00Z',
      files: exportWorkspace(workspace),
      workspace,
    });
  });
  afterAll(() => store.close());
  const as = (who: Person): SelectingContext => ({
    store,
    workspace,
    person: who,
    now: new Date('2020-02-01T00:00:00Z'),
  });
  const worked = async () => {
    const found = await readWorked(store, 'tiny', 'first');
    if (found === null) throw new Error('opened above');
    return found;
  };
  const votes = (candidates: readonly string[], scores: (at: number) => Vote['scores']): readonly Vote[] =>
    candidates.map((candidate, at) => ({
      candidate,
      expected: 0,
      scores: scores(at),
      said: '',
      conflict: null,
    }));

  test('who leads opens it; members score within bounds, nobody else does', async () => {
    expect(await setUp(as(ann), null, draft, 0, '')).toBe('rights');
    expect(await setUp(as(lead), null, draft, 0, '')).toBe('done');
    expect(await setUp(as(lead), null, draft, 0, '')).toBe('moved');
    const now = await worked();
    expect(
      await vote(
        as(stranger),
        now,
        votes(['p001'], () => ({ effect: '5' })),
      ),
    ).toBe('rights');
    expect(
      await vote(
        as(lead),
        now,
        votes(['p001'], () => ({ effect: '5' })),
      ),
    ).toBe('rights');
    for (const effect of ['10.5', '-1', '1e1', 'NaN'])
      expect(
        await vote(
          as(ann),
          now,
          votes(['p001'], () => ({ effect })),
        ),
      ).toBe('form');
    expect(
      await vote(
        as(ann),
        now,
        votes(['p999'], () => ({ effect: '5' })),
      ),
    ).toBe('form');
    // The later a candidate stands the lower it is scored; the last twenty are shut out.
    const given = (at: number) => ({ effect: at < 180 ? (10 - at / 30).toFixed(3) : '1', cost: '4' });
    for (const member of members)
      expect(await vote(as(member), await worked(), votes(ids, given))).toBe('done');
    expect(
      await vote(
        as(ann),
        await worked(),
        votes(['p001'], () => ({ effect: '5' })),
      ),
    ).toBe('moved');
  });

  test('a member with an interest cannot score: told by the server, refused by the database, until it is lifted', async () => {
    const declare: Vote = { candidate: 'p001', expected: 1, scores: {}, said: '', conflict: 'I own a share' };
    expect(await vote(as(ann), await worked(), [{ ...declare, conflict: '' }])).toBe('reason');
    expect(await vote(as(ann), await worked(), [declare])).toBe('done');
    const score = { ...declare, expected: 2, conflict: null, scores: { effect: '10', cost: '5' } };
    expect(await vote(as(ann), await worked(), [score])).toBe('conflict');
    const stream = ballotStream('first', 'p001', 'ann');
    const forced = await store.submit({
      city: 'tiny',
      kind: 'record',
      agent: 'past the server',
      received: '2020-02-01T00:00:00Z',
      files: [],
      records: {
        registers: [ballotSteps],
        events: [
          {
            area: 'T',
            stream,
            seq: 3,
            register: 'ballot',
            version: 1,
            kind: 'scored',
            from: 'conflict',
            occurred: '2020-02-01T00:00:00Z',
            actor: 'ann',
            body: asJson({ candidate: 'p001', member: 'ann', scores: { effect: '10', cost: '5' } }),
          },
        ],
      },
    });
    expect(forced.outcome).toBe('refused');
    const shown = selectionOf({ ...draft.selection, candidates: [] });
    expect(shown.ranked).toEqual([]);
    expect((await worked()).ballots.get(stream)).toMatchObject({ kind: 'conflict', scores: {} });
    expect(await lift(as(ann), await worked(), 'p001', 'ann', 'no')).toBe('rights');
    expect(await lift(as(lead), await worked(), 'p001', 'ann', '')).toBe('reason');
    expect(await lift(as(lead), await worked(), 'p001', 'ann', 'another company of that name')).toBe('done');
    expect(await vote(as(ann), await worked(), [{ ...score, expected: 3 }])).toBe('done');
    expect(await vote(as(bo), await worked(), [{ ...declare, conflict: 'my brother builds it' }])).toBe(
      'done',
    );
  });

  test('before the decision a member sees their own scores only, who leads sees all unless scoring too', async () => {
    const seenBy = async (who: Person): Promise<number> =>
      (await readWorked(store, 'tiny', 'first', scoresSeenBy(who, workspace)))?.ballots.size ?? -1;
    expect(await seenBy(lead)).toBe(600);
    expect(await seenBy(person('shen', grant('auditor')))).toBe(600);
    expect(await seenBy(ann)).toBe(200);
    expect(await seenBy(person('bo', grant('approver')))).toBe(200);
    expect(await seenBy(stranger)).toBe(0);
    const seenPast = async (by: Store): Promise<number> =>
      (await by.events('tiny', { register: 'ballot' })).length;
    expect(await seenPast(store)).toBe(604);
    // The embedded engine enforces nothing by row.
    if (engine.name === 'postgres') {
      expect(await seenPast(store.withBallotsOf(['ann']))).toBe(203);
      expect(await seenPast(store.withBallotsOf([]))).toBe(0);
    }
    expect(await store.withBallotsOf([]).events('tiny', { register: 'selection' })).toHaveLength(1);
  });

  test('closed, shortlisted, decided: 27 of 200, with reasons where it departs from the scores', async () => {
    expect(await closeScores(as(ann), await worked(), 1)).toBe('rights');
    expect(await closeScores(as(lead), await worked(), 1)).toBe('done');
    expect(
      await vote(
        as(cai),
        await worked(),
        votes(['p050'], () => ({ effect: '10' })),
      ),
    ).toBe('state');
    const shortlist = ids.slice(0, 40);
    expect(await makeShortlist(as(lead), await worked(), [...shortlist, 'p190'], 2, 'as scored')).toBe(
      'form',
    );
    expect(await makeShortlist(as(lead), await worked(), shortlist, 2, '')).toBe('reason');
    expect(await makeShortlist(as(lead), await worked(), shortlist, 2, 'as scored')).toBe('done');
    const chosen = [...ids.slice(0, 26), 'p030'];
    const decide = (list: readonly string[], reasons: Readonly<Record<string, string>>) =>
      worked().then((now) =>
        decideSelection(as(lead), now, list, new Map(Object.entries(reasons)), 3, 'The panel agreed.'),
      );
    expect(await decide(ids.slice(0, 28), {})).toBe('form');
    expect(await decide([...ids.slice(0, 26), 'p060'], { p060: 'not on the list' })).toBe('form');
    expect(await decide(chosen, { p030: 'the only one in the north' })).toBe('reason');
    expect((await store.workspace('tiny'))?.selections).toBeUndefined();
    expect(await decide(chosen, { p030: 'the only one in the north', p027: 'its land is not free' })).toBe(
      'done',
    );
  });

  test('the public reads the decision in both languages, and the log gives it again as a file', async () => {
    const now = await store.workspace('tiny');
    const [selection] = now?.selections ?? [];
    if (now === null || selection === undefined) throw new Error('decided above');
    const { chosen, ranked } = selectionOf(selection);
    expect(chosen).toHaveLength(27);
    expect(chosen).toContain('p030');
    expect(ranked.filter(({ decision }) => decision === 'shut-out')).toHaveLength(20);
    // Bo's score of p001 does not count: two do, which is enough.
    expect(ranked.find(({ candidate }) => candidate === 'p001')?.scores[0]).toMatchObject({
      mean: '10',
      members: 2,
    });
    const app = createApp({
      places: [{ workspace: now, figures: new FigureSet(now, { asOf: 1 }), asOf: 1 }],
    });
    for (const [language, said] of [
      ['en', 'Decided on 1 February 2020 by lead: The panel agreed.'],
      ['zh', 'lead于2020年2月1日作出决定：The panel agreed.'],
    ]) {
      const page = await (await app.request(`/${language}/tiny/plan/selection/first/`)).text();
      expect(page).toContain(said);
      expect(page).toContain('my brother builds it');
      expect(page).toContain('its land is not free');
    }
    const again = parseWorkspace(exportWorkspace(now));
    expect(again.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(again.workspace?.selections).toEqual(now.selections);
  });

  test('opened again it is not public until it is decided anew', async () => {
    const before = await worked();
    expect(
      await setUp(as(lead), before.panel, before.panel.draft, before.panel.seq, 'a score was wrong'),
    ).toBe('done');
    expect((await store.workspace('tiny'))?.selections).toBeUndefined();
    expect((await worked()).panel.state).toBe('changed');
  });
});
