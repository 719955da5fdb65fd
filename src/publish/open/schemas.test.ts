import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateXML, type XMLFileInfo } from 'xmllint-wasm';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import { catalogueJsonLd, catalogueTurtle } from './catalogue.ts';
import { type OpenDataset, openDataset } from './dataset.ts';
import { availabilityJson, formatOf, openText, structureOfDataset } from './message.ts';
import { structureSchema } from './schemas/sdmx-json-structure.ts';
import { sdmxUrn } from './structure.ts';
import { xml } from './text.ts';

/**
 * The open data of a real place against the schemas of its formats. What is official and what is restated stands in schemas/README.md.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let dataset: OpenDataset;
const base = 'https://data.example/data/chengdu/';
const files = [
  { path: 'observations.csv', bytes: 1234, sha256: 'ab'.repeat(32) },
  { path: 'observations.parquet', bytes: 99, sha256: 'cd'.repeat(32) },
];
const text = (path: string): string => {
  const format = formatOf(path);
  if (format === null) throw new Error(path);
  return openText(dataset, format, { base, service: 'https://data.example/sdmx/3.0' });
};

beforeAll(async () => {
  const { workspace } = parseWorkspace((await readFolder(here('../../../examples/chengdu'))).files);
  if (workspace === null) throw new Error('examples/chengdu does not read');
  dataset = openDataset({ workspace, figures: new FigureSet(workspace, { asOf: 3 }), asOf: 3 });
});

const file = (name: string): XMLFileInfo => ({
  fileName: name,
  contents: readFileSync(here(`./schemas/sdmx-ml/${name}`), 'utf8'),
});
const parts = () => ['common.xsd', 'structure.xsd', 'structurespecific.xsd', 'xml.xsd'].map(file);
/** What xmllint finds wrong; empty when the document fits. */
async function faults(document: string, schema: XMLFileInfo, preload: XMLFileInfo[]): Promise<string[]> {
  const { errors, valid } = await validateXML({
    xml: { fileName: 'message.xml', contents: document },
    schema,
    preload,
    maxMemoryPages: 16_384,
  });
  const told = errors.map(({ message }) => message);
  return valid || told.length > 0 ? told : ['not valid'];
}

/** The schema of the data of one structure, as the standard generates it: codes of dimensions and attributes as enumerations. */
function dataSchema(): string {
  const structure = structureOfDataset(dataset);
  const { agency, dataflow, version } = structure;
  const space = `${sdmxUrn('datastructure.Dataflow', agency, dataflow, version)}:ObsLevelDim:TIME_PERIOD`;
  const lists = new Map(
    [...structure.dimensions, ...structure.attributes].flatMap(({ codelist }) =>
      codelist === null ? [] : [[codelist.id, codelist] as const],
    ),
  );
  const types = [...lists.values()].map(
    ({ id, codes }) =>
      `<xs:simpleType name="${id}"><xs:restriction base="xs:string">${codes.map((code) => `<xs:enumeration value="${xml(code.id)}"/>`).join('')}</xs:restriction></xs:simpleType>`,
  );
  const attribute = (id: string, type: string, use: string) =>
    `<xs:attribute name="${id}" type="${type}" use="${use}"/>`;
  const root = 'http://www.sdmx.org/resources/sdmxml/schemas/v3_0';
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ns="${space}" xmlns:dsd="${root}/data/structurespecific" xmlns:com="${root}/common" targetNamespace="${space}" elementFormDefault="qualified">
<xs:import namespace="${root}/message" schemaLocation="message.xsd"/>
<xs:import namespace="${root}/data/structurespecific" schemaLocation="structurespecific.xsd"/>
<xs:import namespace="${root}/common" schemaLocation="common.xsd"/>
${types.join('\n')}
<xs:complexType name="ObsType"><xs:complexContent><xs:restriction base="dsd:ObsType"><xs:sequence/>
<xs:attribute name="TIME_PERIOD" type="com:ObservationalTimePeriodType" use="required"/>${attribute('OBS_VALUE', 'xs:decimal', 'optional')}
${structure.attributes.map((each) => attribute(each.id, each.codelist === null ? 'xs:string' : `ns:${each.codelist.id}`, each.mandatory ? 'required' : 'optional')).join('')}
</xs:restriction></xs:complexContent></xs:complexType>
<xs:complexType name="SeriesType"><xs:complexContent><xs:restriction base="dsd:SeriesType"><xs:sequence><xs:element name="Obs" type="ns:ObsType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
${structure.dimensions.map((each) => attribute(each.id, `ns:${each.codelist.id}`, 'required')).join('')}
<xs:attribute name="TIME_PERIOD" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>
<xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="dsd:DataSetType"><xs:sequence><xs:element name="Series" type="ns:SeriesType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>
</xs:schema>`;
}

describe('the open data of a place and the schemas of its formats', () => {
  it('SDMX-ML 3.0: the structure message is valid, and a wrong order is not', async () => {
    const message = text('sdmx/structure.xml');
    expect(await faults(message, file('message.xsd'), parts())).toEqual([]);
    const wrong = message.replace(
      /(<com:Name [^>]*>[^<]*<\/com:Name>)+(<str:Structure>[^<]*<\/str:Structure>)/,
      '$2$1',
    );
    expect(wrong).not.toBe(message);
    expect((await faults(wrong, file('message.xsd'), parts())).join()).toContain('str');
  }, 60_000);

  it('SDMX-ML 3.0: the data message is valid against the schema generated from its structure', async () => {
    const message = text('sdmx/data.xml');
    const schema = { fileName: 'data.xsd', contents: dataSchema() };
    expect(await faults(message, schema, [file('message.xsd'), ...parts()])).toEqual([]);
    const wrong = message.replace('OBS_STATUS="A"', 'OBS_STATUS="?"');
    expect((await faults(wrong, schema, [file('message.xsd'), ...parts()])).join()).toContain('OBS_STATUS');
  }, 60_000);

  it('SDMX-JSON 2.0: structures and availability fit the rules of the structure schema', () => {
    const validate = new Ajv({ strict: false }).compile(structureSchema);
    for (const message of [JSON.parse(text('sdmx/structure.json')), availabilityJson(dataset, [], null)])
      expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ meta: {}, data: {} })).toBe(false);
  });

  it('DCAT-AP 3: the catalogue conforms to the shapes, in both syntaxes alike, and a broken one does not', async () => {
    const turtle = catalogueTurtle(dataset, files, base, 'https://data.example/sdmx/3.0');
    const shapes = new Store(
      new Parser().parse(readFileSync(here('./schemas/dcat-ap-3.shapes.ttl'), 'utf8')),
    );
    const validator = new SHACLValidator(shapes);
    const report = async (data: string) =>
      (await validator.validate(new Store(new Parser({ baseIRI: base }).parse(data)))).results.map(
        ({ focusNode, path, message }) =>
          `${focusNode?.value} ${path?.value}: ${message.map(({ value }) => value).join()}`,
      );
    expect(await report(turtle)).toEqual([]);
    expect((await report(turtle.replaceAll('foaf:name', 'foaf:nick'))).join()).toContain('foaf/0.1/name');
    const graph = JSON.parse(JSON.stringify(catalogueJsonLd(dataset, files, base, null)));
    const subjects = new Set(
      new Parser({ baseIRI: base })
        .parse(catalogueTurtle(dataset, files, base))
        .map(({ subject }) => subject.value),
    );
    expect(graph['@graph']).toHaveLength(subjects.size);
  });
});
