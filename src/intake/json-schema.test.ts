import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tinyCity } from './fixture.ts';
import { jsonSchemas } from './json-schema.ts';

const folder = new URL('../../docs/schemas/', import.meta.url);
const validator = (name: string) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(jsonSchemas().get(name) ?? 'null'));
};

describe('the JSON Schemas in docs/schemas', () => {
  it('are those of the code: npm run schemas writes them', () => {
    expect(readdirSync(folder).sort()).toEqual([...jsonSchemas().keys()].sort());
    for (const [name, text] of jsonSchemas()) expect(readFileSync(new URL(name, folder), 'utf8')).toBe(text);
  });

  it.each([
    ['city.json', 'city.yaml'],
    ['indicators.json', 'indicators/core.yaml'],
    ['framework.json', 'frameworks/eco.yaml'],
    ['plan.json', 'plan.yaml'],
    ['review.json', 'review/2022/review.yaml'],
  ])('%s takes a good %s and refuses an unknown key', (name, path) => {
    const validate = validator(name);
    const good: unknown = parse(tinyCity[path] ?? '');
    expect(validate(good) ? [] : validate.errors).toEqual([]);
    const bad = Array.isArray(good)
      ? [{ ...good[0], colour: 'green' }]
      : Object.assign({ colour: 'green' }, good);
    expect(validate(bad)).toBe(false);
  });

  it('know the words of a table', () => {
    const validate = validator('targets.json');
    const row = {
      indicator: 'a',
      area: 'T',
      period: '2025',
      comparator: '>=',
      value: '1',
      unit: '1',
      source: 's',
      locator: 'p. 1',
      sex: 'f',
    };
    expect(validate(row)).toBe(true);
    expect(validate({ ...row, comparator: '≥' })).toBe(false);
    expect(validate({ ...row, qualifier: '' })).toBe(true);
  });
});
