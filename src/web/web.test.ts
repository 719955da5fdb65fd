import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { FigureSet, figureCode } from '../figures/index.ts';
import {
  type FigureKey,
  frameworkSchema,
  indicatorSchema,
  observationSchema,
  type Workspace,
} from '../model/index.ts';
import { createApp, type Place } from './index.ts';
import { isNear } from './search-match.ts';

const said = (period: string, value: string | null, more: object = {}) =>
  observationSchema.parse({
    indicator: 'energy_per_gdp',
    area: '310000',
    period,
    breakdown: {},
    value,
    unit: 'tce/10*4/CNY',
    status: value === null ? 'O' : 'A',
    reason: value === null ? { en: 'the chart is an image', zh: '图为图片' } : null,
    qualifier: null,
    source: 'vlr-2022',
    locator: 'line 350',
    ref: null,
    note: null,
    ...more,
  });

const workspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'shanghai',
    name: { en: 'Shanghai', zh: '上海市' },
    area: '310000',
    languages: ['en', 'zh'],
    areas: [
      { id: '310000', name: { en: 'Shanghai', zh: '上海市' }, kind: 'province' },
      {
        id: '310117',
        name: { en: 'Songjiang <script>alert(1)</script>', zh: '松江区' },
        kind: 'district',
        parent: '310000',
      },
    ],
    sources: [
      {
        id: 'vlr-2022',
        title: { en: 'Voluntary Local Review 2022', zh: '自愿评估报告2022' },
        producer: { en: 'Municipal Government', zh: '市政府' },
        date: '2022-10-31',
        licence: 'facts cited',
      },
    ],
    dimensions: [],
  },
  indicators: [
    indicatorSchema.parse({
      id: 'energy_per_gdp',
      name: { en: 'Energy per GDP', zh: '单位GDP能耗' },
      unit: 'tce/10*4/CNY',
      direction: 'down',
      goals: ['7'],
      key: true,
    }),
    indicatorSchema.parse({ id: 'lost', name: { en: 'Lost chart', zh: '缺图' }, unit: '%', goals: ['7'] }),
  ],
  observations: [
    said('2015', '0.46'),
    said('2021', '0.28'),
    said('2021', '0.36', { area: '310117', status: 'P', locator: 'line 1500' }),
    said('2018', null),
  ],
  targets: [],
  claims: [],
  frameworks: [
    frameworkSchema.parse({
      id: 'thrift',
      name: { en: 'Thrift', zh: '节约' },
      kind: 'standard',
      source: 'vlr-2022',
      periods: ['2021'],
      criteria: [
        {
          id: 'energy',
          name: { en: 'Energy', zh: '能耗' },
          kind: 'binding',
          tests: [
            { id: 'e', indicator: 'energy_per_gdp', comparator: '<=', value: '0.3', unit: 'tce/10*4/CNY' },
          ],
        },
      ],
    }),
  ],
  plans: [],
  reviews: [],
};
const change: FigureKey = {
  city: 'shanghai',
  indicator: 'energy_per_gdp',
  area: '310000',
  breakdown: {},
  measure: { kind: 'relative', from: '2015', to: '2021' },
};
const code = figureCode(change);

const place: Place = {
  workspace,
  figures: new FigureSet(workspace, { asOf: 3 }),
  asOf: 3,
  store: {
    history: async (_, record) =>
      record === 'observation/310000/energy_per_gdp/2021/'
        ? [
            {
              position: 1,
              file: 'observations/energy.csv',
              row: 3,
              withdrawn: false,
              content: { value: '0.29' },
            },
            {
              position: 3,
              file: 'observations/energy.csv',
              row: 3,
              withdrawn: false,
              content: { value: '0.28' },
            },
          ]
        : [
            {
              position: 1,
              file: 'observations/energy.csv',
              row: 2,
              withdrawn: false,
              content: { value: '0.46' },
            },
          ],
    submissions: async () => [
      { position: 1, agent: 'Bureau of Statistics', received: '2022-09-01T08:00:00Z' },
      { position: 3, agent: 'Bureau of Statistics', received: '2022-10-02T08:00:00Z' },
    ],
  },
};
const faults: string[] = [];
const app = createApp({
  places: [place],
  onFault: (error, path) => faults.push(`${path}: ${error.message}`),
});
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

/** Every page that links reach from the start, by address. */
const pages = new Map<string, string>();
beforeAll(async () => {
  const waiting = ['/en/', '/zh/'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (pages.has(path)) continue;
    const answer = await get(path);
    const text = await answer.text();
    pages.set(path, `${answer.status} ${text}`);
    if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue;
    for (const [, href = ''] of text.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      const [next = ''] = href.replaceAll('&amp;', '&').split('#');
      if (next.startsWith('/')) waiting.push(next);
      else if (next !== '') throw new Error(`${path} links to ${href}`);
    }
  }
});

describe('the pages', () => {
  it('reach one another by links that all answer, without a fault', () => {
    const broken = [...pages].filter(([, text]) => !text.startsWith('200 ')).map(([path]) => path);
    expect(broken).toEqual([]);
    expect(faults).toEqual([]);
    expect(pages.size).toBeGreaterThan(40);
  });

  it('hold no script and no style of their own, so that the policy against them costs nothing', () => {
    for (const [path, text] of pages) {
      if (!/^\/(?:en|zh)\/.*\/$|^\/(?:en|zh)\/$/.test(path)) continue;
      // A block of JSON-LD is data: no browser runs it, so the policy against scripts does not ask about it.
      expect(text, path).not.toMatch(/<script(?![^>]*(?:\ssrc=|\stype="application\/ld\+json"))/);
      expect(text, path).not.toMatch(/<style|\sstyle="|\son\w+="/);
    }
  });

  it('say names from the data as text, whatever they hold', () => {
    const district = pages.get('/en/shanghai/districts/310117/') ?? '';
    expect(district).toContain('Songjiang &lt;script&gt;');
    expect(district).not.toContain('<script>alert');
  });

  it('keep the page when the language is switched', () => {
    for (const [path, text] of pages)
      if (path.startsWith('/en/') && path.endsWith('/'))
        expect(text, path).toContain(`class="tongue" href="${path.replace('/en/', '/zh/')}"`);
  });

  it('allow nothing from elsewhere', async () => {
    const { headers } = await get('/en/');
    // The whole of it: a word more or a part less is a hole.
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('answer an unchanged page by 304 and pack the others', async () => {
    const first = await get('/en/shanghai/', { 'accept-encoding': 'gzip' });
    expect(first.headers.get('content-encoding')).toBe('gzip');
    const etag = first.headers.get('etag') ?? '';
    expect((await get('/en/shanghai/', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('/en/shanghai/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('tell a reader of a wrong address what to do, in the language of the address', async () => {
    const absent = await get('/zh/shanghai/indicators/none/');
    expect(absent.status).toBe(404);
    expect(await absent.text()).toContain('没有这个页面');
    expect((await get('/en/atlantis/')).status).toBe(404);
  });

  it('name the reason where a value is missing', () => {
    expect(pages.get('/en/shanghai/indicators/energy_per_gdp/')).toContain('the chart is an image');
    expect(pages.get('/zh/shanghai/indicators/energy_per_gdp/')).toContain('图为图片');
  });

  it('mark a provisional value', () => {
    expect(pages.get('/en/shanghai/indicators/energy_per_gdp/')).toContain(
      '<abbr class="hollow" title="provisional">',
    );
  });
});

describe('the trace of a figure', () => {
  it('leads from the number by formula and records to the line, the file, the correction, the root and the command', async () => {
    const trace = await (await get(`/en/shanghai/figures/${code}/`)).text();
    const { root } = place.figures.get(change);
    for (const part of [
      '−39.1',
      '-900/23',
      '(0.28 − 0.46) ÷ 0.46',
      'observation/310000/energy_per_gdp/2015/',
      'Voluntary Local Review 2022',
      'line 350',
      'Bureau of Statistics',
      'observations/energy.csv:3',
      'Position 3, 2022-10-02 08:00: value 0.28',
      root,
      `npx modelcity trace ${code} --workspace examples/shanghai`,
    ])
      expect(trace).toContain(part);
  });

  it('opens by its short code, in the reader’s language, as typed from paper', async () => {
    const english = await get(`/f/${code}`);
    expect(english.headers.get('location')).toBe(`/en/shanghai/figures/${code}/`);
    const chinese = await get(`/f/F-${code.toLowerCase()}`, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' });
    expect(chinese.headers.get('location')).toBe(`/zh/shanghai/figures/${code}/`);
    expect((await get('/f/0000000')).status).toBe(404);
  });
});

describe('the JSON interface', () => {
  it('gives numbers as text and each figure with what it was computed from', async () => {
    const figure = await (await get(`/api/places/shanghai/figures/${code}`)).json();
    expect(figure.value).toMatch(/^-0\.39130434|^-39\.130434/);
    expect(figure.contributions.map(({ quantity }: { quantity: string }) => quantity).sort()).toEqual([
      '0.28',
      '0.46',
    ]);
    expect(figure.root).toMatch(/^[0-9a-f]{64}$/);
  });

  it('pages through a list without a gap or a repeat', async () => {
    const whole = await (await get('/api/places/shanghai/figures?limit=1000')).json();
    const codes: string[] = [];
    for (let path: string | null = '/api/places/shanghai/figures?limit=3'; path !== null; ) {
      const page: { items: { code: string }[]; next: string | null } = await (await get(path)).json();
      codes.push(...page.items.map((item) => item.code));
      path = page.next;
    }
    expect(codes).toEqual(whole.items.map((item: { code: string }) => item.code));
    expect(new Set(codes).size).toBe(whole.total);
  });

  it('says by problem details which parameter is wrong', async () => {
    const answer = await get('/api/places/shanghai/figures?limit=many');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect((await answer.json()).errors[0].pointer).toBe('#/limit');
    expect((await get('/api/places/atlantis')).status).toBe(404);
    expect((await get('/api/none')).headers.get('content-type')).toContain('application/problem+json');
  });

  it('describes itself: every path of the description answers', async () => {
    const { paths } = await (await get('/api/openapi.json')).json();
    for (const path of Object.keys(paths)) {
      const real = path
        .replace('{place}', 'shanghai')
        .replace('{code}', code)
        .replace('{id}', 'energy_per_gdp')
        .replace('{standard}', 'thrift');
      expect((await get(real)).status, real).toBe(200);
    }
  });

  it('gives the origin of a figure as PROV-JSON that ends at the document', async () => {
    const prov = await (await get(`/api/places/shanghai/figures/${code}/prov`)).json();
    expect(Object.keys(prov.entity)).toContain('mc:source/vlr-2022');
    expect(Object.values(prov.used)).toHaveLength(2);
    expect(Object.keys(prov.agent)).toContain('mc:producer/vlr-2022');
    expect(provFaults(prov)).toEqual([]);
    expect(Object.values(prov.wasDerivedFrom)).toContainEqual({
      'prov:generatedEntity': 'mc:observation/310000/energy_per_gdp/2015/',
      'prov:usedEntity': 'mc:source/vlr-2022',
    });
  });

  it('writes CSV in which no cell is a formula', async () => {
    const csv = await (await get('/api/places/shanghai/indicators/energy_per_gdp.csv')).text();
    expect(csv.split('\r\n')[0]).toContain('code,indicator,area');
    expect(csv).not.toMatch(/(?:^|,)[=+@]/m);
  });
});

describe('search', () => {
  it('finds by name in either language, by a misspelt word, and by code', async () => {
    for (const query of ['energy', 'enrgy', '能耗', code])
      expect(await (await get(`/en/search/?q=${encodeURIComponent(query)}`)).text(), query).toMatch(
        /<a href="\/en\/shanghai\/(?:indicators\/energy_per_gdp|figures\/\w{12})\/">/,
      );
    expect(await (await get('/en/search/?q=%3Cimg%20src=x%3E')).text()).not.toContain('<img');
  });

  it('takes words that differ by one letter for near, and no others', () => {
    expect(
      [
        ['energy', 'enrgy'],
        ['energy', 'energgy'],
        ['energy', 'enegry'],
        ['energy', 'emergy'],
      ].every(([a = '', b = '']) => isNear(a, b)),
    ).toBe(true);
    expect(isNear('energy', 'synergy')).toBe(false);
    expect(isNear('water', 'waste')).toBe(false);
  });
});

/** What the W3C's PROV-JSON asks: names have a declared prefix, and a relation's ends are there. */
function provFaults(prov: Record<string, Record<string, Record<string, unknown>>>): readonly string[] {
  const { prefix = {}, entity = {}, activity = {}, agent = {}, ...relations } = prov;
  const known = new Set([entity, activity, agent].flatMap((each) => Object.keys(each)));
  const prefixes = new Set([...Object.keys(prefix), 'prov', 'xsd', '_']);
  const unknownPrefix = [...known].filter((name) => !prefixes.has(name.slice(0, name.indexOf(':'))));
  const ends = ['entity', 'activity', 'agent', 'generatedEntity', 'usedEntity'].map((end) => `prov:${end}`);
  const dangling = Object.values(relations)
    .flatMap((of) => Object.values(of))
    .flatMap((one) => ends.flatMap((end) => (typeof one[end] === 'string' ? [one[end]] : [])))
    .filter((name) => !known.has(name));
  return [...unknownPrefix, ...dangling, ...independentReader(prov)];
}

/** What the Python package prov (python3-prov) says of it, where it is installed: an independent reader. */
function independentReader(prov: object): readonly string[] {
  const read = [
    'import sys, prov.model as m',
    'd = m.ProvDocument.deserialize(source=sys.stdin, format="json")',
    'print(len(list(d.get_records(m.ProvEntity))), len(list(d.get_records(m.ProvUsage))), len(list(d.get_records(m.ProvAttribution))))',
  ].join('\n');
  // Debian's packages belong to Debian's Python, which need not be the first on the path.
  const python = [process.env.MODELCITY_PYTHON, 'python3', '/usr/bin/python3'].find(
    (each) => each !== undefined && spawnSync(each, ['-c', 'import prov']).status === 0,
  );
  if (python === undefined) {
    process.stderr.write(
      'PROV-JSON was not held against an independent reader: python3-prov is not installed\n',
    );
    return [];
  }
  const { status, stdout, stderr } = spawnSync(python, ['-c', read], {
    input: JSON.stringify(prov),
    encoding: 'utf8',
  });
  return status === 0 && /^\d+ 2 \d+\n$/.test(stdout) ? [] : [stdout + stderr];
}
