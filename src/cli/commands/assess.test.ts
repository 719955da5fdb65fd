import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { methods } from '../../assess/index.ts';
import { exitCode } from '../exit.ts';
import { assess } from './assess.ts';

const header = 'level,unit,code,period,value,score,rank,colour,trend,status,coverage';

describe('modelcity assess', () => {
  let base = '';
  let out = '';
  let told = '';
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'modelcity-assess-'));
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(base, name);
    writeFileSync(path, content);
    return path;
  };
  async function run(
    method: string,
    codebook: string | Uint8Array,
    data: string | Uint8Array,
    ...more: string[]
  ): Promise<number> {
    [out, told] = ['', ''];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      told += String(text);
      return true;
    });
    const [c, d] = [file('c.csv', codebook), file('d.csv', data)];
    return assess([method, '--codebook', c, '--data', d, ...more]);
  }
  /** The cells of a result row by column name. */
  const row = (level: string, unit: string, code: string): Record<string, string> => {
    const [names = '', ...lines] = out.trimEnd().split('\n');
    const found = lines
      .map((line) => line.split(','))
      .find(([l, u, c]) => l === level && u === unit && c === code);
    return Object.fromEntries(names.split(',').map((name, at) => [name, found?.[at] ?? 'absent']));
  };
  const number = (level: string, unit: string, code: string, column = 'score') =>
    Number(row(level, unit, code)[column]);

  const codebook = 'indicator,goal,best,worst,green,red\nx,1,100,0,80,40\ny,1,0,3,1,2\n';
  const data = 'unit,group,indicator,period,value,status\na,g,x,2019,10,\na,g,y,2019,1,\n';

  it('writes one row a judgement, with 17 significant digits', async () => {
    expect(await run('sdsn-2019', codebook, data)).toBe(exitCode.done);
    expect(out.split('\n')[0]).toBe(header);
    expect(row('indicator', 'a', 'y')).toEqual({
      level: 'indicator',
      unit: 'a',
      code: 'y',
      period: '2019',
      value: '1',
      // (1 − 3) / (0 − 3) × 100, as the double that it is.
      score: '66.666666666666657',
      rank: '',
      colour: 'green',
      trend: '',
      status: 'present',
      coverage: '1',
    });
    expect(number('goal', 'a', '1')).toBe((10 + (2 / 3) * 100) / 2);
    expect(row('index', 'a', 'index')).toMatchObject({ rank: '1', status: 'complete' });
  });

  it('writes to a file when asked, and says the same as JSON', async () => {
    const to = join(base, 'r.csv');
    expect(await run('sdsn-2019', codebook, data, '--out', to)).toBe(exitCode.done);
    expect(out).toBe('');
    expect(readFileSync(to, 'utf8').split('\n')[0]).toBe(header);
    await run('sdsn-2019', codebook, data, '--json');
    const made: { results: { code: string; score: number | null }[]; method: { version: string } } =
      JSON.parse(out);
    expect(made.method.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(made.results.find(({ code }) => code === 'x')?.score).toBe(10);
  });

  it('reads tables as offices save them: mark, CRLF, quotes, semicolons, tabs, GBK, UTF-16', async () => {
    const plain = data.replaceAll('a,g', '北京,g');
    await run('sdsn-2019', codebook, plain);
    const expected = out;
    const forms: [string, string | Uint8Array][] = [
      ['mark', `\uFEFF${plain}`],
      ['CRLF', plain.replaceAll('\n', '\r\n')],
      ['CR', plain.replaceAll('\n', '\r')],
      ['quotes', plain.replaceAll(/[^,\n]+/g, '"$&"')],
      ['semicolons', plain.replaceAll(',', ';')],
      ['tabs', plain.replaceAll(',', '\t')],
      ['no last line end', plain.trimEnd()],
      ['blank lines', plain.replaceAll('\n', '\n\n')],
      ['UTF-16', Buffer.from(`\uFEFF${plain}`, 'utf16le')],
      // 北京 in GBK.
      [
        'GBK',
        Buffer.from(
          Buffer.from(plain)
            .toString('latin1')
            .replaceAll('\u00e5\u008c\u0097\u00e4\u00ba\u00ac', '\u00b1\u00b1\u00be\u00a9'),
          'latin1',
        ),
      ],
    ];
    for (const [name, form] of forms) {
      expect(await run('sdsn-2019', codebook, form), name).toBe(exitCode.done);
      expect(out, name).toBe(expected);
      expect(told.includes('not UTF-8'), name).toBe(name === 'GBK' || name === 'UTF-16');
    }
  });

  it('keeps a separator and a line end within quotes', async () => {
    const named = data.replaceAll(/^a,/gm, '"San Jose, CA\nmetro ""area""",');
    expect(await run('sdsn-2019', codebook, named)).toBe(exitCode.done);
    expect(out).toContain('"San Jose, CA\nmetro ""area"""');
  });

  it('tells a wrong quote, a row that is too long, a repeated column, each with its row', async () => {
    expect(await run('sdsn-2019', codebook, `${data}a,g,"x,2018,5,\na,g,x,2017,5,,,\n`)).toBe(
      exitCode.findings,
    );
    expect(told).toMatch(/d\.csv:4.*never closed/);
    expect(told).toMatch(/d\.csv:5.*has 8 cells, the header 6/);
    expect(await run('sdsn-2019', codebook, data.replace('status', 'value'))).toBe(exitCode.badInput);
    expect(told).toContain('the column value stands twice');
  });

  it('refuses a file that is no table', async () => {
    expect(await run('sdsn-2019', codebook, '')).toBe(exitCode.badInput);
    expect(told).toContain('the file is empty');
    expect(await run('sdsn-2019', codebook, Buffer.from([0, 1, 2, 0, 255]))).toBe(exitCode.badInput);
    expect(await assess(['sdsn-2019', '--codebook', join(base, 'none.csv'), '--data', base])).toBe(
      exitCode.badInput,
    );
    expect(told).not.toContain('at Object.');
  });

  it.each([...methods.keys()])('%s names the columns it misses', async (id) => {
    const needs = methods.get(id)?.needs ?? [];
    expect(await run(id, 'indicator,name\nx,ex\n', data)).toBe(
      needs.length === 0 ? exitCode.findings : exitCode.badInput,
    );
    for (const need of needs) expect(told).toContain(need.replaceAll('|', ' or '));
    expect(await run(id, codebook, data.replace('unit', 'place').replace('value', 'worth'))).toBe(
      exitCode.badInput,
    );
    expect(told).toContain('column unit is missing');
    expect(told).toContain('column value is missing');
  });

  it.each(['statcan', 'eurostat', 'unsd-2023', 'escap', 'linear-distance'])(
    '%s cannot judge data without periods',
    async (id) => {
      const given = 'indicator,direction,target\nx,1,5\n';
      expect(await run(id, given, 'unit,indicator,value\na,x,1\n')).toBe(exitCode.badInput);
      expect(told).toContain('column period is missing');
      expect(await run(id, given, 'unit,indicator,TIME_PERIOD,OBS_VALUE\na,x,2015,1\na,x,2020,2\n')).toBe(
        exitCode.done,
      );
    },
  );

  it('knows its methods', async () => {
    expect(await run('best-method', codebook, data)).toBe(exitCode.badInput);
    for (const id of methods.keys()) expect(told).toContain(id);
  });

  describe('rules, by arithmetic of their own', () => {
    const series = (points: Record<number, number>, indicator = 'x') =>
      Object.entries(points)
        .map(([year, value]) => `u,${indicator},${year},${value}\n`)
        .join('');
    const judged = async (id: string, target: string, direction: number, points: Record<number, number>) => {
      await run(
        id,
        `indicator,goal,direction,target,target_year,base_year\nx,1,${direction},${target},2030,2015\n`,
        `unit,indicator,period,value\n${series(points)}`,
      );
      return row('indicator', 'u', 'x');
    };

    it('eurostat: ratio of growth, its bands and its score', async () => {
      const ratio = (1.2 ** (1 / 5) - 1) / (1.5 ** (1 / 15) - 1);
      const made = await judged('eurostat', '150', 1, { 2015: 100, 2020: 120 });
      expect(Number(made.value)).toBeCloseTo(ratio, 12);
      expect(made.status).toBe('significant_progress');
      expect(Number(made.score)).toBeCloseTo(5, 12);
      // Half of the pace: below 60 %, and the score runs from −2.5 at 0 to 0 at 60 %.
      const growth = 100 * (1 + (1.5 ** (1 / 15) - 1) / 2) ** 5;
      const half = await judged('eurostat', '150', 1, { 2015: 100, 2020: growth });
      expect(Number(half.value)).toBeCloseTo(0.5, 9);
      expect([half.status, Number(half.score)]).toEqual([
        'insufficient_progress',
        expect.closeTo((-0.1 / 0.6) * 2.5, 6),
      ]);
      expect((await judged('eurostat', '150', 1, { 2015: 100, 2020: 99 })).status).toBe('movement_away');
      const none = await judged('eurostat', '', -1, { 2015: 100, 2020: 98 });
      expect(Number(none.value)).toBeCloseTo(1 - 0.98 ** 0.2, 12);
      expect([none.status, Number(none.score)]).toEqual([
        'moderate_progress',
        expect.closeTo(250 * (1 - 0.98 ** 0.2), 9),
      ]);
      expect((await judged('eurostat', '', 1, { 2015: 100, 2020: 94 })).status).toBe(
        'significant_movement_away',
      );
    });

    it('unsd-2023: the projected share, its levels, and its exceptions', async () => {
      const projected = 20 * (20 / 10) ** (8 / 7);
      const made = await judged('unsd-2023', '60', 1, { 2015: 10, 2022: 20 });
      expect(Number(made.value)).toBeCloseTo((projected - 10) / 50, 12);
      expect([made.status, made.score]).toEqual(['fair_progress', '2']);
      expect((await judged('unsd-2023', '100', 1, { 2015: 90, 2022: 99.2 })).score).toBe('3');
      expect((await judged('unsd-2023', '100', 1, { 2015: 97, 2022: 98.9 })).score).not.toBe('');
      expect((await judged('unsd-2023', '', -1, { 2015: 100, 2020: 97.5 })).status).toBe('fair_progress');
      expect((await judged('unsd-2023', '', -1, { 2015: 100, 2020: 99 })).status).toBe(
        'stagnation_or_regression',
      );
      // Without a value since 2015 but the last, the nearest before it stands in.
      expect((await judged('unsd-2023', '', 1, { 2010: 100, 2014: 104, 2022: 130 })).score).toBe('3');
    });

    it('unsd-2023: a target whose year has passed is judged up to that year', async () => {
      await run(
        'unsd-2023',
        'indicator,direction,target,target_year\nx,1,60,2020\n',
        `unit,indicator,period,value\n${series({ 2015: 10, 2019: 20, 2023: 90 })}`,
      );
      expect(number('indicator', 'u', 'x', 'value')).toBeCloseTo((20 * 2 ** (1 / 4) - 10) / 50, 12);
      expect(told).toContain('lies before its latest value');
    });

    it('escap: current status beside the anticipated gap', async () => {
      const made = await judged('escap', '100', 1, { 2015: 20, 2020: 40 });
      expect(Number(made.value)).toBeCloseTo(2.5, 12);
      expect(Number(made.score)).toBeCloseTo(25, 9);
      expect(made.status).toBe('accelerate');
      expect((await judged('escap', '0', -1, { 2015: 20, 2020: 22 })).value).toBe('-1');
      expect((await judged('escap', '0', -1, { 2015: 20, 2020: 22 })).status).toBe('reverse');
      expect((await judged('escap', '90', 1, { 2015: 20, 2020: 95 })).status).toBe('maintain');
      await run(
        'escap',
        'indicator,direction,target\nx,parity,1\n',
        `unit,indicator,period,value\n${series({ 2015: 0.8, 2020: 0.9 })}`,
      );
      expect(number('indicator', 'u', 'x', 'value')).toBeCloseTo(5, 12);
    });

    it('oecd-distance: standard deviations of the units', async () => {
      const given = 'indicator,goal,direction,target\nx,1,1,10\n';
      const units = 'unit,indicator,period,value\na,x,2020,4\nb,x,2020,8\nc,x,2020,12\n';
      await run('oecd-distance', given, units);
      expect(number('indicator', 'a', 'x')).toBeCloseTo(6 / 4, 12);
      expect(row('indicator', 'c', 'x')).toMatchObject({ score: '0', status: 'reached' });
      expect(row('index', 'a', 'index').rank).toBe('3');
      await run('oecd-distance', given, units, '--set', 'deviation=population');
      expect(number('indicator', 'a', 'x')).toBeCloseTo(6 / Math.sqrt(32 / 3), 12);
    });

    it('green-development-index: 60 to 100 between the units, weighted 3 : 2 : 1', async () => {
      await run(
        'green-development-index',
        'indicator,goal,direction,weight\nx,g,1,3\ny,g,-1,1\n',
        'unit,indicator,period,value\na,x,2020,0\nb,x,2020,10\nc,x,2020,5\na,y,2020,1\nb,y,2020,3\nc,y,2020,2\n',
      );
      expect(number('index', 'a', 'index')).toBe((3 * 60 + 100) / 4);
      expect(number('index', 'c', 'index')).toBe(80);
    });
  });

  describe('arrows of the SDG Index, by their rule', () => {
    const marks = 'indicator,goal,best,worst,green,red\nx,1,100,0,80,40\n';
    const arrow = async (rows: string, ...more: string[]) => {
      await run('sdsn-2019', marks, `unit,indicator,period,value\n${rows}`, ...more);
      return row('indicator', 'u', 'x').trend;
    };
    const change = (from: number, to: number) => `u,x,2014,${from}\nu,x,2019,${to}\n`;

    it('compares the yearly change with a fifteenth of the way to green', async () => {
      // From 50 the way to 80 is 30 points, 2 a year, 10 in five years.
      expect(await arrow(change(50, 60))).toBe('↑');
      expect(await arrow(change(50, 59.99))).toBe('➚');
      expect(await arrow(change(50, 55))).toBe('➚');
      expect(await arrow(change(50, 54.99))).toBe('→');
      expect(await arrow(change(50, 50))).toBe('→');
      expect(await arrow(change(50, 49.99))).toBe('↓');
    });

    it('keeps what has arrived, and counts a fall to green as kept', async () => {
      expect(await arrow(change(95, 80))).toBe('↑');
      expect(await arrow(change(95, 79.99))).toBe('↓');
    });

    it('follows the score, not the value, where less is better, and does not hold the score at 0', async () => {
      await run(
        'sdsn-2019',
        'indicator,goal,best,worst,green,red\nx,1,0,50,10,30\n',
        'unit,indicator,period,value\nu,x,2014,90\nu,x,2019,60\n',
      );
      // Scores −80 and −20: the way to 80 is 160 points, 53.3 in five years; 60 were made.
      expect(row('indicator', 'u', 'x')).toMatchObject({ trend: '↑', score: '0' });
    });

    it('takes a year beside the one it needs, at its own distance', async () => {
      // Three years for the same ten points are faster than needed; six years for nine are not.
      expect(await arrow('u,x,2015,50\nu,x,2018,58\n', '--set', 'window=3')).toBe('↑');
      expect(await arrow('u,x,2013,50\nu,x,2019,61.9\n')).toBe('➚');
      expect(await arrow('u,x,2011,50\nu,x,2019,61\n')).toBe('');
    });

    it('gives a goal an arrow when three quarters of its indicators have one', async () => {
      const four = ['a', 'b', 'c', 'd'];
      const goal = async (arrows: Record<string, [number, number]>) => {
        await run(
          'sdsn-2019',
          `indicator,goal,best,worst,green,red\n${four.map((code) => `${code},1,100,0,80,40\n`).join('')}`,
          `unit,indicator,period,value\n${four
            .flatMap((code) => {
              const [from, to] = arrows[code] ?? [null, 50];
              return [...(from === null ? [] : [`u,${code},2014,${from}`]), `u,${code},2019,${to}`];
            })
            .join('\n')}\n`,
        );
        return row('goal', 'u', '1').trend;
      };
      expect(await goal({ a: [50, 60], b: [50, 60], c: [50, 60] })).toBe('↑');
      expect(await goal({ a: [50, 60], b: [50, 60] })).toBe('');
      // Three kept (exactly 3) and one that stands still (1): 2.5.
      expect(await goal({ a: [90, 90], b: [90, 90], c: [90, 90], d: [50, 50] })).toBe('➚');
      expect(await goal({ a: [50, 20], b: [50, 20], c: [50, 20], d: [50, 50] })).toBe('↓');
    });
  });
});
