import { createHash } from 'node:crypto';
import type { Repository } from '../open-sdg/repository.ts';

/** One table of values on its way in: columns by the names of Open SDG (Year, Units, GeoCode, Value, …) or of breakdowns. */
export interface ForeignSeries {
  /** Becomes the id of the indicator. */
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Further fields that its maker gives, by name. */
  readonly fields?: Readonly<Record<string, string>>;
}

export interface ForeignPlace {
  readonly series: readonly ForeignSeries[];
  /** Chinese and English names of column texts: text → name. */
  readonly names?: ReadonlyMap<string, { readonly en: string; readonly zh: string }>;
  /** Map layers as they were. */
  readonly layers?: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const quoted = (text: string): string => JSON.stringify(text);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file name that reads back as the id, and tells ids apart that come to one name. */
function fileNames(series: readonly ForeignSeries[]): readonly string[] {
  const taken = new Set<string>();
  return series.map(({ id }) => {
    const plain = id
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '');
    const hash = createHash('sha256').update(id).digest('hex').slice(0, 6);
    const name = plain === '' || taken.has(plain) ? `${plain === '' ? 'x' : plain}-${hash}` : plain;
    taken.add(name);
    return name;
  });
}

/**
 * Tables of any maker as a repository of Open SDG, so that every way in has the same rules, account and refusals. The
 * tables stand in `data/`, where the account's rows count.
 */
export function asRepository({ series, names = new Map(), layers = [] }: ForeignPlace): Repository {
  const files = fileNames(series);
  const texts = (language: 'en' | 'zh') =>
    [...names]
      .filter(([, name]) => name[language] !== '')
      .map(([text, name]) => `${quoted(text)}: ${quoted(name[language])}\n`)
      .join('');
  const titles = (language: 'en' | 'zh') =>
    series
      .map(({ title }, at) => [files[at], title[language]] as const)
      .filter(([, title]) => title !== '')
      .map(([file, title]) => `${quoted(String(file))}: ${quoted(title)}\n`)
      .join('');
  return {
    passedOver: [],
    files: [
      {
        path: 'config_data.yml',
        bytes: bytes(
          'languages: [en]\ninputs:\n  - class: InputCsvData\n    path_pattern: data/*.csv\n  - class: InputYamlMeta\n    path_pattern: meta/*.yml\n',
        ),
      },
      ...series.map(({ columns, rows }, at) => ({
        path: `data/${files[at]}.csv`,
        bytes: bytes([columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')),
      })),
      ...series.map(({ fields = {} }, at) => ({
        path: `meta/${files[at]}.yml`,
        bytes: bytes(
          [
            `graph_title: ${quoted(`custom.${files[at]}-title`)}\n`,
            ...Object.entries(fields).map(([name, text]) => `${quoted(name)}: ${quoted(text)}\n`),
          ].join(''),
        ),
      })),
      { path: 'translations/en/data.yml', bytes: bytes(texts('en')) },
      { path: 'translations/zh-Hans/data.yml', bytes: bytes(texts('zh')) },
      {
        path: 'translations/en/custom.yml',
        bytes: bytes(
          titles('en').replaceAll(/^("(?:[^"\\]|\\.)*")/gm, (key) => `${key.slice(0, -1)}-title"`),
        ),
      },
      {
        path: 'translations/zh-Hans/custom.yml',
        bytes: bytes(
          titles('zh').replaceAll(/^("(?:[^"\\]|\\.)*")/gm, (key) => `${key.slice(0, -1)}-title"`),
        ),
      },
      ...layers,
    ].filter((file) => file.bytes.length > 0),
  };
}
