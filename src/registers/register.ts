import type { Finding } from '../model/index.ts';
import type { CaseEvent, Store, StoredEvent } from '../store/index.ts';
import { type Case, caseOf, nextSteps } from './case.ts';
import type { RegisterDeclaration } from './declaration.ts';
import { checkForm, type FormValues } from './form.ts';
import type { PersonKeys } from './personal.ts';
import type { WorkCalendar } from './working-days.ts';

/** What taking a step came to. */
export type StepResult =
  | { readonly case: Case; readonly position: number }
  | { readonly case: null; readonly findings: readonly Finding[] };

/** A step that someone wants to take in a case, or that begins one. */
export interface WantedStep {
  /** The case; absent to begin one. */
  readonly stream?: string;
  readonly area: string;
  readonly kind: string;
  readonly values: FormValues;
  /** In what standing the step is taken. */
  readonly as: RegisterDeclaration['steps'][number]['by'][number];
  readonly actor: string | null;
  /** When, ISO 8601 with a zone; given by the caller, who has a clock. */
  readonly now: string;
}

const attempts = 5;

/** One declared register of one city, on its store. */
export class Register {
  readonly declaration: RegisterDeclaration;
  readonly city: string;
  readonly #store: Store;
  readonly #keys: PersonKeys;
  readonly #calendar: WorkCalendar;

  constructor(
    declaration: RegisterDeclaration,
    at: {
      readonly city: string;
      readonly store: Store;
      readonly keys: PersonKeys;
      readonly calendar: WorkCalendar;
    },
  ) {
    this.declaration = declaration;
    this.city = at.city;
    this.#store = at.store;
    this.#keys = at.keys;
    this.#calendar = at.calendar;
  }

  /** All cases, in the order in which they began; as of a position of the log, or its head. */
  async cases(asOf?: number): Promise<readonly Case[]> {
    const events = await this.#store.events(this.city, {
      register: this.declaration.id,
      ...(asOf === undefined ? {} : { asOf }),
    });
    const streams = new Map<string, StoredEvent[]>();
    for (const event of events) {
      const stream = streams.get(event.stream);
      if (stream === undefined) streams.set(event.stream, [event]);
      else stream.push(event);
    }
    return [...streams.values()]
      .map((list) =>
        caseOf(
          this.declaration,
          list.sort((a, b) => a.seq - b.seq),
          this.#calendar,
        ),
      )
      .filter((each) => each !== null)
      .sort((a, b) => (begun(a) < begun(b) ? -1 : begun(a) > begun(b) ? 1 : a.stream < b.stream ? -1 : 1));
  }

  /** One case by its number; null when there is none. */
  async case(stream: string): Promise<Case | null> {
    if (!stream.startsWith(`${this.declaration.id}.`)) return null;
    const events = await this.#store.events(this.city, { register: this.declaration.id, stream });
    return caseOf(
      this.declaration,
      [...events].sort((a, b) => a.seq - b.seq),
      this.#calendar,
    );
  }

  /**
   * Takes a step: checks who may, the form and the order of steps, keeps personal fields sealed, and writes one event.
   * The order of steps is also the database's rule: of two who close a case at once, one is refused.
   */
  async take(wanted: WantedStep): Promise<StepResult> {
    const before = wanted.stream === undefined ? null : await this.case(wanted.stream);
    if (wanted.stream !== undefined && before === null)
      return refused(
        this.declaration,
        'register.case',
        `there is no case ${wanted.stream}`,
        'a step belongs to a case',
        'use the number that was given when it was filed',
      );
    const step = nextSteps(this.declaration, before?.at ?? null).find(({ kind }) => kind === wanted.kind);
    if (step === undefined)
      return refused(
        this.declaration,
        'register.step',
        before === null
          ? `no case begins with '${wanted.kind}'`
          : `'${wanted.kind}' does not follow '${before.at}'`,
        'a case moves only along declared steps',
        `possible now: ${
          nextSteps(this.declaration, before?.at ?? null)
            .map(({ kind }) => kind)
            .join(', ') || 'nothing'
        }`,
      );
    if (!step.by.includes(wanted.as))
      return refused(
        this.declaration,
        'register.role',
        `'${wanted.kind}' is not a step for ${wanted.as}`,
        `it is taken by ${step.by.join(', ')}`,
        'ask someone who may',
      );
    const { values, findings } = checkForm(this.declaration, step.form, wanted.values);
    if (findings.length > 0) return { case: null, findings };
    const register = {
      register: this.declaration.id,
      version: this.declaration.version,
      steps: transitions(this.declaration),
    };
    for (let attempt = 1; ; attempt += 1) {
      const stream = before?.stream ?? (await this.#nextNumber(wanted.now, attempt));
      const event: CaseEvent = {
        area: before?.area ?? wanted.area,
        stream,
        seq: (before?.events.length ?? 0) + 1,
        register: this.declaration.id,
        version: this.declaration.version,
        kind: wanted.kind,
        from: before?.at ?? '',
        occurred: wanted.now,
        actor: wanted.actor,
        body: await this.#sealed(stream, values),
      };
      const receipt = await this.#store.submit({
        city: this.city,
        kind: 'record',
        agent: wanted.actor ?? wanted.as,
        received: wanted.now,
        files: [],
        records: { registers: [register], events: [event] },
      });
      if (receipt.outcome === 'refused') {
        // Two who file at once may draw one number: the later one draws again.
        if (before === null && attempt < attempts) continue;
        return { case: null, findings: receipt.findings };
      }
      const now = await this.case(stream);
      if (now === null) throw new Error('a stored case cannot be read');
      return { case: now, position: receipt.position };
    }
  }

  /** A personal field of a case in the clear; null when it was not given or the person's key was erased. */
  async reveal(each: Case, field: string): Promise<string | null> {
    const sealed = each.values[field];
    return typeof sealed === 'string' ? this.#keys.open(each.stream, field, sealed) : null;
  }

  /** Makes all personal fields of a case unreadable for ever. */
  async forget(stream: string): Promise<void> {
    await this.#keys.erase(stream);
  }

  /** What anyone may see of a case: public fields only, in the order of the forms. */
  publicValues(each: Case): readonly (readonly [string, string])[] {
    return this.declaration.forms
      .flatMap(({ fields }) => fields)
      .filter(({ id, personal, public: open }) => open && !personal && typeof each.values[id] === 'string')
      .map(({ id }) => [id, String(each.values[id])]);
  }

  /** The year and the position that the log will have: never used before, and in the order of filing. */
  async #nextNumber(now: string, attempt: number): Promise<string> {
    const head = (await this.#store.cities()).find(({ id }) => id === this.city)?.head ?? 0;
    return `${this.declaration.id}.${now.slice(0, 4)}-${String(head + attempt).padStart(6, '0')}`;
  }

  async #sealed(stream: string, values: FormValues): Promise<Record<string, string>> {
    const personal = new Set(
      this.declaration.forms.flatMap(({ fields }) =>
        fields.filter((field) => field.personal).map(({ id }) => id),
      ),
    );
    const entries = await Promise.all(
      Object.entries(values).map(
        async ([id, text]) =>
          [id, personal.has(id) ? await this.#keys.seal(stream, id, text) : text] as const,
      ),
    );
    return Object.fromEntries(entries);
  }
}

function transitions({ steps }: RegisterDeclaration): { from: string; to: string }[] {
  return steps.flatMap(({ after, kind }) =>
    after.length === 0 ? [{ from: '', to: kind }] : after.map((from) => ({ from, to: kind })),
  );
}

function begun({ events }: Case): number {
  return Date.parse(events[0]?.occurred ?? '');
}

function refused(
  { id }: RegisterDeclaration,
  rule: string,
  what: string,
  why: string,
  mend: string,
): StepResult {
  return { case: null, findings: [{ rule, severity: 'error', where: { file: id }, what, why, mend }] };
}
