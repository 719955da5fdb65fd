import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse, stringify } from 'yaml';
import {
  asRepository,
  dhis2Analytics,
  dhis2AnalyticsSchema,
  dhis2MetadataSchema,
  dhis2Place,
  dhis2ValuesSchema,
  guessMapping,
  headAt,
  type RawTable,
  rawTables,
  readSdmx,
  sdmxPlace,
  type TableMapping,
  tableMappingSchema,
  tablePlace,
} from '../../intake/index.ts';
import { placeImport, sharedHelp } from './place-import.ts';

export const importSdmxCommand = placeImport({
  name: 'sdmx',
  help: `modelcity import sdmx FILE --out WORKSPACE [options]

Makes a workspace of a data message: SDMX-CSV 1.0 or 2.0, SDMX-JSON 1.0 or 2.0, SDMX-ML 2.0, 2.1 or 3.0.

${sharedHelp}`,
  files: [1, 1],
  read(_, [file]) {
    const read = readSdmx(file?.bytes ?? new Uint8Array());
    return typeof read === 'string' ? `${file?.path}: ${read}` : asRepository(sdmxPlace(read));
  },
});

export const importTableCommand = placeImport({
  name: 'table',
  help: `modelcity import table FILE [--mapping FILE.yaml] [--sheet NAME] [--out WORKSPACE] [options]

Reads a CSV or Excel table. Without --out it guesses what each column is, shows it with the first rows, and writes the guess to
the mapping file for you to correct; with --out it makes a workspace by that mapping.

  --mapping FILE    the mapping; default: FILE.mapping.yaml beside the table
  --sheet NAME      the sheet of a workbook; default: the first with a table
${sharedHelp}`,
  options: { mapping: { type: 'string' }, sheet: { type: 'string' } },
  files: [1, 1],
  read(line, [file]) {
    if (file === undefined) return 'name a table';
    let table: RawTable;
    try {
      table = rawTable(file.path, file.bytes, line.text('sheet'));
    } catch (error) {
      return `${file.path}: ${error instanceof Error ? error.message : String(error)}`;
    }
    const path = line.text('mapping') ?? `${file.path}.mapping.yaml`;
    let mapping: TableMapping;
    if (existsSync(path)) {
      const read = tableMappingSchema.safeParse(parseYaml(path));
      if (!read.success)
        return `${path}: ${read.error.issues.map(({ path: at, message }) => `${at.map(String).join('.')}: ${message}`).join('; ')}`;
      mapping = read.data;
    } else mapping = guessMapping(table);
    if (line.text('out') === undefined) {
      if (!existsSync(path)) writeFileSync(path, stringify(mapping));
      process.stdout.write(preview(table, mapping, path));
      return null;
    }
    const place = tablePlace(table, mapping, basename(file.path).replace(/\.[a-z]+$/i, ''));
    return typeof place === 'string' ? place : asRepository(place);
  },
});

function parseYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { maxAliasCount: 10 });
  } catch {
    return null;
  }
}

function rawTable(path: string, bytes: Uint8Array, wanted: string | undefined): RawTable {
  const tables = rawTables(path, bytes);
  const table =
    wanted === undefined
      ? tables.find(({ sheet, rows }) => sheet === null || rows.length > 1)
      : tables.find(({ sheet }) => sheet === wanted);
  if (table === undefined)
    throw new Error(
      wanted === undefined
        ? 'no sheet holds a table'
        : `there is no sheet '${wanted}': ${tables.map(({ sheet }) => sheet ?? '').join(', ')}`,
    );
  return table;
}

function preview({ rows }: RawTable, mapping: TableMapping, path: string): string {
  const width = Math.max(...Object.keys(mapping.columns).map((name) => name.length), 6);
  const { names: header } = headAt(rows, mapping.header, mapping.headerRows ?? 1);
  const lines = Object.entries(mapping.columns).map(([name, role]) => {
    const at = header.indexOf(name);
    const examples = rows
      .slice(mapping.header, mapping.header + 5)
      .map((row) => (row[at] ?? '').trim())
      .filter((cell) => cell !== '');
    return `  ${name.padEnd(width)}  ${role.padEnd(15)}  ${[...new Set(examples)].slice(0, 3).join(' | ').slice(0, 60)}`;
  });
  const where =
    mapping.headerRows === 2 ? `rows ${mapping.header - 1} and ${mapping.header}` : `row ${mapping.header}`;
  const given = [
    ...(mapping.indicator === undefined ? [] : [`  every row is of '${mapping.indicator}'`]),
    ...(mapping.unit === undefined ? [] : [`  every value is in '${mapping.unit}'`]),
  ];
  return `header in ${where}, ${rows.length - mapping.header} rows below it\n${[...lines, ...given].join('\n')}\n\nThe mapping is in ${path}: correct it there, then give --out WORKSPACE.\n`;
}

export const importDhis2Command = placeImport({
  name: 'dhis2',
  help: `modelcity import dhis2 METADATA.json VALUES.json --out WORKSPACE [options]
modelcity import dhis2 ANALYTICS.json --out WORKSPACE [options]

Makes a workspace of a DHIS2 metadata export and a data value set (/api/metadata.json, /api/dataValueSets.json), or of an answer of
/api/analytics.json, which names its ids itself.

${sharedHelp}`,
  files: [1, 2],
  read(_, files) {
    const read: unknown[] = [];
    for (const { path, bytes } of files) {
      try {
        read.push(JSON.parse(new TextDecoder().decode(bytes).replace(/^\ufeff/, '')));
      } catch (error) {
        return `${path}: this is no JSON: ${error instanceof Error ? error.message.slice(0, 120) : ''}`;
      }
    }
    const analytics = read.map((json) => dhis2AnalyticsSchema.safeParse(json)).find((each) => each.success);
    if (analytics !== undefined) {
      const place = dhis2Analytics(analytics.data);
      return typeof place === 'string' ? place : asRepository(dhis2Place(place.metadata, place.values));
    }
    const tried = read.map((json) => dhis2ValuesSchema.safeParse(json));
    const values = tried.find((each) => each.success);
    if (values === undefined) {
      const faults = tried.flatMap(({ error }, at) =>
        isPlain(read[at]) && 'dataValues' in read[at]
          ? (error?.issues ?? [])
              .slice(0, 3)
              .map((each) => `${files[at]?.path} /${each.path.map(String).join('/')}: ${each.message}`)
          : [],
      );
      return faults.length > 0
        ? faults.join('; ')
        : 'no file is a data value set: an object with a list dataValues of dataElement, period, orgUnit and value';
    }
    const metadata = read
      .filter((_, at) => tried[at] !== values)
      .map((json) => dhis2MetadataSchema.safeParse(json))
      .find((each) => each.success);
    if (metadata === undefined)
      return 'give the metadata too, an object with dataElements and organisationUnits: modelcity import dhis2 METADATA.json VALUES.json';
    return asRepository(dhis2Place(metadata.data, values.data));
  },
});

const isPlain = (json: unknown): json is object => typeof json === 'object' && json !== null;
