import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace, parseWorkspace, readFolder } from '../../intake/index.ts';
import type { ProjectSelection, Workspace } from '../../model/index.ts';
import { moneyOf, selectionOf } from '../../plan/index.ts';
import { createApp } from '../app.tsx';

const root = resolve(import.meta.dirname, '../../..');
const path = 'selection/model-projects.yaml';
const { files } = await readFolder(resolve(root, 'examples/shenyang'));
const text = readFileSync(resolve(root, 'examples/shenyang', path), 'utf8');

const read = (change: (text: string) => string = (same) => same) =>
  parseWorkspace(
    files.map((file) => (file.path === path ? { path, bytes: Buffer.from(change(text)) } : file)),
  );
const workspaceOf = (change?: (text: string) => string): Workspace => {
  const { workspace, findings } = read(change);
  if (workspace === null) throw new Error(JSON.stringify(findings));
  return workspace;
};
const declaredOf = (workspace: Workspace): ProjectSelection => {
  const [declared] = workspace.selections ?? [];
  if (declared === undefined) throw new Error('no selection was read');
  return declared;
};
const workspace = workspaceOf();
const declared = declaredOf(workspace);
const figures = new FigureSet(workspace, { asOf: 1 });
const pageOf = async (address: string, of: Workspace = workspace): Promise<string> => {
  const answer = await createApp({ places: [{ workspace: of, figures, asOf: 1 }] }).request(address);
  expect(answer.status).toBe(200);
  return answer.text();
};
/** Ids of the candidates in the order of the page. */
const rowsOf = (page: string): string[] => [...page.matchAll(/<tr id="(p\d+)"/g)].map(([, id]) => id ?? '');
/** One row of the page, without tags. */
const rowOf = (page: string, id: string): string =>
  (page.split(`<tr id="${id}"`)[1]?.split('</tr>')[0] ?? '').replace(/<[^>]+>/g, '');

describe('the example of a selection', () => {
  it('is what the seeded program writes', () => {
    const made = execFileSync(process.execPath, [resolve(root, 'scripts/make-selection.js')], {
      encoding: 'utf8',
    });
    expect(made).toBe(text);
  });

  it('has 200 candidates and chooses 27, as its document says, and changes no figure', () => {
    expect(declared.candidates.length).toBe(200);
    expect(selectionOf(declared).chosen.length).toBe(27);
    const said = (indicator: string) =>
      workspace.observations.find((each) => each.indicator === indicator)?.value;
    expect(said('sy.results.projects_examined')).toBe('200');
    expect(said('sy.results.projects_first_batch')).toBe('27');
    const without = parseWorkspace(files.filter((file) => file.path !== path)).workspace;
    if (without === null) throw new Error('it is read without its selection');
    const roots = (set: FigureSet) => [...set.all()].map(({ code, root: own }) => [code, own]);
    expect(roots(new FigureSet(without, { asOf: 1 }))).toEqual(roots(figures));
  });

  it('comes back from its export as it was', () => {
    expect(parseWorkspace(exportWorkspace(workspace)).workspace?.selections).toEqual(workspace.selections);
  });
});

describe('what follows from the file', () => {
  it('leaves out the scores of a member with an interest, whatever they are', () => {
    const at = declared.candidates.findIndex(({ conflicts }) => conflicts.length > 0);
    const [first] = declared.candidates.slice(at);
    const member = first?.conflicts[0]?.member ?? '';
    const changed = (of: string): ProjectSelection => ({
      ...declared,
      candidates: declared.candidates.map((each) =>
        each === first
          ? {
              ...each,
              scores: {
                ...each.scores,
                [of]: Object.fromEntries(declared.criteria.map(({ id }) => [id, '10'])),
              },
            }
          : each,
      ),
    });
    const totalOf = (selection: ProjectSelection) =>
      selectionOf(selection).ranked.find(({ candidate }) => candidate === first?.id)?.total;
    const another = declared.panel.find(({ id }) => id !== member)?.id ?? '';
    expect(totalOf(changed(member))).toBe(totalOf(declared));
    expect(totalOf(changed(another))).not.toBe(totalOf(declared));
  });

  it('sums money exactly, each currency for itself', () => {
    const [some] = declared.candidates;
    if (some === undefined) throw new Error('there are candidates');
    const budget = [
      { amount: '0.1', unit: '10*4.CNY' },
      { amount: '0.2', unit: 'CNY' },
      { amount: '5', unit: 'USD' },
    ];
    expect(moneyOf([{ ...some, budget }])).toEqual([
      { currency: 'CNY', amount: '1000.2', projects: 1 },
      { currency: 'USD', amount: '5', projects: 1 },
    ]);
  });
});

describe.each([
  ['en', "Generated example, not the city's data.", 'does not count: ', 'within the 27 places'],
  ['zh', '生成的示例，非该市数据。', '不计：', '在27个名额之内'],
] as const)('the page in %s', (language, generated, notCounted, within) => {
  const at = `/${language}/shenyang/plan/selection/`;

  it('shows every candidate with rank, reason, source and what does not count', async () => {
    const page = (await pageOf(at)).replaceAll('&#39;', "'");
    const ids = rowsOf(page);
    expect(ids).toEqual(selectionOf(declared).ranked.map(({ candidate }) => candidate));
    expect(ids.filter((id) => rowOf(page, id).includes(generated)).length).toBe(200);
    expect(ids.filter((id) => rowOf(page, id).includes(within)).length).toBe(27);
    const conflicted = declared.candidates.filter(({ conflicts }) => conflicts.length > 0);
    expect(conflicted.length).toBeGreaterThan(5);
    for (const { id, conflicts } of conflicted)
      expect(rowOf(page, id)).toContain(`${notCounted}${conflicts[0]?.reason[language]}`);
    expect(page).toContain(language === 'en' ? 'line 227' : '第227行；中文文本第235行');
  });

  it('filters by decision and orders by a criterion from the address; unknown words show all', async () => {
    const chosen = rowsOf(await pageOf(`${at}?state=chosen&criterion=design`));
    expect([...chosen].sort()).toEqual([...selectionOf(declared).chosen].sort());
    expect(chosen).not.toEqual(selectionOf(declared).chosen);
    expect(rowsOf(await pageOf(`${at}?state=__proto__&criterion=%3Cscript%3E`)).length).toBe(200);
  });

  it('has another order when a weight is changed in the file', async () => {
    const other = workspaceOf((all) => all.replace('weight: 15, most', 'weight: 90, most'));
    const page = await pageOf(at, other);
    expect(rowsOf(page)).not.toEqual(rowsOf(await pageOf(at)));
    expect(page).toContain('>90<');
  });
});

it.each([
  ['a score above the most', 'size: 7.5', 'size: 75', 'selection.score', 'size: 7.5'],
  ['a member who is not of the panel', '      a: {', '      z: {', 'member.unknown', '      a: {'],
  ['a candidate without a source', 'generated: true', 'generated: false', 'selection.no-source', 'id: p001'],
  ['a budget that is no money', 'unit: 10*4.CNY', 'unit: km2', 'selection.not-money', 'unit: 10*4.CNY'],
  ['a source that is not declared', 'source: sheny', 'source: nowhere-', 'source.unknown', 'source: sheny'],
])('refuses %s with its line and why', (_name, from, to, rule, at) => {
  const { workspace: none, findings } = read((all) => all.replace(from, to));
  expect(none).toBeNull();
  const found = findings.find((each) => each.rule === rule);
  expect(found?.where).toMatchObject({ file: path, row: text.split(at)[0]?.split('\n').length });
  expect(found?.why).toBeTruthy();
  expect(found?.mend).toBeTruthy();
});
