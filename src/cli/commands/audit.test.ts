import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { answerRegister, answerStream } from '../../audit/index.ts';
import { exitCode } from '../exit.ts';
import { openPlaces } from '../open-places.ts';
import { audit } from './audit.ts';
import { check } from './check.ts';
import { publish } from './publish.ts';

const city = `modelcity: 1
id: small
name: { en: Small, zh: 小城 }
area: S
languages: [en]
areas:
  - { id: S, name: { en: Small, zh: 小城 }, kind: city }
  - { id: N, name: { en: North, zh: 北区 }, kind: district, parent: S }
  - { id: E, name: { en: East, zh: 东区 }, kind: district, parent: S }
sources: [{ id: book, title: { en: Book, zh: 书 }, producer: { en: Office, zh: 局 }, date: '2022-06-01', licence: CC0 }]
`;
const indicators = `- { id: forest, name: { en: Forest coverage, zh: 森林覆盖率 }, unit: "%" }
- { id: waste, name: { en: Waste collected, zh: 垃圾清运量 }, unit: t, rollup: sum, nature: flow }
`;
const head = 'indicator,area,period,value,unit,source,locator\n';
const good = [
  'forest,S,2018,15.0,%,book,p. 1',
  'forest,S,2019,15.9,%,book,p. 1',
  'forest,S,2020,16.2,%,book,p. 1',
  'forest,S,2021,17.1,%,book,p. 1',
  'waste,S,2021,90,t,book,p. 2',
  'waste,N,2021,40,t,book,p. 2',
  'waste,E,2021,50,t,book,p. 2',
];

const review = {
  'review/2022/review.yaml': `id: '2022'
title: { en: Review, zh: 评估 }
date: '2022-06-01'
issuer: { en: Office, zh: 局 }
kind: voluntary-local-review
chapters: [one]
`,
  'review/2022/one.en.md': '# Forest\n\nThe city is green.\n',
};

describe('modelcity audit and the gate', () => {
  let base = '';
  let out = '';
  let errors = '';
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'modelcity-audit-'));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  afterEach(() => {
    vi.restoreAllMocks();
  });

  function place(name: string, rows: readonly string[], more: Readonly<Record<string, string>> = {}): string {
    const files = {
      'city.yaml': city,
      'indicators/core.yaml': indicators,
      'observations/all.csv': `${head}${rows.join('\n')}\n`,
      ...more,
    };
    for (const [path, text] of Object.entries(files)) {
      const file = join(base, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return join(base, name);
  }
  async function run(command: typeof audit, ...words: string[]): Promise<number> {
    out = '';
    errors = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      errors += String(text);
      return true;
    });
    return command(words);
  }
  const replaced = (row: number, by: string): string[] => good.map((line, at) => (at === row ? by : line));

  it('lets sound records pass', async () => {
    const folder = place('sound', good);
    expect(await run(check, folder)).toBe(exitCode.done);
    expect(await run(audit, '--workspace', folder)).toBe(exitCode.done);
    expect(out).toContain('0 open findings, 0 of them stop a publication');
  });

  const planted: readonly [string, readonly string[], number][] = [
    ['text for a number', replaced(1, 'forest,S,2019,about 16,%,book,p. 1'), 3],
    ['one cell with two values', [...good, 'forest,S,2019,18.2,%,book,p. 1'], 9],
    ['an impossible percentage', replaced(1, 'forest,S,2019,140000,%,book,p. 1'), 3],
    ['a share above the whole', replaced(1, 'forest,S,2019,140,%,book,p. 1'), 3],
    ['a year that is none', replaced(1, 'forest,S,20195,15.9,%,book,p. 1'), 3],
    ['a misspelt area', replaced(6, 'waste,Est,2021,50,t,book,p. 2'), 8],
    ['a missing year', good.filter((_, at) => at !== 1), 2],
    ['districts that do not add up', replaced(6, 'waste,E,2021,60,t,book,p. 2'), 6],
  ];
  it.each(planted)('stops at %s, with file and row', async (name, rows, row) => {
    const folder = place(name.replaceAll(' ', '-'), rows);
    expect(await run(check, folder)).toBe(exitCode.badInput);
    expect(out).toMatch(new RegExp(`observations/all\\.csv:${row}\\b.*error:`));
    expect(out).toContain('why:');
    expect(await run(audit, '--workspace', folder)).not.toBe(exitCode.done);
  });

  it('publishes nothing while any of them stands', async () => {
    const unreadable = [
      ...good,
      'forest,S,2019,18.2,%,book,p. 1',
      'forest,S,20205,16.2,%,book,p. 1',
      'forest,S,2017,about 16,%,book,p. 1',
      'waste,Est,2021,5,t,book,p. 2',
    ];
    const untrue = [
      'forest,S,2017,14.1,%,book,p. 1',
      'forest,S,2018,15.0,%,book,p. 1',
      'forest,S,2020,16.2,%,book,p. 1',
      'forest,S,2021,140,%,book,p. 1',
      'waste,S,2021,90,t,book,p. 2',
      'waste,N,2021,40,t,book,p. 2',
      'waste,E,2021,60,t,book,p. 2',
    ];
    for (const [rows, at] of [
      [unreadable, [9, 10, 11, 12]],
      [untrue, [3, 5, 6]],
    ] as const) {
      const folder = place('published', rows, review);
      const out = join(folder, 'editions');
      expect(await run(publish, '--workspace', folder, '--out', out, '--no-site')).toBe(exitCode.badInput);
      for (const row of at) expect(errors).toMatch(new RegExp(`observations/all\\.csv:${row}\\b.*error:`));
      expect(errors).toContain('why:');
      expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
    }
  });

  it('opens again when the finding is explained, and stays open when it only is accepted', async () => {
    const folder = place('explained', replaced(6, 'waste,E,2021,60,t,book,p. 2'));
    await run(audit, '--workspace', folder, '--json');
    const told: { findings: { id: string; stops: boolean }[] }[] = JSON.parse(out);
    const id = told[0]?.findings.find(({ stops }) => stops)?.id ?? '';
    expect(await run(audit, '--workspace', folder, '--answer', `${id}=explained`)).toBe(exitCode.badInput);
    expect(errors).toContain('an explanation needs its --note');
    expect(await run(audit, '--workspace', folder, '--answer', `${id}=accepted`)).toBe(exitCode.done);
    expect(await run(check, folder)).toBe(exitCode.badInput);
    const note = 'One truck serves both: counted twice.';
    expect(await run(audit, '--workspace', folder, '--answer', `${id}=explained`, '--note', note)).toBe(0);
    expect(readFileSync(join(folder, 'audit/answers.yaml'), 'utf8')).toContain(note);
    expect(await run(check, folder)).toBe(exitCode.done);
    writeFileSync(join(folder, 'audit/answers.yaml'), 'version: 1\nanswers: [{ id: x }]\n');
    expect(await run(check, folder)).toBe(exitCode.badInput);
    expect(out).toContain('[audit.answers]');
  });

  it('takes the answers that were given in the office, and tells when it cannot', async () => {
    const folder = place('office', replaced(6, 'waste,E,2021,60,t,book,p. 2'));
    await run(audit, '--workspace', folder, '--json');
    const told: { findings: { id: string; stops: boolean }[] }[] = JSON.parse(out);
    const id = told[0]?.findings.find(({ stops }) => stops)?.id ?? '';
    const { store } = await openPlaces({ directory: folder, log: () => undefined });
    try {
      const step = {
        area: 'S',
        stream: answerStream(id),
        seq: 1,
        register: 'answer',
        kind: 'answered',
        from: '',
        version: 1,
        occurred: '2026-01-02T03:04:05Z',
        actor: 'Editor',
        body: { answer: { id, answer: 'explained', note: 'One truck serves both.' } },
      };
      const receipt = await store.submit({
        city: 'small',
        kind: 'record',
        agent: 'Editor (e1)',
        received: '2026-01-02T03:04:05Z',
        files: [],
        records: { registers: [answerRegister], events: [step] },
      });
      expect(receipt.outcome).toBe('stored');
      expect(await run(check, folder)).toBe(exitCode.badInput);
      expect(errors).toContain('answers that were given in the office were not read');
    } finally {
      await store.close();
    }
    expect(await run(check, folder)).toBe(exitCode.done);
    expect(errors).toBe('');
    expect(await run(audit, '--workspace', folder)).toBe(exitCode.done);
    expect(out).toContain('1 explained');
    expect(existsSync(join(folder, 'audit/answers.yaml'))).toBe(false);
  });

  it('holds the gate of an edition by the answers given in the office', async () => {
    const told = (to: string, by = '9.1') =>
      `# Forest\n\nFrom 2018 to 2021, the forest coverage increased from 15.0% to ${to}, up by ${by} percentage points.\n`;
    const chapter = 'review/2022/one.en.md';
    const folder = place('gate', good, {
      ...review,
      'city.yaml': `${city}audit: { block: contradictions }\n`,
      [chapter]: told('17.1%'),
    });
    const editions = join(folder, 'editions');
    const published = () => run(publish, '--workspace', folder, '--out', editions, '--no-site');
    const stopping = async () => {
      await run(audit, '--workspace', folder, '--json');
      const all: { findings: { id: string; stops: boolean }[] }[] = JSON.parse(out);
      return all.flatMap(({ findings }) => findings.filter(({ stops }) => stops).map(({ id }) => id));
    };
    const answer = async (id: string, seq: number, said: string) => {
      const { store } = await openPlaces({ directory: folder, log: () => undefined });
      const step = {
        area: 'S',
        stream: answerStream(id),
        seq,
        register: 'answer',
        kind: 'answered',
        from: seq === 1 ? '' : 'answered',
        version: 1,
        occurred: '2026-01-02T03:04:05Z',
        actor: 'Editor',
        body: { answer: { id, answer: said, note: 'The base is that of the law.' } },
      };
      const receipt = await store.submit({
        city: 'small',
        kind: 'record',
        agent: 'Editor (e1)',
        received: '2026-01-02T03:04:05Z',
        files: [],
        records: { registers: [answerRegister], events: [step] },
      });
      await store.close();
      expect(receipt.outcome).toBe('stored');
    };
    // An open contradiction of the text stops the edition; called corrected while it still stands, it stops it too.
    expect(await published()).toBe(exitCode.badInput);
    expect(errors).toContain('9.1');
    expect(existsSync(editions) ? readdirSync(editions) : []).toEqual([]);
    const [id = '', ...more] = await stopping();
    expect(more).toEqual([]);
    await answer(id, 1, 'corrected');
    expect(await published()).toBe(exitCode.badInput);
    // Explained, it is no longer in the way, and the edition says so.
    await answer(id, 2, 'explained');
    // The draft has other warnings; nothing stops it.
    expect(await published()).toBe(exitCode.findings);
    expect(readdirSync(editions).length).toBeGreaterThan(0);
    // The answer was to those words: another number is another finding, and stops again.
    writeFileSync(join(folder, chapter), told('17.4%'));
    const [again] = await stopping();
    expect(again).toMatch(/^[0-9a-f]{12}$/);
    expect(again).not.toBe(id);
    expect(await published()).toBe(exitCode.badInput);
    // Put right, nothing is left to answer.
    writeFileSync(join(folder, chapter), told('17.1%', '2.1'));
    expect(await stopping()).toEqual([]);
    expect(await published()).toBe(exitCode.findings);
  });

  it('counts only, when the policy says so', async () => {
    const folder = place('lenient', replaced(6, 'waste,E,2021,60,t,book,p. 2'), {
      'city.yaml': `${city}audit: { block: none }\n`,
    });
    expect(await run(check, folder)).toBe(exitCode.done);
    expect(out).toContain('[audit.data.sum]');
  });

  it('holds a text against the records of a workspace', async () => {
    const folder = place('records', good);
    const file = join(base, 'claims.md');
    writeFileSync(
      file,
      'In 2021, the forest coverage reached 17.1%.\n\nIn 2020, the forest coverage was 18.4%.\n\n2021年全市森林覆盖率达到17.1%。\n',
    );
    expect(await run(audit, file, '--against', folder, '--json')).toBe(exitCode.findings);
    const findings: { rule: string; places: { file: string; line: number }[] }[] = JSON.parse(out);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'against.value',
      places: [
        { file, line: 3 },
        { file: join(folder, 'observations/all.csv'), line: 4 },
      ],
    });
    expect(errors).toContain('2 statements agree');
  });

  it('refuses what it cannot read in one line', async () => {
    expect(await run(audit, join(base, 'none.md'))).toBe(exitCode.badInput);
    writeFileSync(join(base, 'broken.pdf'), '%PDF-1.7 nothing');
    expect(await run(audit, join(base, 'broken.pdf'))).toBe(exitCode.badInput);
    expect(errors).toContain('it is no PDF that can be read');
    expect(await run(audit, '--workspace', join(base, 'nowhere'))).toBe(exitCode.badInput);
    expect(existsSync(join(base, 'nowhere'))).toBe(false);
  });
});
