import type { Localized } from '../../model/index.ts';
import { sdmxUnit } from './codes.ts';
import { sourceText } from './sdmx-csv.ts';
import { seriesTexts } from './sdmx-series.ts';
import type { OpenSeries } from './series.ts';
import type { Sink } from './sink.ts';
import { codelistsOf, keyReader, type Structure, sdmxUrn } from './structure.ts';
import { xml } from './text.ts';

export const sdmxMlType = 'application/vnd.sdmx.data+xml;version=3.0.0';
export const sdmxStructureMlType = 'application/vnd.sdmx.structure+xml;version=3.0.0';

const space = 'http://www.sdmx.org/resources/sdmxml/schemas/v3_0';

const names = (name: Localized, tag = 'com:Name'): string =>
  (['en', 'zh'] as const)
    .filter((language) => name[language] !== '')
    .map((language) => `<${tag} xml:lang="${language}">${xml(name[language])}</${tag}>`)
    .join('');

function header(structure: Structure, date: string, id: string, inner = ''): string {
  return `<mes:Header><mes:ID>${id}</mes:ID><mes:Test>false</mes:Test><mes:Prepared>${date}T00:00:00Z</mes:Prepared><mes:Sender id="${structure.agency}"/><mes:Receiver id="not_supplied"/>${inner}</mes:Header>`;
}

/** Writes a structure-specific data message of SDMX-ML 3.0: series with their observations over time. */
export class SdmxMlWriter {
  readonly #sink: Sink;
  readonly #structure: Structure;
  readonly #key: ReturnType<typeof keyReader>;

  constructor(sink: Sink, structure: Structure, date: string) {
    this.#sink = sink;
    this.#structure = structure;
    this.#key = keyReader(structure);
    const { agency, dataflow, version } = structure;
    const urn = sdmxUrn('datastructure.Dataflow', agency, dataflow, version);
    const reference = `${dataflow}_${version.replaceAll('.', '_')}`;
    const used = `<mes:Structure structureID="${reference}" namespace="${urn}:ObsLevelDim:TIME_PERIOD" dimensionAtObservation="TIME_PERIOD"><com:StructureUsage>${urn}</com:StructureUsage></mes:Structure><mes:DataSetAction>Information</mes:DataSetAction>`;
    sink.write(
      `<?xml version="1.0" encoding="UTF-8"?>\n<mes:StructureSpecificData xmlns:mes="${space}/message" xmlns:com="${space}/common" xmlns:ss="${space}/data/structurespecific" xmlns:ns1="${urn}:ObsLevelDim:TIME_PERIOD" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${header(structure, date, reference, used)}\n<mes:DataSet xsi:type="ns1:DataSetType" ss:structureRef="${reference}">\n`,
    );
  }

  series(all: readonly OpenSeries[]): void {
    const { dimensions } = this.#structure;
    const written = seriesTexts(all, this.#key, {
      head: (codes) =>
        codes.map((code, dimension) => ` ${dimensions[dimension]?.id}="${xml(code)}"`).join(''),
      tail: ({ unit, status, qualifier, comment, source }) => {
        const { code, power } = sdmxUnit(unit);
        return ` UNIT_MEASURE="${code}" UNIT_MULT="${power}" OBS_STATUS="${status}"${qualifier === null ? '' : ` QUALIFIER="${qualifier}"`}${comment === null ? '' : ` COMMENT_OBS="${xml(comment)}"`} SOURCE_DETAIL="${xml(sourceText(source, ''))}`;
      },
      value: (time, value, tail, locator) =>
        `<Obs TIME_PERIOD="${time}"${value === null ? '' : ` OBS_VALUE="${value}"`}${tail}${locator}"/>\n`,
      locator: xml,
    });
    for (const [head, observations] of written)
      this.#sink.write(`<Series${head}>\n${observations}</Series>\n`);
  }

  end(): void {
    this.#sink.write('</mes:DataSet>\n</mes:StructureSpecificData>\n');
  }
}

/**
 * The code above a code, before and after its names. The schema takes only names that begin with a letter as Parent, though codes may
 * be numbers, as those of areas are: such a parent stands in an annotation.
 */
function parentOf(parent: string | undefined): readonly [before: string, after: string] {
  if (parent === undefined) return ['', ''];
  if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(parent)) return ['', `<str:Parent>${parent}</str:Parent>`];
  return [
    `<com:Annotations><com:Annotation id="PARENT"><com:AnnotationTitle>${xml(parent)}</com:AnnotationTitle></com:Annotation></com:Annotations>`,
    '',
  ];
}

/** The structures as a structure message of SDMX-ML 3.0. */
export function structureMl(structure: Structure, date: string): string {
  const { agency, id, dataflow, conceptScheme, version, dimensions, attributes } = structure;
  const own = `agencyID="${agency}" version="${version}" isExternalReference="false"`;
  const identity = (of: string) =>
    `<str:ConceptIdentity>${sdmxUrn('conceptscheme.Concept', agency, conceptScheme, version, of)}</str:ConceptIdentity>`;
  const enumeration = (list: string) =>
    `<str:Enumeration>${sdmxUrn('codelist.Codelist', agency, list, version)}</str:Enumeration>`;
  const components: readonly { readonly id: string; readonly name: Localized }[] = [
    ...dimensions,
    { id: 'TIME_PERIOD', name: { en: 'Time period', zh: '时期' } },
    { id: 'OBS_VALUE', name: { en: 'Observation value', zh: '观测值' } },
    ...attributes,
  ];
  const lists = codelistsOf(structure).map(
    (list) =>
      `<str:Codelist id="${list.id}" ${own} isPartial="false">${names(list.name)}\n${list.codes
        .map(({ id: code, name, parent }) => {
          const [before, after] = parentOf(parent);
          return `<str:Code id="${xml(code)}">${before}${names(name)}${after}</str:Code>`;
        })
        .join('\n')}\n</str:Codelist>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<mes:Structure xmlns:mes="${space}/message" xmlns:str="${space}/structure" xmlns:com="${space}/common">${header(structure, date, `${id}_${version.replaceAll('.', '_')}`)}
<mes:Structures>
<str:Codelists>
${lists.join('\n')}
</str:Codelists>
<str:ConceptSchemes>
<str:ConceptScheme id="${conceptScheme}" ${own} isPartial="false">${names(structure.name)}
${components.map((each) => `<str:Concept id="${each.id}">${names(each.name)}</str:Concept>`).join('\n')}
</str:ConceptScheme>
</str:ConceptSchemes>
<str:Dataflows>
<str:Dataflow id="${dataflow}" ${own}>${names(structure.name)}<str:Structure>${sdmxUrn('datastructure.DataStructure', agency, id, version)}</str:Structure></str:Dataflow>
</str:Dataflows>
<str:DataStructures>
<str:DataStructure id="${id}" ${own}>${names(structure.name)}
<str:DataStructureComponents>
<str:DimensionList id="DimensionDescriptor">
${dimensions.map((each, at) => `<str:Dimension id="${each.id}" position="${at + 1}">${identity(each.id)}<str:LocalRepresentation>${enumeration(each.codelist.id)}</str:LocalRepresentation></str:Dimension>`).join('\n')}
<str:TimeDimension id="TIME_PERIOD">${identity('TIME_PERIOD')}<str:LocalRepresentation><str:TextFormat textType="ObservationalTimePeriod"/></str:LocalRepresentation></str:TimeDimension>
</str:DimensionList>
<str:AttributeList id="AttributeDescriptor">
${attributes.map((each) => `<str:Attribute id="${each.id}" usage="${each.mandatory ? 'mandatory' : 'optional'}">${identity(each.id)}<str:LocalRepresentation>${each.codelist === null ? '<str:TextFormat textType="String"/>' : enumeration(each.codelist.id)}</str:LocalRepresentation><str:AttributeRelationship><str:Observation/></str:AttributeRelationship></str:Attribute>`).join('\n')}
</str:AttributeList>
<str:MeasureList id="MeasureDescriptor">
<str:Measure id="OBS_VALUE" usage="optional">${identity('OBS_VALUE')}<str:LocalRepresentation><str:TextFormat textType="Decimal"/></str:LocalRepresentation></str:Measure>
</str:MeasureList>
</str:DataStructureComponents>
</str:DataStructure>
</str:DataStructures>
</mes:Structures>
</mes:Structure>
`;
}
