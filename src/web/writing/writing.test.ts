import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { loggedAnswers } from '../../audit/index.ts';
import { exportWorkspace, parseWorkspace, replay } from '../../intake/index.ts';
import type { Workspace } from '../../model/index.ts';
import { diffWords, joinSections, mergeTexts, sectionState } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import type { Grant, Person } from '../who.ts';
import { answerFinding } from './answer.ts';
import { movedFile, writingLog } from './read.ts';
import { readRemarks, sayRemark, stepRemark } from './remarks.ts';
import { restoreVersion, saveSection, signSection, takeFile, type WriteContext } from './save.ts';

const chapter =
  '# Water\n\nIt rains.\n\n## Rivers\n\nThe river is clean.\n\nThe weir is old.\n\n## Wells\n\nWells are deep.\n';
const files: Record<string, string> = {
  'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny, zh: 小城 }, kind: city }
  - { id: T1, name: { en: East, zh: 东区 }, kind: district, parent: T }
sources:
  - { id: s, title: { en: S, zh: S }, producer: { en: P, zh: P }, date: "2022", licence: CC BY 4.0 }
`,
  'review/2022/review.yaml': `id: "2022"
title: { en: Review, zh: 报告 }
date: 2022-12-01
issuer: { en: Tiny, zh: 小城 }
kind: voluntary-local-review
chapters: [water]
`,
  'review/2022/water.en.md': chapter,
  'review/2022/water.zh.md': '# 水\n\n下雨。\n\n## 河流\n\n河水清。\n',
};
const parse = (over: Record<string, string> = {}): Workspace => {
  const all = Object.entries({ ...files, ...over });
  const { workspace, findings } = parseWorkspace(
    all.map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
  );
  if (workspace === null) throw new Error(JSON.stringify(findings));
  return workspace;
};
const grant = (role: Grant['role'], area = '*'): Grant => ({ role, area, department: '*' });
const person = (name: string, ...grants: readonly Grant[]): Person => ({ id: name, name, grants });
const an = person('an', grant('editor'));
const bo = person('bo', grant('editor', 'T'), grant('approver'));
const district = person('district', grant('editor', 'T1'));
const approver = person('zhao', grant('approver'));
const name = { review: '2022', chapter: 'water', language: 'en' } as const;

test('neighbouring paragraphs are put together; one paragraph changed twice loses neither text', () => {
  const base = 'one\n\ntwo\n\nthree';
  expect(mergeTexts(base, 'ONE\n\ntwo\n\nthree', 'one\n\nTWO\n\nthree\n\nfour')).toEqual({
    text: 'ONE\n\nTWO\n\nthree\n\nfour',
    clashes: [],
  });
  const { text, clashes } = mergeTexts(base, 'one\n\nmine\n\nthree', 'one\n\ntheirs\n\nthree');
  expect(clashes).toEqual([{ base: 'two', mine: 'mine', theirs: 'theirs' }]);
  expect(text).toBe('one\n\ntheirs\n\nmine\n\nthree');
  const runs = diffWords('河水清。\n', '河水很清。\n');
  expect(runs.filter(({ kind }) => kind !== 'same')).toEqual([{ kind: 'new', text: '很' }]);
});

describe.each(testEngines)('writing on $name', (engine) => {
  let store: Store;
  /** A second server on the same database; null where there can be one process only. */
  let again: (() => Promise<Store>) | null = null;
  let workspace = parse();
  let saves = 0;
  const load = async (given: Workspace): Promise<Workspace> => {
    const receipt = await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: '2023-01-01T00:00:00Z',
      files: exportWorkspace(given),
      workspace: given,
    });
    expect(receipt.outcome).not.toBe('refused');
    const now = await store.workspace('tiny');
    if (now === null) throw new Error('loaded above');
    return now;
  };
  beforeAll(async () => {
    const place = await engine.place();
    store = await place.open();
    again = place.databaseUrl === undefined ? null : () => place.open();
    workspace = await load(workspace);
  });
  afterAll(() => store.close());
  const as = (who: Person): WriteContext => ({
    store,
    city: 'tiny',
    workspace,
    name,
    person: who,
    now: new Date('2023-01-02T00:00:00Z'),
  });
  const save = (who: Person, section: string, base: number, text: string, settles: number[] = []) => {
    saves += 1;
    return saveSection(as(who), { section, base, text, save: `save-${saves}-of-test`, settles });
  };
  const now = () => writingLog(store, 'tiny').read(workspace, name);
  const published = async () =>
    (await store.workspace('tiny'))?.reviews[0]?.chapters.find(({ language }) => language === 'en')?.text;

  test('two who write at once lose nothing, and what is sent twice is stored once', async () => {
    const [first, second] = await Promise.all([
      save(an, 's0-1', 0, '## Rivers\n\nThe river is clear.\n\nThe weir is old.'),
      save(bo, 's0-1', 0, '## Rivers\n\nThe river is clean.\n\nThe weir is new.'),
    ]);
    expect([first.outcome, second.outcome].sort()).toEqual(['merged', 'saved']);
    const { version, sections } = await now();
    expect(sections[1]?.text).toBe('## Rivers\n\nThe river is clear.\n\nThe weir is new.');
    const same = {
      section: 's0-2',
      base: version,
      text: '## Wells\n\nDeep.',
      save: 'the same save',
      settles: [],
    };
    await saveSection(as(an), same);
    const again = await saveSection(as(an), same);
    expect(again).toMatchObject({ outcome: 'saved' });
    expect((await now()).version).toBe(version + 1);
    const clash = await save(bo, 's0-1', version, '## Rivers\n\nThe river is green.\n\nThe weir is new.');
    expect(clash.outcome).toBe('merged');
    const clashing = await save(an, 's0-1', version, '## Rivers\n\nThe river is blue.\n\nThe weir is new.');
    if (clashing.outcome !== 'conflict') throw new Error(clashing.outcome);
    expect(clashing.clashes).toMatchObject([{ mine: 'The river is blue.', theirs: 'The river is green.' }]);
    expect((await now()).asides.map(({ text }) => text.includes('is blue'))).toEqual([true]);
    await save(an, 's0-1', clashing.writing.version, clashing.both, [clashing.aside]);
    expect((await now()).asides).toEqual([]);
    expect((await now()).sections[1]?.text).toMatch(/green\.\n\nThe river is blue/);
  });

  test('who is in a text is seen from every server, and forgotten when their page stops asking', async () => {
    const other = again === null ? store : await again();
    const at = (second: number) => new Date(Date.UTC(2023, 0, 2, 0, 0, second));
    const in1 = { id: 'an', name: 'An', section: 's0-1' };
    expect(await store.people.meet('tiny', 'r one en', in1, at(0))).toEqual([]);
    const bo2 = { id: 'bo', name: 'Bo', section: 's0-2' };
    expect(await other.people.meet('tiny', 'r one en', bo2, at(4))).toEqual([in1]);
    expect(await store.people.meet('tiny', 'r one en', in1, at(5))).toEqual([bo2]);
    expect(await other.people.meet('tiny', 'r one zh', bo2, at(6))).toEqual([]);
    expect(await other.people.meet('other', 'r one en', bo2, at(6))).toEqual([]);
    expect(await store.people.meet('tiny', 'r one en', in1, at(20))).toEqual([]);
    if (other !== store) await other.close();
  });

  test('who may not write does not; a database narrowed to a district sees and writes nothing of it', async () => {
    expect(await save(district, 's0-1', 0, 'x')).toEqual({ outcome: 'refused', why: 'not-yours' });
    expect(await save(approver, 's0-1', 0, 'x')).toEqual({ outcome: 'refused', why: 'not-yours' });
    const narrative = { ...name, area: 'T', text: '# Forged\n', over: [''] };
    const forged = await store.within(['T1']).submit({
      city: 'tiny',
      kind: 'record',
      agent: 'forger',
      received: '2023-01-02T00:00:00Z',
      files: [],
      records: { narratives: [narrative] },
    });
    // The embedded engine has no row security: there the server alone keeps people out.
    if (engine.name === 'postgres') {
      expect(forged.outcome).toBe('refused');
      expect(await store.within(['T1']).events('tiny', { register: 'writing' })).toEqual([]);
    }
  });

  test('only signed-off sections reach readers, a later change voids the sign-off', async () => {
    expect(await published()).toBe(chapter);
    const { version } = await now();
    const sign = (who: Person, section: string, at: number) =>
      signSection(as(who), { section, as: 'signed', version: at }, () => false);
    expect(await sign(an, 's0-1', version)).toBe('not-yours');
    expect(await sign(approver, 's0-1', version - 1)).toBe('moved');
    expect(await signSection(as(approver), { section: 's0-1', as: 'signed', version }, () => true)).toBe(
      'faults',
    );
    expect(await sign(approver, 's0-1', version)).toBe('signed');
    const shown = await published();
    expect(shown).toContain('The river is green.');
    expect(shown).toContain('Wells are deep.');
    workspace = (await store.workspace('tiny')) ?? workspace;
    expect(movedFile(await now(), workspace, name)).toBeNull();
    await save(an, 's0-1', (await now()).version, '## The rivers\n\nAll green.');
    const { sections, published: stands } = await now();
    const [, rivers] = sections;
    if (rivers === undefined) throw new Error('there above');
    expect([rivers.id, rivers.voided?.name, sectionState(rivers, stands)]).toEqual(['s0-1', 'zhao', 'void']);
    expect(await published()).toBe(shown);
    // Exported and loaded again it stands, and the next sign-off goes over it.
    workspace = await load(parse({ 'review/2022/water.en.md': shown ?? '' }));
    expect(await sign(bo, 's0-1', (await now()).version)).toBe('signed');
    expect(await published()).toContain('All green.');
    workspace = (await store.workspace('tiny')) ?? workspace;
  });

  test('older versions come back as new ones; a file that was changed is taken in', async () => {
    const before = await now();
    const restored = await restoreVersion(as(an), 0, before.version);
    expect(restored.outcome).toBe('saved');
    expect(joinSections((await now()).sections)).toBe(chapter);
    expect((await now()).versions.length).toBe(before.versions.length + 1);
    workspace = await load(parse({ 'review/2022/water.en.md': `${chapter}\nWritten in the file.\n` }));
    expect(movedFile(await now(), workspace, name)).toContain('Written in the file.');
    expect((await takeFile(as(an))).outcome).toBe('merged');
    expect(joinSections((await now()).sections)).toContain('Written in the file.');
    expect(movedFile(await now(), workspace, name)).toBeNull();
  });

  test('comments are settled and opened again; answers to findings are kept', async () => {
    const head = {
      ...name,
      section: 's0-1',
      quote: '',
      text: 'Which?',
      suggestion: '',
      expert: '',
      round: '',
    };
    await sayRemark(as(an), head);
    const [remark] = await readRemarks(store, 'tiny', '2022');
    if (remark === undefined) throw new Error('said above');
    await stepRemark(as(bo), remark, 'settled', { text: 'All.', effect: '' });
    expect((await stepRemark(as(an), remark, 'said', { text: 'late', effect: '' })).outcome).toBe('refused');
    expect(await readRemarks(store, 'tiny', '2022')).toMatchObject([
      { kind: 'settled', said: [{ text: 'All.' }] },
    ]);
    const finding = { id: '0123456789ab', rule: 'sum', places: [] } as const;
    for (const note of ['first', 'second'])
      await answerFinding(
        { store, city: 'tiny', area: 'T', person: an, now: new Date('2023-01-02T00:00:00Z') },
        { ...finding, rule: 'data.outlier' },
        { answer: 'explained', note },
      );
    expect(loggedAnswers(await store.events('tiny', { register: 'answer' }))).toMatchObject([
      { id: '0123456789ab', answer: 'explained', note: 'second' },
    ]);
  });

  test('replaying the log gives the same at every position, signed-off text and drafts', async () => {
    const other = await (await engine.place()).open();
    const { findings } = await replay(store, other, { compare: store });
    await other.close();
    expect(findings).toEqual([]);
  });
});
