import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Published, publishEdition } from './publish.ts';
import { samplePlace } from './sample.ts';
import { openSigningKey } from './signing-key.ts';
import { verifyEdition } from './verify.ts';

const root = mkdtempSync(join(tmpdir(), 'modelcity-scenario-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let published: Published;
beforeAll(async () => {
  published = await publishEdition({
    city: 'shanghai',
    review: '2022',
    places: [
      samplePlace({
        'review/2022/goal-7.en.md':
          '# Energy\n\nIt falls to {% scenario variable="Energy" scenario="energy" period="2035" /%}.\n',
        'review/2022/goal-7.zh.md':
          '# 能源\n\n降至{% scenario variable="Energy" scenario="energy" period="2035" /%}。\n',
      }),
    ],
    out: join(root, 'out'),
    key: openSigningKey(join(root, '.modelcity'), 'shanghai'),
  });
});

const edition = () => join(published.folder ?? '', 'edition');
const manifest = () => readFileSync(join(edition(), 'manifest.json'), 'utf8');

describe('an edition that prints a result of a scenario', () => {
  it('holds it in a list of its own, never among the figures', () => {
    const {
      scenarios,
      figures,
    }: { scenarios: { status: string; code: string }[]; figures: { code: string }[] } = JSON.parse(
      manifest(),
    );
    expect(scenarios).toHaveLength(1);
    expect(scenarios[0]?.status).toBe('F');
    expect(figures.some(({ code }) => code === scenarios[0]?.code)).toBe(false);
  });

  it('verifies from its own files: the model is run again', () => {
    expect(verifyEdition(edition()).findings).toEqual([]);
  });

  it('tells a changed result, and a changed model', () => {
    const copy = (name: string, file: string, change: (text: string) => string) => {
      const folder = join(root, name);
      cpSync(edition(), folder, { recursive: true });
      writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
      return verifyEdition(folder).findings.filter(({ rule }) => rule === 'edition.scenario');
    };
    const [, value = ''] = /"value":"([\d.]+)","values":\{"lever/.exec(manifest()) ?? [];
    expect(value).not.toBe('');
    const [changed] = copy('value', 'manifest.json', (text) =>
      text.replace(`"value":"${value}","values":{"lever`, `"value":"${Number(value) + 1}","values":{"lever`),
    );
    expect(changed?.what).toContain(`the model gives ${value}`);
    const [model] = copy('model', 'models/shanghai/circular-economy-city.xmile', (text) =>
      text.replace('<eqn>0.0065</eqn>', '<eqn>0.0066</eqn>'),
    );
    expect(model?.what).toContain('it names the model');
  });
});
