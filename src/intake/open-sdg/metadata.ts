import type { Localized } from '../../model/index.ts';
import { foreignText, readForeignTable } from '../foreign/delimited.ts';
import { blankRow } from './data-file.ts';
import type { Dictionary } from './dictionary.ts';
import { flatText, foreignYaml, isMap, type YamlText } from './foreign-yaml.ts';
import type { RepositoryFile } from './repository.ts';

/** The metadata fields of one indicator, in the order they were found, with the file each is from. */
export class IndicatorMetadata {
  readonly #fields = new Map<string, { readonly text: string; readonly file: string }>();
  /** Values with parts, as they were written. */
  readonly parts = new Map<string, YamlText>();
  /** What files of one language say, where it is not the main one. */
  readonly #inLanguage = { en: new Map<string, string>(), zh: new Map<string, string>() };
  /** Fields that two files fill differently; the later file counts, as in the builds of Open SDG. */
  readonly overridden: { readonly field: string; readonly file: string; readonly was: string }[] = [];

  set(field: string, text: string, file: string): void {
    const before = this.#fields.get(field);
    if (text === '' && before !== undefined) return;
    if (before !== undefined && before.text !== '' && before.text !== text && before.file !== file)
      this.overridden.push({ field, file, was: before.file });
    this.#fields.set(field, { text, file });
  }

  translate(language: 'en' | 'zh', field: string, text: string): void {
    if (text !== '') this.#inLanguage[language].set(field, text);
  }

  /** The first of these fields that has a text, in both languages. Null: none has, or its text is a key that nothing explains. */
  said(dictionary: Dictionary, ...fields: readonly string[]): Localized | null {
    const { en: inEnglish, zh: inChinese } = this.#inLanguage;
    const field = fields.find(
      (each) => this.get(each) !== null || inEnglish.has(each) || inChinese.has(each),
    );
    if (field === undefined) return null;
    const text = this.get(field);
    const own = text === null ? null : dictionary.text(text);
    const other = (language: 'en' | 'zh'): string => {
      const text = this.#inLanguage[language].get(field);
      const read = text === undefined ? null : dictionary.text(text);
      return read === null ? '' : read[language] || (read.en === '' ? read.zh : read.en);
    };
    const [en, zh] = [other('en') || own?.en || '', other('zh') || own?.zh || ''];
    return own === null && en === '' && zh === '' ? null : { en, zh };
  }

  get(...fields: readonly string[]): string | null {
    for (const field of fields) {
      const text = this.#fields.get(field)?.text ?? '';
      if (text !== '') return text;
    }
    return null;
  }

  get entries(): readonly (readonly [field: string, text: string])[] {
    const { en, zh } = this.#inLanguage;
    const elsewhere = [...new Set([...en.keys(), ...zh.keys()])].filter((field) => this.get(field) === null);
    return [
      ...[...this.#fields].map(([field, { text }]) => [field, text] as const),
      ...elsewhere.map((field) => [field, en.get(field) ?? zh.get(field) ?? ''] as const),
    ];
  }
}

/** `meta/1-1-1.md`, `csv-meta/1-1-1.csv`, `data/indicator_1-1-1.csv` → `1-1-1`, in small letters. */
export function indicatorNumber(path: string): string {
  // Saved twice, a table is called `….csv.csv`.
  const name = path.replace(/^.*\//, '').replace(/(?:\.[a-z]+)+$/i, '');
  return name
    .replace(/^(?:indicator|meta|data)[_-](?=[^_-])/i, '')
    .replaceAll(/[._ ]+/g, '-')
    .toLowerCase();
}

/** Reads front matter or a whole YAML file into the fields; the text of a fault otherwise. The text below the front matter is `page_content`. */
export function readYamlMeta(
  file: RepositoryFile,
  into: IndicatorMetadata,
  language: 'en' | 'zh' | null = null,
): string | null {
  const { text } = foreignText(file.bytes);
  const matter = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(text);
  const read = foreignYaml(matter?.[1] ?? text.replace(/^\ufeff/, ''));
  if ('fault' in read) return read.fault;
  const body = (matter?.[2] ?? '').trim();
  if (language !== null) {
    if (isMap(read.value))
      for (const [field, value] of read.value) into.translate(language, field, flatText(value));
    into.translate(language, 'page_content', body);
    return null;
  }
  if (isMap(read.value))
    for (const [field, value] of read.value) {
      into.set(field, flatText(value), file.path);
      if (typeof value !== 'string') into.parts.set(field, value);
    }
  if (body !== '') into.set('page_content', body, file.path);
  return null;
}

/** What became of one row of a metadata table. */
export interface MetaRow {
  readonly line: number;
  readonly field: string | null;
  /** Why the row is no field; null when it is one. */
  readonly reason: Localized | null;
}

/** Reads a table of label and text, with the deployment's mapping of labels to fields; a label without one is its own field. */
export function readCsvMeta(
  file: RepositoryFile,
  mapping: ReadonlyMap<string, string>,
  into: IndicatorMetadata,
): readonly MetaRow[] {
  const table = readForeignTable(file.bytes);
  const all = [{ line: 1, cells: table.columns }, ...table.rows];
  const seen = new Set<string>();
  return all.map(({ line, cells }): MetaRow => {
    const [label = '', ...rest] = cells;
    const text = rest
      .filter((each) => each.trim() !== '')
      .join(', ')
      .trim();
    if (label.trim() === '' && text === '') return { line, field: null, reason: blankRow };
    if (label.trim() === '')
      return {
        line,
        field: null,
        reason: {
          en: `text without a label: '${text.slice(0, 60)}'`,
          zh: `有文字而没有名称：“${text.slice(0, 60)}”`,
        },
      };
    const field = mapping.get(label.trim().toLowerCase()) ?? label.trim();
    if (text === '')
      return { line, field: null, reason: { en: 'a label without text', zh: '有名称而没有文字' } };
    const twice = seen.has(field);
    seen.add(field);
    // A label that stands twice with another text: both are kept.
    const before = twice ? into.get(field) : null;
    const name = before !== null && before !== text ? `${field} (row ${line})` : field;
    into.set(name, text, file.path);
    return { line, field: name, reason: null };
  });
}

/** The table that gives labels of metadata tables their fields. */
export function readMapping(file: RepositoryFile): ReadonlyMap<string, string> {
  const { columns, rows } = readForeignTable(file.bytes);
  const pairs = [columns, ...rows.map(({ cells }) => cells)];
  return new Map(
    pairs.flatMap(([label = '', field = '']) =>
      label.trim() === '' || field.trim() === '' ? [] : [[label.trim().toLowerCase(), field.trim()] as const],
    ),
  );
}
