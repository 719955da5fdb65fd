import { sdmxUnit } from './codes.ts';
import { sourceText } from './sdmx-csv.ts';
import { seriesTexts } from './sdmx-series.ts';
import type { OpenSeries } from './series.ts';
import type { Sink } from './sink.ts';
import { type Code, codelistsOf, keyReader, type Structure, sdmxUrn } from './structure.ts';

export const sdmxJsonType = 'application/vnd.sdmx.data+json;version=2.0.0';
export const sdmxStructureJsonType = 'application/vnd.sdmx.structure+json;version=2.0.0';

const names = ({ name }: { readonly name: { readonly en: string; readonly zh: string } }) => {
  const best = name.en === '' ? name.zh : name.en;
  return {
    name: best,
    names: { ...(name.en === '' ? {} : { en: name.en }), ...(name.zh === '' ? {} : { zh: name.zh }) },
  };
};

export function messageHead(
  { agency, name }: Structure,
  schema: 'data' | 'structure',
  id: string,
  date: string,
) {
  return {
    schema: `https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/${schema}-message/tools/schemas/2.0.0/sdmx-json-${schema}-schema.json`,
    id,
    test: false,
    prepared: `${date}T00:00:00Z`,
    contentLanguages: ['en', 'zh'],
    sender: { id: agency, ...names({ name }) },
  };
}

/** Numbers in the order they are first asked for. */
class Positions {
  readonly #at = new Map<string, number>();

  of(value: string): number {
    let at = this.#at.get(value);
    if (at === undefined) {
      at = this.#at.size;
      this.#at.set(value, at);
    }
    return at;
  }

  get values(): readonly string[] {
    return [...this.#at.keys()];
  }
}

/**
 * Writes an SDMX-JSON 2.0.0 data message, series by series. Values are strings: a JSON number would be read as a double and lose
 * digits; the structure says that they are decimals. What the positions mean stands at the end, when all are known.
 */
export class SdmxJsonWriter {
  readonly #sink: Sink;
  readonly #key: ReturnType<typeof keyReader>;
  readonly #dimensions: readonly Positions[];
  readonly #periods = new Positions();
  readonly #attributes: readonly Positions[];
  #anySeries = false;

  constructor(sink: Sink, structure: Structure, date: string) {
    this.#sink = sink;
    this.#key = keyReader(structure);
    this.#dimensions = structure.dimensions.map(() => new Positions());
    this.#attributes = structure.attributes.map(() => new Positions());
    const { agency, dataflow, version } = structure;
    const head = messageHead(structure, 'data', `${dataflow}_${version.replaceAll('.', '_')}`, date);
    const links = [{ rel: 'dataflow', urn: sdmxUrn('datastructure.Dataflow', agency, dataflow, version) }];
    sink.write(
      `{"meta":${JSON.stringify(head)},\n"data":{"dataSets":[{"structure":0,"action":"Information","links":${JSON.stringify(links)},"series":{`,
    );
  }

  series(all: readonly OpenSeries[]): void {
    const [unit, mult, status, qualifier] = this.#attributes;
    const written = seriesTexts(all, this.#key, {
      head: (codes) => codes.map((code, dimension) => this.#dimensions[dimension]?.of(code) ?? 0).join(':'),
      tail: (said) => {
        const { code, power } = sdmxUnit(said.unit);
        return `,${unit?.of(code)},${mult?.of(String(power))},${status?.of(said.status)},${said.qualifier === null ? 'null' : qualifier?.of(said.qualifier)},${said.comment === null ? 'null' : JSON.stringify(said.comment)},${JSON.stringify(sourceText(said.source, '')).slice(0, -1)}`;
      },
      value: (time, value, tail, locator, isFirst) =>
        `${isFirst ? '' : ','}"${this.#periods.of(time)}":[${value === null ? 'null' : `"${value}"`}${tail}${locator}"]`,
      locator: (text) => JSON.stringify(text).slice(1, -1),
    });
    for (const [key, observations] of written) {
      this.#sink.write(`${this.#anySeries ? ',' : ''}\n"${key}":{"observations":{${observations}}}`);
      this.#anySeries = true;
    }
  }

  /** `whole` has every unit that came by. */
  end(whole: Structure): void {
    const { agency, id, version, dimensions, attributes } = whole;
    const coded = (codes: readonly Code[], used: readonly string[]) => {
      const byId = new Map(codes.map((code) => [code.id, code]));
      return used.map((each) => {
        const code = byId.get(each);
        return {
          id: each,
          ...names(code ?? { name: { en: each, zh: '' } }),
          ...(code?.parent === undefined ? {} : { parent: code.parent }),
        };
      });
    };
    const structure = {
      dataSets: [0],
      ...names(whole),
      links: [{ rel: 'structure', urn: sdmxUrn('datastructure.DataStructure', agency, id, version) }],
      dimensions: {
        series: dimensions.map((dimension, at) => ({
          id: dimension.id,
          ...names(dimension),
          keyPosition: at,
          values: coded(dimension.codelist.codes, this.#dimensions[at]?.values ?? []),
        })),
        observation: [
          {
            id: 'TIME_PERIOD',
            ...names({ name: { en: 'Time period', zh: '时期' } }),
            keyPosition: dimensions.length,
            roles: ['TIME_PERIOD'],
            values: this.#periods.values.map((value) => ({ value })),
          },
        ],
      },
      measures: {
        observation: [
          {
            id: 'OBS_VALUE',
            ...names({ name: { en: 'Observation value', zh: '观测值' } }),
            format: { dataType: 'Decimal' },
          },
        ],
      },
      attributes: {
        observation: attributes.map((attribute, at) => {
          const used = this.#attributes[at]?.values ?? [];
          // Free text has no list: it stands in the observations itself.
          const values = attribute.codelist === null ? [] : coded(attribute.codelist.codes, used);
          return {
            id: attribute.id,
            ...names(attribute),
            relationship: { observation: {} },
            ...(values.length === 0 ? {} : { values }),
          };
        }),
      },
    };
    this.#sink.write(`\n}}],\n"structures":[${JSON.stringify(structure)}]},\n"errors":[]}\n`);
  }
}

/** The structures as an SDMX-JSON 2.0.0 structure message. */
export function structureJson(structure: Structure, date: string) {
  const { agency, id, dataflow, conceptScheme, version, dimensions, attributes } = structure;
  const artefact = { agencyID: agency, version, isExternalReference: false };
  const concept = (of: string) => sdmxUrn('conceptscheme.Concept', agency, conceptScheme, version, of);
  const listUrn = (of: string) => sdmxUrn('codelist.Codelist', agency, of, version);
  const components = [
    ...dimensions,
    { id: 'TIME_PERIOD', name: { en: 'Time period', zh: '时期' } },
    { id: 'OBS_VALUE', name: { en: 'Observation value', zh: '观测值' } },
    ...attributes,
  ];
  return {
    meta: messageHead(structure, 'structure', `${id}_${version.replaceAll('.', '_')}`, date),
    data: {
      dataflows: [
        {
          id: dataflow,
          ...artefact,
          ...names(structure),
          structure: sdmxUrn('datastructure.DataStructure', agency, id, version),
        },
      ],
      conceptSchemes: [
        {
          id: conceptScheme,
          ...artefact,
          ...names(structure),
          isPartial: false,
          concepts: components.map((each) => ({ id: each.id, ...names(each) })),
        },
      ],
      codelists: codelistsOf(structure).map((list) => ({
        id: list.id,
        ...artefact,
        ...names(list),
        isPartial: false,
        codes: list.codes.map((code) => ({
          id: code.id,
          ...names(code),
          ...(code.parent === undefined ? {} : { parent: code.parent }),
        })),
      })),
      dataStructures: [
        {
          id,
          ...artefact,
          ...names(structure),
          dataStructureComponents: {
            dimensionList: {
              id: 'DimensionDescriptor',
              dimensions: dimensions.map((each, at) => ({
                id: each.id,
                position: at,
                conceptIdentity: concept(each.id),
                localRepresentation: { enumeration: listUrn(each.codelist.id) },
              })),
              timeDimension: {
                id: 'TIME_PERIOD',
                conceptIdentity: concept('TIME_PERIOD'),
                localRepresentation: { format: { dataType: 'ObservationalTimePeriod' } },
              },
            },
            measureList: {
              id: 'MeasureDescriptor',
              measures: [
                {
                  id: 'OBS_VALUE',
                  conceptIdentity: concept('OBS_VALUE'),
                  usage: 'optional',
                  localRepresentation: { format: { dataType: 'Decimal' } },
                },
              ],
            },
            attributeList: {
              id: 'AttributeDescriptor',
              attributes: attributes.map((each) => ({
                id: each.id,
                conceptIdentity: concept(each.id),
                usage: each.mandatory ? 'mandatory' : 'optional',
                attributeRelationship: { observation: {} },
                localRepresentation:
                  each.codelist === null
                    ? { format: { dataType: 'String' } }
                    : { enumeration: listUrn(each.codelist.id) },
              })),
            },
          },
        },
      ],
    },
  };
}
