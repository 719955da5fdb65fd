import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyCity, tinyFiles } from './fixture.ts';
import { readFolder } from './folder.ts';
import { limits } from './limits.ts';
import { parseWorkspace } from './parse.ts';
import { findWorkspaces } from './portfolio.ts';

const errorsOf = (changes: Parameters<typeof tinyFiles>[0]) =>
  parseWorkspace(tinyFiles(changes)).findings.filter(({ severity }) => severity === 'error');
const header = 'indicator,area,period,value,unit,source,locator,note\n';

/** GBK bytes of 人口 and 统计年鉴, as Chinese Excel writes them. */
const gbk = Buffer.concat([
  Buffer.from(`${header}population,T1,2021,1,{person},yearbook,`),
  Buffer.from('cdb3bcc6c4eabcf8', 'hex'),
  Buffer.from(','),
  Buffer.from('c8cbbfda', 'hex'),
  Buffer.from('\n'),
]);

describe('encodings', () => {
  it('name GBK, show what the line says, and how to save it', () => {
    const [error] = errorsOf({ 'observations/2021.csv': gbk });
    expect(error).toMatchObject({ rule: 'text.encoding', where: { file: 'observations/2021.csv', row: 2 } });
    expect(error?.what).toContain('GBK');
    expect(error?.why).toContain('统计年鉴');
    expect(error?.mend).toContain('GB18030');
  });

  it.each([
    ['UTF-16 with mark', Buffer.from(`\ufeff${header}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 without mark', Buffer.from(header, 'utf16le'), 'UTF-16'],
    [
      'Windows-1252',
      Buffer.from(`${header}population,T1,2021,1,{person},yearbook,Zürich,\n`, 'latin1'),
      'Windows-1252',
    ],
  ])('name %s', (_name, bytes, told) => {
    const [error] = errorsOf({ 'observations/2021.csv': bytes });
    expect(error?.rule).toBe('text.encoding');
    expect(error?.what).toContain(told);
  });

  it('are noted when they have a byte order mark, and read', () => {
    const { workspace, findings } = parseWorkspace(
      tinyFiles({ 'plan.yaml': `\ufeff${tinyCity['plan.yaml']}` }),
    );
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['text.byte-order-mark', 'note'],
    ]);
    expect(workspace).not.toBeNull();
  });

  it('that were spoilt before are refused', () => {
    expect(
      errorsOf({ 'observations/2021.csv': `${header}锟斤拷,T1,2021,1,{person},yearbook,t,\n` })[0]?.rule,
    ).toBe('text.damaged');
    expect(errorsOf({ 'plan.yaml': 'id: a\0b\n' })[0]?.rule).toBe('text.binary');
  });
});

describe('YAML that is made to exhaust a reader', () => {
  const within = (changes: Parameters<typeof tinyFiles>[0]) => {
    const started = performance.now();
    const errors = errorsOf(changes);
    expect(performance.now() - started).toBeLessThan(30_000);
    return errors.map(({ rule }) => rule);
  };

  it('by aliases of aliases is refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 12; at += 1)
      lines.push(
        `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
      );
    expect(within({ 'plan.yaml': lines.join('\n') })).toEqual(['yaml.bomb']);
  });

  it('by an alias into itself is refused', () => {
    expect(within({ 'plan.yaml': 'id: &a [*a]\n' })).toEqual(['yaml.alias']);
  });

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['braces over lines', '{a:\n'.repeat(50_000)],
    ['dashes', `${'- '.repeat(20_000)}x\n`],
    ['indentation', Array.from({ length: 200 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ])('by depth of %s is refused', (_name, text) => {
    expect(within({ 'plan.yaml': text })[0]).toMatch(/^yaml\.(depth|syntax)$|^text\.long-line$/);
  });

  it('by a map of many keys is read in straight time', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join('\n');
    expect(within({ 'plan.yaml': keys })).toContain('yaml.unknown-key');
  });
});

describe('names of files', () => {
  it.each([
    '../city.yaml',
    'observations/../../x.csv',
    '/etc/passwd',
    'C:/x.csv',
    'observations\\x.csv',
    'observations/con.csv',
    'observations/LPT1.2021.csv',
    'observations/a\u202evsc.csv',
    'observations/a\u0000.csv',
    'observations/e\u0301.csv',
    'observations/ x.csv',
    'observations//x.csv',
    `observations/${'x'.repeat(200)}.csv`,
    'review/2022/a/b/c.md',
  ])('%j are refused', (path) => {
    expect(errorsOf({ [path]: header })[0]?.rule).toMatch(/^path\.refused$|^file\.wrong-name$/);
    if (!path.startsWith('review')) expect(errorsOf({ [path]: header })[0]?.rule).toBe('path.refused');
  });

  it('in Chinese are fine', () => {
    const { findings } = parseWorkspace(
      tinyFiles({ 'observations/二〇二一年.csv': `${header}population,T2,2021,1,{person},yearbook,t,\n` }),
    );
    expect(findings).toEqual([]);
  });
});

describe('a folder', () => {
  let base = '';
  const write = (folder: string, files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(base, folder, path)), { recursive: true });
      writeFileSync(join(base, folder, path), text);
    }
    return join(base, folder);
  };
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'modelcity-intake-'));
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });

  it('is read whole, hidden files and readme passed over', async () => {
    const folder = write('plain', {
      ...tinyCity,
      '.git/x': 'x',
      'README.md': '# x',
      'observations/~$2021.csv': 'x',
    });
    const { files, findings } = await readFolder(folder);
    expect(findings).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(Object.keys(tinyCity).sort());
  });

  it('that is not there is told', async () => {
    expect((await readFolder(join(base, 'nowhere'))).findings[0]?.rule).toBe('folder.missing');
  });

  it('with links, pipes and devices has none of them opened', async () => {
    const folder = write('links', tinyCity);
    writeFileSync(join(base, 'secret.csv'), header);
    symlinkSync(join(base, 'secret.csv'), join(folder, 'observations/secret.csv'));
    symlinkSync(base, join(folder, 'targets/out'));
    symlinkSync('/dev/zero', join(folder, 'claims/zero.csv'));
    execFileSync('mkfifo', [join(folder, 'frameworks/pipe.yaml')]);
    const { files, findings } = await readFolder(folder);
    expect(findings.map(({ rule, where }) => [rule, where.file])).toEqual([
      ['file.not-plain', 'claims/zero.csv'],
      ['file.not-plain', 'frameworks/pipe.yaml'],
      ['file.not-plain', 'observations/secret.csv'],
      ['file.not-plain', 'targets/out'],
    ]);
    expect(files.map(({ path }) => path)).toEqual(Object.keys(tinyCity).sort());
  });

  it('with a line of 200 MB is refused without reading on', async () => {
    const folder = write('long', tinyCity);
    const file = openSync(join(folder, 'observations/long.csv'), 'w');
    writeSync(file, `${header}population,`);
    ftruncateSync(file, 200 * 1024 * 1024);
    closeSync(file);
    const before = process.memoryUsage().rss;
    const { findings } = await readFolder(folder);
    expect(findings).toMatchObject([
      { rule: 'text.long-line', where: { file: 'observations/long.csv', row: 2 } },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('with a file beyond the size limit is refused before it is read', async () => {
    const folder = write('large', tinyCity);
    const file = openSync(join(folder, 'plan.yaml'), 'w');
    ftruncateSync(file, limits.fileBytes.yaml + 1);
    closeSync(file);
    expect((await readFolder(folder)).findings[0]?.rule).toBe('file.too-large');
  });

  it('with too many files is refused', async () => {
    const folder = write('many', tinyCity);
    for (let at = 0; at <= limits.files; at += 1) writeFileSync(join(folder, `observations/${at}.csv`), '');
    const { files, findings } = await readFolder(folder);
    expect(findings.at(-1)?.rule).toBe('folder.too-many');
    expect(files).toEqual([]);
  });

  it('with a spreadsheet among the tables says how to save it', async () => {
    const folder = write('sheet', { ...tinyCity, 'observations/2021.xlsx': 'PK' });
    const { findings } = await readFolder(folder);
    expect(findings).toMatchObject([{ rule: 'file.wrong-name', severity: 'error' }]);
    expect(findings[0]?.mend).toContain('CSV UTF-8');
  });

  it('with two names that differ in case only is refused', async () => {
    const folder = write('case', { ...tinyCity, 'observations/A.csv': header, 'observations/a.csv': header });
    expect((await readFolder(folder)).findings[0]?.rule).toBe('path.same-name');
  });

  it('of workspaces is a portfolio', async () => {
    write('portfolio/b', tinyCity);
    write('portfolio/a', tinyCity);
    write('portfolio/c', { 'notes.md': 'x' });
    const found = await findWorkspaces(join(base, 'portfolio'));
    expect(found).toEqual([join(base, 'portfolio/a'), join(base, 'portfolio/b')]);
    expect(await findWorkspaces(join(base, 'portfolio/a'))).toEqual([join(base, 'portfolio/a')]);
    expect(await findWorkspaces(join(base, 'nowhere'))).toEqual([]);
  });
});
