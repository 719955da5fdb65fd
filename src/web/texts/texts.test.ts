import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace, parseWorkspace } from '../../intake/index.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import { makeDoor } from '../sign-in/door.ts';
import type { Person } from '../who.ts';
import { mostFile } from './asked.ts';
import { auditDocuments } from './run.ts';

const files: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny City, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny City, zh: 小城 }, kind: city }
sources:
  - id: yearbook
    title: { en: Yearbook 2022, zh: 2022年统计年鉴 }
    producer: { en: Bureau of Statistics, zh: 统计局 }
    date: 2022
    licence: CC BY 4.0
`,
  'indicators/core.yaml': `- { id: forest, name: { en: Forest coverage rate, zh: 森林覆盖率 }, unit: "%" }
`,
  'observations/2021.csv': `indicator,area,period,value,unit,source,locator
forest,T,2021,19.4,%,yearbook,table 1
`,
};
const { workspace } = parseWorkspace(
  Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
);
if (workspace === null) throw new Error('the workspace of the test is broken');

const lin: Person = { id: 'lin', name: 'Lin', grants: [{ role: 'reader', area: 'T', department: '*' }] };
const nobody: Person = { id: 'no', name: 'No', grants: [] };
const base = 'http://tiny.example';

describe.each(testEngines)('documents checked in a browser, on $name', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: '2023-01-01T00:00:00Z',
      files: exportWorkspace(workspace),
      workspace,
    });
  });
  afterAll(() => store.close());

  const app = (who: Person | null) =>
    createApp({
      places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1, store }],
      store,
      door: makeDoor({ people: store.people, secret: 'a secret of the test, long enough', baseUrl: base }),
      who: async () => who,
    });
  async function send(
    fields: Readonly<Record<string, string>>,
    given: readonly File[] = [],
    {
      who = lin,
      language = 'en',
      origin = base,
    }: { who?: Person | null; language?: string; origin?: string } = {},
  ) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    for (const file of given) form.append('file', file);
    const made = new Response(form);
    const body = await made.arrayBuffer();
    const answer = await app(who).request(`${base}/${language}/tiny/office/text/`, {
      method: 'POST',
      headers: {
        origin,
        cookie: 'session=1',
        'content-type': made.headers.get('content-type') ?? '',
        'content-length': String(body.byteLength),
      },
      body,
    });
    const html = await answer.text();
    return {
      status: answer.status,
      html,
      text: html
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"')
        .replaceAll(/\s+/g, ' '),
    };
  }
  const stored = () => store.cities().then((all) => all.find(({ id }) => id === 'tiny')?.head);

  test('a pasted sentence is told with its arithmetic, the words marked, and its mend', async () => {
    const before = await stored();
    const { status, html, text } = await send({
      text: 'The urbanization rate, which stood at 61.2% in 2015, had grown by 8.4 percentage points to 71.6% by the end of 2021.',
    });
    expect(status).toBe(200);
    expect(text).toContain('pasted text: 1 contradiction.');
    expect(text).toContain('10.4');
    expect(html).toMatch(/<mark>[^<]*8\.4 percentage points/);
    expect(text).toContain('pasted text · line 1');
    expect(await stored()).toBe(before);
  });

  test('what agrees with the records is counted; what does not is told; without the box nothing is held', async () => {
    const right = await send({ against: 'yes', text: 'In 2021 the forest coverage rate reached 19.4%.' });
    expect(right.text).toContain('1 agree with the records of Tiny City');
    const wrong = await send({ against: 'yes', text: 'In 2021 the forest coverage rate reached 23.4%.' });
    expect(wrong.text).toContain('23.4%');
    expect(wrong.text).toContain('19.4');
    const alone = await send({ text: 'In 2021 the forest coverage rate reached 23.4%.' });
    expect(alone.text).toContain('Nothing to ask about in pasted text');
  });

  test('in Chinese, a Word document', async () => {
    const words = '2021年，全市共有桥梁33座（在用55座，停用8座）。';
    const docx = zipSync({
      '[Content_Types].xml': strToU8(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      ),
      'word/document.xml': strToU8(
        `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`,
      ),
    });
    const { status, text, html } = await send({}, [new File([docx], '报告.docx')], { language: 'zh' });
    expect(status).toBe(200);
    expect(text).toContain('报告.docx：1处矛盾。');
    expect(html).toContain('<mark>33座（在用55座，停用8');
    const table = /href="data:text\/csv;base64,([^"]+)"/.exec(html)?.[1] ?? '';
    expect(Buffer.from(table, 'base64').toString()).toContain('矛盾');
  });

  test('two language versions are compared', async () => {
    const { text } = await send({ pair: 'yes' }, [
      new File(['# Plan\n\nBy 2012 the city will invest 3.5 billion yuan in 12 projects.\n'], 'plan-en.txt'),
      new File(['# 规划\n\n到2012年，全市将投资35亿元，建设15个项目。\n'], 'plan-zh.txt'),
    ]);
    expect(text).toContain('12');
    expect(text).toContain('15');
    expect(text).toMatch(/agree in both versions/);
    expect((await send({ pair: 'yes', text: 'one' })).status).toBe(422);
  });

  test('what cannot be read is refused with its reason, and nothing breaks', async () => {
    for (const [fields, given, says] of [
      [{}, [], 'Choose a document'],
      [{}, [new File([new Uint8Array([0, 159, 146, 150, 0, 1, 2])], 'a.txt')], 'a.txt cannot be read'],
      [{}, [new File(['x'], 'a.exe')], 'cannot be audited'],
      [{}, [new File(['%PDF-1.7 nothing'], 'a.pdf')], 'a.pdf cannot be read'],
      [{}, [new File(['PK nothing'], 'a.docx')], 'a.docx cannot be read'],
      [{}, Array.from({ length: 7 }, (_, n) => new File(['a'], `${n}.txt`)), 'At most six'],
    ] as const) {
      const { status, text } = await send(fields, given);
      expect(text).toContain(says);
      expect(status, says).toBe(422);
    }
    expect((await send({}, [new File([new Uint8Array(mostFile + 1)], 'big.txt')])).text).toContain(
      'larger than 16 MB',
    );
  });

  test('script in a name or text stays text; a formula in a table stays a word', async () => {
    const { html } = await send({}, [
      new File(
        [
          '<script>alert(1)</script> =cmd() The rate grew by 8.4 percentage points from 61.2% in 2015 to 71.6% in 2021.',
        ],
        '<img src=x onerror=alert(1)>.txt',
      ),
    ]);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
  });

  test('only who has a role here, and only from this site', async () => {
    expect((await send({ text: 'x' }, [], { who: null })).status).toBe(303);
    expect((await send({ text: 'x' }, [], { who: nobody })).status).toBe(403);
    expect((await send({ text: 'x' }, [], { origin: 'http://other.example' })).status).toBe(403);
  });
});

describe('the thread of a check', () => {
  const worker = new URL('../../../dist/audit/text-worker.js', import.meta.url);
  const task = (text: string) => ({
    files: [{ name: 'a.txt', bytes: new TextEncoder().encode(text) }],
    pair: false,
    facts: null,
  });

  test('finds what the server would, and is stopped when it takes too long', async () => {
    const words = 'The rate grew by 8.4 percentage points from 61.2% in 2015 to 71.6% in 2021.';
    const [there, here] = [
      await auditDocuments(task(words), 60_000, worker),
      await auditDocuments(task(words), 60_000, new URL('file:///nowhere.js')),
    ];
    expect(there).toEqual(here);
    const long = `${readFileSync(new URL('../../../docs/audit.md', import.meta.url), 'utf8')}\n`.repeat(60);
    expect(await auditDocuments(task(long), 1, worker)).toEqual({ fault: 'slow' });
    expect(await auditDocuments(task(words), 60_000, worker)).toEqual(here);
  });

  test('who comes when many wait is asked to come again', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => auditDocuments(task('x'), 60_000, new URL('file:///nowhere.js'))),
    );
    expect(all.filter((one) => 'fault' in one)).toEqual([{ fault: 'busy' }, { fault: 'busy' }]);
  });
});
