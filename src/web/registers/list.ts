import type { RegisterDeclaration } from '../../model/index.ts';
import {
  type Case,
  entityOfKind,
  fieldNamed,
  isOverdue,
  isPublic,
  type Register,
} from '../../registers/index.ts';
import { isOffice, type Standing } from './hall.ts';

/** What a list shows: everything of it stands in the address. */
export interface ListChoice {
  readonly type: string | null;
  readonly state: 'open' | 'closed' | 'overdue' | '';
  readonly at: string;
  readonly area: string;
  readonly query: string;
  /** Values of choice fields that cases must have. */
  readonly fields: ReadonlyMap<string, string>;
  /** Only what comes after this number, newest first. */
  readonly after: string;
}

export const pageSize = 50;

/** Reads a choice from an address; what does not belong to the register is passed over. */
export function readChoice(
  declaration: RegisterDeclaration,
  ask: (name: string) => string | undefined,
): ListChoice {
  const state = ask('state');
  const type = ask('type');
  const types = [...declaration.cases, ...declaration.entities].map(({ id }) => id);
  return {
    type: type !== undefined && types.includes(type) ? type : null,
    state: state === 'open' || state === 'closed' || state === 'overdue' ? state : '',
    at: declaration.steps.some(({ kind }) => kind === ask('at')) ? (ask('at') ?? '') : '',
    area: (ask('area') ?? '').slice(0, 60),
    query: (ask('q') ?? '').trim().slice(0, 100),
    fields: new Map(
      filterFields(declaration).flatMap(({ id }) => {
        const value = ask(`f.${id}`);
        return value === undefined || value === '' ? [] : [[id, value] as const];
      }),
    ),
    after: (ask('after') ?? '').slice(0, 200),
  };
}

/** The fields that a list can be narrowed by. */
export function filterFields(declaration: RegisterDeclaration) {
  return declaration.forms
    .flatMap(({ fields }) => fields)
    .filter(
      ({ type, choices, personal, id }, at, all) =>
        type === 'choice' &&
        !personal &&
        (choices?.length ?? 0) <= 30 &&
        all.findIndex((each) => each.id === id) === at,
    )
    .slice(0, 4);
}

export interface ListPart {
  readonly cases: readonly Case[];
  /** How many there are of this choice in all. */
  readonly total: number;
  /** The number after which the next page begins; null at the end. */
  readonly next: string | null;
}

/** The cases of a choice, newest number first, a page at a time. */
export function listPart(
  register: Register,
  choice: ListChoice,
  standing: Standing,
  areas: ReadonlyMap<string, { readonly parent?: string | undefined }>,
  now: string,
): ListPart {
  const matching = [...matches(register, choice, standing, areas, now)];
  const start = choice.after === '' ? 0 : matching.findIndex(({ number }) => number < choice.after);
  const page = start === -1 ? [] : matching.slice(start, start + pageSize);
  const last = page.at(-1);
  const more = last !== undefined && matching.at(-1) !== last;
  return { cases: page, total: matching.length, next: more ? last.number : null };
}

function* matches(
  register: Register,
  choice: ListChoice,
  standing: Standing,
  areas: ReadonlyMap<string, { readonly parent?: string | undefined }>,
  now: string,
): Iterable<Case> {
  const { declaration } = register;
  const isEntity = declaration.entities.some(({ id }) => id === choice.type);
  const office = isOffice(standing);
  const query = choice.query.toLowerCase();
  const known = register.known();
  const isOneState = choice.state === 'open' || choice.state === 'closed';
  for (let at = known.length - 1; at >= 0; at -= 1) {
    const each = known[at];
    if (each === undefined || (isOneState && each.state !== choice.state)) continue;
    if (isEntity ? each.type !== choice.type : entityOfKind(declaration, each.at) !== undefined) continue;
    if (!isEntity && choice.type !== null && each.type !== choice.type) continue;
    if (!office && !isPublic(declaration, each)) continue;
    if (choice.state === 'overdue' && !isOverdue(each, now)) continue;
    if (choice.at !== '' && each.at !== choice.at) continue;
    if (choice.area !== '' && !isIn(each.area, choice.area, areas)) continue;
    if ([...choice.fields].some(([id, value]) => each.values[id] !== value)) continue;
    if (query !== '' && !isFound(declaration, each, query, office)) continue;
    yield each;
  }
}

function isIn(
  area: string,
  wanted: string,
  areas: ReadonlyMap<string, { readonly parent?: string | undefined }>,
): boolean {
  for (let at: string | undefined = area; at !== undefined; at = areas.get(at)?.parent)
    if (at === wanted) return true;
  return false;
}

function isFound(declaration: RegisterDeclaration, each: Case, query: string, office: boolean): boolean {
  if (each.number.toLowerCase().includes(query)) return true;
  return Object.entries(each.values).some(([id, text]) => {
    if (!text.toLowerCase().includes(query)) return false;
    const field = fieldNamed(declaration, id);
    return field !== undefined && !field.personal && (office || field.public);
  });
}
