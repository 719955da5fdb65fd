import { type Finding, type Language, parseUnit } from '../model/index.ts';
import type { Binder } from './binder.ts';
import type { ChapterTree } from './chapter.ts';
import type { Block, ReviewDocument } from './document.ts';
import { targetsIn } from './targets.ts';

/**
 * What a voluntary local review must contain, after the Global Guiding Elements for VLRs (UN DESA, 2020) and the common
 * reporting guidelines for national reviews. Findings are warnings and notes: a city may publish without a section,
 * but not without being told.
 */
interface Section {
  readonly rule: string;
  readonly name: string;
  /** Chapter ids that count as this section. */
  readonly ids: RegExp;
  readonly why: string;
}

const sections: readonly Section[] = [
  {
    rule: 'vlr.opening',
    name: 'opening statement',
    ids: /opening|foreword|preface|statement|message/,
    why: 'a review opens with a statement of the city’s highest office',
  },
  {
    rule: 'vlr.highlights',
    name: 'highlights',
    ids: /highlight|summary|overview|abstract|glance/,
    why: 'readers look for status, good practice, lessons and needs on one or two pages',
  },
  {
    rule: 'vlr.introduction',
    name: 'introduction',
    ids: /intro|profile|city|background|context/,
    why: 'it tells context, objectives and the link to the policy cycle',
  },
  {
    rule: 'vlr.process',
    name: 'methodology and process',
    ids: /method|process|preparation|approach|data/,
    why: 'it tells who took part, how, when, and where the data come from',
  },
  {
    rule: 'vlr.policy',
    name: 'policy and enabling environment',
    ids: /polic|enabling|framework|environment|institution|governance|planning|strategy|measures/,
    why: 'it tells how the goals stand in the city’s own plans and institutions',
  },
  {
    rule: 'vlr.goals',
    name: 'progress on goals and targets',
    ids: /goal|sdg|progress|indicator|assessment/,
    why: 'it is the heart of a review',
  },
  {
    rule: 'vlr.means',
    name: 'means of implementation',
    ids: /means|implementation|finance|budget|partnership|resources|sdg-?17|goal-?17/,
    why: 'goals without money, data and capacity are wishes',
  },
  {
    rule: 'vlr.conclusion',
    name: 'conclusion and next steps',
    ids: /conclusion|outlook|next|prospect|future|way-forward/,
    why: 'a review ends with what happens next',
  },
];

/** Goals whose indicators are about people, and therefore need a breakdown (leave no one behind). */
const peopleGoals = new Set(['1', '2', '3', '4', '5', '8', '10']);

const languageName: Readonly<Record<Language, string>> = { en: 'English', zh: 'Chinese' };

export function checklist(
  document: ReviewDocument,
  trees: readonly ChapterTree[],
  binder: Binder,
): Finding[] {
  const findings = [
    ...emptyChapters(document, trees),
    ...unsourced(document, binder),
    ...translations(binder),
  ];
  if (binder.review.head.kind !== 'voluntary-local-review') return findings;
  return [
    ...findings,
    ...missingSections(binder),
    ...goals(binder),
    ...keyIndicators(binder),
    ...means(document, binder),
  ];
}

function head(binder: Binder): string {
  return `review/${binder.review.head.id}/review.yaml`;
}

function missingSections(binder: Binder): Finding[] {
  const { chapters } = binder.review.head;
  return sections
    .filter(({ ids }) => !chapters.some((id) => ids.test(id)))
    .map(({ rule, name, why }) => ({
      rule,
      severity: 'warning',
      where: { file: head(binder) },
      what: `the review has no section for ${name}`,
      why,
      mend: `add a chapter whose id says so, for example ${rule.slice(4)}`,
    }));
}

function emptyChapters(document: ReviewDocument, trees: readonly ChapterTree[]): Finding[] {
  const written = document.chapters.filter(({ annex }) => !annex);
  return trees.flatMap(({ file }, at): Finding[] => {
    const chapter = written[at];
    if (chapter === undefined || chapter.blocks.some(hasContent)) return [];
    return [
      {
        rule: 'review.chapter-empty',
        severity: 'warning',
        where: { file, row: 1 },
        what: 'the chapter has a title and nothing else',
        why: 'an empty section misleads: it looks as if there were nothing to say',
        mend: 'write it, or take it out of review.yaml',
      },
    ];
  });
}

const hasContent = (block: Block): boolean => block.kind !== 'heading' && block.kind !== 'rule';

/** Every goal of the response framework is spoken of: a key-indicator or response table, or a chapter of its own. */
function goals(binder: Binder): Finding[] {
  const { review, workspace, language } = binder;
  const framework = workspace.frameworks.find(({ id }) => id === review.head.framework);
  const texts = review.chapters.filter((each) => each.language === language);
  return (framework?.goals ?? []).flatMap(({ goal }): Finding[] => {
    const spoken = texts.some(
      ({ id, text }) =>
        new RegExp(`(?:goal|sdg)-?0?${goal}$`).test(id) || new RegExp(`goal="${goal}"`).test(text),
    );
    if (spoken) return [];
    return [
      {
        rule: 'vlr.goal',
        severity: 'warning',
        where: { file: head(binder) },
        what: `goal ${goal} of the framework is not reported on`,
        why: 'every chosen goal has its status, or the reason why not',
        mend: `add {% key-indicators goal="${goal}" /%} and a few sentences to a chapter`,
      },
    ];
  });
}

/** Key indicators need a first and a latest value, a target, and a breakdown where they are about people. */
function keyIndicators(binder: Binder): Finding[] {
  const { workspace } = binder;
  const key = workspace.indicators.filter((each) => each.key);
  const area = workspace.city.area;
  const withTarget = new Set(targetsIn(binder).map(({ indicator }) => indicator));
  const broken = new Set(
    workspace.observations
      .filter(({ breakdown, area: at }) => Object.keys(breakdown).length > 0 || at !== area)
      .map(({ indicator }) => indicator),
  );
  const rules = [
    {
      rule: 'vlr.baseline',
      what: 'have fewer than two values',
      why: 'progress needs a baseline and a latest value',
      mend: 'add the earlier or later value, or a missing one with its reason',
      which: key.filter(({ id }) => binder.periods(binder.here, id, area).length < 2),
    },
    {
      rule: 'vlr.target',
      what: 'have no target',
      why: 'a reader cannot tell near from far without one',
      mend: 'add a row to targets/ or a target to a commitment of the plan, or say in the text that none is set',
      which: key.filter(({ id }) => !withTarget.has(id)),
    },
    {
      rule: 'vlr.breakdown',
      what: 'are about people and are not broken down by any group or district',
      why: 'leaving no one behind cannot be shown with totals alone',
      mend: 'add values by sex, age, area or another group, or say why there are none',
      which: key.filter(({ id, goals: of }) => of.some((goal) => peopleGoals.has(goal)) && !broken.has(id)),
    },
  ];
  return rules
    .filter(({ which }) => which.length > 0)
    .map(({ rule, what, why, mend, which }) => ({
      rule,
      severity: 'note',
      where: { file: head(binder) },
      what: `${which.length} of ${key.length} key indicators ${what}: ${which
        .slice(0, 8)
        .map(({ id }) => id)
        .join(', ')}${which.length > 8 ? ' …' : ''}`,
      why,
      mend,
    }));
}

const money = /\b(?:CNY|USD|EUR)\b/;

/** Means of implementation are told with amounts. */
function means(document: ReviewDocument, binder: Binder): Finding[] {
  const inFigures = document.figures.some(
    ({ figure }) => money.test(figure.unit) && parseUnit(figure.unit) !== null,
  );
  const inPlan = binder.workspace.plans.some(({ commitments }) =>
    commitments.some(({ budget }) => budget.length > 0),
  );
  if (inFigures || inPlan) return [];
  return [
    {
      rule: 'vlr.amounts',
      severity: 'note',
      where: { file: head(binder) },
      what: 'no amount of money stands in the review or its plan',
      why: 'means of implementation are told with amounts',
      mend: 'bind a figure of spending, or give the budget of commitments',
    },
  ];
}

/** Every figure that has a value has a source. */
function unsourced(document: ReviewDocument, binder: Binder): Finding[] {
  return document.figures
    .filter(({ figure }) => figure.value !== null && figure.contributions.length === 0)
    .map(({ figure, name }) => ({
      rule: 'review.unsourced',
      severity: 'error',
      where: { file: head(binder) },
      what: `${name} (${figure.code}) has a value and no contribution`,
      why: 'a figure without its records cannot be traced',
      mend: 'report this: a computed figure always names its contributions',
    }));
}

/** Both languages are complete: chapters and names. */
function translations(binder: Binder): Finding[] {
  const { review, workspace } = binder;
  const findings: Finding[] = [];
  for (const language of workspace.city.languages) {
    const missing = review.head.chapters.filter(
      (id) => !review.chapters.some((each) => each.id === id && each.language === language),
    );
    if (missing.length > 0 && language !== binder.language)
      findings.push({
        rule: 'review.language',
        severity: 'warning',
        where: { file: head(binder) },
        what: `${missing.length} chapters are missing in ${languageName[language]}: ${missing.slice(0, 8).join(', ')}`,
        why: 'the city publishes in both languages',
        mend: 'write them, or take the language out of city.yaml',
      });
  }
  const unnamed = workspace.indicators.filter(({ name }) => name[binder.language].trim() === '');
  if (unnamed.length > 0)
    findings.push({
      rule: 'review.name',
      severity: 'warning',
      where: { file: head(binder) },
      what: `${unnamed.length} indicators have no ${languageName[binder.language]} name: ${unnamed
        .slice(0, 8)
        .map(({ id }) => id)
        .join(', ')}`,
      why: 'tables would show the other language',
      mend: 'add the name in indicators/',
    });
  return findings;
}
