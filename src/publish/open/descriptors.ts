import type { OpenDataset, OpenDescription } from './dataset.ts';
import { type Column, observationShape, smallShapes, type TableShape } from './tables.ts';

/** A file as it was written. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

const best = ({ en, zh }: { readonly en: string; readonly zh: string }): string => (en === '' ? zh : en);

const shapesOf = (dataset: Pick<OpenDataset, 'dimensions'>): readonly TableShape[] => [
  observationShape(dataset),
  ...smallShapes,
];

/** A Frictionless Data Package (specification 1) over the CSV tables: fields, types, keys and hashes. */
export function dataPackage(dataset: OpenDescription, files: readonly WrittenFile[]): object {
  const written = new Map(files.map((file) => [file.path, file]));
  return {
    profile: 'tabular-data-package',
    name: dataset.city,
    title: `${best(dataset.name)}: open data`,
    version: `1.0.${dataset.asOf}`,
    description: `Values of ${dataset.indicators.length} indicators as of position ${dataset.asOf} of the city's log. Decimals are exact. A blank breakdown is the total; a blank value is missing, with its reason in the column comment.`,
    created: `${dataset.date}T00:00:00Z`,
    licenses: dataset.licences.map((licence) => ({
      name: licence.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-|-$/g, ''),
      title: licence,
    })),
    sources: dataset.sources.map(({ title, url }) => ({
      title: best(title),
      ...(url === undefined ? {} : { path: url }),
    })),
    contributors: [{ title: best(dataset.name), role: 'publisher' }],
    resources: shapesOf(dataset).map((shape) => {
      const file = written.get(shape.file);
      return {
        profile: 'tabular-data-resource',
        name: shape.file.replace(/\.csv$/, ''),
        path: shape.file,
        title: shape.title.en,
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        ...(file === undefined ? {} : { bytes: file.bytes, hash: `sha256:${file.sha256}` }),
        dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
        schema: {
          fields: shape.columns.map(({ name, title, type, required }) => ({
            name,
            title: title.en,
            type: type === 'decimal' ? 'number' : 'string',
            ...(type === 'decimal' ? { bareNumber: true } : {}),
            ...(required ? { constraints: { required: true } } : {}),
          })),
          missingValues: [''],
          // A blank breakdown is the total: part of the key, though no primary key of the package may be blank.
          ...(shape.key.every((name) =>
            shape.columns.some((column) => column.name === name && column.required),
          )
            ? { primaryKey: [...shape.key] }
            : {}),
          ...(shape.references.length === 0
            ? {}
            : {
                foreignKeys: shape.references.map(({ columns, file: other, key }) => ({
                  fields: [...columns],
                  reference: { resource: other.replace(/\.csv$/, ''), fields: [...key] },
                })),
              }),
        },
      };
    }),
  };
}

/** CSV on the Web (W3C Recommendation 2015): a table group over the same files. */
export function csvwMetadata(dataset: OpenDescription): object {
  const csvwColumn = ({ name, title, type, required }: Column) => ({
    name: name.replace(/[^A-Za-z0-9_]/g, '_'),
    titles: name,
    'dc:description': { '@value': title.en, '@language': 'en' },
    datatype: type === 'decimal' ? 'decimal' : type === 'uri' ? 'anyURI' : 'string',
    ...(required ? { required: true } : {}),
  });
  const named = (shape: TableShape, column: string) =>
    (shape.columns.find(({ name }) => name === column)?.name ?? column).replace(/[^A-Za-z0-9_]/g, '_');
  const shapes = shapesOf(dataset);
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    'dc:title': `${best(dataset.name)}: open data`,
    'dc:license': dataset.licences.join('; '),
    'dc:modified': dataset.date,
    tables: shapes.map((shape) => ({
      url: shape.file,
      'dc:title': shape.title.en,
      dialect: { delimiter: ',', header: true, encoding: 'utf-8', lineTerminators: ['\r\n'] },
      tableSchema: {
        columns: shape.columns.map(csvwColumn),
        ...(shape.file === 'observations.csv'
          ? {}
          : { primaryKey: shape.key.map((name) => named(shape, name)) }),
        ...(shape.references.length === 0
          ? {}
          : {
              foreignKeys: shape.references.map(({ columns, file, key }) => ({
                columnReference: columns.map((name) => named(shape, name)),
                reference: {
                  resource: file,
                  columnReference: key.map((name) =>
                    named(shapes.find((each) => each.file === file) ?? shape, name),
                  ),
                },
              })),
            }),
      },
    })),
  };
}
