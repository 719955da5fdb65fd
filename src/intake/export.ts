import { Document, visit } from 'yaml';
import {
  asDeclared,
  type Breakdown,
  type Claim,
  type Observation,
  type PlaceModel,
  type Review,
  type SubmittedFile,
  type Target,
  type Workspace,
} from '../model/index.ts';
import { boundaryText } from './boundary-file.ts';
import { emblemFile, withBrand } from './emblem.ts';
import { observationShape } from './observation-row.ts';
import { toSafeCell } from './safe-cell.ts';
import { claimShape, targetShape } from './statement-row.ts';
import type { TableShape } from './table.ts';

/**
 * A workspace as files, in the order of their paths: UTF-8, LF, one order of everything, so that the same meaning
 * always gives the same bytes. Reading them gives the same workspace back.
 */
export function exportWorkspace(given: Workspace): readonly SubmittedFile[] {
  const workspace = asDeclared(given);
  const {
    city,
    indicators,
    observations,
    targets,
    claims,
    frameworks,
    plans,
    reviews,
    boundaries = [],
  } = workspace;
  const dimensions = city.dimensions.map(({ id }) => id);
  const { emblem, ...brand } = city.brand ?? {};
  const files: SubmittedFile[] = [
    yamlFile('city.yaml', emblem === undefined ? city : withBrand(city, brand)),
    ...(emblem === undefined ? [] : [emblemFile(emblem)]),
  ];
  if (indicators.length > 0) files.push(yamlFile('indicators/indicators.yaml', indicators));
  if (observations.length > 0)
    files.push(
      table('observations/observations.csv', observationShape, dimensions, observations, observationCell),
    );
  if (targets.length > 0)
    files.push(table('targets/targets.csv', targetShape, dimensions, targets, targetCell));
  if (claims.length > 0) files.push(table('claims/claims.csv', claimShape, dimensions, claims, claimCell));
  for (const framework of frameworks) files.push(yamlFile(`frameworks/${framework.id}.yaml`, framework));
  for (const plan of plans) files.push(yamlFile(`plans/${plan.id}.yaml`, plan));
  for (const register of workspace.registers ?? [])
    files.push(yamlFile(`registers/${register.id}.yaml`, register));
  for (const selection of workspace.selections ?? [])
    files.push(yamlFile(`selection/${selection.id}.yaml`, selection));
  for (const portfolio of workspace.portfolios ?? [])
    files.push(yamlFile(`projects/${portfolio.id}.yaml`, portfolio));
  for (const examination of workspace.examinations ?? [])
    files.push(yamlFile(`examinations/${examination.id}.yaml`, examination));
  for (const review of reviews) files.push(...reviewFiles(review));
  if (workspace.model !== undefined) files.push(...modelFiles(workspace.model));
  for (const boundary of boundaries)
    files.push(textFile(`boundaries/${boundary.id}.geojson`, boundaryText(boundary)));
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function modelFiles({ id, place, equations, words }: PlaceModel): SubmittedFile[] {
  return [
    textFile(`models/${id}.place.json`, place),
    ...(equations === undefined ? [] : [textFile(`models/${id}.xmile`, equations)]),
    ...(words === undefined ? [] : [textFile(`models/${id}.words.json`, words)]),
  ];
}

/** Files of a workspace that someone will go on editing, and the records of each table in the order of its rows. */
export interface GroupedFiles {
  readonly files: readonly SubmittedFile[];
  readonly rowsOf: Readonly<Record<string, readonly (Observation | Claim)[]>>;
}

/** {@link exportWorkspace} with indicators and their values in a file for each group, each table with its own dimensions. */
export function workspaceFiles(workspace: Workspace, groupOf: (indicator: string) => string): GroupedFiles {
  const { indicators, observations, claims, ...rest } = workspace;
  const files = [...exportWorkspace({ ...rest, indicators: [], observations: [], claims: [] })];
  const rowsOf: Record<string, readonly (Observation | Claim)[]> = {};
  const order = workspace.city.dimensions.map(({ id }) => id);
  const grouped = <T>(items: readonly T[], indicatorOf: (item: T) => string) => {
    const groups = new Map<string, T[]>();
    for (const item of items) {
      const group = groupOf(indicatorOf(item));
      const list = groups.get(group);
      if (list === undefined) groups.set(group, [item]);
      else list.push(item);
    }
    return groups;
  };
  const put = <T extends Observation | Claim>(
    folder: string,
    shape: TableShape,
    items: readonly T[],
    cellOf: CellOf<T>,
  ) => {
    for (const [group, list] of grouped(items, ({ indicator }) => indicator)) {
      const path = `${folder}/${group}.csv`;
      const used = new Set(list.flatMap(({ breakdown }) => Object.keys(breakdown)));
      files.push(
        table(
          path,
          shape,
          order.filter((id) => used.has(id)),
          list,
          cellOf,
        ),
      );
      rowsOf[path] = list;
    }
  };
  for (const [group, list] of grouped(indicators, ({ id }) => id))
    files.push(yamlFile(`indicators/${group}.yaml`, list));
  put('observations', observationShape, observations, observationCell);
  put('claims', claimShape, claims, claimCell);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)), rowsOf };
}

function reviewFiles({ head, chapters }: Review): SubmittedFile[] {
  const folder = `review/${head.id}`;
  return [
    yamlFile(`${folder}/review.yaml`, head),
    ...chapters.map(({ id, language, text }) => textFile(`${folder}/${id}.${language}.md`, text)),
  ];
}

function textFile(path: string, text: string): SubmittedFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

function yamlFile(path: string, value: unknown): SubmittedFile {
  return textFile(path, yamlText(value));
}

/** A value as the YAML of a workspace. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { version: '1.2', schema: 'core', aliasDuplicateObjects: false });
  // Lines of spaces alone lose a space as a block: the writer's indentation and theirs cannot be told apart.
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && /^\s*\n\s*$/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** The text of one column of a record; empty when it has none. */
type CellOf<T> = (record: T, column: string) => string;

const plain = (value: unknown): string => (typeof value === 'string' ? value : '');

const observationCell: CellOf<Observation> = (record, column) => {
  if (column === 'reason_en') return record.reason?.en ?? '';
  if (column === 'reason_zh') return record.reason?.zh ?? '';
  return plain(field(record, column));
};
const targetCell: CellOf<Target> = (record, column) =>
  column === 'base_period' ? (record.basePeriod ?? '') : plain(field(record, column));
const claimCell: CellOf<Claim> = (record, column) => plain(field(record, column));

function field(record: object, column: string): unknown {
  return Object.getOwnPropertyDescriptor(record, column)?.value;
}

/** Rows that are put into bytes at a time, so that a large table is never held as one text. */
const rowsAtOnce = 10_000;

/** A table with the required columns, the dimensions, and those optional columns that any row fills. */
function table<T extends { readonly breakdown: Breakdown }>(
  path: string,
  shape: TableShape,
  dimensions: readonly string[],
  records: readonly T[],
  cellOf: CellOf<T>,
): SubmittedFile {
  const used = shape.optional.filter((column) => records.some((record) => cellOf(record, column) !== ''));
  const [indicator = '', area = '', ...further] = shape.required;
  const broken = new Set(dimensions);
  const columns = [indicator, area, ...dimensions, ...further, ...used];
  const line = (record: T): string =>
    columns
      .map((column) => {
        if (broken.has(column)) return plain(field(record.breakdown, column));
        const text = cellOf(record, column);
        return csvCell(shape.texts.has(column) ? toSafeCell(text) : text);
      })
      .join(',');
  const pieces = [new TextEncoder().encode(`${columns.join(',')}\n`)];
  for (let at = 0; at < records.length; at += rowsAtOnce) {
    const text = records.slice(at, at + rowsAtOnce).map((record) => `${line(record)}\n`);
    pieces.push(new TextEncoder().encode(text.join('')));
  }
  return { path, bytes: Buffer.concat(pieces) };
}

/** A cell by RFC 4180. */
function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
