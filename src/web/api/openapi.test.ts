import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { createApp } from '../app.tsx';

it('the description of the JSON interface is a valid OpenAPI 3.1 document, by the official schema', async () => {
  const described: unknown = await (await createApp({ places: [] }).request('/api/openapi.json')).json();
  if (typeof described !== 'object' || described === null) throw new Error('no document');
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...described });
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
  expect((await new Validator().validate({ ...described, paths: { x: 1 } })).valid).toBe(false);
});
