import { unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { asPercent, type NumberForm, numberForm } from './xlsx-styles.ts';

/** Largest workbook, unpacked: a sheet of a million cells has about this size. */
const mostUnpacked = 256 * 1024 * 1024;

export interface Sheet {
  readonly name: string;
  /** Cells as text, row by row; rows and cells that are not there are empty. */
  readonly rows: readonly (readonly string[])[];
  /** Cells that are one to the eye; the text stands in the first. */
  readonly merged: readonly Merged[];
}

/** A range of merged cells, its edges counted from 0. */
export interface Merged {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The sheets of an Excel workbook (ISO/IEC 29500, the parts that hold values). Formulas give the value that was stored with
 * them, dates their ISO form, shares that are shown as percentages their percentage (`41.25%`), errors their sign. Throws an Error with what is wrong.
 */
export function readXlsx(bytes: Uint8Array, most = mostUnpacked): readonly Sheet[] {
  let total = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (
        !/^xl\/(?:workbook\.xml|styles\.xml|sharedStrings\.xml|_rels\/workbook\.xml\.rels|worksheets\/[\w-]+\.xml)$/.test(
          name,
        )
      )
        return false;
      total += originalSize;
      if (total > most) throw new Error(`the workbook unpacks to more than ${most} bytes`);
      return true;
    },
  });
  const part = (name: string): string => {
    const found = Object.hasOwn(files, name) ? files[name] : undefined;
    return found === undefined ? '' : new TextDecoder().decode(found);
  };
  if (part('xl/workbook.xml') === '') throw new Error('this is no Excel workbook (.xlsx)');
  const targets = new Map<string, string>();
  walk(part('xl/_rels/workbook.xml.rels'), (tag, attributes) => {
    if (tag === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '');
  });
  const sheets: { name: string; file: string }[] = [];
  let from1904 = false;
  walk(part('xl/workbook.xml'), (tag, attributes) => {
    if (tag === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    if (tag === 'sheet')
      sheets.push({
        name: attributes.name ?? '',
        file: `xl/${(targets.get(attributes['r:id'] ?? '') ?? '').replace(/^\/?xl\//, '')}`,
      });
  });
  const shared = sharedStrings(part('xl/sharedStrings.xml'));
  const forms = numberForms(part('xl/styles.xml'));
  return sheets.map(({ name, file }) => ({ name, ...sheetOf(part(file), { shared, forms, from1904 }) }));
}

function walk(
  xml: string,
  open: (tag: string, attributes: Record<string, string>) => void,
  text?: (content: string) => void,
  close?: (tag: string) => void,
): void {
  if (xml === '') return;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a part of the workbook declares a document type');
  });
  parser.on('opentag', ({ name, attributes }) => open(name.replace(/^\w+:(?!id)/, ''), attributes));
  if (text !== undefined) parser.on('text', text);
  if (close !== undefined) parser.on('closetag', ({ name }) => close(name.replace(/^\w+:/, '')));
  parser.write(xml).close();
}

function sharedStrings(xml: string): readonly string[] {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = false;
  walk(
    xml,
    (tag) => {
      if (tag === 'si') current = '';
      if (tag === 'rPh') phonetic = true;
      inText = tag === 't';
    },
    (content) => {
      if (inText && !phonetic) current += content;
    },
    (tag) => {
      if (tag === 't') inText = false;
      if (tag === 'rPh') phonetic = false;
      if (tag === 'si') strings.push(current);
    },
  );
  return strings;
}

/** Which cell styles show their number as a date or a percentage. */
function numberForms(xml: string): ReadonlyMap<number, NumberForm> {
  const formats = new Map<string, string>();
  const forms = new Map<number, NumberForm>();
  let inCells = false;
  let number = 0;
  walk(
    xml,
    (tag, attributes) => {
      if (tag === 'numFmt') formats.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
      if (tag === 'cellXfs') inCells = true;
      if (tag !== 'xf' || !inCells) return;
      const id = Number(attributes.numFmtId ?? 0);
      const form = numberForm(id, formats.get(String(id)) ?? '');
      if (form !== null) forms.set(number, form);
      number += 1;
    },
    undefined,
    (tag) => {
      if (tag === 'cellXfs') inCells = false;
    },
  );
  return forms;
}

interface Book {
  readonly shared: readonly string[];
  readonly forms: ReadonlyMap<number, NumberForm>;
  readonly from1904: boolean;
}

/** Merged ranges that are looked at; a sheet of a report has tens. */
const mostMerged = 20_000;

function sheetOf(xml: string, book: Book): Omit<Sheet, 'name'> {
  const merged: Merged[] = [];
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  let type = '';
  let style = 0;
  let value = '';
  let inValue = false;
  walk(
    xml,
    (tag, attributes) => {
      if (tag === 'row') {
        const number = Number(attributes.r ?? rows.length + 1);
        if (number > 1_048_576) throw new Error('a row beyond the last that a sheet can have');
        while (rows.length < number - 1) rows.push([]);
        row = [];
      }
      if (tag === 'c') {
        at = columnOf(attributes.r ?? '') ?? row.length;
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        value = '';
      }
      if (tag === 'mergeCell' && merged.length < mostMerged) {
        const range = rangeOf(attributes.ref ?? '');
        if (range !== null) merged.push(range);
      }
      inValue = tag === 'v' || tag === 't';
    },
    (content) => {
      if (inValue) value += content;
    },
    (tag) => {
      if (tag === 'v' || tag === 't') inValue = false;
      if (tag === 'c') {
        while (row.length < at) row.push('');
        row[at] = cellText(value, type, book.forms.get(style) ?? null, book);
      }
      if (tag === 'row') rows.push(row);
    },
  );
  return { rows, merged };
}

/** `A3:B7` as edges from 0. */
function rangeOf(reference: string): Merged | null {
  const [from = '', to = ''] = reference.split(':');
  const [left, right] = [columnOf(from), columnOf(to)];
  const [top, bottom] = [from, to].map((cell) => Number(/\d+$/.exec(cell)?.[0] ?? 0) - 1);
  return left === null || right === null || top === undefined || bottom === undefined || top < 0
    ? null
    : { top, bottom, left, right };
}

function columnOf(reference: string): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText(value: string, type: string, form: NumberForm | null, { shared, from1904 }: Book): string {
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n' || value === '') return value;
  const number = Number(value);
  if (form === null || !Number.isFinite(number)) return shortest(value);
  if (form === 'percent') return asPercent(shortest(value));
  const days = Math.floor(number) + (from1904 ? 1462 : 0);
  return new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A sheet stores 0.1 + 0.2 as 0.30000000000000004: 15 significant digits are what a spreadsheet shows and means. */
function shortest(value: string): string {
  if (!/^-?\d*\.\d{15,}(?:[eE][+-]?\d+)?$/.test(value)) return value;
  return String(Number(Number(value).toPrecision(15)));
}
