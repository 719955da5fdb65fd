import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { testEngines } from '../scripts/test-stores.ts';
import { FigureSet, recompute } from '../src/figures/index.ts';
import {
  exportWorkspace,
  findWorkspaces,
  loadWorkspace,
  parseWorkspace,
  readFolder,
} from '../src/intake/index.ts';
import { decimal, type SubmittedFile, toFixed, type Workspace } from '../src/model/index.ts';

const examples = fileURLToPath(new URL('../examples', import.meta.url));
const folders = await findWorkspaces(examples);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (content: string) => new TextEncoder().encode(content);

/** Code and root of every figure: what has to be the same everywhere. */
function roots(workspace: Workspace | null): readonly string[] {
  if (workspace === null) throw new Error('the workspace was not read');
  return [...new FigureSet(workspace, { asOf: 1 }).all()].map(
    ({ code, root, value }) => `${code} ${root} ${value}`,
  );
}

/** The same workspace as another person would have typed it: other file names, rows in another order, columns too. */
function retyped(files: readonly SubmittedFile[]): readonly SubmittedFile[] {
  return files.map(({ path, bytes: content }) => {
    if (/^(observations|targets|claims)\//.test(path)) {
      const [head = '', ...rows] = text(content).trimEnd().split('\n');
      return {
        path: path.replace('.csv', '-again.csv'),
        bytes: bytes(`${[head, ...rows.reverse()].join('\r\n')}\r\n`),
      };
    }
    if (/^indicators\//.test(path))
      return {
        path: path.replace(/([^/]+)\.yaml$/, 'z-$1.yaml'),
        bytes: bytes(`# retyped\n${text(content)}\n\n`),
      };
    return { path, bytes: content };
  });
}

it('the five places are there', () => {
  expect(folders.map((folder) => folder.split('/').at(-1))).toEqual([
    'chengdu',
    'fengxian',
    'shanghai',
    'shenyang',
    'songjiang',
  ]);
});

async function read(folder: string): Promise<Workspace> {
  const { workspace } = parseWorkspace((await readFolder(folder)).files);
  if (workspace === null) throw new Error(`${folder} was not read`);
  return workspace;
}

describe.each(folders.map((folder) => [folder.split('/').at(-1) ?? '', folder] as const))(
  '%s',
  (_name, folder) => {
    it('has the same roots however its files are named, ordered and laid out', async () => {
      const { files } = await readFolder(folder);
      const expected = roots(parseWorkspace(files).workspace);
      expect(expected.length).toBeGreaterThan(20);
      expect(roots(parseWorkspace([...retyped(files)].reverse()).workspace)).toEqual(expected);
    });

    it('recomputes every figure from the figure alone', async () => {
      const set = new FigureSet(await read(folder), { asOf: 1 });
      expect(set.findings).toEqual([]);
      expect([...set.all()].flatMap((figure) => recompute(figure))).toEqual([]);
    });
  },
);

describe.each(testEngines)('on $name', (engine) => {
  it('the five places have the roots of their folders, as stored and as exported; loading twice changes nothing', async () => {
    const store = await (await engine.place()).open();
    try {
      for (const folder of folders) {
        const expected = roots(await read(folder));
        const { receipt } = await loadWorkspace(store, folder, {
          agent: 'test',
          received: '2022-10-31T00:00:00Z',
        });
        if (receipt?.outcome !== 'stored') throw new Error(`${folder} was not stored`);
        const stored = await store.workspace(receipt.city);
        expect(roots(stored)).toEqual(expected);
        expect(stored?.selections).toEqual((await read(folder)).selections);
        expect(stored?.portfolios).toEqual((await read(folder)).portfolios);
        if (stored !== null)
          expect(roots(parseWorkspace(exportWorkspace(stored)).workspace)).toEqual(expected);
        const again = await loadWorkspace(store, folder, { agent: 'test', received: '2022-11-01T00:00:00Z' });
        expect(again.receipt?.outcome).toBe('unchanged');
      }
    } finally {
      await store.close();
    }
  });
});

it('Shanghai: −39.13 % energy per GDP, +3.7 points non-fossil share, 27.0 % a year in Jiading', async () => {
  const set = [...new FigureSet(await read(`${examples}/shanghai`), { asOf: 1 }).all()];
  const find = (indicator: string, kind: string, from: string) =>
    set.find(
      ({ key }) =>
        key.indicator === indicator &&
        key.measure.kind === kind &&
        'from' in key.measure &&
        key.measure.from === from,
    );
  const shown = (indicator: string, kind: string, from: string, places: number) => {
    const figure = find(indicator, kind, from);
    return figure?.value == null ? null : `${toFixed(decimal(figure.value), places)} ${figure.unit}`;
  };
  expect(shown('energy_per_gdp', 'relative', '2015', 2)).toBe('-39.13 %');
  expect(shown('nonfossil_share', 'points', '2015', 1)).toBe('3.7 pp');
  expect(shown('jiading_nev_output', 'growth', '2016', 1)).toBe('27.0 %/a');
});
