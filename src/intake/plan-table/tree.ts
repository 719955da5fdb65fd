import type { Place } from '../../model/index.ts';
import type { FindingList } from '../finding-list.ts';
import { nearest } from '../nearest.ts';
import { quote } from '../quote.ts';
import { textFault } from '../text-fault.ts';
import type { YamlEntry, YamlFile, YamlTree } from '../yaml-tree.ts';
import { type Part, type PlanColumn, partColumns, parts, planColumns, textColumns } from './columns.ts';

/** A row as it stands in its file: its number from 1, and its cells. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row by column. */
interface Row {
  readonly line: number;
  get(column: PlanColumn): string;
}

/**
 * The rows of a plan as the tree that its YAML would be, each value with its row and column, so that the same schema and the
 * same checks speak about both. Null when the header or a row cannot be understood.
 */
export function planTree(file: string, raw: Iterable<RawRow>, findings: FindingList): YamlFile | null {
  const rows = readRows(file, raw, findings);
  if (rows === null) return null;
  const places: Place[] = [{ file, row: 1 }];
  const at = (row: number, column: string): number => places.push({ file, row, column }) - 1;
  const grower = new Grower(at, file, findings);
  const head = rows.find((row) => row.get('kind') === 'plan');
  if (head === undefined) {
    findings.error(
      'plan-table.head',
      { file, row: 1 },
      {
        what: 'no row has the kind plan',
        why: 'one row says which plan it is: its id, its kind plan, its name and the source document',
        mend: 'add it as the first row; an exported plan shows how',
      },
    );
    return null;
  }
  for (const column of planColumns)
    if (!ofPlan.has(column) && head.get(column) !== '')
      findings.error(
        'plan-table.unused',
        { file, row: head.line, column },
        {
          what: 'the row of the plan itself has no such cell',
          why: `it holds ${[...ofPlan].join(', ')} alone: what stands here would be lost`,
          mend: 'write it in the row of a commitment, or leave the cell blank',
        },
      );
  const root = grower.plan(
    head,
    rows.filter((row) => row !== head),
  );
  return findings.hasErrors ? null : { file, root, place: (offset) => places[offset] ?? { file } };
}

/** What the row of the plan itself says. */
const ofPlan: ReadonlySet<PlanColumn> = new Set(['id', 'kind', 'name_en', 'name_zh', 'source']);

function readRows(file: string, raw: Iterable<RawRow>, findings: FindingList): readonly Row[] | null {
  let columns: ReadonlyMap<string, number> | null = null;
  const rows: Row[] = [];
  for (const { line, cells } of raw) {
    if (columns === null) {
      columns = readHeader(file, line, cells, findings);
      if (columns === null) return null;
      continue;
    }
    const known = columns;
    const beyond = cells.slice(Math.max(...known.values()) + 1).some((cell) => cell.trim() !== '');
    if (beyond)
      findings.error(
        'table.ragged',
        { file, row: line },
        {
          what: `the row has ${cells.length} cells, more than the header has columns`,
          why: 'it is unclear which value belongs to which column',
          mend: 'put a cell that holds a comma in quotes',
        },
      );
    const get = (column: PlanColumn): string => {
      const cell = cells[known.get(column) ?? -1] ?? '';
      return textColumns.has(column) ? cell : cell.trim();
    };
    if (planColumns.every((column) => get(column) === '')) continue;
    for (const column of planColumns) {
      const fault = textFault(get(column));
      if (fault !== null)
        findings.error(
          'text.character',
          { file, row: line, column },
          {
            what: `the cell holds ${fault}`,
            why: 'characters that are not shown deceive a reader',
            mend: 'type the text anew',
          },
        );
    }
    rows.push({ line, get });
  }
  if (columns === null)
    findings.error(
      'table.no-header',
      { file, row: 1 },
      {
        what: 'the table has no header row',
        why: 'the first row names the columns, in any order',
        mend: `begin it with: ${planColumns.slice(0, 5).join(',')}`,
      },
    );
  return columns === null ? null : rows;
}

function readHeader(
  file: string,
  row: number,
  cells: readonly string[],
  findings: FindingList,
): ReadonlyMap<string, number> | null {
  const columns = new Map<string, number>();
  const known: ReadonlySet<string> = new Set(planColumns);
  let good = true;
  cells.forEach((cell, at) => {
    const name = cell.trim();
    if (name === '') return;
    if (known.has(name) && !columns.has(name)) {
      columns.set(name, at);
      return;
    }
    good = false;
    const near = nearest(name, known);
    findings.error(
      columns.has(name) ? 'table.duplicate-column' : 'table.unknown-column',
      { file, row, column: at + 1 },
      {
        what: columns.has(name)
          ? `two columns are named ${quote(name)}`
          : `there is no column ${quote(name)}`,
        why: `the columns are ${planColumns.join(', ')}`,
        mend: near === null || columns.has(name) ? 'remove the column' : `rename it ${near}`,
      },
    );
  });
  for (const name of ['id', 'kind'] as const)
    if (!columns.has(name)) {
      good = false;
      findings.error(
        'table.missing-column',
        { file, row },
        {
          what: `the column ${quote(name)} is missing`,
          why: 'each row says which commitment it is about, and each commitment which kind it is',
          mend: `add a column named ${name}`,
        },
      );
    }
  return good ? columns : null;
}

type Offset = (row: number, column: string) => number;
type Entries = Map<string, YamlEntry>;

/** Makes the nodes of the tree. */
class Grower {
  readonly #at: Offset;
  readonly #file: string;
  readonly #findings: FindingList;

  constructor(at: Offset, file: string, findings: FindingList) {
    this.#at = at;
    this.#file = file;
    this.#findings = findings;
  }

  plan(head: Row, rows: readonly Row[]): YamlTree {
    const entries: Entries = new Map();
    this.#code(entries, 'id', head, 'id');
    this.#localized(entries, 'name', head, 'name_en', 'name_zh');
    this.#code(entries, 'source', head, 'source');
    const items: {
      readonly id: string;
      readonly tree: Extract<YamlTree, { kind: 'map' }> & { entries: Entries };
    }[] = [];
    const known = new Map<string, (typeof items)[number]>();
    for (const row of rows) {
      const id = row.get('id');
      const before = known.get(id);
      if (before === undefined) {
        const made = {
          id,
          tree: { kind: 'map', offset: this.#at(row.line, 'id'), entries: this.#commitment(row) },
        } as const;
        items.push(made);
        known.set(id, made);
      } else this.#further(row);
      this.#parts(known.get(id)?.tree.entries ?? new Map(), row);
    }
    const offset = this.#at(head.line, 'id');
    const list: YamlTree = { kind: 'list', offset, items: items.map(({ tree }) => tree) };
    entries.set('commitments', { offset, tree: list });
    return { kind: 'map', offset, entries };
  }

  /** A row under a commitment says nothing about the commitment itself that its own row does not say. */
  #further(row: Row): void {
    const part = new Set<string>(parts.flatMap((each) => [...partColumns[each]]));
    for (const column of planColumns)
      if (column !== 'id' && !part.has(column) && row.get(column) !== '')
        this.#findings.error(
          'plan-table.twice',
          { file: this.#file, row: row.line, column },
          {
            what: `${quote(row.get('id'))} has a row above already, and this one gives ${column} again`,
            why: 'an id names one commitment; a further row of it holds only targets, budgets, evidence or changes',
            mend: 'give it an id of its own, or leave the cell blank',
          },
        );
  }

  #commitment(row: Row): Entries {
    const entries: Entries = new Map();
    for (const [key, column] of [
      ['id', 'id'],
      ['parent', 'parent'],
      ['kind', 'kind'],
    ] as const)
      this.#code(entries, key, row, column);
    this.#localized(entries, 'name', row, 'name_en', 'name_zh');
    this.#localized(entries, 'description', row, 'description_en', 'description_zh');
    this.#localized(entries, 'owner', row, 'owner_en', 'owner_zh');
    for (const column of ['department', 'area', 'start', 'due', 'weight', 'state'] as const)
      this.#code(entries, column, row, column);
    this.#words(entries, 'sdgTargets', row, 'sdg_targets', (word, offset) => this.#scalar(word, offset));
    this.#words(entries, 'criteria', row, 'criteria', (word, offset) => {
      const cut = word.indexOf(':');
      const criterion: Entries = new Map();
      criterion.set('framework', { offset, tree: this.#scalar(cut < 0 ? word : word.slice(0, cut), offset) });
      if (cut >= 0) criterion.set('criterion', { offset, tree: this.#scalar(word.slice(cut + 1), offset) });
      return { kind: 'map', offset, entries: criterion };
    });
    this.#citation(entries, row, 'source', 'locator');
    this.#localized(entries, 'note', row, 'note_en', 'note_zh');
    if (row.get('withdrawn_on') !== '' || row.get('withdrawn_reason') !== '') {
      const withdrawn: Entries = new Map();
      this.#code(withdrawn, 'on', row, 'withdrawn_on');
      this.#code(withdrawn, 'reason', row, 'withdrawn_reason');
      this.#map(entries, 'withdrawn', row, 'withdrawn_on', withdrawn);
    }
    return entries;
  }

  #parts(entries: Entries, row: Row): void {
    for (const part of parts) {
      const [first] = partColumns[part];
      if (first === undefined || partColumns[part].every((column) => row.get(column) === '')) continue;
      const offset = this.#at(row.line, first);
      const known = entries.get(part)?.tree;
      const items = known?.kind === 'list' ? known.items : [];
      const tree: YamlTree = { kind: 'map', offset, entries: this.#part(part, row) };
      entries.set(part, { offset, tree: { kind: 'list', offset, items: [...items, tree] } });
    }
  }

  #part(part: Part, row: Row): Entries {
    const entries: Entries = new Map();
    switch (part) {
      case 'targets':
        this.#code(entries, 'indicator', row, 'target_indicator');
        this.#code(entries, 'area', row, 'target_area');
        this.#code(entries, 'period', row, 'target_period');
        this.#code(entries, 'comparator', row, 'target_comparator');
        this.#code(entries, 'value', row, 'target_value');
        // A promise in words only has no number: the cell is blank, and that is said.
        if (!entries.has('value')) this.#null(entries, 'value', row, 'target_value');
        this.#code(entries, 'unit', row, 'target_unit');
        this.#citation(entries, row, 'target_source', 'target_locator');
        break;
      case 'budget':
        this.#code(entries, 'amount', row, 'budget_amount');
        this.#code(entries, 'unit', row, 'budget_unit');
        this.#localized(entries, 'source', row, 'budget_source_en', 'budget_source_zh');
        this.#citation(entries, row, 'budget_source', 'budget_locator');
        break;
      case 'evidence':
        this.#localized(entries, 'text', row, 'evidence_en', 'evidence_zh');
        this.#citation(entries, row, 'evidence_source', 'evidence_locator');
        break;
      case 'revisions':
        this.#code(entries, 'at', row, 'change_at');
        this.#code(entries, 'by', row, 'change_by');
        this.#code(entries, 'kind', row, 'change_kind');
        this.#code(entries, 'reason', row, 'change_reason');
        this.#was(entries, row);
        break;
    }
    return entries;
  }

  /** What a commitment said before a change: JSON in one cell; blank when it was not in the plan. */
  #was(entries: Entries, row: Row): void {
    const text = row.get('change_was');
    if (text === '') {
      this.#null(entries, 'was', row, 'change_was');
      return;
    }
    const offset = this.#at(row.line, 'change_was');
    try {
      entries.set('was', { offset, tree: this.#json(JSON.parse(text), offset, 0) });
    } catch {
      this.#findings.error(
        'plan-table.was',
        { file: this.#file, row: row.line, column: 'change_was' },
        {
          what: 'the cell is not JSON',
          why: 'it holds what the commitment said before the change, as the export wrote it',
          mend: 'leave what is exported as it is: what was promised is not rewritten',
        },
      );
    }
  }

  #json(value: unknown, offset: number, depth: number): YamlTree {
    if (depth > 8) throw new RangeError('too deep');
    if (Array.isArray(value))
      return { kind: 'list', offset, items: value.map((each) => this.#json(each, offset, depth + 1)) };
    if (typeof value === 'object' && value !== null) {
      const entries: Entries = new Map();
      for (const [key, each] of Object.entries(value))
        entries.set(key, { offset, tree: this.#json(each, offset, depth + 1) });
      return { kind: 'map', offset, entries };
    }
    if (
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      value === null
    )
      return { kind: 'scalar', offset, value, source: String(value) };
    throw new TypeError('JSON has no other values');
  }

  #words(
    entries: Entries,
    key: string,
    row: Row,
    column: PlanColumn,
    grow: (word: string, offset: number) => YamlTree,
  ): void {
    const text = row.get(column);
    if (text === '') return;
    const offset = this.#at(row.line, column);
    let words: readonly string[] = text.split(/\s+/u);
    if (text.startsWith('['))
      try {
        const read: unknown = JSON.parse(text);
        if (Array.isArray(read)) words = read.map(String);
      } catch {
        // Words as they stand: the schema says what is wrong with them.
      }
    entries.set(key, {
      offset,
      tree: { kind: 'list', offset, items: words.map((word) => grow(word, offset)) },
    });
  }

  #code(entries: Entries, key: string, row: Row, column: PlanColumn): void {
    const text = row.get(column);
    if (text === '') return;
    const offset = this.#at(row.line, column);
    entries.set(key, { offset, tree: this.#scalar(text, offset) });
  }

  #null(entries: Entries, key: string, row: Row, column: PlanColumn): void {
    const offset = this.#at(row.line, column);
    entries.set(key, { offset, tree: { kind: 'scalar', offset, value: null, source: '' } });
  }

  #scalar(text: string, offset: number): YamlTree {
    return { kind: 'scalar', offset, value: text, source: text };
  }

  #localized(entries: Entries, key: string, row: Row, en: PlanColumn, zh: PlanColumn): void {
    if (row.get(en) === '' && row.get(zh) === '') return;
    const text: Entries = new Map();
    for (const [language, column] of [
      ['en', en],
      ['zh', zh],
    ] as const) {
      const offset = this.#at(row.line, column);
      text.set(language, { offset, tree: this.#scalar(row.get(column), offset) });
    }
    this.#map(entries, key, row, en, text);
  }

  #citation(entries: Entries, row: Row, source: PlanColumn, locator: PlanColumn): void {
    if (row.get(source) === '' && row.get(locator) === '') return;
    const citation: Entries = new Map();
    this.#code(citation, 'source', row, source);
    this.#code(citation, 'locator', row, locator);
    this.#map(entries, 'citation', row, source, citation);
  }

  #map(entries: Entries, key: string, row: Row, column: PlanColumn, inner: Entries): void {
    const offset = this.#at(row.line, column);
    entries.set(key, { offset, tree: { kind: 'map', offset, entries: inner } });
  }
}
