import { stringify } from 'yaml';
import type {
  Breakdown,
  Claim,
  Observation,
  Review,
  SubmittedFile,
  Target,
  Workspace,
} from '../model/index.ts';
import { observationShape } from './observation-row.ts';
import { toSafeCell } from './safe-cell.ts';
import { claimShape, targetShape } from './statement-row.ts';
import type { TableShape } from './table.ts';

/**
 * A workspace as files, in the order of their paths: UTF-8, LF, one order of everything, so that the same meaning
 * always gives the same bytes. Reading them gives the same workspace back.
 */
export function exportWorkspace(workspace: Workspace): readonly SubmittedFile[] {
  const { city, indicators, observations, targets, claims, frameworks, plans, reviews } = workspace;
  const dimensions = city.dimensions.map(({ id }) => id);
  const files: SubmittedFile[] = [yamlFile('city.yaml', city)];
  if (indicators.length > 0) files.push(yamlFile('indicators/indicators.yaml', indicators));
  if (observations.length > 0)
    files.push(
      table('observations/observations.csv', observationShape, dimensions, observations, observationCells),
    );
  if (targets.length > 0)
    files.push(table('targets/targets.csv', targetShape, dimensions, targets, targetCells));
  if (claims.length > 0) files.push(table('claims/claims.csv', claimShape, dimensions, claims, claimCells));
  for (const framework of frameworks) files.push(yamlFile(`frameworks/${framework.id}.yaml`, framework));
  for (const plan of plans) files.push(yamlFile(`plans/${plan.id}.yaml`, plan));
  for (const review of reviews) files.push(...reviewFiles(review));
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
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
  return textFile(
    path,
    stringify(value, { version: '1.2', schema: 'core', lineWidth: 0, aliasDuplicateObjects: false }),
  );
}

type Cells = Readonly<Record<string, string | null>>;

function observationCells(record: Observation): Cells {
  const { reason } = record;
  return {
    ...record,
    breakdown: null,
    reason: null,
    reason_en: reason?.en ?? '',
    reason_zh: reason?.zh ?? '',
  };
}

function targetCells({ basePeriod, ...record }: Target): Cells {
  return { ...record, breakdown: null, base_period: basePeriod };
}

function claimCells(record: Claim): Cells {
  return { ...record, breakdown: null };
}

/** A table with the required columns, the dimensions, and those optional columns that any row fills. */
function table<T extends { readonly breakdown: Breakdown }>(
  path: string,
  shape: TableShape,
  dimensions: readonly string[],
  records: readonly T[],
  cellsOf: (record: T) => Cells,
): SubmittedFile {
  const used = new Set<string>();
  const rows = records.map((record) => {
    const cells = new Map<string, string>();
    for (const column of [...shape.required, ...shape.optional]) {
      const all = cellsOf(record);
      const text = (Object.hasOwn(all, column) ? all[column] : null) ?? '';
      if (text !== '') used.add(column);
      cells.set(column, shape.texts.has(column) ? toSafeCell(text) : text);
    }
    for (const dimension of dimensions) cells.set(dimension, record.breakdown[dimension] ?? '');
    return cells;
  });
  const [indicator = '', area = '', ...further] = shape.required;
  const columns = [
    indicator,
    area,
    ...dimensions,
    ...further,
    ...shape.optional.filter((column) => used.has(column)),
  ];
  const lines = [columns, ...rows.map((cells) => columns.map((column) => cells.get(column) ?? ''))];
  return textFile(path, lines.map((cells) => `${cells.map(csvCell).join(',')}\n`).join(''));
}

/** A cell by RFC 4180. Spaces at the ends are put in quotes too, so that a reader sees them. */
function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
