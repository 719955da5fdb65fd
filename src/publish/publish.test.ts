import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../figures/index.ts';
import { type Published, publishEdition } from './publish.ts';
import { sampleApp, samplePlace } from './sample.ts';
import { openSigningKey } from './signing-key.ts';
import { verifyEdition } from './verify.ts';

const root = mkdtempSync(join(tmpdir(), 'modelcity-publish-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const key = openSigningKey(join(root, '.modelcity'), 'shanghai');

const publish = (out: string, changed: Readonly<Record<string, string>> = {}) =>
  publishEdition({
    city: 'shanghai',
    review: '2022',
    places: [samplePlace(changed)],
    request: sampleApp,
    starts: ['/en/'],
    liveOnly: ['/api'],
    out: join(root, out),
    key,
  });

let first: Published;
beforeAll(async () => {
  first = await publish('one');
});

/** A copy of the edition with one thing done to it. */
function tampered(name: string, change: (edition: string) => void): string {
  const copy = join(root, 'copies', name);
  cpSync(join(first.folder ?? '', 'edition'), copy, { recursive: true });
  change(copy);
  return copy;
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(file, text.replace(from, to));
}

const rules = (path: string) => verifyEdition(path).findings.map(({ rule }) => rule);
const told = (path: string) =>
  verifyEdition(path)
    .findings.map(({ what }) => what)
    .join('\n');

describe('an edition', () => {
  it('verifies from its folder, from the folder around it, and from its archive', () => {
    expect(first.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const path of [join(first.folder ?? '', 'edition'), first.folder ?? '', first.archive ?? '']) {
      const verified = verifyEdition(path, { fingerprint: key.fingerprint });
      expect(verified.findings).toEqual([]);
      expect(verified.figures).toBe(9);
    }
  });

  it('holds site, documents in both languages, data and the workspace', () => {
    const edition = join(first.folder ?? '', 'edition');
    expect(readdirSync(edition).sort()).toEqual(
      [
        'README.txt',
        'data',
        'documents',
        'index.html',
        'manifest.json',
        'seal.json',
        'models',
        'site',
        'tree.txt',
        'workspace',
      ].sort(),
    );
    expect(readdirSync(join(edition, 'documents')).sort()).toEqual(
      ['en', 'zh'].flatMap((language) =>
        ['archive.pdf', 'docx', 'html', 'pdf'].map((ending) => `shanghai-2022.${language}.${ending}`),
      ),
    );
  });

  it('is the same bytes published again in another place, order and time zone', async () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Pacific/Kiritimati';
    const rows = `indicator,area,unit,period,value,source,locator,status
energy-per-gdp,310000,tce/10*4/CNY,2021,0.28,vlr,line 341,A
nonfossil-share,310000,%,2020,18.3,vlr,line 315,A
energy-per-gdp,310000,tce/10*4/CNY,2015,0.46,vlr,line 341,A
nonfossil-share,310000,%,2015,14.6,vlr,line 315,A
`;
    const second = await publish('two', { 'observations/energy.csv': rows });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(second.root).toBe(first.root);
    expect(sha256(readFileSync(second.archive ?? ''))).toBe(sha256(readFileSync(first.archive ?? '')));
  });

  it('is not published twice when nothing changed', async () => {
    const again = await publish('one');
    expect(again.unchanged).toBe(true);
    expect(readdirSync(join(root, 'one'))).toEqual(['shanghai-2022-1']);
  });
});

describe('verify names what was changed', () => {
  it('one digit of one observation', () => {
    const copy = tampered('observation', (edition) =>
      edit(join(edition, 'workspace/shanghai/observations/observations.csv'), '18.3', '18.4'),
    );
    expect(rules(copy).slice(0, 2)).toEqual(['edition.file', 'edition.figure']);
    expect(told(copy)).toMatch(/observation\/310000\/nonfossil-share\/2020.* is 18\.3 % .* and 18\.4 %/);
  });
  it('a value in the manifest', () => {
    const copy = tampered('value', (edition) =>
      edit(join(edition, 'manifest.json'), '"value":"3.7"', '"value":"3.8"'),
    );
    expect(rules(copy)).toContain('figure.value');
    expect(verifyEdition(copy).findings[0]?.what).toMatch(
      /the first entry that differs is the figure [0-9A-Z]{12} \(shanghai nonfossil-share\)/,
    );
  });
  it('a contribution in the manifest', () => {
    const copy = tampered('contribution', (edition) =>
      edit(join(edition, 'manifest.json'), '"quantity":"14.6"', '"quantity":"14.7"'),
    );
    expect(rules(copy)).toContain('figure.root');
  });
  it('a page, a missing file, an added file, a data row', () => {
    expect(
      told(tampered('page', (edition) => edit(join(edition, 'site/en/index.html'), 'Shanghai', 'Shanghoi'))),
    ).toContain('site/en/index.html');
    expect(rules(tampered('missing', (edition) => rmSync(join(edition, 'README.txt'))))).toEqual([
      'edition.file-missing',
    ]);
    expect(rules(tampered('added', (edition) => writeFileSync(join(edition, 'x.html'), '')))).toEqual([
      'edition.file-added',
    ]);
    expect(
      rules(tampered('data', (edition) => edit(join(edition, 'data/figures.csv'), '14.6', '14.5'))),
    ).toEqual(['edition.file', 'edition.data']);
  });
  it('a signature, a foreign key, a rewritten history', () => {
    expect(
      rules(
        tampered('head', (edition) =>
          edit(join(edition, 'seal.json'), '"date": "2022-10-31"', '"date": "2022-10-30"'),
        ),
      ),
    ).toContain('seal.log');
    expect(
      verifyEdition(first.folder ?? '', { fingerprint: '0'.repeat(64) }).findings.map(({ rule }) => rule),
    ).toEqual(['seal.stranger']);
    expect(
      verifyEdition(first.folder ?? '', { earlierHead: { size: 1, root: '0'.repeat(64) } }).findings.map(
        ({ rule }) => rule,
      ),
    ).toEqual(['seal.fork']);
  });
  it('what is no edition, or a trap', () => {
    mkdirSync(join(root, 'empty'));
    expect(rules(join(root, 'empty'))).toEqual(['edition.none']);
    expect(rules(join(root, 'nowhere'))).toEqual(['edition.unsafe']);
    expect(rules(tampered('link', (edition) => symlinkSync('/etc/passwd', join(edition, 'passwd'))))).toEqual(
      ['edition.unsafe'],
    );
    expect(
      rules(tampered('json', (edition) => writeFileSync(join(edition, 'manifest.json'), '{"__proto__":{}}'))),
    ).toEqual(['edition.damaged']);
  });
});

describe('history', () => {
  it('only grows: the next edition proves that it continues the first', async () => {
    const review = `id: '2022'
title: { en: Voluntary Local Review 2022, zh: 自愿评估报告2022 }
date: '2023-03-01'
issuer: { en: Shanghai Municipal People's Government, zh: 上海市人民政府 }
kind: voluntary-local-review
chapters: [goal-7]
`;
    const out = join(root, 'grow');
    cpSync(join(root, 'one'), out, { recursive: true });
    const second = await publish('grow', { 'review/2022/review.yaml': review });
    expect(second.folder).toBe(join(out, 'shanghai-2022-2'));
    const before = verifyEdition(first.folder ?? '').seal?.head;
    const verified = verifyEdition(second.folder ?? '', { earlierHead: before });
    expect(verified.findings).toEqual([]);
    expect(verified.seal?.earlier).toHaveLength(1);
  });
  it('is not continued upon a broken log', async () => {
    const out = join(root, 'broken');
    cpSync(join(root, 'one'), out, { recursive: true });
    edit(join(out, 'shanghai-2022-1/edition/seal.json'), '"date": "2022-10-31"', '"date": "2022-10-30"');
    const refused = await publish('broken', {
      'observations/energy.csv': 'indicator,area,period,value,unit,source,locator\n',
    });
    expect(refused.folder).toBeNull();
    expect(refused.findings.map(({ rule }) => rule)).toContain('seal.log');
  });
});

describe('the key', () => {
  it('is made once and readable by its owner only', () => {
    const file = join(root, '.modelcity/keys/shanghai.ed25519.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openSigningKey(join(root, '.modelcity'), 'shanghai').fingerprint).toBe(key.fingerprint);
    expect(openSigningKey(join(root, '.modelcity'), 'chengdu').fingerprint).not.toBe(key.fingerprint);
  });
  it('stands in no edition', () => {
    const edition = join(first.folder ?? '', 'edition');
    for (const name of readdirSync(edition, { recursive: true, withFileTypes: true }))
      if (name.isFile())
        expect(readFileSync(join(name.parentPath, name.name)).includes('PRIVATE KEY')).toBe(false);
  });
});

describe('a review with an error', () => {
  it('is not published, and nothing is left behind', async () => {
    const refused = await publish('refused', {
      'review/2022/goal-7.en.md': '# T\n\n{% value indicator="nope" period="2020" /%}\n',
    });
    expect(refused.folder).toBeNull();
    expect(refused.findings.map(({ rule }) => rule)).toContain('tag.indicator');
    expect(readdirSync(join(root, 'refused'))).toEqual([]);
  });
});
