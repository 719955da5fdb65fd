import { colon, inBrackets, type RowUnit } from '../language/index.ts';
import { comparePeriods, type Framework, type Indicator } from '../model/index.ts';
import {
  cell,
  changeCell,
  figureCell,
  rowUnitOf,
  tableBlock,
  targetsOf,
  usualChange,
  words,
} from './bind-tables.ts';
import type { Binder, BoundFigure, TagPlace } from './binder.ts';
import { type Block, type Cell, type Inline, named, text } from './document.ts';
import { boundText, periodHead } from './value-text.ts';
import { locatorText, say } from './words.ts';

/** `{% key-indicators goal="7" /%}`: first and latest value, change and target of each key indicator. */
export function keyIndicators(at: TagPlace, binder: Binder): Block[] {
  const { language } = binder;
  const goal = at.tag.attributes.get('goal');
  const area = at.tag.attributes.get('area') ?? binder.workspace.city.area;
  const place = binder.placeOf(area) ?? binder.here;
  const indicators = place.workspace.indicators.filter(
    ({ key, goals }) => key && (goal === undefined || goals.includes(goal)),
  );
  if (indicators.length === 0) {
    binder.report(at, 'tag.empty', 'warning', 'there is no key indicator here', {
      why: 'the table would be empty',
      mend: 'set `key: true` and `goals` on the indicators of this goal',
    });
    return [];
  }
  const found: (BoundFigure | null)[] = [];
  const rows = indicators.map((indicator) => {
    const [first, latest, change] = firstAndLatest(indicator, area, binder);
    found.push(first, latest, change);
    const target = targetsOf(indicator.id, area, place)[0];
    if (target !== undefined) binder.source(target.source, place);
    const unit = rowUnitOf([first, latest], indicator.unit, language);
    return [
      { ...words(named(indicator.name, language)), header: true },
      words(unit.head),
      dated(first, unit, binder),
      dated(latest, unit, binder),
      changeCell(change, binder),
      target === undefined
        ? words(say('noTarget', language))
        : words(`${boundText(target, language)}${inBrackets(periodHead(target.period, language), language)}`),
    ];
  });
  const caption =
    at.tag.attributes.get('title') ??
    (goal === undefined ? say('keyIndicators', language) : say('keyIndicatorsGoal', language, { g: goal }));
  return [
    tableBlock(
      {
        at,
        caption,
        found,
        table: {
          columns: [
            { align: 'left', width: 3.4 },
            { align: 'left', width: 1.4 },
            { align: 'right', width: 2.1 },
            { align: 'right', width: 2.1 },
            { align: 'right', width: 1.5 },
            { align: 'right', width: 1.7 },
          ],
          head: (['indicator', 'unit', 'first', 'latest', 'change', 'target'] as const).map((word) =>
            words(say(word, language)),
          ),
          rows,
        },
      },
      binder,
    ),
  ];
}

function firstAndLatest(
  indicator: Indicator,
  area: string,
  binder: Binder,
): readonly [BoundFigure | null, BoundFigure | null, BoundFigure | null] {
  const place = binder.placeOf(area) ?? binder.here;
  const periods = binder.periods(place, indicator.id, area);
  const figures = periods.map((period) => binder.peek(indicator.id, area, { kind: 'value', period }));
  const present = figures.filter((each) => each !== null && each.figure.value !== null);
  const periodOf = (each: BoundFigure | null | undefined) =>
    each?.figure.key.measure.kind === 'value' ? each.figure.key.measure.period : undefined;
  const from = periodOf(present[0]);
  const to = periodOf(present.at(-1));
  const latest = to ?? periods.at(-1);
  if (latest === undefined) return [null, null, null];
  return [
    from === undefined || from === to
      ? null
      : binder.figure(indicator.id, area, { kind: 'value', period: from }),
    binder.figure(indicator.id, area, { kind: 'value', period: latest }),
    from === undefined || to === undefined || from === to || comparePeriods(from, to) >= 0
      ? null
      : binder.figure(indicator.id, area, usualChange(indicator, [from, to])),
  ];
}

/** `18.3 (2020)`: the value with the year it is of. */
function dated(found: BoundFigure | null, unit: RowUnit, binder: Binder): Cell {
  const shown = figureCell(found, binder, unit);
  if (found === null || found.figure.value === null || found.figure.key.measure.kind !== 'value')
    return shown;
  const period = periodHead(found.figure.key.measure.period, binder.language);
  return cell(...shown.content, text(inBrackets(period, binder.language)));
}

function responseFramework(at: TagPlace, binder: Binder): Framework | null {
  const id = at.tag.attributes.get('framework') ?? binder.review.head.framework;
  const { frameworks } = binder.workspace;
  const found =
    frameworks.find((each) => each.id === id && each.kind === 'response') ??
    frameworks.find(({ kind }) => kind === 'response');
  if (found !== undefined) return found;
  binder.report(at, 'tag.framework', 'error', 'this workspace has no response framework', {
    why: 'the table shows goals, measures and practices of one',
    mend: 'add a framework with `kind: response` in frameworks/',
  });
  return null;
}

/** `{% response goal="7" /%}`: measures with their practices, indicators and SDG targets. */
export function response(at: TagPlace, binder: Binder): Block[] {
  const { language } = binder;
  const framework = responseFramework(at, binder);
  if (framework === null) return [];
  const wanted = at.tag.attributes.get('goal');
  const goals = framework.goals.filter(({ goal }) => wanted === undefined || goal === wanted);
  if (goals.length === 0)
    binder.report(at, 'tag.empty', 'warning', `the response framework has no goal ${wanted ?? ''}`, {
      why: 'the table would be empty',
      mend: 'correct the goal, or add it to the framework',
    });
  binder.source(framework.source);
  return goals.map((goal) => {
    const rows = goal.measures.map((measure) => [
      { ...words(named(measure.name, language)), header: true },
      cell(
        ...measure.practices.flatMap(({ name, case: id }, at): Inline[] => {
          const found = framework.cases.find((each) => each.id === id);
          const label =
            found?.number === undefined
              ? ''
              : inBrackets(say('case', language, { n: String(found.number) }), language);
          return [...(at > 0 ? [{ kind: 'break' } as const] : []), text(`${named(name, language)}${label}`)];
        }),
      ),
      cell(
        ...measure.indicators.flatMap((id, at): Inline[] => {
          const known = binder.indicator(id);
          return [
            ...(at > 0 ? [{ kind: 'break' } as const] : []),
            text(known === null ? id : named(known.name, language)),
          ];
        }),
      ),
      words(measure.targets.join(say('comma', language))),
    ]);
    const caption =
      at.tag.attributes.get('title') ??
      `${say('responseGoal', language, { g: goal.goal })}${colon(language)}${named(goal.name, language)}`;
    return tableBlock(
      {
        at,
        caption,
        found: [],
        table: {
          columns: [
            { align: 'left', width: 3 },
            { align: 'left', width: 3.6 },
            { align: 'left', width: 3 },
            { align: 'left', width: 1.2 },
          ],
          head: (['measure', 'practices', 'indicator', 'sdgTargets'] as const).map((word) =>
            words(say(word, language)),
          ),
          rows,
        },
      },
      binder,
    );
  });
}

/** `{% case id="…" %}text{% /case %}`: a box with the case's number, title and place from the framework. */
export function caseBox(at: TagPlace, blocks: readonly Block[], binder: Binder): Block[] {
  const { language } = binder;
  const id = at.tag.attributes.get('id') ?? '';
  const found = binder.workspace.frameworks.flatMap(({ cases }) => cases).find((each) => each.id === id);
  if (found === undefined) {
    binder.report(at, 'tag.case', 'error', `there is no case ${id}`, {
      why: 'a case stands in a framework with its title, place and citation',
      mend: 'add it under cases in the response framework, or correct the id',
    });
    return [...blocks];
  }
  const label =
    found.number === undefined
      ? say('caseUnnumbered', language)
      : say('case', language, { n: String(found.number) });
  const where = found.place ?? null;
  const subtitle: Inline[] = [];
  if (where !== null) subtitle.push(text(named(where, language)));
  else if (found.area !== undefined) subtitle.push(text(binder.areaName(found.area)));
  if (found.citation !== undefined) {
    const source = binder.source(found.citation.source);
    if (subtitle.length > 0) subtitle.push(text(' '));
    subtitle.push({ kind: 'cite', source, locator: locatorText(found.citation.locator, binder.language) });
  }
  return [
    {
      kind: 'box',
      id: `case-${id}`,
      title: [text(`${label}${colon(language)}${named(found.title, language)}`)],
      subtitle,
      blocks,
    },
  ];
}
