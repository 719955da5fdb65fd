import { compare, decimal, type ExaminationDeclaration, type ExaminationSubject } from '../../model/index.ts';
import {
  type ExaminedSubject,
  type Hearing,
  type HearingBody,
  type HearingKind,
  hearingOf,
  hearingRoles,
  hearingSteps,
  hearingStream,
  mayHear,
  type Sheet,
} from '../../plan/index.ts';
import type { Receipt, Store } from '../../store/index.ts';
import { writeSteps } from '../office/log.ts';
import { holds, type Person } from '../who.ts';

/** The register of examinations: each subject's course is a case, each act a step of it. */
const examinationRegister = [{ register: 'examination', version: 1, steps: [...hearingSteps] }];

/** What was made final of one subject. */
export interface FinalResult {
  readonly sheet: Sheet;
  readonly at: string;
  readonly name: string;
}

/** The store as one subject may see it: its area and department, in the database too (PostgreSQL). */
export const within = (store: Store, { area, department }: ExaminationSubject): Store =>
  store.within([area], [department ?? '-']);

/** Where one subject stands. */
export async function readHearing(
  store: Store,
  city: string,
  declared: ExaminationDeclaration,
  subject: ExaminationSubject,
): Promise<Hearing> {
  const known = await readHearings(within(store, subject), city, { ...declared, subjects: [subject] });
  return known.get(subject.id) ?? hearingOf([]);
}

/** Where each subject of an examination stands. */
export async function readHearings(
  store: Store,
  city: string,
  declared: ExaminationDeclaration,
): Promise<ReadonlyMap<string, Hearing>> {
  const events = await store.events(city, { register: 'examination' });
  return new Map(
    declared.subjects.map((subject) => {
      const stream = hearingStream(declared.id, subject.department, subject.id);
      return [
        subject.id,
        hearingOf(events.filter((event) => event.stream === stream && event.area === subject.area)),
      ];
    }),
  );
}

export async function readFinals(
  store: Store,
  city: string,
  declared: ExaminationDeclaration,
): Promise<ReadonlyMap<string, FinalResult>> {
  return new Map(
    [...(await readHearings(store, city, declared))].flatMap(([subject, { final }]) =>
      final?.sheet === undefined ? [] : [[subject, { sheet: final.sheet, at: final.at, name: final.name }]],
    ),
  );
}

/** The score of a subject as it stands, to be kept with a step. */
export function sheetOf({ examination, items }: ExaminedSubject, asOf: number): Sheet {
  const { score, earned, possible } = examination;
  return {
    asOf,
    score,
    earned,
    possible,
    items: items.map(({ item, points, got, ground }) => ({
      item: item.id,
      points,
      got,
      figure: ground.kind === 'figure' ? ground.figure.code : `plan/${ground.plan}`,
      value: ground.value,
    })),
  };
}

export interface HearingContext {
  readonly store: Store;
  readonly city: string;
  readonly declared: ExaminationDeclaration;
  readonly subject: ExaminationSubject;
  readonly person: Person;
  readonly now: Date;
}

export type ActOutcome = 'done' | 'rights' | 'own' | 'state' | 'form' | 'empty';

/** Whether a person may take a step of the course of one subject, by role, area and department. */
export function mayAct(person: Person, subject: ExaminationSubject, kind: HearingKind): boolean {
  return holds(person, [hearingRoles[kind]], subject.area, subject.department);
}

/**
 * Takes one step. `expected`: the number of the last event that the person saw. Refused when the role, the state or the form
 * does not fit, or when somebody was faster; nothing is stored then. Nobody checks or makes final what they reported or
 * answered themselves.
 */
export async function act(
  context: HearingContext,
  kind: HearingKind,
  expected: number,
  body: HearingBody,
  examined: ExaminedSubject,
): Promise<ActOutcome> {
  const { store, city, declared, subject, person } = context;
  if (!mayAct(person, subject, kind)) return 'rights';
  const hearing = await readHearing(store, city, declared, subject);
  if (hearing.seq !== expected || !mayHear(hearing.state, kind)) return 'state';
  if (isOwn(hearing, kind, person)) return 'own';
  const fault = faultOf(kind, body, hearing, examined);
  if (fault !== null) return fault;
  const receipt = await writeHearing(context, kind, hearing, body);
  return receipt.outcome === 'refused' ? 'state' : 'done';
}

/** Four eyes: the check is not the reporter's, the final not the reporter's nor that of whoever checked or answered. */
function isOwn({ events }: Hearing, kind: HearingKind, { id }: Person): boolean {
  const last = (kinds: readonly HearingKind[]) =>
    [...events].reverse().find((event) => kinds.includes(event.kind))?.by;
  if (kind === 'checked') return last(['reported']) === id;
  if (kind === 'answered') return last(['reported']) === id || last(['objected']) === id;
  if (kind === 'final') return last(['reported']) === id || last(['checked', 'answered']) === id;
  return false;
}

function faultOf(
  kind: HearingKind,
  { said, items, sheet }: HearingBody,
  hearing: Hearing,
  examined: ExaminedSubject,
): 'form' | 'empty' | null {
  const known = new Map(examined.items.map((each) => [each.item.id, each]));
  if (items.some(({ item }) => !known.has(item))) return 'form';
  if (new Set(items.map(({ item }) => item)).size < items.length) return 'form';
  if ((kind === 'returned' || kind === 'reopened') && said.trim() === '') return 'form';
  if (kind === 'reported') return said.trim() === '' ? 'empty' : null;
  if (kind === 'objected') {
    if (items.length === 0) return 'empty';
    const hasOff = items.every(({ item }) => decimal(known.get(item)?.off ?? '0').n > 0n);
    return items.every((each) => each.said.trim() !== '') && hasOff ? null : 'form';
  }
  if (kind === 'answered') {
    const asked = hearing.events.at(-1)?.items.map(({ item }) => item) ?? [];
    const answered = items.map(({ item }) => item);
    if (asked.length !== answered.length || asked.some((item) => !answered.includes(item))) return 'form';
    return items.every(
      ({ item, said: why, upheld, value }) =>
        why.trim() !== '' && (upheld ? isWithin(value, known.get(item)?.off ?? '0') : value === ''),
    )
      ? null
      : 'form';
  }
  if ((kind === 'checked' || kind === 'final') && sheet === undefined) return 'form';
  return null;
}

/** More than nothing and not more than was taken. */
function isWithin(value: string, off: string): boolean {
  if (value === '') return false;
  const given = decimal(value);
  return given.n > 0n && compare(given, decimal(off)) <= 0;
}

function writeHearing(
  { store, city, declared, subject, person, now }: HearingContext,
  kind: HearingKind,
  hearing: Hearing,
  body: HearingBody,
): Promise<Receipt> {
  const { area, department, id } = subject;
  const step = {
    area,
    stream: hearingStream(declared.id, department, id),
    seq: hearing.seq + 1,
    register: 'examination',
    kind,
    from: hearing.state,
    body: { said: body.said, items: body.items, ...(body.sheet === undefined ? {} : { sheet: body.sheet }) },
  };
  return writeSteps(within(store, subject), city, person, now, [step], {}, examinationRegister);
}
