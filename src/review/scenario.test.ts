import { beforeAll, describe, expect, it } from 'vitest';
import { modelFilesOf } from '../intake/index.ts';
import { bindReview } from './bind.ts';
import { plainText, type ReviewDocument } from './document.ts';
import { renderDocx } from './docx.ts';
import { renderHtml } from './html.ts';
import { renderPdf } from './pdf.ts';
import { sampleInput } from './sample.ts';
import {
  recomputeScenario,
  type ScenarioBook,
  type ScenarioFigure,
  scenarioBookOf,
} from './scenario-book.ts';

let book: ScenarioBook;
beforeAll(() => {
  const found = scenarioBookOf({ city: { id: 'shanghai' } });
  if (found === null) throw new Error('a model is kept for Shanghai');
  book = found;
});

function figure(): ScenarioFigure {
  const found = book.figure('all', 'Greenhouse gases', '2035');
  if (found === null) throw new Error('the model has this result');
  return found;
}

const bind = (text: string, language: 'en' | 'zh' = 'en') =>
  bindReview({ ...sampleInput(`# T\n\n${text}\n`, language), scenarios: book });

describe('a result of a scenario', () => {
  it('is a forecast with model, scenario, seed and engine, under a code that leads back to it', () => {
    const one = figure();
    expect(one).toMatchObject({ status: 'F', scenario: 'all', seed: 1, model: book.model.sheet.hash });
    expect(one.value).toMatch(/^\d{3}\.\d{6}$/);
    expect(book.byCode(one.code)).toEqual(one);
    expect(book.byCode('0000000')).toBeNull();
    expect(book.figure('nothing', 'Energy', '2035')).toBeNull();
    expect(book.figure('all', 'Nothing', '2035')).toBeNull();
    expect(book.figure('all', 'Energy', '2099')).toBeNull();
  });

  it('is run again from the files alone, and whatever was changed is told', () => {
    const files = modelFilesOf('shanghai');
    if (files === null) throw new Error('a model is kept for Shanghai');
    const one = figure();
    expect(recomputeScenario(one, files)).toBeNull();
    const last = one.value.at(-3) === '9' ? '8' : '9';
    const changed = `${one.value.slice(0, -3)}${last}${one.value.slice(-2)}`;
    expect(recomputeScenario({ ...one, value: changed }, files)).toContain('the model gives');
    expect(
      recomputeScenario({ ...one, values: { ...one.values, lever_sorting: '0.2' } }, files),
    ).not.toBeNull();
    expect(recomputeScenario({ ...one, period: '2034' }, files)).toContain('code');
    expect(recomputeScenario({ ...one, engine: '0' }, files)).toContain('engine');
    const model = {
      ...files.model,
      text: files.model.text.replace('<eqn>0.0065</eqn>', '<eqn>0.0066</eqn>'),
    };
    expect(recomputeScenario(one, { ...files, model })).toContain('it names the model');
    expect(recomputeScenario(one, { ...files, model: { ...model, text: '<xmile' } })).toContain(
      'cannot be opened',
    );
  });
});

describe('scenario tags', () => {
  it('print a value as a forecast, apart from the figures of the place', () => {
    const { document, findings } = bind(
      'It comes to {% scenario variable="Greenhouse gases" scenario="all" period="2035" decimals="1" /%}.',
    );
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [block] = document.chapters[0]?.blocks ?? [];
    const content = block?.kind === 'paragraph' ? block.content : [];
    expect(plainText(content)).toBe('It comes to 156.7\u00a0Mt CO₂e a year.');
    expect(content[1]).toMatchObject({ kind: 'number', standing: 'forecast', code: figure().code });
    expect(document.scenarios.map((one) => one.figure)).toEqual([figure()]);
    expect(document.figures).toEqual([]);
    expect(document.chapters.some(({ id }) => id === 'scenarios')).toBe(true);
  });

  it('say it in Chinese units', () => {
    const { document } = bind(
      '{% scenario variable="Greenhouse gases" scenario="baseline" period="2035" /%}',
      'zh',
    );
    const [block] = document.chapters[0]?.blocks ?? [];
    expect(block?.kind === 'paragraph' ? plainText(block.content) : '').toMatch(/^[\d,]+万吨CO₂当量\/年$/);
  });

  it.each([
    ['{% scenario variable="Greenhouse gas" scenario="all" period="2035" /%}', 'no variable'],
    ['{% scenario variable="Energy" scenario="none" period="2035" /%}', 'no scenario'],
    ['{% scenario variable="Energy" scenario="all" period="2050" /%}', 'no result'],
    ['{% scenario-chart variable="Nothing" /%}', 'no variable'],
    ['{% scenario-table variables="Energy" periods="2035" scenarios="a,b,c,d,e" /%}', '5 scenarios'],
  ])('refuse %s', (text, what) => {
    const { findings } = bind(text);
    expect(findings.find(({ rule }) => rule === 'tag.scenario')).toMatchObject({
      severity: 'error',
      what: expect.stringContaining(what),
      where: { row: 3 },
    });
  });

  it('without a model say that there is none', () => {
    const { findings } = bindReview(
      sampleInput('# T\n\n{% scenario variable="Energy" scenario="all" period="2035" /%}\n'),
    );
    expect(findings.some(({ rule, severity }) => rule === 'tag.scenario' && severity === 'error')).toBe(true);
  });
});

describe('value, chart and table', () => {
  let document: ReviewDocument;
  beforeAll(() => {
    document = bind(
      [
        'So {% scenario variable="Energy" scenario="energy" period="2030" /%}.',
        '{% scenario-chart variable="Energy per GDP change" scenarios="energy,all" /%}',
        '{% scenario-table variables="Energy; Fuel share[coal]" periods="2025,2035" scenarios="energy" /%}',
      ].join('\n\n'),
    ).document;
  });

  it('stand in HTML with their codes, and an annex that names model, engine and seed', () => {
    const html = renderHtml(document);
    const code = book.figure('energy', 'Energy', '2030')?.code ?? '';
    expect(html).toContain(`/f/${code}`);
    expect(html).toContain('chart-projection');
    expect(html).toContain(`${book.model.sheet.hash.slice(0, 8)}, engine ${book.model.sheet.engine}, seed 1`);
    expect(document.scenarios.length).toBe(1 + 3 + 8);
  });

  it('stand in PDF and in Word', async () => {
    const { pdf, findings } = renderPdf(document, { standard: 'ua-1' });
    expect(findings).toEqual([]);
    expect(pdf?.length).toBeGreaterThan(20_000);
    expect((await renderDocx(document)).length).toBeGreaterThan(5_000);
  });
});

it('the shipped model of each place opens, and its named scenarios differ from the baseline', () => {
  for (const city of ['shanghai', 'shenyang']) {
    const own = scenarioBookOf({ city: { id: city } });
    expect(own?.scenarios.length).toBeGreaterThan(2);
    const year = String(own?.model.sheet.run.stop);
    const value = (id: string) => own?.figure(id, 'Greenhouse gases', year)?.value;
    for (const { id } of own?.scenarios.slice(1) ?? []) expect(value(id)).not.toBe(value('baseline'));
  }
  expect(scenarioBookOf({ city: { id: 'chengdu' } })).toBeNull();
  expect(scenarioBookOf({ city: { id: '../secrets' } })).toBeNull();
});
