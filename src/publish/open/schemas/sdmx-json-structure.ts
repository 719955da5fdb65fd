/**
 * What the official sdmx-json-structure-schema.json of SDMX-JSON 2.0.0 asks of the artefacts that are written here, restated: the
 * official file states no licence.
 */
const id = { type: 'string', pattern: '^[A-Za-z0-9_@$-]+$' };
const ncName = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_-]*$' };
const texts = {
  type: 'object',
  patternProperties: { '^[a-z]{2,3}$': { type: 'string' } },
  additionalProperties: false,
};
const named = {
  name: { type: 'string' },
  names: texts,
  description: { type: 'string' },
  descriptions: texts,
};
const urn = (kind: string, item = '') => ({
  type: 'string',
  pattern: `^urn:sdmx:org\\.sdmx\\.infomodel\\.${kind}=[A-Za-z][A-Za-z0-9_.-]*:[A-Za-z0-9_@$-]+\\([0-9][0-9A-Za-z.+-]*\\)${item}$`,
});
const concept = urn('conceptscheme\\.Concept', '\\.[A-Za-z0-9_@$-]+');
const artefact = {
  type: 'object',
  required: ['id', 'agencyID', 'name'],
  properties: {
    id,
    ...named,
    agencyID: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z][A-Za-z0-9_-]*)*$' },
    version: { type: 'string', pattern: '^\\d+\\.\\d+(\\.\\d+)?(-[0-9A-Za-z.-]+)?$' },
    isExternalReference: { type: 'boolean' },
  },
};
const representation = {
  type: 'object',
  oneOf: [{ required: ['enumeration'] }, { required: ['format'] }],
  properties: {
    enumeration: urn('codelist\\.Codelist'),
    format: {
      type: 'object',
      properties: { dataType: { enum: ['String', 'Decimal', 'Integer', 'ObservationalTimePeriod'] } },
    },
  },
};
const component = {
  type: 'object',
  required: ['conceptIdentity'],
  properties: { id: ncName, conceptIdentity: concept, localRepresentation: representation },
};
const usage = { enum: ['mandatory', 'optional'] };
const list = (descriptor: string, item: string, items: object, more: object = {}) => ({
  type: 'object',
  required: [item],
  properties: { id: { const: descriptor }, [item]: { type: 'array', minItems: 1, items }, ...more },
});
const items = (of: object) => ({ type: 'array', items: { type: 'object', required: ['id', 'name'], ...of } });
const several = (of: object) => ({ type: 'array', minItems: 1, items: of });

export const structureSchema = {
  type: 'object',
  required: ['meta', 'data'],
  properties: {
    meta: {
      type: 'object',
      required: ['id', 'prepared', 'sender'],
      properties: {
        schema: { type: 'string', pattern: '^https?:' },
        id,
        test: { type: 'boolean' },
        prepared: {
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(Z|[+-]\\d{2}:\\d{2})$',
        },
        contentLanguages: { type: 'array', uniqueItems: true, items: { type: 'string' } },
        sender: { type: 'object', required: ['id'], properties: { id, ...named } },
      },
    },
    data: {
      type: 'object',
      additionalProperties: false,
      properties: {
        dataflows: several({
          allOf: [artefact, { properties: { structure: urn('datastructure\\.DataStructure') } }],
        }),
        conceptSchemes: several({
          allOf: [artefact, { properties: { concepts: items({ properties: { id: ncName, ...named } }) } }],
        }),
        codelists: several({
          allOf: [
            artefact,
            { properties: { id: ncName, codes: items({ properties: { id, parent: id, ...named } }) } },
          ],
        }),
        dataStructures: several({
          allOf: [
            artefact,
            {
              properties: {
                dataStructureComponents: {
                  type: 'object',
                  required: ['dimensionList'],
                  additionalProperties: false,
                  properties: {
                    dimensionList: list(
                      'DimensionDescriptor',
                      'dimensions',
                      {
                        ...component,
                        properties: { ...component.properties, position: { type: 'integer', minimum: 0 } },
                      },
                      {
                        timeDimension: {
                          ...component,
                          required: ['conceptIdentity', 'localRepresentation'],
                          properties: { ...component.properties, id: { const: 'TIME_PERIOD' } },
                        },
                      },
                    ),
                    measureList: list('MeasureDescriptor', 'measures', {
                      ...component,
                      properties: { ...component.properties, usage },
                    }),
                    attributeList: list('AttributeDescriptor', 'attributes', {
                      ...component,
                      required: ['conceptIdentity', 'attributeRelationship'],
                      properties: {
                        ...component.properties,
                        usage,
                        attributeRelationship: {
                          type: 'object',
                          oneOf: ['dataflow', 'dimensions', 'group', 'observation'].map((one) => ({
                            required: [one],
                          })),
                        },
                      },
                    }),
                  },
                },
              },
            },
          ],
        }),
        dataConstraints: several({
          allOf: [
            artefact,
            {
              required: ['role'],
              properties: {
                role: { enum: ['Allowed', 'Actual'] },
                cubeRegions: { type: 'array', maxItems: 2 },
                annotations: several({
                  type: 'object',
                  properties: { id: { type: 'string' }, title: { type: 'string' } },
                }),
              },
            },
          ],
        }),
      },
    },
  },
};
