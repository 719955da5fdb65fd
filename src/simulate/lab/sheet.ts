import type { Localized } from '../../model/index.ts';
import type { Annotation, Status } from '../city/annotation.ts';
import type { History } from '../city/history.ts';
import type { Compiled } from '../compile/compile.ts';
import type { Cell, CellKind, Ir } from '../compile/ir.ts';
import { type GraphNode, stockFlowGraph } from '../graph.ts';
import { engineVersion } from '../study/scenario.ts';
import type { RunSpec } from '../xmile/document.ts';
import { bothTold } from './told.ts';
import type { ModelWords } from './words.ts';

/** One cell of a model, as far as running it needs: the equations themselves stand in the kernel. */
export interface SheetCell {
  readonly name: string;
  readonly variable: string;
  readonly kind: CellKind;
  /** The value written in the file, where there is one. */
  readonly value?: number;
  readonly update?: Ir;
  readonly lag?: number;
}

export interface SheetVariable {
  readonly key: string;
  /** The name in the file. */
  readonly column: string;
  readonly name: Localized;
  readonly group: string;
  readonly kind: GraphNode['kind'];
  readonly units: string;
  /** Where its number comes from; null for what is computed. */
  readonly status: Status | null;
  /** The columns of the table: one, or one an element, with the element's name. */
  readonly elements: readonly { readonly column: string; readonly name: Localized }[];
}

export interface SheetLever {
  readonly key: string;
  readonly name: Localized;
  readonly doc: Localized;
  readonly source: Localized;
  readonly units: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
}

export interface SheetTarget {
  readonly variable: string;
  readonly time: number;
  readonly sense: 'at most' | 'at least';
  readonly value: number;
  readonly line: Localized;
}

export interface SheetScenario {
  readonly id: string;
  readonly name: Localized;
  readonly note: Localized;
  readonly seed: number;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * A model of a place as plain data: with its kernel it runs anywhere, also where the file's own text is not at hand.
 * Survives JSON; what is shown stands in both languages.
 */
export interface ModelSheet {
  readonly form: 1;
  readonly city: string;
  readonly title: Localized;
  readonly place: Localized;
  readonly source: Localized;
  readonly note: Localized;
  /** sha-256 over the model's file and the place's values: what a scenario names as its model. */
  readonly hash: string;
  readonly engine: string;
  readonly run: RunSpec;
  readonly visible: number;
  /** Places of the state: cells, then what steps share. */
  readonly slots: number;
  readonly cells: readonly SheetCell[];
  /** Conveyors and queues of the model, as the engine runs them. */
  readonly devices: Compiled['devices'];
  readonly groups: Readonly<Record<string, Localized>>;
  readonly variables: readonly SheetVariable[];
  readonly levers: readonly SheetLever[];
  readonly observations: readonly {
    readonly variable: string;
    readonly time: number;
    readonly value: number;
    readonly held: boolean;
    readonly line: string;
    readonly note: Localized | null;
  }[];
  readonly targets: readonly SheetTarget[];
  readonly scenarios: readonly SheetScenario[];
}

/** Puts together what a model, its annotations, its words and a place say. */
export function sheetOf(
  compiled: Compiled,
  {
    city,
    annotations,
    history,
    words,
    hash,
  }: {
    readonly city: string;
    readonly annotations: ReadonlyMap<string, Annotation>;
    readonly history: History;
    readonly words: ModelWords;
    readonly hash: string;
  },
): ModelSheet {
  const both = (text: string) => bothTold(text, words);
  const placed = new Set(Object.keys(history.values).map(variableOf));
  const variables = stockFlowGraph(compiled).nodes.map((node): SheetVariable => {
    const about = annotations.get(node.key);
    return {
      key: node.key,
      column: node.name,
      name: { en: node.name, zh: about?.name.zh ?? node.name },
      group: about?.group ?? 'other',
      kind: node.kind,
      // Of a variable without an account of what it is, nobody said that it is a share.
      units: about === undefined && node.units === 'dmnl' ? '' : (node.units ?? ''),
      status: statusIn(
        history,
        about === undefined && node.kind === 'constant' ? 'assumed' : about?.status,
        placed.has(node.key),
      ),
      elements: compiled.cells
        .slice(0, compiled.visible)
        .filter((cell) => cell.variable === node.key)
        .map((cell) => ({ column: cell.name, name: elementName(cell, about, words) })),
    };
  });
  return {
    form: 1,
    city,
    title: words.title,
    place: history.place,
    source: history.source,
    note: both(history.note ?? ''),
    hash,
    engine: engineVersion,
    run: compiled.run,
    visible: compiled.visible,
    slots: compiled.program.slots,
    cells: compiled.cells.map(slimCell),
    devices: compiled.devices,
    groups: groupsOf(variables, words),
    variables,
    levers: compiled.cells.slice(0, compiled.visible).flatMap((cell): SheetLever[] => {
      const about = annotations.get(cell.variable);
      if (about?.range === undefined || cell.equation?.op !== 'number') return [];
      return [
        {
          key: cell.variable,
          name: { en: about.name.en.replace(/^Lever /, '').replace(/^./, upper), zh: about.name.zh },
          doc: both(cell.doc ?? ''),
          source: both(about.source ?? ''),
          units: cell.units ?? '',
          ...about.range,
          value: cell.equation.value,
        },
      ];
    }),
    observations: history.observations.map(({ variable, time, value, held = false, line, note }) => ({
      variable,
      time,
      value,
      held,
      line,
      note: note === undefined ? null : both(note),
    })),
    targets: history.targets.map((target) => ({ ...target, line: both(target.line) })),
    scenarios: history.scenarios ?? [],
  };
}

/** Every group that a variable is of, those with words first: a group without words still leads to its variables. */
function groupsOf(variables: readonly SheetVariable[], { groups }: ModelWords): ModelSheet['groups'] {
  const others = [...new Set(variables.map(({ group }) => group))]
    .filter((group) => !(group in groups))
    .sort();
  const name = (group: string): Localized =>
    group === 'other' || group === '' ? { en: 'Variables', zh: '变量' } : { en: group, zh: group };
  return { ...groups, ...Object.fromEntries(others.map((group) => [group, name(group)])) };
}

const upper = (letter: string): string => letter.toUpperCase();

/** The canonical name of the variable in a name such as `Growth rate[industry]`. */
function variableOf(name: string): string {
  return name
    .replace(/\[.*$/, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');
}

/** A number is measured only where it was measured of this place. */
function statusIn(history: History, status: Status | undefined, isPlaced: boolean): Status | null {
  if (status === undefined) return null;
  if (history.borrowed === undefined || status === 'assumed') return status;
  return status === 'measured' || isPlaced ? 'assumed' : status;
}

function elementName(cell: Cell, about: Annotation | undefined, words: ModelWords): Localized {
  const inside = /\[(.*)\]$/.exec(cell.name)?.[1];
  const zh = about?.name.zh ?? cell.name;
  if (inside === undefined) return { en: cell.name, zh };
  const names = inside.split(',').map((one) => words.elements[one.trim()]?.zh ?? one.trim());
  return { en: cell.name.replace('[', ' (').replace(']', ')'), zh: `${zh}（${names.join('，')}）` };
}

function slimCell({ name, variable, kind, initial, equation, update, lag }: Cell): SheetCell {
  const source = initial ?? equation;
  return {
    name,
    variable,
    kind,
    ...(source?.op === 'number' ? { value: source.value } : {}),
    ...(update === undefined ? {} : { update }),
    ...(lag === undefined ? {} : { lag }),
  };
}

/** The cells of a sheet in the form in which the engine runs them with a kernel: it has no equations of its own. */
export function compiledOf(sheet: ModelSheet): Compiled {
  const where = { file: sheet.title.en };
  const empty = new Map<never, never>();
  const cells = sheet.cells.map(
    (cell, slot): Cell => ({
      slot,
      name: cell.name,
      hidden: slot >= sheet.visible,
      kind: cell.kind,
      where,
      variable: cell.variable,
      units: undefined,
      doc: undefined,
      initial: cell.value === undefined ? undefined : { op: 'number', value: cell.value },
      equation: undefined,
      rate: undefined,
      update: cell.update,
      lag: cell.lag,
      inflows: [],
      outflows: [],
      nonNegative: false,
    }),
  );
  return {
    cells,
    graphs: [],
    devices: sheet.devices,
    program: { slots: sheet.slots, constants: [], step: [] },
    run: sheet.run,
    visible: sheet.visible,
    warnings: [],
    order: { constant: new Set(), initial: [], step: [] },
    document: {
      dialect: 'xmile',
      name: sheet.title.en,
      run: sheet.run,
      root: { name: '', where, declarations: empty, modules: empty },
      models: empty,
      macros: empty,
      dimensions: empty,
      units: [],
      warnings: [],
    },
  };
}
