import { cleanEmblem } from '../intake/index.ts';
import { accentsOf, type Brand, type Finding } from '../model/index.ts';
import { annexes, annexTable } from './annexes.ts';
import { assessment } from './assessment.ts';
import { chart } from './bind-chart.ts';
import { bindInlines } from './bind-inline.ts';
import { caseBox, keyIndicators, response } from './bind-sections.ts';
import { indicatorTable } from './bind-tables.ts';
import { Binder, type BindInput } from './binder.ts';
import { type ChapterBlock, type ChapterTree, parseChapter } from './chapter.ts';
import { checklist } from './checklist.ts';
import { claimTable } from './claims.ts';
import { type Block, type DocumentChapter, named, plainText, type ReviewDocument } from './document.ts';
import { plan } from './plan-table.ts';
import { scenarioChart, scenarioTable } from './scenario-tags.ts';

/** A review ready to be rendered, and everything that is wrong or worth knowing about it. */
export interface BoundReview {
  readonly document: ReviewDocument;
  readonly findings: readonly Finding[];
}

/**
 * Reads the chapters of a review in one language and binds every tag to a figure of the workspace or of a related one.
 * Nothing throws for bad text: a tag that cannot be bound is a finding, and the place where it stood says so.
 */
export function bindReview(input: BindInput): BoundReview {
  const { review, workspace, language } = input;
  const binder = new Binder(input);
  const findings: Finding[] = [];
  const chapters: DocumentChapter[] = [];
  const trees: ChapterTree[] = [];
  for (const id of review.head.chapters) {
    const chapter = review.chapters.find((each) => each.id === id && each.language === language);
    const file = `review/${review.head.id}/${id}.${language}.md`;
    if (chapter === undefined) {
      findings.push({
        rule: 'review.chapter-missing',
        severity: 'error',
        where: { file },
        what: `the chapter ${id} is missing in ${language === 'en' ? 'English' : 'Chinese'}`,
        why: 'every chapter stands in each language of the review',
        mend: 'write the file, or take the chapter out of review.yaml',
      });
      continue;
    }
    const tree = parseChapter(chapter.text, { file, language });
    trees.push(tree);
    findings.push(...tree.findings);
    chapters.push(bindChapter(id, chapters.length + 1, tree, binder));
  }
  const asOf = input.asOf ?? [...binder.used].reduce((most, { figure }) => Math.max(most, figure.asOf), 0);
  const document: ReviewDocument = {
    city: workspace.city.id,
    review: review.head.id,
    language,
    title: named(review.head.title, language),
    subtitle: review.head.subtitle === undefined ? null : named(review.head.subtitle, language),
    issuer: named(review.head.issuer, language),
    place: named(workspace.city.brand?.name ?? workspace.city.name, language),
    ...(workspace.city.brand === undefined ? {} : { brand: brandOf(workspace.city.brand) }),
    date: review.head.date,
    asOf,
    chapters: [...chapters, ...annexes(binder, asOf)].map((chapter) => withAnnex(chapter, binder)),
    sources: binder.sources,
    figures: binder.used,
    scenarios: binder.usedScenarios,
  };
  return { document, findings: [...findings, ...binder.findings, ...checklist(document, trees, binder)] };
}

/** What print shows of a place's brand: a PNG would have to be made anew first, so only an SVG of shapes goes on the cover. */
function brandOf(brand: Brand): { readonly accent: string; readonly emblem: string | null } {
  const clean = brand.emblem === undefined ? null : cleanEmblem(brand.emblem);
  return {
    accent: accentsOf(brand).light,
    emblem: clean?.startsWith('<svg') === true ? clean : null,
  };
}

/** An annex that an author placed in a chapter is filled last, when every figure of the review is known. */
function withAnnex(chapter: DocumentChapter, binder: Binder): DocumentChapter {
  if (chapter.annex) return chapter;
  const blocks = chapter.blocks.map((block) =>
    block.kind === 'table' && block.id === 'annex-figures' ? annexTable(binder) : block,
  );
  return { ...chapter, blocks };
}

function bindChapter(id: string, number: number, tree: ChapterTree, binder: Binder): DocumentChapter {
  const title = bindInlines(tree.title, binder, tree.file);
  const counters = [0, 0, 0];
  let depth = 1;
  const bindBlocks = (blocks: readonly ChapterBlock[]): Block[] => blocks.flatMap(bindBlock);
  const bindBlock = (block: ChapterBlock): Block[] => {
    switch (block.kind) {
      case 'heading': {
        // Levels are never skipped: a reader's outline (and PDF/UA) needs each one.
        const wanted = Math.min(4, Math.max(2, block.level), depth + 1);
        const level = wanted === 2 ? 2 : wanted === 3 ? 3 : 4;
        depth = level;
        counters[level - 2] = (counters[level - 2] ?? 0) + 1;
        counters.fill(0, level - 1);
        const own = [number, ...counters.slice(0, level - 1)].join('.');
        const content = bindInlines(block.content, binder, tree.file);
        return [{ kind: 'heading', level, number: own, id: `${id}-${own.replaceAll('.', '-')}`, content }];
      }
      case 'paragraph':
        return [{ kind: 'paragraph', content: bindInlines(block.content, binder, tree.file) }];
      case 'list':
        return [{ kind: 'list', ordered: block.ordered, items: block.items.map(bindBlocks) }];
      case 'quote':
        return [{ kind: 'quote', blocks: bindBlocks(block.blocks) }];
      case 'rule':
        return [{ kind: 'rule' }];
      case 'table':
        return [handTable(block, tree, binder)];
      case 'tag':
        return bindTag(block);
    }
  };
  const bindTag = ({ tag, blocks }: Extract<ChapterBlock, { kind: 'tag' }>): Block[] => {
    const at = { file: tree.file, tag };
    switch (tag.name) {
      case 'key-indicators':
        return keyIndicators(at, binder);
      case 'response':
        return response(at, binder);
      case 'case':
        return caseBox(at, bindBlocks(blocks), binder);
      case 'assessment':
        return assessment(at, binder);
      case 'plan':
        return plan(at, binder);
      case 'claims':
        return claimTable(at, binder);
      case 'annex':
        return [annexTable(binder)];
      case 'chart':
        return chart(at, binder);
      case 'table':
        return indicatorTable(at, binder);
      case 'scenario-chart':
        return scenarioChart(at, binder);
      case 'scenario-table':
        return scenarioTable(at, binder);
      default:
        return bindBlocks(blocks);
    }
  };
  return { id, number: String(number), title, annex: false, blocks: bindBlocks(tree.blocks) };
}

/** A table that an author typed: numbered like any other; its numbers were already warned about. */
function handTable(
  block: Extract<ChapterBlock, { kind: 'table' }>,
  tree: ChapterTree,
  binder: Binder,
): Block {
  const bind = (content: Parameters<typeof bindInlines>[0]) => bindInlines(content, binder, tree.file);
  const width = Math.max(block.head.length, ...block.rows.map((row) => row.length), 1);
  const rows = block.rows.map((row) => row.map((content) => ({ content: bind(content) })));
  const right = (column: number) =>
    rows.length > 0 && rows.every((row) => /^[\d−+<>≥≤≈]/.test(plainText(row[column]?.content ?? [])));
  return {
    kind: 'table',
    id: `hand-${binder.nextHand()}`,
    label: null,
    caption: [],
    margin: true,
    note: [],
    table: {
      columns: Array.from({ length: width }, (_, column) => ({
        align: right(column) ? 'right' : 'left',
        width: 1,
      })),
      head: block.head.map((content) => ({ content: bind(content) })),
      rows,
    },
  };
}
