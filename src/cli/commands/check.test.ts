import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { exitCode } from '../exit.ts';
import { check } from './check.ts';

const city = `modelcity: 1
id: small
name: { en: Small, zh: 小 }
area: S
languages: [en, zh]
areas: [{ id: S, name: { en: Small, zh: 小 }, kind: city }]
sources: [{ id: book, title: { en: Book, zh: 书 }, producer: { en: Office, zh: 局 }, date: 2022, licence: CC0 }]
`;
const indicator = (id: string, formula: string) =>
  `- { id: ${id}, name: { en: ${id}, zh: ${id} }, unit: "1", formula: ${JSON.stringify(formula)} }\n`;

describe('modelcity check', () => {
  let base = '';
  let out = '';
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'modelcity-check-'));
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  function place(name: string, files: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(files)) {
      const file = join(base, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return join(base, name);
  }
  async function run(...words: string[]): Promise<number> {
    out = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    return check(words);
  }

  it('says what a good folder holds', async () => {
    expect(await run(place('good', { 'city.yaml': city }))).toBe(exitCode.done);
    expect(out).toContain('0 errors, 0 warnings, 0 notes; 1 areas, 1 sources');
  });

  it('tells formulas that run in a circle, where the indicator stands', async () => {
    const folder = place('circle', {
      'city.yaml': city,
      'indicators/a.yaml':
        indicator('one', 'two + 1') + indicator('two', 'one * 2') + indicator('three', 'four'),
    });
    expect(await run(folder, '--json')).toBe(exitCode.badInput);
    const told: { workspaces: { city: string | null; findings: { rule: string; where: object }[] }[] } =
      JSON.parse(out);
    expect(told.workspaces[0]?.city).toBeNull();
    expect(told.workspaces[0]?.findings.map(({ rule, where }) => ({ rule, ...where }))).toEqual([
      { rule: 'formula.unknown', file: 'indicators/a.yaml', row: 3, column: 'formula' },
      { rule: 'formula.cycle', file: 'indicators/a.yaml', row: 1, column: 'formula' },
    ]);
  });

  it('reads every place of a folder, and what they say of each other', async () => {
    place('both/a', { 'city.yaml': city });
    place('both/b', { 'city.yaml': city });
    expect(await run(join(base, 'both'))).toBe(exitCode.badInput);
    expect(out).toContain('[city.duplicate]');
  });

  it('refuses a folder that is not there and an option that it does not know', async () => {
    expect(await run(join(base, 'nowhere'))).toBe(exitCode.badInput);
    expect(out).toContain('[folder.missing]');
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await run('--colour')).toBe(exitCode.badInput);
  });
});
