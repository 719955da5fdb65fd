import { colon, inBrackets, periodText } from '../language/index.ts';
import { cell, words } from './bind-tables.ts';
import type { Binder, TagPlace } from './binder.ts';
import { type Block, type Cell, type Inline, named, text } from './document.ts';
import { boundText } from './value-text.ts';
import { locatorText, say, states } from './words.ts';

/** `{% plan root="…" depth="2" /%}`: commitments with targets, owner, due date and state, indented as the tree stands. */
export function plan(at: TagPlace, binder: Binder): Block[] {
  const { language } = binder;
  const wanted = at.tag.attributes.get('plan');
  const chosen = binder.workspace.plans.find(({ id }) => wanted === undefined || id === wanted);
  const root = at.tag.attributes.get('root');
  const depth = Math.min(8, Number(at.tag.attributes.get('depth') ?? '3') || 3);
  const top = chosen?.commitments.filter(({ id, parent }) =>
    root === undefined ? parent === undefined : id === root,
  );
  if (chosen === undefined || top === undefined || top.length === 0) {
    binder.report(at, 'tag.plan', 'error', `there is no commitment ${root ?? 'in this workspace'}`, {
      why: 'the table shows a part of the plan tree',
      mend: 'use the id of a commitment in plan.yaml',
    });
    return [];
  }
  const sources = new Map<number, Set<string>>();
  const rows: (readonly Cell[])[] = [];
  const walk = (commitment: (typeof top)[number], level: number) => {
    if (rows.length >= 500) return;
    if (commitment.citation !== undefined) {
      const number = binder.source(commitment.citation.source);
      sources.set(number, (sources.get(number) ?? new Set()).add(commitment.citation.locator));
    }
    const targets = commitment.targets.flatMap((target, at): Inline[] => {
      const name = binder.indicator(target.indicator);
      const value =
        target.value === null
          ? ''
          : ` ${boundText({ comparator: target.comparator, value: target.value, unit: target.unit }, language)}`;
      return [
        ...(at > 0 ? [{ kind: 'break' } as const] : []),
        text(
          `${name === null ? target.indicator : named(name.name, language)}${value}${inBrackets(periodText(target.period, language), language)}`,
        ),
      ];
    });
    const indent = '\u2003'.repeat(level);
    const label: Inline =
      level === 0
        ? { kind: 'strong', content: [text(named(commitment.name, language))] }
        : text(`${indent}${named(commitment.name, language)}`);
    rows.push([
      { ...cell(label), header: true },
      cell(...targets),
      words(commitment.owner === undefined ? '–' : named(commitment.owner, language)),
      words(commitment.due === undefined ? '–' : periodText(commitment.due, language)),
      words(named(states[commitment.state] ?? { en: commitment.state, zh: '' }, language)),
    ]);
    if (level + 1 < depth)
      for (const child of chosen.commitments) if (child.parent === commitment.id) walk(child, level + 1);
  };
  for (const each of top) walk(each, 0);
  const n = binder.nextTable();
  const note: Inline[] = sources.size > 0 ? [text(`${say('source', language)}${colon(language)}`)] : [];
  [...sources].forEach(([source, locators], index) => {
    if (index > 0) note.push(text(say('semicolon', language)));
    note.push({
      kind: 'cite',
      source,
      locator: [...locators]
        .slice(0, 12)
        .map((each) => locatorText(each, language))
        .join(say('comma', language)),
    });
  });
  return [
    {
      kind: 'table',
      id: `table-${n}`,
      label: say('table', language, { n }),
      caption: [text(at.tag.attributes.get('title') ?? named(chosen.name, language))],
      table: {
        columns: [
          { align: 'left', width: 4.2 },
          { align: 'left', width: 3 },
          { align: 'left', width: 1.8 },
          { align: 'left', width: 1.1 },
          { align: 'left', width: 1.3 },
        ],
        head: (['commitment', 'target', 'owner', 'due', 'state'] as const).map((word) =>
          words(say(word, language)),
        ),
        rows,
      },
      note,
      margin: true,
    },
  ];
}
