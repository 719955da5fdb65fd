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
/** Points on a map at the most. */
const mostOnMap = 300;

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
  /** The newest of the choice, whatever page is shown: for a map. */
  readonly newest: readonly Case[];
}

/**
 * The cases of a choice, newest number first, a page at a time. What was found in a piece of the register is kept with the
 * piece, so that after a step only one piece is looked at again.
 */
export function listPart(
  register: Register,
  choice: ListChoice,
  standing: Standing,
  areas: ReadonlyMap<string, { readonly parent?: string | undefined }>,
  now: string,
): ListPart {
  const office = isOffice(standing);
  // What is overdue is judged once a minute.
  const moment = choice.state === 'overdue' ? `${now.slice(0, 16)}:00Z` : '';
  const within = choice.area === '' ? null : areasIn(choice.area, areas);
  const key = JSON.stringify([{ ...choice, fields: [...choice.fields], after: '' }, office, moment]);
  const accepts = condition(register.declaration, choice, office, within, moment);
  const cases: Case[] = [];
  const newest: Case[] = [];
  let total = 0;
  let more = false;
  for (const piece of register.pieces().toReversed()) {
    const found = foundIn(piece, key, accepts);
    total += found.length;
    for (let at = found.length - 1; at >= 0 && newest.length < mostOnMap; at -= 1) {
      const each = found[at];
      if (each !== undefined) newest.push(each);
    }
    for (let at = found.length - 1; at >= 0 && !more; at -= 1) {
      const each = found[at];
      if (each === undefined || (choice.after !== '' && each.number >= choice.after)) continue;
      if (cases.length === pageSize) more = true;
      else cases.push(each);
    }
  }
  return { cases, total, newest, next: more ? (cases.at(-1)?.number ?? null) : null };
}

const kept = new WeakMap<readonly Case[], Map<string, readonly Case[]>>();
/** Choices kept a piece: the texts that people look for are many. */
const mostKept = 20;

function foundIn(piece: readonly Case[], key: string, accepts: (each: Case) => boolean): readonly Case[] {
  const ofPiece = kept.get(piece) ?? new Map<string, readonly Case[]>();
  kept.set(piece, ofPiece);
  const known = ofPiece.get(key);
  if (known !== undefined) return known;
  const found = piece.filter(accepts);
  const [oldest] = ofPiece.keys();
  if (ofPiece.size >= mostKept && oldest !== undefined) ofPiece.delete(oldest);
  ofPiece.set(key, found);
  return found;
}

function condition(
  declaration: RegisterDeclaration,
  choice: ListChoice,
  office: boolean,
  within: ReadonlySet<string> | null,
  moment: string,
): (each: Case) => boolean {
  const isEntity = declaration.entities.some(({ id }) => id === choice.type);
  const ofEntities = new Set(
    declaration.steps.map(({ kind }) => kind).filter((kind) => entityOfKind(declaration, kind) !== undefined),
  );
  const isOneState = choice.state === 'open' || choice.state === 'closed';
  const query = choice.query.toLowerCase();
  return (each) =>
    (!isOneState || each.state === choice.state) &&
    (isEntity ? each.type === choice.type : !ofEntities.has(each.at)) &&
    (isEntity || choice.type === null || each.type === choice.type) &&
    (office || isPublic(declaration, each)) &&
    (choice.state !== 'overdue' || isOverdue(each, moment)) &&
    (choice.at === '' || each.at === choice.at) &&
    (within === null || within.has(each.area)) &&
    [...choice.fields].every(([id, value]) => each.values[id] === value) &&
    (query === '' || isFound(declaration, each, query, office));
}

/** An area and all that lie in it. */
function areasIn(
  wanted: string,
  areas: ReadonlyMap<string, { readonly parent?: string | undefined }>,
): ReadonlySet<string> {
  return new Set([wanted, ...[...areas.keys()].filter((area) => isIn(area, wanted, areas))]);
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
