import type { Language } from '../../model/index.ts';
import { type Block, bindReview } from '../../review/index.ts';
import type { Catalogue, IndicatorEntry } from '../catalogue.ts';
import { closeness } from '../search.ts';

export const insertKinds = ['value', 'change', 'share', 'rank', 'count', 'chart', 'table'] as const;
export type InsertKind = (typeof insertKinds)[number];

/** A tag that may be put into a text, and what it will print there. */
export interface InsertChoice {
  readonly name: string;
  readonly tag: string;
  readonly prints: string;
}

export interface InsertWish {
  readonly query: string;
  readonly kind: InsertKind;
  /** `2021`, or `2015/2021` for a change; empty: the newest, the longest. */
  readonly period: string;
  /** For a share: what it is a share of. */
  readonly of: string;
}

const most = 12;
const counted = ['indicators', 'key-indicators', 'areas', 'goals', 'cases', 'measures', 'practices'] as const;

/** Figures by the name of their indicator in either language, with the tag and what it prints in the text's language. */
export function insertChoices(
  here: Catalogue,
  places: readonly Catalogue[],
  language: Language,
  wish: InsertWish,
): readonly InsertChoice[] {
  const candidates: { readonly name: string; readonly tag: string }[] =
    wish.kind === 'count'
      ? counted.map((of) => ({ name: of, tag: `{% count of="${of}" /%}` }))
      : best(here, wish.query).flatMap((entry) => {
          const tag = tagOf(here, entry, wish);
          const { name } = entry.indicator;
          return tag === null ? [] : [{ name: name[language] === '' ? name.en : name[language], tag }];
        });
  return candidates.slice(0, most).flatMap(({ name, tag }) => {
    const prints = printed(here, places, language, tag);
    return prints === null ? [] : [{ name, tag, prints }];
  });
}

function best(here: Catalogue, query: string): readonly IndicatorEntry[] {
  return [...here.entries.values()]
    .map((entry) => {
      const { id, name } = entry.indicator;
      return { entry, score: closeness(query, [name.en, name.zh, id, id.replace(/[._-]/g, ' ')]) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function tagOf(here: Catalogue, entry: IndicatorEntry, { kind, period, of }: InsertWish): string | null {
  const { id } = entry.indicator;
  const own = entry.series.filter(({ breakdown }) => Object.keys(breakdown).length === 0);
  const series = own.find(({ area }) => area === here.place.workspace.city.area) ?? own[0];
  const where =
    series === undefined || series.area === here.place.workspace.city.area ? '' : ` area="${series.area}"`;
  const periods = (series?.values ?? [])
    .filter((key) => here.figure(key).value !== null)
    .flatMap(({ measure }) => ('period' in measure ? [measure.period] : []));
  const wanted = period.trim();
  if (wanted !== '' && !/^[A-Za-z0-9/-]{1,40}$/.test(wanted)) return null;
  const at = wanted === '' ? periods.at(-1) : wanted;
  switch (kind) {
    case 'value':
      return at === undefined ? null : `{% value indicator="${id}" period="${at}"${where} /%}`;
    case 'rank':
      return at === undefined ? null : `{% rank indicator="${id}" period="${at}"${where} /%}`;
    case 'change': {
      const [from, to] = wanted.includes('/')
        ? wanted.split('/')
        : [periods.find((each) => each !== 'undated'), at];
      return from === undefined || to === undefined || from === to
        ? null
        : `{% change indicator="${id}" from="${from}" to="${to}"${where} /%}`;
    }
    case 'share': {
      const [whole] = best(here, of);
      return whole === undefined || at === undefined
        ? null
        : `{% share indicator="${id}" of="${whole.indicator.id}" period="${at}"${where} /%}`;
    }
    case 'chart':
      return periods.length === 0 ? null : `{% chart indicators="${id}"${where} /%}`;
    case 'table':
      return periods.length === 0 ? null : `{% table indicators="${id}"${where} /%}`;
    default:
      return null;
  }
}

/** What a tag prints; null when it cannot be bound. */
export function printed(
  here: Catalogue,
  places: readonly Catalogue[],
  language: Language,
  tag: string,
): string | null {
  const { workspace, figures, asOf } = here.place;
  const [review] = workspace.reviews;
  if (review === undefined) return null;
  const { document, findings } = bindReview({
    review: {
      head: { ...review.head, chapters: ['insert'] },
      chapters: [{ id: 'insert', language, text: `# –\n\n${tag}\n` }],
    },
    workspace,
    figures,
    related: places
      .filter(({ city }) => city !== here.city)
      .map(({ place }) => ({ workspace: place.workspace, figures: place.figures })),
    language,
    asOf,
  });
  const fault = findings.some(
    ({ where, severity }) => where.row !== undefined && severity === 'error' && /\/insert\./.test(where.file),
  );
  const blocks = document.chapters.find(({ id }) => id === 'insert')?.blocks ?? [];
  const text = blocks.map(textOf).join(' ').trim();
  return fault || text === '' ? null : text.slice(0, 300);
}

function textOf(block: Block): string {
  const plain = (content: Extract<Block, { kind: 'paragraph' }>['content']): string =>
    content
      .map((inline) => ('content' in inline ? plain(inline.content) : 'text' in inline ? inline.text : ''))
      .join('');
  if (block.kind === 'paragraph') return plain(block.content);
  if (block.kind === 'chart') return `${block.label} ${plain(block.caption)}: ${block.alt}`;
  if (block.kind === 'table')
    return [
      `${block.label ?? ''} ${plain(block.caption)}:`,
      ...block.table.rows.slice(0, 2).map((row) => row.map(({ content }) => plain(content)).join(' · ')),
    ].join(' ');
  return '';
}
