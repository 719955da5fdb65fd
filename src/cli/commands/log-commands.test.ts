import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { prepareEmbedded, temporaryFolder, testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import type { Store } from '../../store/index.ts';
import { exitCode } from '../exit.ts';
import { main } from '../main.ts';
import { openStoreOf } from '../open-places.ts';

const files: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: small
name: { en: Small, zh: 小 }
area: S
languages: [en, zh]
areas: [{ id: S, name: { en: Small, zh: 小 }, kind: city }]
sources: [{ id: book, title: { en: Book, zh: 书 }, producer: { en: Office, zh: 局 }, date: 2022, licence: CC0 }]
`,
  'indicators/all.yaml': `- { id: waste, name: { en: Waste, zh: 垃圾 }, unit: t }
- { id: people, name: { en: People, zh: 人口 }, unit: "{person}" }
- { id: each, name: { en: Waste a person, zh: 人均垃圾 }, unit: "t/{person}", formula: waste / people }
`,
  'observations/all.csv': `indicator,area,period,value,unit,source,locator
waste,S,2020,120.50,t,book,p. 1
waste,S,2021,118,t,book,p. 1
people,S,2020,300,{person},book,p. 2
people,S,2021,310,{person},book,p. 2
`,
};

/** What a command said and how it ended. */
interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function run(...words: string[]): Promise<Said> {
  const said = { out: '', error: '' };
  const write = (to: 'out' | 'error') => (text: string | Uint8Array) => {
    said[to] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(write('error'));
  const code = await main(words);
  vi.restoreAllMocks();
  return { code, ...said };
}

function writeAll(folder: string, content: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const received = '2022-05-01T00:00:00Z';
const late = (value: string, period = '2022') => ({
  city: 'small',
  kind: 'record' as const,
  agent: 'weighbridge',
  received,
  files: [],
  records: {
    observations: [
      {
        indicator: 'waste',
        area: 'S',
        period,
        breakdown: {},
        value,
        unit: 't',
        status: 'A' as const,
        reason: null,
        qualifier: null,
        source: 'book',
        locator: 'form',
        ref: null,
        note: null,
      },
    ],
  },
});

async function roots(store: Store): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id, head } of await store.cities())
    for (let asOf = 1; asOf <= head; asOf += 1) {
      const workspace = await store.workspace(id, asOf);
      if (workspace !== null)
        for (const { code, value, root } of new FigureSet(workspace, { asOf }).all())
          found.push(`${asOf} ${code} ${value} ${root}`);
    }
  return found;
}

async function rootsIn(folder: string): Promise<readonly string[]> {
  const store = await openStoreOf(folder, () => undefined);
  try {
    return await roots(store);
  } finally {
    await store.close();
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('a damaged embedded database is told, and made anew from the log beside it', async () => {
  vi.stubEnv('DATABASE_URL', '');
  const place = temporaryFolder();
  writeAll(place, files);
  await run('load', place);
  const store = await openStoreOf(place, () => undefined);
  await store.submit(late('115'));
  await store.close();
  const before = await rootsIn(place);
  const directory = join(place, '.modelcity');
  // A third submission was on its way when the current went: its entry is there, what it named never was.
  writeFileSync(
    join(directory, 'log', 'small', '3.json'),
    readFileSync(join(directory, 'log', 'small', '2.json'), 'utf8').replace('"position":2', '"position":3'),
  );
  rmSync(join(directory, 'pglite', 'global'), { recursive: true });
  expect(await run('figures', place)).toMatchObject({
    code: exitCode.fault,
    error: expect.stringContaining('modelcity replay --rebuild'),
  });
  const mended = await run('replay', place, '--rebuild');
  expect(mended).toMatchObject({ code: exitCode.done });
  expect(mended.out).toContain('2 submissions replayed, 0 differences');
  expect(mended.out).toContain('submission 3 of small, and what follows it, is left out');
  expect(existsSync(join(directory, 'before-rebuild-1', 'pglite'))).toBe(true);
  expect(await rootsIn(place)).toEqual(before);
  expect((await run('replay', place)).out).toContain('2 submissions replayed, 0 differences');
}, 60_000);

describe.each(testEngines)('commands on the log, on $name', (engine) => {
  async function folder(): Promise<string> {
    const { databaseUrl } = await engine.place();
    vi.stubEnv('DATABASE_URL', databaseUrl ?? '');
    const made = temporaryFolder();
    writeAll(made, files);
    if (databaseUrl === undefined) await prepareEmbedded(join(made, '.modelcity'));
    return made;
  }

  it('takes one folder, by itself or named, and refuses what it would not use', async () => {
    const place = await folder();
    expect(await run('load', place, 'another')).toMatchObject({
      code: exitCode.badInput,
      error: expect.stringContaining("'another' is one word too many"),
    });
    expect((await run('figures', place, '-w', place)).error).toContain('one word too many');
  });

  it('load, change, export, load again, replay, doctor', async () => {
    const place = await folder();
    const first = await run('load', place);
    expect(first).toMatchObject({ code: exitCode.done });
    expect(first.out).toContain('small stored at position 1: 10 records added, 0 changed, 0 withdrawn');
    expect((await run('load', '-w', place)).out).toContain('small unchanged at position 1');

    writeAll(place, {
      'observations/all.csv': `${files['observations/all.csv']}waste,S,2022,x,t,book,p. 3\n`,
    });
    const refused = await run('load', '-w', place, '--json');
    expect(refused.code).toBe(exitCode.badInput);
    const { workspaces } = JSON.parse(refused.out);
    expect(workspaces[0]).toMatchObject({
      receipt: null,
      findings: [{ where: { file: 'observations/all.csv', row: 6, column: 'value' } }],
    });

    writeAll(place, {
      'observations/all.csv': `${files['observations/all.csv']}waste,S,2022,110,t,book,p. 3\n`,
    });
    const second = await run('load', '-w', place, '--agent', 'bureau', '--json');
    expect(JSON.parse(second.out).workspaces[0].receipt).toMatchObject({
      outcome: 'stored',
      position: 2,
      changes: { added: 1 },
    });

    const out = join(temporaryFolder(), 'out');
    expect((await run('export', '-w', place, '--out', out)).out).toContain('small as of position 2');
    expect(readFileSync(join(out, 'city.yaml'), 'utf8')).toContain('small');
    expect(await run('export', '-w', place, '--out', out)).toMatchObject({ code: exitCode.badInput });
    const early = join(temporaryFolder(), 'early');
    expect((await run('export', '-w', place, '--out', early, '--as-of', '1', '--json')).out).toContain(
      '"asOf": 1',
    );

    const replayed = await run('replay', '-w', place, '--json');
    expect(replayed.code).toBe(exitCode.done);
    expect(JSON.parse(replayed.out)).toEqual({ submissions: 2, findings: [] });
    const well = await run('doctor', '-w', place);
    expect(well.code).toBe(exitCode.done);
    expect(well.out).toMatch(/good\s+source log: 2 submissions of 1 places/);

    const sources = join(place, '.modelcity', 'sources');
    const [some = ''] = readdirSync(sources);
    const [name = ''] = readdirSync(join(sources, some));
    writeFileSync(join(sources, some, name), 'changed');
    const ill = await run('doctor', '-w', place, '--json');
    expect(ill.code).toBe(exitCode.findings);
    expect(ill.out).toContain('source.lost');

    const again = temporaryFolder();
    cpSync(out, again, { recursive: true });
    const exported = await rootsIn(place);
    vi.stubEnv('DATABASE_URL', (await engine.place()).databaseUrl ?? '');
    expect((await run('load', '-w', again)).code).toBe(exitCode.done);
    const plain = (text: string): string => text.slice(text.indexOf(' '));
    expect((await rootsIn(again)).map(plain)).toEqual(
      exported.filter((text) => text.startsWith('2 ')).map(plain),
    );
  });

  it('a backup taken while others submit restores elsewhere to the same figures', async () => {
    const place = await folder();
    await run('load', '-w', place);
    const writer = await openStoreOf(place, () => undefined);
    let stored = 0;
    let backing = true;
    const writing = (async () => {
      for (; backing || stored < 3; stored += 1) {
        const { outcome } = await writer.submit(late(String(100 + stored), String(1000 + stored)));
        expect(outcome).toBe('stored');
      }
    })();
    const out = join(temporaryFolder(), 'backup');
    const taken = await run('backup', '-w', place, '--out', out, '--json');
    expect(taken).toMatchObject({ code: exitCode.done });
    backing = false;
    await writing;
    const { submissions, findings } = JSON.parse(taken.out);
    expect(findings).toEqual([]);
    expect(submissions).toBeGreaterThanOrEqual(1);
    const more = JSON.parse((await run('backup', '-w', place, '--out', out, '--json')).out);
    expect(more.submissions).toBe(1 + stored);
    expect(more.copied).toBe(1 + stored - submissions);
    const expected = await roots(writer);
    await writer.close();

    expect((await run('restore', out, '--check')).out).toContain(
      `${1 + stored} submissions are there, 0 faults`,
    );
    const elsewhere = join(temporaryFolder(), 'elsewhere');
    const { databaseUrl } = await engine.place();
    const url = databaseUrl === undefined ? [] : ['--into-url', databaseUrl];
    const restored = await run('restore', out, '--into', elsewhere, ...url);
    expect(restored).toMatchObject({ code: exitCode.done });
    vi.stubEnv('DATABASE_URL', databaseUrl ?? '');
    expect(await rootsIn(elsewhere)).toEqual(expected);
    // There are no files of a workspace there: every command reads what the log has, and `export` writes them again.
    const listed = await run('figures', '-w', elsewhere, '--json');
    expect([listed.code, listed.error.includes('no workspace')]).toEqual([exitCode.done, false]);
    const again = join(temporaryFolder(), 'again');
    expect(await run('export', '-w', elsewhere, '--out', again)).toMatchObject({ code: exitCode.done });
    expect(readFileSync(join(again, 'city.yaml'), 'utf8')).toContain('id: small');
    expect((await run('restore', out, '--into', elsewhere, ...url)).out).toContain('not empty');
  });

  it('a damaged or foreign backup is told and nothing is restored', async () => {
    const place = await folder();
    await run('load', '-w', place);
    const out = join(temporaryFolder(), 'backup');
    await run('backup', '-w', place, '--out', out);
    const into = join(temporaryFolder(), 'into');

    const entry = join(out, 'log', 'small', '1.json');
    const told = readFileSync(entry, 'utf8');
    writeFileSync(entry, told.replace('modelcity', 'mayor'));
    const changed = await run('restore', out, '--into', into);
    expect(changed.code).toBe(exitCode.findings);
    expect(changed.out).toContain('the log of small is not the one that was backed up');
    const foreign = await run('backup', '-w', place, '--out', out);
    expect(foreign.code).toBe(exitCode.findings);
    expect(foreign.out).toContain('holds another submission 1 of small');
    writeFileSync(entry, told);

    const sources = join(out, 'sources');
    const [some = ''] = readdirSync(sources);
    rmSync(join(sources, some), { recursive: true });
    expect((await run('restore', out, '--check', '--json')).out).toContain('source.lost');
    rmSync(join(out, 'backup.json'));
    expect((await run('restore', out, '--into', into)).out).toContain('backup was not finished');
    expect((await run('restore', out)).code).toBe(exitCode.badInput);
    expect((await run('backup', '-w', place)).error).toContain('--out DIR');
  });
});

it('a workspace without its files is refused: it could not be replayed', async () => {
  vi.stubEnv('DATABASE_URL', '');
  const place = temporaryFolder();
  writeAll(place, files);
  await run('load', '-w', place);
  const store = await openStoreOf(place, () => undefined);
  const workspace = await store.workspace('small');
  if (workspace === null) throw new Error('nothing was loaded');
  const receipt = await store.submit({
    city: 'small',
    kind: 'workspace',
    agent: 'office',
    received,
    files: [],
    workspace,
  });
  expect(receipt).toMatchObject({ outcome: 'refused', findings: [{ rule: 'submission.envelope' }] });
  const busy = await run('load', '-w', place);
  expect(busy.code).toBe(exitCode.badInput);
  expect(busy.error).toContain('open');
  await store.close();
});
