import type { Countable } from '../model/index.ts';

/** What a tag of a chapter may say. Data, so that the parser, the documentation and the checks read one list. */
export interface TagRule {
  readonly place: 'inline' | 'block';
  /** Whether it stands around text. */
  readonly around: boolean;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

const where = ['area', 'breakdown', 'decimals', 'unit'];

export const countable = [
  'areas',
  'cases',
  'commitments',
  'criteria',
  'goals',
  'indicators',
  'key-indicators',
  'measures',
  'practices',
] as const satisfies readonly Countable[];

export const changeKinds = ['relative', 'points', 'absolute', 'growth', 'ratio'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const tagRules = {
  value: { place: 'inline', around: false, required: ['indicator', 'period'], optional: where },
  change: {
    place: 'inline',
    around: false,
    required: ['indicator', 'from', 'to'],
    optional: ['as', 'form', ...where],
    choices: { as: changeKinds, form: ['signed', 'plain', 'words'] },
  },
  share: { place: 'inline', around: false, required: ['indicator', 'of', 'period'], optional: where },
  mean: { place: 'inline', around: false, required: ['indicator', 'from', 'to'], optional: where },
  rank: { place: 'inline', around: false, required: ['indicator', 'period'], optional: where },
  target: { place: 'inline', around: false, required: ['indicator', 'period'], optional: where },
  count: {
    place: 'inline',
    around: false,
    required: ['of'],
    optional: ['goal', 'form'],
    choices: { of: countable, form: ['digits', 'words'] },
  },
  say: { place: 'inline', around: true, required: [], optional: [] },
  cite: { place: 'inline', around: false, required: ['source'], optional: ['locator'] },
  chart: {
    place: 'block',
    around: false,
    required: ['indicators'],
    optional: ['type', 'area', 'areas', 'title', 'from', 'to', 'period', 'breakdown'],
    choices: { type: ['line', 'bar', 'slope'] },
  },
  table: {
    place: 'block',
    around: false,
    required: ['indicators'],
    optional: ['periods', 'area', 'areas', 'title', 'breakdown', 'change'],
  },
  'key-indicators': { place: 'block', around: false, required: [], optional: ['goal', 'title', 'area'] },
  response: { place: 'block', around: false, required: [], optional: ['goal', 'framework', 'title'] },
  case: { place: 'block', around: true, required: ['id'], optional: ['framework'] },
  assessment: { place: 'block', around: false, required: ['framework'], optional: ['title', 'area'] },
  plan: { place: 'block', around: false, required: [], optional: ['root', 'depth', 'title', 'plan'] },
  claim: {
    place: 'inline',
    around: false,
    required: ['ref'],
    optional: ['form'],
    choices: { form: ['signed', 'plain'] },
  },
  claims: { place: 'block', around: false, required: ['indicator'], optional: ['area', 'title'] },
  scenario: {
    place: 'inline',
    around: false,
    required: ['variable', 'scenario', 'period'],
    optional: ['decimals'],
  },
  'scenario-chart': {
    place: 'block',
    around: false,
    required: ['variable'],
    optional: ['scenarios', 'title'],
  },
  'scenario-table': {
    place: 'block',
    around: false,
    required: ['variables', 'periods'],
    optional: ['scenarios', 'title'],
  },
  annex: { place: 'block', around: false, required: [], optional: [] },
} as const satisfies Readonly<Record<string, TagRule>>;

export type TagName = keyof typeof tagRules;

export function isTagName(name: string): name is TagName {
  return Object.hasOwn(tagRules, name);
}
