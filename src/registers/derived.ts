import {
  asDeclared,
  type DerivedCell,
  type Indicator,
  type SourceDocument,
  type Workspace,
} from '../model/index.ts';

/** Everything that a city's registers add to its figures, as of one position of its log. */
export interface Derived {
  readonly indicators: readonly Indicator[];
  readonly sources: readonly SourceDocument[];
  readonly cells: readonly DerivedCell[];
  /** Ids of official statistics of the same name, by derived indicator. */
  readonly official: ReadonlyMap<string, readonly string[]>;
}

export const nothingDerived: Derived = { indicators: [], sources: [], cells: [], official: new Map() };

/** What several kinds of records give, as one. */
export function together(all: readonly Derived[]): Derived {
  return {
    indicators: all.flatMap(({ indicators }) => indicators),
    sources: all.flatMap(({ sources }) => sources),
    cells: all.flatMap(({ cells }) => cells),
    official: new Map(all.flatMap(({ official }) => [...official])),
  };
}

/** The source document that stands for a register in traces. */
export function registerSource(id: string): string {
  return `register.${id}`;
}

/** A workspace with the indicators, sources and records of its registers; ids that it uses itself stay its own. */
export function withDerived(whole: Workspace, { indicators, sources, cells, official }: Derived): Workspace {
  const workspace = asDeclared(whole);
  if (indicators.length === 0) return workspace;
  const known = new Set(workspace.indicators.map(({ id }) => id));
  const documents = new Set(workspace.city.sources.map(({ id }) => id));
  const counted = new Set(indicators.flatMap(({ id, formula }) => (formula === undefined ? [id] : [])));
  const added = indicators.filter(
    ({ id, formula }) =>
      !known.has(id) &&
      // A formula over statistics that the place does not have is no indicator of it.
      (formula === undefined ||
        indicatorsNamed(formula).every((name) => known.has(name) || counted.has(name))),
  );
  return {
    ...workspace,
    city: {
      ...workspace.city,
      sources: [...workspace.city.sources, ...sources.filter(({ id }) => !documents.has(id))],
    },
    indicators: [...workspace.indicators, ...added],
    derived: {
      indicators: added.map(({ id }) => id),
      cells: cells.filter(({ indicator }) => !known.has(indicator)),
      official: Object.fromEntries(
        [...official].map(([id, names]) => [id, names.filter((name) => known.has(name))]),
      ),
    },
  };
}

/** The indicators that a formula over indicators names; see docs/formulas.md. */
function indicatorsNamed(formula: string): readonly string[] {
  const plain = formula
    .replaceAll(/'[^']*'|\{[^}]*\}/g, ' ')
    .replaceAll(/\btotal\(([^,()]+),[^()]*\)/g, '($1)');
  return [...plain.matchAll(/\[([^\]]+)\]|\b([a-z][a-z0-9_.]*)\b(?!\s*\()/g)].map(
    ([, bracketed, name]) => bracketed ?? name ?? '',
  );
}
