import type { Criterion, Framework } from '../model/index.ts';
import type { Binder, TagPlace } from './binder.ts';
import { type Inline, named } from './document.ts';
import type { Countable } from './tags.ts';
import { say } from './words.ts';

const englishNumbers = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');
const chineseNumbers = [...'零一二三四五六七八九十'];

/** `{% count of="cases" goal="7" /%}`: counted in the workspace each time, never typed. */
export function count(at: TagPlace, binder: Binder): Inline[] {
  const { attributes } = at.tag;
  const of = attributes.get('of');
  const framework = attributes.get('framework');
  const frameworks = binder.workspace.frameworks.filter(
    ({ id }) => framework === undefined || id === framework,
  );
  if (framework !== undefined && frameworks.length === 0)
    binder.report(at, 'tag.framework', 'error', `there is no framework ${framework}`, {
      why: 'what is counted must exist',
      mend: 'use the id of a file in frameworks/',
    });
  const items = counted(of, frameworks, binder, attributes.get('goal'), attributes.get('kind'));
  const n = items.length;
  const inWords =
    attributes.get('form') === 'words'
      ? (binder.language === 'en' ? englishNumbers : chineseNumbers)[n]
      : undefined;
  const what = items.slice(0, 200).join(binder.language === 'zh' ? '；' : '; ');
  return [
    {
      kind: 'number',
      text: inWords ?? String(n),
      standing: 'present',
      code: null,
      basis: say('countBasis', binder.language, { what: what.slice(0, 600) }),
    },
  ];
}

/** Names of what is counted, in one language: the list that proves the count. */
function counted(
  of: string | undefined,
  frameworks: readonly Framework[],
  { workspace, language }: Binder,
  goal: string | undefined,
  kind: string | undefined,
): string[] {
  const inGoal = (each: { goal?: string | undefined }) => goal === undefined || each.goal === goal;
  const measures = frameworks.flatMap(({ goals }) => goals.filter(inGoal).flatMap((each) => each.measures));
  const isOf = (wanted: Countable) => of === wanted;
  if (isOf('cases'))
    return frameworks.flatMap(({ cases }) => cases.filter(inGoal).map(({ title }) => named(title, language)));
  if (isOf('goals')) return frameworks.flatMap(({ goals }) => goals.map(({ name }) => named(name, language)));
  if (isOf('measures')) return measures.map(({ name }) => named(name, language));
  if (isOf('practices'))
    return measures.flatMap(({ practices }) => practices.map(({ name }) => named(name, language)));
  if (isOf('indicators') || isOf('key-indicators'))
    return workspace.indicators
      .filter(
        ({ key, goals }) => (of === 'indicators' || key) && (goal === undefined || goals.includes(goal)),
      )
      .map(({ name }) => named(name, language));
  if (isOf('commitments'))
    return workspace.plans
      .flatMap(({ commitments }) => commitments)
      .filter((each) => kind === undefined || each.kind === kind)
      .map(({ name }) => named(name, language));
  if (isOf('criteria'))
    return frameworks
      .flatMap(({ criteria }) => criteria)
      .filter((each: Criterion) => kind === undefined || each.kind === kind)
      .map(({ name }) => named(name, language));
  if (isOf('areas'))
    return workspace.city.areas
      .filter((each) => each.id !== workspace.city.area && (kind === undefined || each.kind === kind))
      .map(({ name }) => named(name, language));
  if (isOf('sources')) return workspace.city.sources.map(({ title }) => named(title, language));
  return [];
}
