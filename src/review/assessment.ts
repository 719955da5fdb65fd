import {
  assessFramework,
  type CriterionVerdict,
  measuredIn,
  type StandardAssessment,
  type TestVerdict,
  type VerdictKind,
  verdictNames,
} from '../assess/index.ts';
import { betweenSentences, colon, comma, rowUnit } from '../language/index.ts';
import type { Criterion, Framework } from '../model/index.ts';
import { cell, figureCell, sourceNote, words } from './bind-tables.ts';
import type { Binder, BoundFigure, TagPlace } from './binder.ts';
import { type Block, type Cell, type Inline, named, text } from './document.ts';
import { boundText, periodHead } from './value-text.ts';
import { locatorText, say, type Word } from './words.ts';

type Test = Criterion['tests'][number];

/** Standing by shape first. */
const signs: Readonly<Record<VerdictKind, string>> = {
  met: '●',
  met_provisional: '◐',
  not_met: '○',
  not_shown: '◌',
  not_applicable: '–',
};

const verdictOrder = ['met', 'met_provisional', 'not_met', 'not_shown', 'not_applicable'] as const;

const standingWord = {
  shown: 'shown',
  'shown-in-part': 'shownInPart',
  claimed: 'claimed',
  contradicted: 'contradicted',
  'not-shown': 'notShown',
} as const satisfies Readonly<Record<Criterion['evidence'][number]['standing'], Word>>;

const kinds = ['basic', 'binding', 'reference'] as const;

/**
 * `{% assessment framework="…" /%}`: criteria as a table that a committee could sign, judged by the rule engine as the pages
 * and the interface judge them.
 */
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
  const made = assessFramework(
    framework,
    (indicator, period) => binder.peek(indicator, area, { kind: 'value', period })?.figure ?? null,
  );
  return [
    ...summary(framework, made, binder),
    ...kinds.flatMap((kind) => {
      const criteria = framework.criteria.filter((each) => each.kind === kind);
      return criteria.length === 0 ? [] : kindTables({ framework, made, criteria, kind, area, binder });
    }),
    ...(framework.criteria.some(({ standing }) => standing === 'to-check')
      ? [{ kind: 'paragraph' as const, content: [text(say('toCheckNote', language))] }]
      : []),
  ];
}

function verdictText(verdict: VerdictKind, language: Binder['language']): string {
  return `${signs[verdict]} ${named(verdictNames[verdict], language)}`;
}

/** The criteria of the last period by verdict, and the indicators with a value of each period. */
function summary(framework: Framework, made: StandardAssessment, binder: Binder): Block[] {
  const { language } = binder;
  const last = made.periods.at(-1);
  if (last === undefined) return [];
  const count = (n: number, basis: string): Inline => ({
    kind: 'number',
    text: String(n),
    standing: 'present',
    code: null,
    basis,
  });
  const separator = say('semicolon', language);
  const tally = verdictOrder
    .filter((verdict) => last.criteriaTally[verdict] > 0)
    .flatMap((verdict, at): Inline[] => [
      text(`${at > 0 ? separator : ''}${verdictText(verdict, language)} `),
      count(last.criteriaTally[verdict], verdictText(verdict, language)),
    ]);
  const measured = made.periods.flatMap(({ period }, at): Inline[] => {
    const { all, met, provisional } = measuredIn(made, period);
    const [before = '', between = '', after = ''] = say('measuredOf', language).split(/\{met\}|\{all\}/);
    const basis = say('measured', language);
    return [
      text(`${at > 0 ? separator : ''}${periodHead(period, language)}${colon(language)}${before}`),
      count(language === 'zh' ? all : met, basis),
      text(between),
      count(language === 'zh' ? met : all, basis),
      text(`${after}${provisional > 0 && provisional === met ? say('allProvisional', language) : ''}`),
    ];
  });
  return [
    {
      kind: 'paragraph',
      content: [
        {
          kind: 'strong',
          content: [
            text(`${named(framework.name, language)}${comma(language)}${periodHead(last.period, language)}`),
          ],
        },
        text(
          `${colon(language)}${verdictText(last.verdict, language)}${say('stop', language)}${betweenSentences(language)}`,
        ),
        text(`${say('criteria', language)}${colon(language)}`),
        ...tally,
        text(say('stop', language)),
      ],
    },
    {
      kind: 'paragraph',
      content: [
        text(`${say('measured', language)}${colon(language)}`),
        ...measured,
        text(say('stop', language)),
      ],
    },
  ];
}

interface KindInput {
  readonly framework: Framework;
  readonly made: StandardAssessment;
  readonly criteria: readonly Criterion[];
  readonly kind: (typeof kinds)[number];
  readonly area: string;
  readonly binder: Binder;
}

function kindTables({ framework, made, criteria, kind, area, binder }: KindInput): Block[] {
  const { language } = binder;
  const blocks: Block[] = [];
  const { periods } = framework;
  const found: BoundFigure[] = [];
  const rows: (readonly Cell[])[] = [];
  const evidence: (readonly Cell[])[] = [];
  const verdictsOf = new Map(
    (made.periods.at(-1)?.criteria ?? []).map((each): [string, CriterionVerdict] => [each.criterion, each]),
  );
  for (const criterion of criteria) {
    const verdicts = verdictsOf.get(criterion.id);
    criterion.tests.forEach((test, index) => {
      const figures = periods.map((period) => binder.figure(test.indicator, area, { kind: 'value', period }));
      for (const each of figures) if (each !== null) found.push(each);
      const verdict = verdicts?.tests.find((each) => each.test === test.id);
      rows.push([
        { ...words(testName(criterion, test, index, language)), header: true },
        words(boundText(test, language)),
        ...figures.map((each) => figureCell(each, binder, rowUnit([], test.unit, language))),
        words(verdictText(verdict?.verdict ?? 'not_shown', language)),
        words(verdict === undefined ? '' : whyText(verdict, language)),
      ]);
    });
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
    if (criterion.tests.length === 0 && criterion.evidence.length === 0)
      evidence.push([
        { ...words(named(criterion.name, language)), header: true },
        words('–'),
        words('–'),
        words(verdictText('not_shown', language)),
      ]);
  }
  const caption = [text(`${named(framework.name, language)}${colon(language)}${say(kind, language)}`)];
  if (rows.length > 0)
    blocks.push({
      kind: 'table',
      ...numbered(binder),
      caption,
      margin: true,
      note: sourceNote(found, binder),
      table: {
        columns: [
          { align: 'left', width: 3 },
          { align: 'left', width: 1.7 },
          ...periods.map(() => ({ align: 'right' as const, width: 1.2 })),
          { align: 'left', width: 1.7 },
          { align: 'left', width: 2.6 },
        ],
        head: [
          words(say('requirement', language)),
          words(say('threshold', language)),
          ...periods.map((period) => words(periodHead(period, language))),
          words(say('verdict', language)),
          words(say('why', language)),
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

/** The reason of a verdict with what a careful reader is told beside it. */
function whyText({ reason, remarks }: TestVerdict, language: Binder['language']): string {
  return [reason, ...remarks.filter(({ kind }) => kind !== 'evidence').map((remark) => remark.text)]
    .map((each) => named(each, language))
    .join(say('semicolon', language));
}

function numbered(binder: Binder): { id: string; label: string } {
  const n = binder.nextTable();
  return { id: `table-${n}`, label: say('table', binder.language, { n }) };
}

function testName(criterion: Criterion, test: Test, index: number, language: Binder['language']): string {
  const name = named(criterion.name, language);
  if (test.name === undefined || criterion.tests.length === 1)
    return index === 0 ? name : `${name} (${index + 1})`;
  return `${index === 0 ? `${name}${colon(language)}` : '\u2003'}${named(test.name, language)}`;
}
