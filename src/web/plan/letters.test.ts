import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, testEngines } from '../../../scripts/test-stores.ts';
import { exportWorkspace, parseWorkspace, readFolder } from '../../intake/index.ts';
import type { Plan, Workspace } from '../../model/index.ts';
import { lateness, letterCommitments, ownersOf } from '../../plan/index.ts';
import { checkLetter } from '../../publish/index.ts';
import { renderLetter } from '../../review/index.ts';
import { type Store, sha256Hex } from '../../store/index.ts';
import type { Person } from '../who.ts';
import { issueLetter, type LetterContext, letterDocument, readLetters, stepLetter } from './letters.ts';

const folder = await readFolder(fileURLToPath(new URL('../../../examples/shenyang', import.meta.url)));
const { workspace: parsed } = parseWorkspace(folder.files);
const shipped = parsed?.plans[0];
if (parsed === null || shipped === undefined) throw new Error('the example is sound');
const kept = shipped.commitments.filter(({ id }) => id === 'model-city' || id.startsWith('d2'));
const named = new Set(kept.flatMap(({ targets }) => targets.map(({ indicator }) => indicator)));
/** Shenyang’s second demonstration, its goal given to the department of the economy. */
const plan: Plan = {
  ...shipped,
  commitments: kept.map((each) => (each.id === 'd2' ? { ...each, department: 'economy' } : each)),
};
const workspace: Workspace = {
  city: parsed.city,
  indicators: parsed.indicators.filter(({ id }) => named.has(id)),
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [plan],
  reviews: [],
};
const zhao: Person = { id: 'zhao', name: 'Zhao', grants: [{ role: 'approver', area: '*', department: '*' }] };

test('who answers for what in a year: owners pass down the tree, and only targets of the year are meant', () => {
  expect(ownersOf(plan).map(({ key }) => key)).toEqual(['沈阳市人民政府', 'economy']);
  const of2015 = letterCommitments(plan, 'economy', '2015');
  expect(of2015.map(({ id }) => id)).toContain('d2-2015');
  expect(of2015.flatMap(({ targets }) => targets.map(({ period }) => period))).toEqual(
    of2015.flatMap(({ targets }) => targets.map(() => '2015')),
  );
  expect(letterCommitments(plan, 'economy', '1999')).toEqual([]);
});

describe.each(testEngines)('responsibility letters on $name', (engine) => {
  let store: Store;
  const home = temporaryFolder();
  const context = (day: string, person = zhao): LetterContext => ({
    store,
    people: store.people,
    home,
    workspace,
    person,
    now: new Date(`${day}T08:00:00Z`),
  });
  const economy = () => {
    const owner = ownersOf(plan).find(({ key }) => key === 'economy');
    if (owner === undefined) throw new Error('named above');
    return owner;
  };
  const only = async () => {
    const [letter] = await readLetters(store, 'shenyang', plan.id, '2015-1');
    if (letter === undefined) throw new Error('issued above');
    return letter;
  };
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await store.submit({
      city: 'shenyang',
      kind: 'workspace',
      agent: 'test',
      received: '2014-01-01T00:00:00Z',
      files: exportWorkspace(workspace),
      workspace,
    });
    await store.people.addPerson({ id: 'wu', name: 'Wu', email: 'wu@city.example' }, '2014-01-01T00:00:00Z');
    await store.people.grant({
      id: 'g1',
      city: 'shenyang',
      person: 'wu',
      role: 'reporter',
      area: '210100',
      department: 'economy',
      givenBy: 'test',
      givenAt: '2014-01-01T00:00:00Z',
    });
  });
  afterAll(() => store.close());

  test('issued: two PDFs whose hashes stand in the log, sealed with the city’s key, and the department is told', async () => {
    expect(await issueLetter(context('2014-12-20'), plan, economy(), '2015', 1)).toEqual({
      outcome: 'issued',
      id: '2015-1',
    });
    const { seal, letter } = await only();
    expect(checkLetter(seal).holds).toBe(true);
    const entry = (await store.submissions('shenyang')).at(-1);
    const logged = new Map(entry?.files.map(({ path, sha256 }) => [path, sha256]));
    for (const language of ['en', 'zh'] as const) {
      expect(logged.get(`letters/${plan.id}/2015-1.${language}.pdf`)).toBe(seal.pdf[language]);
      const bytes = await store.file(seal.pdf[language]);
      expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
      expect(sha256Hex(bytes)).toBe(seal.pdf[language]);
    }
    expect(letter.commitments.map(({ id }) => id)).toContain('d2-2015');
    const notices = await store.people.notices('shenyang', 'wu');
    expect(notices.map(({ href }) => href)).toEqual([`/shenyang/office/plan/${plan.id}/letters/2015-1/`]);
  });

  test('made again from what is sealed, each PDF has the same bytes', async () => {
    const { letter, seal } = await only();
    for (const language of ['en', 'zh'] as const) {
      const { pdf } = renderLetter(letterDocument(letter, plan, workspace, '2014-12-20', language));
      expect(sha256Hex(pdf ?? new Uint8Array())).toBe(seal.pdf[language]);
    }
  });

  test('an owner that is no department has somebody by name, who is told and whose name is signed', async () => {
    const owner = ownersOf(plan).find(({ department }) => department === '');
    if (owner === undefined) throw new Error('the city answers for the rest');
    const receiver = { id: 'wu', name: 'Wu' };
    const year = ['2012', '2015', '2020'].find((each) => letterCommitments(plan, owner.key, each).length > 0);
    const done = await issueLetter(context('2014-12-20'), plan, owner, year ?? '', 1, receiver);
    if (done.outcome !== 'issued') throw new Error(done.outcome);
    const [stored] = await readLetters(store, 'shenyang', plan.id, done.id);
    expect(stored?.letter).toMatchObject({ department: '', receiver });
    expect(stored !== undefined && checkLetter(stored.seal).holds).toBe(true);
    const told = await store.people.notices('shenyang', 'wu');
    expect(told.map(({ href }) => href)).toContain(`/shenyang/office/plan/${plan.id}/letters/${done.id}/`);
  });

  test('one word changed, and the signature does not hold', async () => {
    const { seal } = await only();
    const changed = JSON.parse(JSON.stringify(seal).replace('2015-1', '2015-9'));
    expect(checkLetter(changed).holds).toBe(false);
    expect(checkLetter({ ...seal, pdf: { ...seal.pdf, zh: seal.pdf.en } }).holds).toBe(false);
  });

  test('the next letter of a year has the next number, and nothing to answer for gives none', async () => {
    expect(await issueLetter(context('2014-12-21'), plan, economy(), '2015', 1)).toMatchObject({
      id: '2015-2',
    });
    expect(await issueLetter(context('2014-12-21'), plan, economy(), '1999', 1)).toEqual({
      outcome: 'empty',
    });
  });

  test('late until it is acknowledged; reminded, taken higher, closed with a reason; closed is the end', async () => {
    expect(lateness(await only(), '2014-12-31')).toBeNull();
    expect(lateness(await only(), '2015-01-10')).toBe('unacknowledged');
    expect(await stepLetter(context('2015-01-10'), await only(), 'reminded', '')).toBe(true);
    const before = await only();
    const wu: Person = { id: 'wu', name: 'Wu', grants: [] };
    expect(await stepLetter(context('2015-01-11', wu), before, 'acknowledged', '')).toBe(true);
    expect(await stepLetter(context('2015-01-11'), before, 'escalated', '')).toBe(false);
    expect(lateness(await only(), '2015-06-01')).toBeNull();
    expect(lateness(await only(), '2016-01-01')).toBe('year-over');
    expect(await stepLetter(context('2016-02-01'), await only(), 'closed', 'reached')).toBe(true);
    expect(await stepLetter(context('2016-02-02'), await only(), 'reminded', '')).toBe(false);
    const { events, closed, acknowledged } = await only();
    expect(events.map(({ kind }) => kind)).toEqual(['issued', 'reminded', 'acknowledged', 'closed']);
    expect([acknowledged?.actor, closed?.body.said]).toEqual(['Wu', 'reached']);
    expect(lateness(await only(), '2017-01-01')).toBeNull();
  });
});
