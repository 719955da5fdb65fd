import { FigureSet } from '../src/figures/index.ts';
import { parseWorkspace } from '../src/intake/index.ts';
import type { Workspace } from '../src/model/index.ts';
import { createApp } from '../src/web/index.ts';

/**
 * Harbour: a made-up city in which a chart can be asked for everything it knows: twelve districts in boundaries with a hole and an
 * island, a thirteenth without any, four sectors (60 lines and more), twelve years, breaks, provisional and missing values, intervals,
 * targets, values over five powers of ten, two indicators of one area set.
 */
const districts = [
  ['Old Harbour and the Long Quay', '老港长堤区'],
  ['Fengxian', '奉贤区'],
  ['Songjiang', '松江区'],
  ['North Hills', '北山区'],
  ['Lakeside New Area', '湖滨新区'],
  ['Jingzhou Economic Development Zone', '靖州经济技术开发区'],
  ['Xiangyang', '向阳区'],
  ['Green Valley', '绿谷区'],
  ['Tanggu', '塘沽区'],
  ['West Gate', '西门区'],
  ['Minhang', '闵行区'],
  ['Chongming Island', '崇明岛'],
  ['Reclaimed Land', '围垦区'],
] as const;
const sectors = [
  ['households', '居民生活'],
  ['industry', '工业'],
  ['services', '服务业'],
  ['construction', '建筑业'],
] as const;
const years = Array.from({ length: 12 }, (_, at) => String(2013 + at));
const code = (at: number): string => `H${String(at + 1).padStart(2, '0')}`;

/** Squares of half a degree; the first with a hole, the last of two parts. */
function boundaries(): string {
  const square = (x: number, y: number, size: number): number[][] => [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ];
  const features = districts.slice(0, 12).map((_, at) => {
    const [x, y] = [121 + (at % 4) * 0.5, 31 + Math.floor(at / 4) * 0.5];
    const rings =
      at === 0 ? [square(x, y, 0.5), square(x + 0.2, y + 0.2, 0.1).reverse()] : [square(x, y, 0.5)];
    return {
      type: 'Feature',
      properties: { area: code(at) },
      geometry:
        at === 11
          ? { type: 'MultiPolygon', coordinates: [rings, [square(x + 0.7, y + 0.1, 0.2)]] }
          : { type: 'Polygon', coordinates: rings },
    };
  });
  return JSON.stringify({ type: 'FeatureCollection', features });
}

function observations(): string {
  const rows: string[] = [];
  const put = (
    indicator: string,
    area: string,
    period: string,
    value: string,
    unit: string,
    more = 'A,,,',
  ): void => {
    rows.push(`${indicator},${area},${period},${value},${unit},${more},yearbook,row ${rows.length + 2}`);
  };
  for (const [at] of districts.entries())
    for (const [year, period] of years.entries()) {
      const area = code(at);
      for (const [which, [sector]] of sectors.entries()) {
        const value = ((at + 2) * (which + 1) * (20 + year * (which === 2 ? -1 : 1))).toFixed(1);
        put('waste', area, period, value, 't', `A,,,${sector}`);
      }
      const total = sectors.reduce(
        (sum, _, which) => sum + (at + 2) * (which + 1) * (20 + year * (which === 2 ? -1 : 1)),
        0,
      );
      if (at === 3 && period === '2018')
        put('waste', area, period, '', 't', 'O,weighbridge out of order,地磅故障,');
      else
        put(
          'waste',
          area,
          period,
          total.toFixed(1),
          't',
          `${at === 1 && period === '2019' ? 'B' : period === '2024' ? 'P' : 'A'},,,`,
        );
      const share = 30 + ((at * 7 + year * 3) % 41);
      put('safe', area, period, `${share}.${at % 10}`, '%');
      put('safe-low', area, period, `${share - 4}.${at % 10}`, '%');
      put('safe-high', area, period, `${share + 5}.${at % 10}`, '%');
      if (at < 10) put('patents', area, period, String(3 ** at * (year + 1)), '{patent}');
    }
  for (const [year, period] of years.entries())
    put('rainfall', 'HB', period, String(1000 + ((year * 37) % 90)), 'mm');
  put('festival', 'HB', '2024', '12', '{day}');
  return `indicator,area,period,value,unit,status,reason_en,reason_zh,sector,source,locator\n${rows.join('\n')}\n`;
}

const list = (rows: readonly string[]): string => `${rows.map((row) => `- ${row}`).join('\n')}\n`;

/** Its folder. */
export function explorerFiles(): { readonly path: string; readonly text: string }[] {
  return [
    {
      path: 'city.yaml',
      text: `modelcity: 1
id: harbour
name: { en: Harbour, zh: 海港市 }
area: HB
languages: [en, zh]
areas:
  - { id: HB, name: { en: Harbour, zh: 海港市 }, kind: city }
${districts.map(([en, zh], at) => `  - { id: ${code(at)}, name: { en: ${en}, zh: ${zh} }, kind: district, parent: HB }`).join('\n')}
dimensions:
  - id: sector
    name: { en: Sector, zh: 行业 }
    values: [${sectors.map(([id, zh]) => `{ id: ${id}, name: { en: ${id}, zh: ${zh} } }`).join(', ')}]
sources:
  - { id: yearbook, title: { en: Statistical yearbook of Harbour 2025, zh: 海港市统计年鉴2025 }, producer: { en: Bureau of Statistics, zh: 统计局 }, date: 2025, licence: CC BY 4.0 }
`,
    },
    {
      path: 'indicators/all.yaml',
      text: list(
        [
          '{ id: waste, name: { en: Municipal solid waste collected, zh: 生活垃圾清运量 }, unit: t, nature: flow, direction: down, rollup: sum, goals: [11, 12] }',
          '{ id: safe, name: { en: Residents who feel safe after dark, zh: 夜间有安全感的居民比例 }, unit: "%", nature: ratio, direction: up, goals: [16], interval: { lower: safe-low, upper: safe-high, level: 95 } }',
          '{ id: safe-low, name: { en: Residents who feel safe, low, zh: 安全感下限 }, unit: "%", nature: ratio }',
          '{ id: safe-high, name: { en: Residents who feel safe, high, zh: 安全感上限 }, unit: "%", nature: ratio }',
          '{ id: patents, name: { en: Patents granted, zh: 授权专利数 }, unit: "{patent}", nature: flow, direction: up, goals: [9] }',
          '{ id: rainfall, name: { en: Rainfall, zh: 降水量 }, unit: mm, nature: level, goals: [13] }',
          '{ id: festival, name: { en: Days of the harbour festival, zh: 海港节天数 }, unit: "{day}", nature: level, goals: [11] }',
        ].map((row) => row.replace(', low,', ' (low),').replace(', high,', ' (high),')),
      ),
    },
    { path: 'observations/all.csv', text: observations() },
    {
      path: 'targets/all.csv',
      text: 'indicator,area,period,comparator,value,unit,source,locator\nwaste,H01,2030,<=,300,t,yearbook,page 7\nwaste,H02,2030,<=,500,t,yearbook,page 7\nsafe,H01,2030,>=,75,%,yearbook,page 8\n',
    },
    { path: 'boundaries/districts.geojson', text: boundaries() },
  ];
}

/** The place as it is shown: each state of its explorer by its name, and the app that draws them. */
export function explorerPlace(): {
  readonly workspace: Workspace;
  readonly app: ReturnType<typeof createApp>;
} {
  const { workspace, findings } = parseWorkspace(
    explorerFiles().map(({ path, text }) => ({ path, bytes: new TextEncoder().encode(text) })),
  );
  if (workspace === null) throw new Error(JSON.stringify(findings));
  return {
    workspace,
    app: createApp({ places: [{ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) }] }),
  };
}

const shown = (ids: readonly string[]): string => ids.map((id) => `&show=${encodeURIComponent(id)}`).join('');
const few = shown(['H01', 'H02', 'H04', 'H06']);
const parts = shown(sectors.map(([sector]) => `H01:sector=${sector}`));
const sixty = shown(
  districts
    .flatMap((_, at) => sectors.map(([sector]) => `${code(at)}:sector=${sector}`))
    .concat(districts.map((_, at) => code(at))),
);

/** States of the explorer: name → indicator and query. */
export const explorerStates: Readonly<Record<string, string>> = {
  line: 'waste/?',
  'line, break and gap': `waste/?kind=line${few}`,
  'line, sixty': `waste/?kind=line${sixty}`,
  'line, log': 'patents/?axis=log',
  'line, index': `waste/?measure=index${few}`,
  'line, intervals': 'safe/?show=H01&show=H05',
  multiples: 'waste/?kind=multiples',
  bar: 'waste/?kind=bar&order=value',
  'bar, intervals': 'safe/?kind=bar',
  stacked: `waste/?kind=stacked${parts}`,
  'stacked, share': `waste/?kind=stacked&measure=share${parts}`,
  area: `waste/?kind=area${parts}`,
  'area, with a gap': `waste/?kind=area${few}`,
  slope: 'waste/?kind=slope',
  'slope, few': `safe/?kind=slope${few}`,
  dumbbell: 'safe/?kind=dumbbell&order=value',
  scatter: 'waste/?kind=scatter&against=safe',
  'scatter, not chosen': 'waste/?kind=scatter',
  map: 'waste/?kind=map',
  'map, group': 'waste/?kind=map&group=sector%3Dindustry&focus=H05',
  'no map': 'rainfall/?kind=map',
  'one line': 'rainfall/?',
  'one value': 'festival/?',
};
