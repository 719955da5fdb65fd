import {
  type Criterion,
  compare,
  convert,
  decimal,
  type Figure,
  type Framework,
  type Observation,
  parseDecimal,
  parseUnit,
} from '../model/index.ts';
import { cell, figureCell, sourceNote, words } from './bind-tables.ts';
import type { Binder, BoundFigure, TagPlace } from './binder.ts';
import { type Block, type Cell, type Inline, named, text } from './document.ts';
import { boundText, periodHead } from './value-text.ts';
import { locatorText, say, type Word } from './words.ts';

export type Verdict = 'met' | 'metProvisional' | 'notMet' | 'notShown';

type Test = Criterion['tests'][number];

/** Compares the exact value of a figure with a threshold, in the threshold's unit. */
export function judge(
  test: Pick<Test, 'comparator' | 'value' | 'unit'>,
  figure: Pick<Figure, 'value' | 'unit' | 'status' | 'fraction'> | null,
): Verdict {
  if (figure === null || figure.value === null) return 'notShown';
  const value = parseDecimal(figure.value);
  const [from, to] = [parseUnit(figure.unit), parseUnit(test.unit)];
  const stated = value !== null && from !== null && to !== null ? convert(value, from, to) : null;
  if (stated === null) return 'notShown';
  const order = compare(stated, decimal(test.value));
  const met = {
    '=': order === 0,
    '>=': order >= 0,
    '<=': order <= 0,
    '>': order > 0,
    '<': order < 0,
  }[test.comparator];
  if (!met) return 'notMet';
  return isFirm(figure.status) ? 'met' : 'metProvisional';
}

const isFirm = (status: Observation['status']): boolean => status === 'A' || status === 'B';

/** The weakest verdict of several: a criterion is met only when each of its tests is. */
export function weakest(verdicts: readonly Verdict[]): Verdict {
  for (const each of ['notMet', 'notShown', 'metProvisional'] as const)
    if (verdicts.includes(each)) return each;
  return verdicts.length === 0 ? 'notShown' : 'met';
}

const standingWord = {
  shown: 'shown',
  'shown-in-part': 'shownInPart',
  claimed: 'claimed',
  contradicted: 'contradicted',
  'not-shown': 'notShown',
} as const satisfies Readonly<Record<Criterion['evidence'][number]['standing'], Word>>;

const kinds = ['basic', 'binding', 'reference'] as const;

/** `{% assessment framework="…" /%}`: criteria as a table that a committee could sign. */
export function assessment(at: TagPlace, binder: Binder): Block[] {
  const { language } = binder;
  const id = at.tag.attributes.get('framework') ?? '';
  const framework = binder.workspace.frameworks.find((each) => each.id === id);
  if (framework === undefined || framework.criteria.length === 0) {
    binder.report(at, 'tag.framework', 'error', `there is no standard ${id} with criteria`, {
      why: 'an assessment needs requirements to judge by',
      mend: 'use the id of a framework with `kind: standard` in frameworks/',
    });
    return [];
  }
  const area = at.tag.attributes.get('area') ?? binder.workspace.city.area;
  const tally = new Map<Verdict, number>();
  const blocks: Block[] = [];
  for (const kind of kinds) {
    const criteria = framework.criteria.filter((each) => each.kind === kind);
    if (criteria.length === 0) continue;
    blocks.push(...kindTables({ framework, criteria, kind, area, binder, tally }));
  }
  const parts = [...tally]
    .sort(([a], [b]) => verdictOrder.indexOf(a) - verdictOrder.indexOf(b))
    .flatMap(([verdict, n], at): Inline[] => [
      text(`${at > 0 ? say('semicolon', language) : ''}${say(verdict, language)} `),
      { kind: 'number', text: String(n), standing: 'present', code: null, basis: say(verdict, language) },
    ]);
  return [
    {
      kind: 'paragraph',
      content: [
        { kind: 'strong', content: [text(named(framework.name, language))] },
        text(say('colon', language)),
        ...parts,
        text(say('stop', language)),
      ],
    },
    ...blocks,
  ];
}

const verdictOrder: readonly Verdict[] = ['met', 'metProvisional', 'notMet', 'notShown'];

interface KindInput {
  readonly framework: Framework;
  readonly criteria: readonly Criterion[];
  readonly kind: (typeof kinds)[number];
  readonly area: string;
  readonly binder: Binder;
  readonly tally: Map<Verdict, number>;
}

function kindTables({ framework, criteria, kind, area, binder, tally }: KindInput): Block[] {
  const { language } = binder;
  const blocks: Block[] = [];
  const periods = framework.periods;
  const found: BoundFigure[] = [];
  const rows: (readonly Cell[])[] = [];
  const evidence: (readonly Cell[])[] = [];
  for (const criterion of criteria) {
    const verdicts: Verdict[] = [];
    criterion.tests.forEach((test, index) => {
      const figures = periods.map((period) => binder.figure(test.indicator, area, { kind: 'value', period }));
      for (const each of figures) if (each !== null) found.push(each);
      const verdict = judge(test, figures.at(-1)?.figure ?? null);
      verdicts.push(verdict);
      rows.push([
        { ...words(testName(criterion, test, index, language)), header: true },
        words(boundText(test, language)),
        ...figures.map((each) => figureCell(each, binder, test.unit)),
        words(say(verdict, language)),
      ]);
    });
    if (criterion.tests.length > 0) {
      const overall = weakest(verdicts);
      tally.set(overall, (tally.get(overall) ?? 0) + 1);
    }
    criterion.evidence.forEach((each, index) => {
      const cite: Inline[] = [];
      if (each.citation !== undefined)
        cite.push(text(' '), {
          kind: 'cite',
          source: binder.source(each.citation.source),
          locator: locatorText(each.citation.locator, binder.language),
        });
      evidence.push([
        { ...words(index === 0 ? named(criterion.name, language) : ''), header: true },
        words(named(each.statement, language)),
        cell(text(each.evidence === undefined ? '–' : named(each.evidence, language)), ...cite),
        words(say(standingWord[each.standing], language)),
      ]);
    });
    if (criterion.tests.length === 0 && criterion.evidence.length === 0) {
      evidence.push([
        { ...words(named(criterion.name, language)), header: true },
        words('–'),
        words('–'),
        words(say('notShown', language)),
      ]);
      tally.set('notShown', (tally.get('notShown') ?? 0) + 1);
    }
  }
  const caption = [text(`${named(framework.name, language)}${say('colon', language)}${say(kind, language)}`)];
  if (rows.length > 0)
    blocks.push({
      kind: 'table',
      ...numbered(binder),
      caption,
      margin: true,
      note: sourceNote(found, binder),
      table: {
        columns: [
          { align: 'left', width: 3.6 },
          { align: 'left', width: 1.9 },
          ...periods.map(() => ({ align: 'right' as const, width: 1.3 })),
          { align: 'left', width: 1.9 },
        ],
        head: [
          words(say('requirement', language)),
          words(say('threshold', language)),
          ...periods.map((period) => words(periodHead(period, language))),
          words(say('verdict', language)),
        ],
        rows,
      },
    });
  if (evidence.length > 0)
    blocks.push({
      kind: 'table',
      ...numbered(binder),
      caption,
      margin: true,
      note: [],
      table: {
        columns: [
          { align: 'left', width: 2.4 },
          { align: 'left', width: 3.4 },
          { align: 'left', width: 3.4 },
          { align: 'left', width: 1.6 },
        ],
        head: (['requirement', 'statements', 'evidence', 'verdict'] as const).map((word) =>
          words(say(word, language)),
        ),
        rows: evidence,
      },
    });
  return blocks;
}

function numbered(binder: Binder): { id: string; label: string } {
  const n = binder.nextTable();
  return { id: `table-${n}`, label: say('table', binder.language, { n }) };
}

function testName(criterion: Criterion, test: Test, index: number, language: Binder['language']): string {
  const name = named(criterion.name, language);
  if (test.name === undefined || criterion.tests.length === 1)
    return index === 0 ? name : `${name} (${index + 1})`;
  return `${index === 0 ? `${name}${say('colon', language)}` : '\u2003'}${named(test.name, language)}`;
}
