import type { Citation, Contribution, Countable, Framework, Workspace } from '../model/index.ts';

/** What a count counts, as a unit. */
export const countUnits: Readonly<Record<Countable, string>> = {
  areas: '{area}',
  cases: '{case}',
  commitments: '{commitment}',
  criteria: '{criterion}',
  goals: '{goal}',
  indicators: '{indicator}',
  'key-indicators': '{indicator}',
  measures: '{measure}',
  practices: '{practice}',
};

interface Item {
  readonly id: string;
  readonly source: string;
  readonly locator: string;
}

/** Everything of one kind that a workspace lists, as the contributions of a count, in a fixed order. */
export function countedItems(
  workspace: Workspace,
  of: Countable,
  goal: string | null,
): readonly Contribution[] {
  return itemsOf(workspace, of, goal)
    .map(
      ({ id, source, locator }): Contribution => ({
        record: `${of}/${id}`,
        role: 'term',
        quantity: '1',
        unit: countUnits[of],
        status: 'A',
        source,
        locator,
      }),
    )
    .sort((a, b) => (a.record < b.record ? -1 : a.record > b.record ? 1 : 0));
}

function itemsOf(workspace: Workspace, of: Countable, goal: string | null): readonly Item[] {
  const { city, indicators, frameworks, plans } = workspace;
  const home = city.sources[0]?.id ?? city.id;
  const forGoal = <T extends { readonly goal?: string | undefined }>(list: readonly T[]): readonly T[] =>
    goal === null ? list : list.filter((each) => each.goal === goal);
  switch (of) {
    case 'areas':
      return city.areas
        .filter(({ parent }) => parent === city.area)
        .map(({ id }) => ({ id, source: home, locator: '-' }));
    case 'indicators':
    case 'key-indicators':
      return indicators
        .filter(({ key, goals }) => (of === 'indicators' || key) && (goal === null || goals.includes(goal)))
        .map(({ id }) => ({ id, source: home, locator: '-' }));
    case 'commitments':
      return plans.flatMap(({ source, commitments }) =>
        commitments.map(({ id, citation }) => cited(id, citation, source)),
      );
    case 'criteria':
      return frameworks.flatMap(({ source, criteria }) =>
        criteria.map(({ id, citation }) => cited(id, citation, source)),
      );
    case 'cases':
      return frameworks.flatMap(({ source, cases }) =>
        forGoal(cases).map(({ id, citation }) => cited(id, citation, source)),
      );
    default:
      return frameworks.flatMap((framework) => responseItems(framework, of, goal));
  }
}

function responseItems(
  { goals, source }: Framework,
  of: 'goals' | 'measures' | 'practices',
  goal: string | null,
): readonly Item[] {
  const chosen = goals.filter((each) => goal === null || each.goal === goal);
  if (of === 'goals') return chosen.map((each) => ({ id: each.goal, source, locator: '-' }));
  const measures = chosen.flatMap((each) => each.measures);
  if (of === 'measures') return measures.map(({ id, citation }) => cited(id, citation, source));
  return measures.flatMap(({ id, practices }) =>
    practices.map(({ citation }, at) => cited(`${id}/${at + 1}`, citation, source)),
  );
}

function cited(id: string, citation: Citation | undefined, source: string): Item {
  return { id, source: citation?.source ?? source, locator: citation?.locator ?? '-' };
}
