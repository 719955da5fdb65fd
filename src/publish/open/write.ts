import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogueJsonLd, catalogueTurtle } from './catalogue.ts';
import type { OpenDataset, OpenDescription } from './dataset.ts';
import { csvwMetadata, dataPackage, type WrittenFile } from './descriptors.ts';
import { ParquetFile } from './parquet.ts';
import { SdmxCsvWriter } from './sdmx-csv.ts';
import { SdmxJsonWriter, structureJson } from './sdmx-json.ts';
import { SdmxMlWriter, structureMl } from './sdmx-ml.ts';
import { type OpenSeries, type Said, seriesOf } from './series.ts';
import { FileSink } from './sink.ts';
import { structureOf } from './structure.ts';
import { smallTables, TableWriter } from './tables.ts';

/** Series some indicators at a time, in the order of indicators: from memory, or read from the store as they are written. */
export type OpenParts = Iterable<readonly OpenSeries[]> | AsyncIterable<readonly OpenSeries[]>;

export interface OpenFiles {
  readonly files: readonly WrittenFile[];
  readonly rows: number;
  /** Rows without a date: in the tables, but not in SDMX, which has no word for that. */
  readonly undated: number;
}

/**
 * Writes every format of the open data into a folder, in one pass over the rows. Files and bytes depend on the dataset alone.
 */
export async function writeOpenData(
  directory: string,
  dataset: OpenDescription,
  parts: OpenParts,
): Promise<OpenFiles> {
  mkdirSync(join(directory, 'sdmx'), { recursive: true });
  // The units are known when all rows have passed; until then the structure is one without them.
  const units = new Set(dataset.indicators.map(({ unit }) => unit));
  const structure = structureOf(dataset, []);
  const files: WrittenFile[] = [];
  const put = (path: string, text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    const place = join(directory, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
    files.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  };
  const sinks = {
    table: new FileSink(join(directory, 'observations.csv')),
    csv: new FileSink(join(directory, 'sdmx/data.csv')),
    json: new FileSink(join(directory, 'sdmx/data.json')),
    ml: new FileSink(join(directory, 'sdmx/data.xml')),
  };
  const csv = new SdmxCsvWriter(sinks.csv, structure);
  const json = new SdmxJsonWriter(sinks.json, structure, dataset.date);
  const ml = new SdmxMlWriter(sinks.ml, structure, dataset.date);
  const table = new TableWriter(sinks.table, dataset);
  const parquet = new ParquetFile(join(directory, 'observations.parquet'), dataset);
  let count = 0;
  let undated = 0;
  for await (const series of parts) {
    for (const { said } of series) {
      count += said.length;
      let last: Said | null = null;
      for (const each of said)
        if (each !== last) {
          last = each;
          units.add(each.unit);
        }
    }
    undated += csv.series(series);
    for (const writer of [table, json, ml, parquet]) writer.series(series);
  }
  const whole = structureOf(dataset, units);
  json.end(whole);
  ml.end();
  for (const [path, sink] of [
    ['observations.csv', sinks.table],
    ['sdmx/data.csv', sinks.csv],
    ['sdmx/data.json', sinks.json],
    ['sdmx/data.xml', sinks.ml],
  ] as const)
    files.push({ path, ...sink.close() });
  files.push({ path: 'observations.parquet', ...parquet.close() });
  for (const [path, text] of smallTables(dataset)) put(path, text);
  put('sdmx/structure.json', `${JSON.stringify(structureJson(whole, dataset.date), null, 1)}\n`);
  put('sdmx/structure.xml', structureMl(whole, dataset.date));
  put('datapackage.json', `${JSON.stringify(dataPackage(dataset, files), null, 1)}\n`);
  put('csv-metadata.json', `${JSON.stringify(csvwMetadata(dataset), null, 1)}\n`);
  const listed = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  put('catalogue.jsonld', `${JSON.stringify(catalogueJsonLd(dataset, listed, ''), null, 1)}\n`);
  put('catalogue.ttl', catalogueTurtle(dataset, listed, ''));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), rows: count, undated };
}

/** The series of a dataset in memory, indicator by indicator. */
export function* partsOf(dataset: OpenDataset): Generator<readonly OpenSeries[]> {
  for (const { id } of dataset.indicators) yield seriesOf(dataset.rows(id));
}
