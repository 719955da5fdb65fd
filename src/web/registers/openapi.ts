import type { Field, RegisterDeclaration } from '../../model/index.ts';
import { fieldsOf } from '../../registers/index.ts';

/** A register's interface as OpenAPI 3.1: one schema a form, the steps as a choice of kinds. */
export function registerOpenApi(declaration: RegisterDeclaration, city: string): object {
  const base = `/api/places/${city}/registers/${declaration.id}`;
  const forms = declaration.steps.map(
    ({ kind, form, name }) => [kind, formSchema(fieldsOf(declaration, form), name.en)] as const,
  );
  const starts = declaration.steps.filter(({ after }) => after.length === 0);
  const later = declaration.steps.filter(({ after }) => after.length > 0);
  const json = (schema: object) => ({ 'application/json': { schema } });
  const answers = {
    '201': { description: 'The case after the step', content: json({ $ref: '#/components/schemas/case' }) },
    '403': { description: 'Not a step for the caller' },
    '422': { description: 'Refused; the findings name the rule' },
  };
  const body = (steps: typeof starts) => ({
    required: true,
    content: json({
      oneOf: steps.map(({ kind }) => ({
        type: 'object',
        required: ['kind'],
        properties: {
          kind: { const: kind },
          area: { type: 'string' },
          values: { $ref: `#/components/schemas/${kind}` },
        },
      })),
    }),
  });
  const number = { name: 'number', in: 'path', required: true, schema: { type: 'string' } };
  return {
    openapi: '3.1.0',
    info: {
      title: declaration.name.en,
      description: declaration.description.en,
      version: String(declaration.version),
    },
    paths: {
      [`${base}/cases`]: {
        get: {
          summary: 'Cases, newest first',
          parameters: ['type', 'state', 'at', 'area', 'q', 'after'].map((name) => ({
            name,
            in: 'query',
            schema: { type: 'string' },
          })),
          responses: {
            '200': {
              description: 'A page of cases',
              content: json({
                type: 'object',
                properties: {
                  items: { type: 'array', items: { $ref: '#/components/schemas/case' } },
                  total: { type: 'integer' },
                  next: { type: ['string', 'null'] },
                },
              }),
            },
          },
        },
        post: { summary: 'Begin a case', requestBody: body(starts), responses: answers },
      },
      [`${base}/cases/{number}`]: {
        get: {
          summary: 'One case',
          parameters: [number],
          responses: {
            '200': { description: 'The case', content: json({ $ref: '#/components/schemas/case' }) },
          },
        },
      },
      ...(later.length === 0
        ? {}
        : {
            [`${base}/cases/{number}/steps`]: {
              post: {
                summary: 'Take a step in a case',
                parameters: [number],
                requestBody: body(later),
                responses: answers,
              },
            },
          }),
      [`${base}/cases.csv`]: {
        get: {
          summary: 'Open data: what the public may see, whole or a page at a time',
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100_000 } },
            { name: 'after', in: 'query', schema: { type: 'string' } },
          ],
          responses: { '200': { description: 'A table', content: { 'text/csv': {} } } },
        },
      },
    },
    components: {
      schemas: {
        ...Object.fromEntries(forms),
        case: {
          type: 'object',
          required: ['number', 'area', 'state', 'at', 'steps', 'values'],
          properties: {
            number: { type: 'string' },
            type: { type: ['string', 'null'] },
            area: { type: 'string' },
            state: { enum: ['open', 'closed'] },
            at: { type: 'string' },
            steps: { type: 'array', items: { type: 'object' } },
            values: { type: 'object', additionalProperties: { type: 'string' } },
            deadlines: { type: 'array', items: { type: 'object' } },
            flags: { type: 'array', items: { type: 'string' } },
          },
        },
      },
    },
  };
}

function formSchema(fields: readonly Field[], title: string): object {
  const entered = fields.filter(({ compute }) => compute === undefined);
  return {
    title,
    type: 'object',
    additionalProperties: false,
    required: entered.filter(({ required }) => required).map(({ id }) => id),
    properties: Object.fromEntries(entered.map((field) => [field.id, fieldSchema(field)])),
  };
}

function fieldSchema({ type, name, choices, unit, least, most }: Field): object {
  const described = { description: unit === undefined ? name.en : `${name.en} (${unit})` };
  if (type === 'choice') return { ...described, enum: choices?.map(({ id }) => id) };
  if (type === 'number' || type === 'integer')
    return {
      ...described,
      type: ['string', 'number'],
      ...(least === undefined ? {} : { 'x-least': least }),
      ...(most === undefined ? {} : { 'x-most': most }),
    };
  if (type === 'date') return { ...described, type: 'string', format: 'date' };
  if (type === 'yes-no') return { ...described, enum: ['yes', 'no'] };
  return { ...described, type: 'string' };
}
