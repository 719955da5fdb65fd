import { gunzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace, parseWorkspace } from '../../intake/index.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import { makeDoor } from '../sign-in/door.ts';
import type { Grant, Person } from '../who.ts';

const files: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny City, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny City, zh: 小城 }, kind: city }
  - { id: T1, name: { en: North, zh: 北区 }, kind: district, parent: T }
  - { id: T2, name: { en: South District, zh: 南区 }, kind: district, parent: T }
sources:
  - id: yearbook
    title: { en: Yearbook 2022, zh: 2022年统计年鉴 }
    producer: { en: Bureau of Statistics, zh: 统计局 }
    date: 2022
    licence: CC BY 4.0
dimensions:
  - id: sex
    name: { en: Sex, zh: 性别 }
    values: [{ id: f, name: { en: women, zh: 女 } }, { id: m, name: { en: men, zh: 男 } }]
`,
  'indicators/core.yaml': `- { id: population, name: { en: Population, zh: 人口 }, unit: "{person}", rollup: sum }
- { id: water, name: { en: Water used, zh: 用水量 }, unit: m3, rollup: sum }
- { id: water-per-head, name: { en: Water per head, zh: 人均用水量 }, unit: "m3/{person}", formula: water / population }
`,
  'observations/2021.csv': `indicator,area,period,value,unit,source,locator
population,T1,2021,1200,{person},yearbook,table 1
population,T2,2021,800,{person},yearbook,table 1
`,
};
const parsed = parseWorkspace(
  Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
);
if (parsed.workspace === null) throw new Error(JSON.stringify(parsed.findings));
const { workspace } = parsed;

const wide = `表1 各区人口,,,,
来自统计公报,,,,

地区,指标,2020年,2021年,2022年
北区,人口,1100,1250,…
南区,常住,700,800,820
东区,人口,1,2,3
北区,用水量（吨）,5,,
合计,人均用水量,1,2,3
`;

const person = (name: string, ...grants: readonly Grant[]): Person => ({ id: name, name, grants });
const grant = (role: Grant['role'], area = '*'): Grant => ({ role, area, department: '*' });
const zhao = person('Zhao', grant('approver'));

describe.each(testEngines)('a table brought in by a browser, on $name', (engine) => {
  let store: Store;
  const base = 'http://tiny.example';
  const page = `${base}/en/tiny/office/table/`;
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

  const app = (who: Person = zhao) =>
    createApp({
      places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1, store }],
      store,
      door: makeDoor({ people: store.people, secret: 'a secret of the test, long enough', baseUrl: base }),
      who: async () => who,
    });
  async function send(
    fields: Readonly<Record<string, string>>,
    file: File | null = null,
    who?: Person,
    headers: Readonly<Record<string, string>> = { origin: base },
  ) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (file !== null) form.set('file', file);
    const made = new Response(form);
    const body = await made.arrayBuffer();
    const answer = await app(who).request(page, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': made.headers.get('content-type') ?? '',
        'content-length': String(body.byteLength),
      },
      body,
    });
    return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') };
  }
  const text = (html: string): string =>
    html
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', "'")
      .replaceAll(/\s+/g, ' ');
  /** The form as a browser would send it again. */
  function fieldsOf(html: string): Record<string, string> {
    const plain = (value: string) =>
      value
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&amp;', '&');
    const found: Record<string, string> = {};
    for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
      const name = / name="([^"]*)"/.exec(tag)?.[1];
      const type = / type="([^"]*)"/.exec(tag)?.[1];
      if (name !== undefined && type !== 'file' && type !== 'checkbox' && type !== 'search')
        found[name] = plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [, name = '', options = ''] of html.matchAll(
      /<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs,
    ))
      found[name] = plain(/<option value="([^"]*)" selected/.exec(options)?.[1] ?? '');
    return found;
  }
  const held = async () =>
    (await store.observations('tiny', {})).map(
      ({ indicator, area, period, value, unit, locator }) =>
        `${indicator} ${area} ${period} ${value} ${unit} ${locator}`,
    );

  test('shows what becomes of every value, stores nothing before it is told to, and then all of it with its lines', async () => {
    const before = await held();
    const read = await send({}, new File([wide], '人口.csv'));
    expect(read.status).toBe(200);
    // Of 北区 2020 is new, 2021 differs from what is held, 2022 is a sign for a missing value.
    expect(text(read.html)).toContain(
      '2 new, 1 different from what is held, 0 held already, 10 left out, 2 blank',
    );
    expect(text(read.html)).toContain("'常住' is no indicator of this place");
    expect(text(read.html)).toContain("'东区' is no area of this place");
    // Water in tonnes is no cubic metre, and what is computed is not entered.
    expect(text(read.html)).toContain("the unit '吨' does not convert into m³");
    expect(text(read.html)).toContain("'人均用水量' is no indicator of this place");
    expect(await held()).toEqual(before);

    const fields = fieldsOf(read.html);
    const said =
      Object.keys(fields).find((name) => /^indicator-text-/.test(name) && fields[name] === '常住') ?? '';
    fields[said.replace('-text', '')] = 'population';
    const again = await send({ ...fields, do: 'again' });
    expect(text(again.html)).toContain(
      '4 new, 1 different from what is held, 1 held already, 7 left out, 2 blank',
    );

    const unsourced = await send({ ...fieldsOf(again.html), do: 'store' });
    expect([unsourced.status, text(unsourced.html)]).toEqual([
      422,
      expect.stringContaining('Name the document'),
    ]);
    const source = { title: '统计公报', producer: '统计局', licence: 'CC BY 4.0', date: '2023-13' };
    const undated = await send({ ...fieldsOf(again.html), ...source, do: 'store' });
    expect([undated.status, text(undated.html)]).toEqual([
      422,
      expect.stringContaining("'2023-13' is no day"),
    ]);
    expect(await held()).toEqual(before);

    const stored = await send({ ...fieldsOf(undated.html), date: '2023-02', do: 'store' });
    expect([stored.status, stored.to]).toEqual([303, '/en/tiny/office/table/?stored=4&at=2']);
    expect(await held()).toEqual(
      expect.arrayContaining([
        'population T1 2020 1100 {person} row 5, column 2020年',
        'population T2 2022 820 {person} row 6, column 2022年',
        // What differs was not to be replaced.
        'population T1 2021 1200 {person} table 1',
        'population T1 2022 null {person} row 5, column 2022年',
      ]),
    );
    const [entry] = (await store.submissions('tiny')).slice(-1);
    expect(entry?.files.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^tables\/[0-9a-f]{64}\.csv$/),
    );
  });

  test('the next table with this head is read as the last one was, years further, and corrects where it is told to', async () => {
    const next = wide
      .replaceAll(/20(20|21|22)年/g, (_, year) => `${2001 + Number(year)}年`)
      .replace('…', '1333');
    const read = await send({}, new File([next], 'next.csv'));
    expect(text(read.html)).toContain('Read as Zhao read a table with this head');
    expect(fieldsOf(read.html)).toMatchObject({ title: '统计公报', producer: '统计局', date: '' });
    // 2021 to 2023: 南区's 常住 is known for the population; 1,100 of 北区 in 2021 differs from 1,200, and so on.
    expect(text(read.html)).toContain(
      '2 new, 4 different from what is held, 0 held already, 7 left out, 2 blank',
    );
    const stored = await send({ ...fieldsOf(read.html), title: '统计公报2023', replace: 'yes', do: 'store' });
    expect(stored.status).toBe(303);
    // A title with its year is not that of the next document.
    const third = await send({}, new File([next], 'third.csv'));
    expect(fieldsOf(third.html)).toMatchObject({ title: '', producer: '统计局', date: '' });
    expect(await held()).toEqual(
      expect.arrayContaining([
        'population T1 2021 1100 {person} row 5, column 2021年',
        'population T1 2022 1250 {person} row 5, column 2022年',
        'population T1 2023 1333 {person} row 5, column 2023年',
      ]),
    );
    expect(await store.observations('tiny', { indicators: ['population'], asOf: 2 })).toContainEqual(
      expect.objectContaining({ area: 'T1', period: '2021', value: '1200' }),
    );
  });

  test('reads a workbook by its sheets, a long table by its columns, groups by their names', async () => {
    const sheet = (rows: readonly (readonly string[])[]) =>
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
        .map(
          (row, r) =>
            `<row r="${r + 1}">${row.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
        )
        .join('')}</sheetData></worksheet>`;
    const names = ['note', 'data'];
    const book = zipSync({
      'xl/workbook.xml': strToU8(
        `<workbook xmlns:r="r"><sheets>${names.map((name, at) => `<sheet name="${name}" r:id="r${at}"/>`).join('')}</sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships>${names.map((_, at) => `<Relationship Id="r${at}" Target="worksheets/s${at}.xml"/>`).join('')}</Relationships>`,
      ),
      'xl/worksheets/s0.xml': strToU8(
        sheet([
          ['a', 'b'],
          ['1', '2'],
          ['3', '4'],
        ]),
      ),
      'xl/worksheets/s1.xml': strToU8(
        sheet([
          ['Year', 'Area', 'Sex', 'Indicator', 'Unit', 'Value'],
          ['2024', 'South', 'women', 'Population', 'thousand', '0.4'],
          ['2024', 'South', 'robots', 'Population', '', '3'],
          ['2024', 'T2', 'total', 'Population', '', 'many'],
        ]),
      ),
    });
    const read = await send({}, new File([book], 'b.xlsx'));
    const data = await send({ ...fieldsOf(read.html), sheet: 'data', do: 'again' });
    expect(text(data.html)).toContain('0 new');
    expect(text(data.html)).toContain("'robots' of the column 'Sex' is no group of this place");
    expect(text(data.html)).toContain("'many' is no number");
    expect(text(data.html)).toContain("the unit 'thousand' does not convert into people");
    const packed = fieldsOf(data.html).kept ?? '';
    expect(gunzipSync(Buffer.from(packed, 'base64')).length).toBe(book.length);
  });

  test('defines the indicators that the place does not have, each judged before anything is stored', async () => {
    const book = `指标,单位,地区,2023年,2024年
学校数,所,北区,12,13
学校数,所,南区,7,8
绿化率,%,全市,40.1,41.25
神秘数,怪,全市,1,2
`;
    const indexOf = (fields: Readonly<Record<string, string>>, name: string): string =>
      /\d+$/.exec(
        Object.keys(fields).find((key) => /^indicator-text-/.test(key) && fields[key] === name) ?? '',
      )?.[0] ?? '';
    const before = await held();
    const read = await send({}, new File([book], 'new.csv'));
    expect(text(read.html)).toContain('0 new, 0 different from what is held, 0 held already, 8 left out');
    const fields = fieldsOf(read.html);
    const [schools, green, odd] = ['学校数', '绿化率', '神秘数'].map((name) => indexOf(fields, name));
    // Offered as the table has it: the name in its language, the unit by its code where the words are known.
    expect(fields).toMatchObject({
      [`define-zh-${schools}`]: '学校数',
      [`define-en-${schools}`]: '',
      [`define-unit-${schools}`]: '{institution}',
      [`define-unit-${green}`]: '%',
      [`define-unit-${odd}`]: '怪',
    });

    // Each fault is told at its indicator, and nothing is stored meanwhile.
    const wrong = await send({
      ...fields,
      [`define-${schools}`]: 'yes',
      [`define-id-${schools}`]: 'water-per-head',
      [`define-en-${schools}`]: 'Population',
      [`define-${green}`]: 'yes',
      [`define-rollup-${green}`]: 'sum',
      [`define-decimals-${green}`]: 'two',
      [`define-${odd}`]: 'yes',
      [`define-id-${odd}`]: 'Not An Id',
      title: 'a',
      producer: 'b',
      licence: 'c',
      do: 'store',
    });
    expect(wrong.status).toBe(422);
    for (const told of [
      'What is ticked to be defined is not complete',
      "an indicator called 'Population' is here already (population)",
      "the id 'water-per-head' is taken",
      'shares of districts do not add up',
      "'two' is no number of decimals",
      "'怪' is no unit that is known",
    ])
      expect(text(wrong.html)).toContain(told);
    expect(await held()).toEqual(before);
    const chosen = await send({
      ...fields,
      [`indicator-${schools}`]: 'population',
      [`define-${schools}`]: 'yes',
    });
    expect(text(chosen.html)).toContain("'学校数' was said to be population");

    const again = await send({
      ...fields,
      [`define-${schools}`]: 'yes',
      [`define-id-${schools}`]: 'schools',
      [`define-en-${schools}`]: 'Schools',
      [`define-direction-${schools}`]: 'up',
      [`define-goal-${schools}`]: '4',
      [`define-rollup-${schools}`]: 'sum',
      [`define-${green}`]: 'yes',
      [`define-decimals-${green}`]: '1',
      do: 'again',
    });
    expect(text(again.html)).toContain('6 new, 0 different from what is held, 0 held already, 2 left out');
    expect(text(again.html)).toContain('Schools (new indicator)');
    expect(await held()).toEqual(before);
    expect((await store.workspace('tiny'))?.indicators).toHaveLength(3);

    // A browser sends the ticks again that the page came with.
    const ticks = Object.fromEntries(
      [...again.html.matchAll(/<input type="checkbox" name="(define-\d+)" value="yes" checked/g)].map(
        ([, name = '']) => [name, 'yes'],
      ),
    );
    expect(Object.keys(ticks)).toHaveLength(2);
    const stored = await send({
      ...fieldsOf(again.html),
      ...ticks,
      title: '年鉴',
      producer: '统计局',
      licence: 'CC BY 4.0',
      do: 'store',
    });
    expect(stored.status).toBe(303);
    expect(stored.to).toContain('?stored=6&defined=2&at=');
    const whole = await store.workspace('tiny');
    expect(
      whole?.indicators.filter(({ id }) => !['population', 'water', 'water-per-head'].includes(id)),
    ).toEqual([
      expect.objectContaining({
        id: 'schools',
        name: { en: 'Schools', zh: '学校数' },
        unit: '{institution}',
        direction: 'up',
        goals: ['4'],
        rollup: 'sum',
      }),
      expect.objectContaining({ name: { en: '', zh: '绿化率' }, unit: '%', decimals: 1, rollup: 'none' }),
    ]);
    // Their figures are computed like any other's: the city is the sum of its districts.
    if (whole === null) throw new Error('the place is gone');
    const sum = new FigureSet(whole, { asOf: 99 }).get({
      city: 'tiny',
      indicator: 'schools',
      area: 'T',
      breakdown: {},
      measure: { kind: 'value', period: '2024' },
    });
    expect(sum.value).toBe('21');
    // The workspace as it is written out, definitions and all, reads as any other.
    expect(
      parseWorkspace(exportWorkspace(whole)).findings.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    const done = await app().request(`${base}${stored.to}`);
    expect(text(await done.text())).toContain('6 values and 2 new indicators are stored');
  });

  test('refuses who may not, who comes from elsewhere, and what is no table', async () => {
    const file = () => new File([wide], 'a.csv');
    expect((await send({}, file(), person('e', grant('editor')))).status).toBe(403);
    expect((await send({}, file(), person('n', grant('approver', 'T1')))).status).toBe(404);
    expect(
      (await send({}, file(), zhao, { origin: 'http://elsewhere.example', cookie: 'session=1' })).status,
    ).toBe(403);
    const years = 'Area,2020,2021,2022';
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(60 * 1024 * 1024) });
    const cases: readonly (readonly [Record<string, string>, File | null, string])[] = [
      [{}, null, 'Choose a file first'],
      [{}, new File(['just words'], 'w.txt'), 'w.txt holds no table'],
      [{}, new File(['PK\u0003\u0004 broken'], 'b.xlsx'), 'b.xlsx:'],
      [{}, new File([`${'a,'.repeat(400)}b\n1,2\n`], 'wide.csv'), 'wide.csv has more than 300 columns'],
      [{}, new File([`${years}\n${'x,1,2,3\n'.repeat(20_000)}`], 'long.csv'), '50000 are taken in at once'],
      [{}, new File([bomb], 'bomb.xlsx'), 'bomb.xlsx: the workbook unpacks to more than'],
      [{ kept: Buffer.from('no gzip').toString('base64') }, null, 'Choose a file first'],
      [{}, new File(['Name,Note\n<script>alert(1)</script>,b\n'], 'x.csv'), 'no column is the value'],
    ];
    for (const [fields, given, says] of cases) {
      const { status, html } = await send(fields, given);
      expect([says, status, text(html)]).toEqual([says, 422, expect.stringContaining(says)]);
      expect(html).not.toContain('<script>alert');
    }
  });
});
