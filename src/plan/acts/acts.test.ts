import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { exportWorkspace, parseWorkspace, readFolder, replay } from '../../intake/index.ts';
import type { Commitment, Plan, Workspace } from '../../model/index.ts';
import { contentOf, type Store } from '../../store/index.ts';
import { planChanges } from '../index.ts';
import { plannedActs, readActs, type WantedAct, writeActs } from './acts.ts';

const folder = await readFolder(fileURLToPath(new URL('../../../examples/shenyang', import.meta.url)));
const { workspace: parsed } = parseWorkspace(folder.files);
if (parsed === null) throw new Error('the example is sound');
const { commitments = [] } = parsed.plans[0] ?? {};
const kept = commitments.filter(({ id }) => id === 'model-city' || id.startsWith('d2'));
const named = new Set(kept.flatMap(({ targets }) => targets.map(({ indicator }) => indicator)));
/** Shenyang’s second demonstration only: what is tested here does not depend on how much there is. */
const base: Workspace = {
  city: parsed.city,
  indicators: parsed.indicators.filter(({ id }) => named.has(id)),
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: parsed.plans.map((plan) => ({ ...plan, commitments: kept })),
  reviews: [],
};
const anna = { id: 'p1', name: 'Anna', now: new Date('2013-04-05T06:00:00Z') };
const id = 'shenyang-model-city';

describe.each(testEngines)('acts on commitments on $name', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await load(base);
  });
  afterAll(() => store.close());

  const load = (workspace: Workspace) =>
    store.submit({
      city: 'shenyang',
      kind: 'workspace',
      agent: 'test',
      received: '2013-01-01T00:00:00Z',
      files: exportWorkspace(workspace),
      workspace,
    });
  const now = async (asOf?: number): Promise<{ readonly workspace: Workspace; readonly plan: Plan }> => {
    const workspace = await store.workspace('shenyang', asOf);
    const plan = workspace?.plans[0];
    if (workspace === null || plan === undefined) throw new Error('loaded above');
    return { workspace, plan };
  };
  const find = async (commitment: string, asOf?: number): Promise<Commitment> => {
    const found = (await now(asOf)).plan.commitments.find((each) => each.id === commitment);
    if (found === undefined) throw new Error(`no ${commitment}`);
    return found;
  };
  const act = async (reason: string, ...acts: readonly WantedAct[]) =>
    writeActs(store, (await now()).workspace, id, anna, reason, acts);
  const lowered = (was: Commitment): WantedAct => ({
    kind: 'changed',
    expected: 0,
    commitment: {
      ...contentOf(was),
      targets: was.targets.map((target) => (target.value === '80' ? { ...target, value: '70' } : target)),
    },
  });

  test('a target that is lowered stands beside the one that was promised, with who and why', async () => {
    const was = await find('d2-2012');
    expect(was.targets[0]?.value).toBe('80');
    expect(await act('two parks came late', lowered(was))).toMatchObject({ outcome: 'stored', acts: 1 });
    const is = await find('d2-2012');
    expect(is.targets[0]?.value).toBe('70');
    expect(is.revisions).toEqual([
      { at: '2013-04-05T06:00:00.000Z', by: 'Anna', kind: 'changed', reason: 'two parks came late', was },
    ]);
    expect((await find('d2-2012', 1)).targets[0]?.value).toBe('80');
    expect(planChanges((await now(1)).plan, (await now()).plan)).toMatchObject([
      { kind: 'changed', commitment: { id: 'd2-2012' }, fields: [{ field: 'targets' }] },
    ]);
  });

  test('who began from an older version is told, and nothing is stored', async () => {
    const before = (await store.cities())[0]?.head;
    expect(await act('again', lowered(await find('d2-2012')))).toEqual({
      outcome: 'moved',
      commitments: ['d2-2012'],
    });
    expect((await store.cities())[0]?.head).toBe(before);
  });

  test('of many who act at once one is stored, the others are told', async () => {
    const was = await find('d2-2015');
    const each = (n: number): WantedAct => ({
      kind: 'changed',
      expected: 0,
      commitment: { ...contentOf(was), weight: String(n) },
    });
    const { workspace } = await now();
    const all = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => writeActs(store, workspace, id, anna, 'weights', [each(n)])),
    );
    expect(all.map(({ outcome }) => outcome).sort()).toEqual(['moved', 'moved', 'moved', 'moved', 'stored']);
    expect((await readActs(store, 'shenyang', id, 'd2-2015')).length).toBe(1);
  });

  test('a commitment is added, withdrawn with its reason, restored: it never disappears', async () => {
    const commitment = {
      ...contentOf(await find('d2-1')),
      id: 'd2-new',
      name: { en: 'New park', zh: '新园区' },
    };
    await act('a third partner', { kind: 'added', commitment });
    const withdrawn = { on: '2013-05-01', reason: 'the partner left' };
    await act(withdrawn.reason, { kind: 'withdrawn', commitment: { ...commitment, withdrawn } });
    expect(await find('d2-new')).toMatchObject({
      withdrawn,
      revisions: [{ was: null }, { kind: 'withdrawn' }],
    });
    await act('it came back', { kind: 'restored', commitment });
    const back = await find('d2-new');
    expect(back.withdrawn).toBeUndefined();
    expect(back.revisions?.map(({ kind }) => kind)).toEqual(['added', 'withdrawn', 'restored']);
    expect(back.revisions?.[2]?.was?.withdrawn).toEqual(withdrawn);
  });

  test('a plan brought in is its differences; what it leaves out stays, or is withdrawn', async () => {
    const { plan } = await now();
    const [first, second, ...rest] = plan.commitments;
    if (first === undefined || second === undefined) throw new Error('not empty');
    const after: Plan = { ...plan, commitments: [{ ...first, weight: '3' }, ...rest] };
    expect(plannedActs(plan, after).map(({ kind, commitment }) => `${kind} ${commitment.id}`)).toEqual([
      `changed ${first.id}`,
    ]);
    expect(
      plannedActs(plan, after, { on: '2013-06-01', reason: 'r' }).map(
        ({ kind, commitment }) => `${kind} ${commitment.id}`,
      ),
    ).toEqual([`changed ${first.id}`, `withdrawn ${second.id}`]);
    expect(plannedActs(plan, plan)).toEqual([]);
  });

  test('files that come to say something else stand, and what was promised in the office is still told', async () => {
    const files: Workspace = {
      ...base,
      plans: base.plans.map((plan) => ({
        ...plan,
        commitments: plan.commitments.map((each) =>
          each.id === 'd2-2012' ? { ...each, weight: '9' } : each,
        ),
      })),
    };
    expect((await load(files)).outcome).toBe('stored');
    const stands = await find('d2-2012');
    expect(stands).toMatchObject({ weight: '9', targets: [{ value: '80' }] });
    expect(stands.revisions?.map(({ reason }) => reason)).toEqual(['two parks came late']);
    await act('lower again', { kind: 'changed', commitment: { ...contentOf(stands), weight: '8' } });
    expect(await find('d2-2012')).toMatchObject({ weight: '8', revisions: [{}, { was: { weight: '9' } }] });
  });

  test('exported and loaded elsewhere the plan is the same, and replaying the log gives it again', async () => {
    const { workspace, plan } = await now();
    const again = parseWorkspace(exportWorkspace(workspace));
    expect(again.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(again.workspace?.plans[0]).toEqual(plan);
    // Into one engine only: opening another embedded database costs more than the rest of this file.
    if (engine !== testEngines.at(-1)) return;
    const target = await (await engine.place()).open();
    try {
      expect((await replay(store, target)).findings).toEqual([]);
      expect((await target.workspace('shenyang'))?.plans[0]).toEqual(plan);
    } finally {
      await target.close();
    }
  });
});
