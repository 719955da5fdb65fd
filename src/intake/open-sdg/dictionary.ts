import type { Localized } from '../../model/index.ts';
import { foreignText, readForeignTable } from '../foreign/delimited.ts';
import { foreignYaml, isMap, type YamlText } from './foreign-yaml.ts';
import type { RepositoryFile } from './repository.ts';

/** Longer texts are sentences, no keys. */
const longestKey = 300;

const chinese = ['zh-hans', 'zh-cn', 'zh', 'zh_cn', 'zh-hant'];

/** Translations of a deployment: language → `group.key` → text. Keys are compared without regard to letter case. */
export class Dictionary {
  readonly #texts = new Map<string, Map<string, string>>();
  readonly #main: string;
  readonly faults: { readonly path: string; readonly what: string }[] = [];
  /** Keys that texts name and no file explains, with how often. */
  readonly unknown = new Map<string, number>();

  /** What the fields of metadata are called. */
  fieldNames: ReadonlyMap<string, Localized> = new Map();

  constructor(main: string) {
    this.#main = main.toLowerCase();
  }

  get languages(): readonly string[] {
    return [...this.#texts.keys()].sort();
  }

  get size(): number {
    return [...this.#texts.values()].reduce((sum, each) => sum + each.size, 0);
  }

  /** Takes in `<folder>/<language>/<group>.yml` or `.csv`, or `<folder>/<group>.yml` with languages inside. */
  read(file: RepositoryFile, folder: string): void {
    const parts = file.path.slice(folder.length + 1).split('/');
    const name = parts.at(-1) ?? '';
    const group = name.replace(/\.[a-z]+$/i, '');
    const language = parts.length > 1 ? (parts[0] ?? '').toLowerCase() : null;
    const { text } = foreignText(file.bytes);
    if (/\.csv$/i.test(name)) {
      const { columns, rows } = readForeignTable(file.bytes);
      for (const { cells } of rows)
        columns.slice(1).forEach((column, at) => {
          this.#put(language ?? column.toLowerCase(), `${group}.${cells[0] ?? ''}`, cells[at + 1] ?? '');
        });
      return;
    }
    const read = foreignYaml(text);
    if ('fault' in read) {
      this.faults.push({ path: file.path, what: read.fault });
      return;
    }
    if (language !== null) this.#take(language, group, read.value);
    else if (isMap(read.value))
      for (const [key, value] of read.value) {
        // key → { en: …, fr: … }, or language → { key: … }
        if (!isMap(value)) continue;
        for (const [inner, each] of value)
          if (/^[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$/.test(inner) && typeof each === 'string')
            this.#put(inner.toLowerCase(), `${group}.${key}`, each);
      }
  }

  #take(language: string, prefix: string, value: YamlText): void {
    if (isMap(value)) for (const [key, each] of value) this.#take(language, `${prefix}.${key}`, each);
    else if (typeof value === 'string') this.#put(language, prefix, value);
  }

  #put(language: string, key: string, text: string): void {
    let texts = this.#texts.get(language);
    if (texts === undefined) {
      texts = new Map();
      this.#texts.set(language, texts);
    }
    if (text.trim() !== '') texts.set(key.toLowerCase(), text.trim());
  }

  #find(languages: readonly string[], key: string): string | null {
    for (const language of languages) {
      const text = this.#texts.get(language)?.get(key.toLowerCase());
      if (text !== undefined) return text;
    }
    return null;
  }

  /** The texts of a key; null when no file has it. What is neither English nor Chinese stands in the place of English. */
  key(key: string): Localized | null {
    const en =
      this.#find(['en', this.#main], key) ??
      this.#find(
        this.languages.filter((each) => !chinese.includes(each)),
        key,
      );
    const zh = this.#find(chinese, key);
    return en === null && zh === null ? null : { en: en ?? '', zh: zh ?? '' };
  }

  /** A text that may be a key (`global_indicators.1-1-1-title`), read. Null: it is a key that nothing explains. */
  text(text: string): Localized | null {
    const plain = text.trim();
    if (plain.length <= longestKey && /^[\w-]+\.[^\n]+$/.test(plain)) {
      const found = this.key(plain);
      if (found !== null) return found;
      if (
        /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+$/u.test(plain) &&
        (/^(?:global_|custom\.|data\.|general\.|meta\.|localised|national)/.test(plain) ||
          /-(?:title|titulo|text)$/.test(plain))
      ) {
        this.unknown.set(plain, (this.unknown.get(plain) ?? 0) + 1);
        return null;
      }
    }
    return chinese.includes(this.#main) ? { en: '', zh: plain } : { en: plain, zh: '' };
  }

  /** The name of a column or of a value in it, by the rules of Open SDG: the key itself, `data.<text>`, `<column>.<text>`. */
  label(text: string, column?: string): Localized {
    for (const key of [
      text,
      ...(column === undefined ? [] : [`${column}.${text}`, `data.${column}.${text}`]),
      `data.${text}`,
    ]) {
      const found = key.includes('.') ? this.key(key) : null;
      if (found !== null) return found.en === '' ? { en: text, zh: found.zh } : found;
    }
    return chinese.includes(this.#main) ? { en: '', zh: text } : { en: text, zh: '' };
  }
}
