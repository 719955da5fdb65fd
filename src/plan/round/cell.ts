/**
 * The life of a cell in a round. Entered by the department, submitted by it, checked, approved by the district, final by
 * the city; sent back or opened again with a reason. The same steps are rules of the database (register `cell`).
 */
export const cellKinds = [
  'entered',
  'submitted',
  'returned',
  'checked',
  'approved',
  'final',
  'reopened',
] as const;
export type CellKind = (typeof cellKinds)[number];

export const cellSteps: readonly { readonly from: CellKind | ''; readonly to: CellKind }[] = [
  { from: '', to: 'entered' },
  { from: 'entered', to: 'entered' },
  { from: 'entered', to: 'submitted' },
  { from: 'submitted', to: 'returned' },
  { from: 'submitted', to: 'checked' },
  { from: 'checked', to: 'returned' },
  { from: 'checked', to: 'approved' },
  { from: 'returned', to: 'entered' },
  { from: 'approved', to: 'final' },
  { from: 'approved', to: 'reopened' },
  { from: 'final', to: 'reopened' },
  { from: 'reopened', to: 'entered' },
];

/** Who takes a step: the role it needs. */
export const stepRoles: Readonly<Record<CellKind, 'reporter' | 'checker' | 'approver'>> = {
  entered: 'reporter',
  submitted: 'reporter',
  returned: 'checker',
  checked: 'checker',
  approved: 'approver',
  final: 'approver',
  reopened: 'approver',
};

export function mayFollow(from: CellKind | '', to: CellKind): boolean {
  return cellSteps.some((step) => step.from === from && step.to === to);
}

/** Whether the department may still write. */
export function isOpenCell(state: CellKind | ''): boolean {
  return mayFollow(state, 'entered');
}

/** One event in the life of a cell, as the log has it. */
export interface CellEvent {
  readonly seq: number;
  readonly kind: string;
  readonly occurred: string;
  readonly actor: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly position: number;
}

/** A value as a department gives it: a value, or why there is none. */
export interface CellValue {
  /** Plain decimal; empty when missing. */
  readonly value: string;
  readonly reason: string;
  readonly note: string;
}

/** Where a cell stands after its events. */
export interface CellState extends CellValue {
  readonly seq: number;
  readonly state: CellKind | '';
  /** Who entered the value, as name and id. */
  readonly enteredBy: string;
  readonly enteredById: string;
  readonly enteredAt: string;
  /** Token of the save that wrote the value, so that a repeated save knows itself. */
  readonly save: string;
  /** What was said when it was returned or opened again; empty otherwise. */
  readonly said: string;
}

export const emptyCell: CellState = {
  seq: 0,
  state: '',
  value: '',
  reason: '',
  note: '',
  enteredBy: '',
  enteredById: '',
  enteredAt: '',
  save: '',
  said: '',
};

/** Folds the events of one cell, in their order, into where it stands. */
export function cellState(events: readonly CellEvent[]): CellState {
  let state = emptyCell;
  for (const { seq, kind, occurred, actor, body } of events) {
    const known = cellKinds.find((each) => each === kind);
    if (known === undefined) continue;
    const text = (name: string): string => {
      const value = body[name];
      return typeof value === 'string' ? value : '';
    };
    state =
      known === 'entered'
        ? {
            seq,
            state: known,
            value: text('value'),
            reason: text('reason'),
            note: text('note'),
            enteredBy: actor ?? '',
            enteredById: text('by'),
            enteredAt: occurred,
            save: text('save'),
            said: '',
          }
        : {
            ...state,
            seq,
            state: known,
            said: known === 'returned' || known === 'reopened' ? text('said') : '',
          };
  }
  return state;
}

/** How far cells have come; keys are states, '' for cells nobody has touched. */
export type Completeness = Readonly<Record<CellKind | '', number>> & { readonly all: number };

export function completeness(states: Iterable<CellKind | ''>): Completeness {
  const counts = {
    '': 0,
    entered: 0,
    submitted: 0,
    returned: 0,
    checked: 0,
    approved: 0,
    final: 0,
    reopened: 0,
    all: 0,
  };
  for (const state of states) {
    counts[state] += 1;
    counts.all += 1;
  }
  return counts;
}
