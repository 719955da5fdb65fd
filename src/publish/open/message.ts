import { catalogueJsonLd, catalogueTurtle } from './catalogue.ts';
import type { OpenDataset } from './dataset.ts';
import { csvwMetadata, dataPackage } from './descriptors.ts';
import { availableCodes } from './query.ts';
import type { OpenRow } from './row.ts';
import { SdmxCsvWriter, sdmxCsvType } from './sdmx-csv.ts';
import {
  messageHead,
  SdmxJsonWriter,
  sdmxJsonType,
  sdmxStructureJsonType,
  structureJson,
} from './sdmx-json.ts';
import { SdmxMlWriter, sdmxMlType, sdmxStructureMlType, structureMl } from './sdmx-ml.ts';
import { seriesOf } from './series.ts';
import { TextSink } from './sink.ts';
import { type Structure, sdmxUrn, structureOf } from './structure.ts';
import { smallShapes, smallTables, TableWriter } from './tables.ts';

/** A file of the open data as it is served. */
export interface OpenFormat {
  readonly path: string;
  readonly type: string;
}

export const formats: readonly OpenFormat[] = [
  { path: 'observations.csv', type: 'text/csv; charset=utf-8; header=present' },
  ...smallShapes.map(({ file }) => ({ path: file, type: 'text/csv; charset=utf-8; header=present' })),
  { path: 'sdmx/data.csv', type: sdmxCsvType },
  { path: 'sdmx/data.json', type: sdmxJsonType },
  { path: 'sdmx/data.xml', type: sdmxMlType },
  { path: 'sdmx/structure.json', type: sdmxStructureJsonType },
  { path: 'sdmx/structure.xml', type: sdmxStructureMlType },
  { path: 'datapackage.json', type: 'application/json' },
  { path: 'csv-metadata.json', type: 'application/csvm+json' },
  { path: 'catalogue.jsonld', type: 'application/ld+json' },
  { path: 'catalogue.ttl', type: 'text/turtle; charset=utf-8' },
];

export function formatOf(path: string): OpenFormat | null {
  return formats.find((format) => format.path === path) ?? null;
}

/** The structure of a dataset in memory, with every unit that its rows have. */
export function structureOfDataset(dataset: OpenDataset): Structure {
  return structureOf(dataset, dataset.units());
}

/** One file of the open data as text. */
export function openText(
  dataset: OpenDataset,
  { path }: OpenFormat,
  { base, service }: { readonly base: string; readonly service: string },
): string {
  const { date } = dataset;
  const json = (value: object) => `${JSON.stringify(value, null, 1)}\n`;
  const small = smallTables(dataset).get(path);
  if (small !== undefined) return small;
  if (path === 'datapackage.json') return json(dataPackage(dataset, []));
  if (path === 'csv-metadata.json') return json(csvwMetadata(dataset));
  if (path === 'catalogue.jsonld') return json(catalogueJsonLd(dataset, [], base, service));
  if (path === 'catalogue.ttl') return catalogueTurtle(dataset, [], base, service);
  const structure = structureOfDataset(dataset);
  if (path === 'sdmx/structure.json') return json(structureJson(structure, date));
  if (path === 'sdmx/structure.xml') return structureMl(structure, date);
  const sink = new TextSink();
  const writer =
    path === 'observations.csv'
      ? new TableWriter(sink, dataset)
      : path === 'sdmx/data.csv'
        ? new SdmxCsvWriter(sink, structure)
        : path === 'sdmx/data.json'
          ? new SdmxJsonWriter(sink, structure, date)
          : new SdmxMlWriter(sink, structure, date);
  for (const { id } of dataset.indicators) writer.series(seriesOf(dataset.rows(id)));
  if (writer instanceof SdmxJsonWriter) writer.end(structure);
  if (writer instanceof SdmxMlWriter) writer.end();
  return sink.text;
}

/** Rows as a data message. */
export function sdmxMessage(
  dataset: OpenDataset,
  rows: readonly OpenRow[],
  format: 'csv' | 'json' | 'xml',
): { readonly type: string; readonly body: () => string } {
  const structure = structureOfDataset(dataset);
  return {
    type: format === 'csv' ? sdmxCsvType : format === 'json' ? sdmxJsonType : sdmxMlType,
    body() {
      const sink = new TextSink();
      if (format === 'csv') new SdmxCsvWriter(sink, structure).series(seriesOf(rows));
      else if (format === 'json') {
        const writer = new SdmxJsonWriter(sink, structure, dataset.date);
        writer.series(seriesOf(rows));
        writer.end(structure);
      } else {
        const writer = new SdmxMlWriter(sink, structure, dataset.date);
        writer.series(seriesOf(rows));
        writer.end();
      }
      return sink.text;
    },
  };
}

/** What is asked of the structures: a type, an id or `*`, and which artefacts referred to come with it. */
export interface StructureQuery {
  readonly type: string;
  readonly id: string;
  readonly references: string;
}

/** Structures of some places as a message; null when none is asked for. XML is of one place, with all that it refers to. */
export function structureMessage(
  datasets: readonly OpenDataset[],
  { type, id, references }: StructureQuery,
  format: 'json' | 'xml',
): { readonly type: string; readonly body: () => string } | null {
  const [first] = datasets;
  if (first === undefined) return null;
  if (format === 'xml')
    return { type: sdmxStructureMlType, body: () => structureMl(structureOfDataset(first), first.date) };
  const wanted = {
    dataflow: 'dataflows',
    datastructure: 'dataStructures',
    codelist: 'codelists',
    conceptscheme: 'conceptSchemes',
  } as const;
  const all =
    references === 'all' || references === 'children' || references === 'descendants' || type === '*';
  const parts = {
    dataflows: [] as unknown[],
    conceptSchemes: [] as unknown[],
    codelists: [] as unknown[],
    dataStructures: [] as unknown[],
  };
  for (const dataset of datasets) {
    const message = structureJson(structureOfDataset(dataset), dataset.date);
    for (const kind of Object.values(wanted)) {
      const isAsked = Object.entries(wanted).some(([name, own]) => own === kind && name === type);
      if (!all && !isAsked) continue;
      for (const artefact of message.data[kind])
        if (!isAsked || id === '*' || artefact.id === id) parts[kind].push(artefact);
    }
  }
  const data = Object.fromEntries(Object.entries(parts).filter(([, list]) => list.length > 0));
  if (Object.keys(data).length === 0) return null;
  const head = messageHead(structureOfDataset(first), 'structure', 'STRUCTURES', first.date);
  return { type: sdmxStructureJsonType, body: () => `${JSON.stringify({ meta: head, data })}\n` };
}

/** Which codes there are data for, as a data constraint of an SDMX-JSON 2.0 structure message. */
export function availabilityJson(
  dataset: OpenDataset,
  rows: readonly OpenRow[],
  component: string | null,
): object {
  const structure = structureOfDataset(dataset);
  const { codes, periods, count } = availableCodes(structure, rows);
  const { agency, dataflow, version } = structure;
  const keyValues = [...codes, ['TIME_PERIOD', periods] as const]
    .filter(([id]) => component === null || id === component)
    .map(([id, values]) => ({ id, include: true, values: [...values] }));
  return {
    meta: messageHead(structure, 'structure', 'AVAILABILITY', dataset.date),
    data: {
      dataConstraints: [
        {
          id: `AC_${dataflow}`,
          agencyID: agency,
          version,
          name: 'Available data',
          role: 'Actual',
          constraintAttachment: { dataflows: [sdmxUrn('datastructure.Dataflow', agency, dataflow, version)] },
          cubeRegions: [{ include: true, keyValues }],
          annotations: [{ id: 'obs_count', title: String(count) }],
        },
      ],
    },
  };
}
