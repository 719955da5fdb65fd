import type { Field, Finding, Localized, RegisterDeclaration, RegisterRole, Step } from '../model/index.ts';
import type { StoredEvent } from '../store/index.ts';
import { type Attachment, attachmentPath } from './attachment.ts';
import type { Book } from './book.ts';
import { type Case, evidenceKey, flagsKey, nextSteps } from './case.ts';
import { compute, computeText, type Facts, truthOf } from './compute.ts';
import { Draft } from './draft.ts';
import { entityOfKind } from './entity.ts';
import { checkForm, type FieldFault, type FormValues, fieldsOf } from './form.ts';
import { partsOf, readFormula } from './formula.ts';
import { lineageOf } from './lineage.ts';
import { sameValue, suggestions } from './prefill.ts';
import { type CaseRecord, parentKey } from './projection.ts';
import { Refusal } from './refusal.ts';
import { SerialCheck } from './serial-check.ts';
import { type Sheet, tableToDraft } from './table-intake.ts';
import type { WorkCalendar } from './working-days.ts';

/** What taking a step came to. */
export type StepResult =
  | { readonly case: Case; readonly position: number }
  | { readonly case: null; readonly findings: readonly Finding[]; readonly faults: readonly FieldFault[] };

/** A step that someone wants to take in a case, or that begins one. */
export interface WantedStep {
  /** The case; absent to begin one. */
  readonly stream?: string;
  readonly area: string;
  readonly kind: string;
  readonly values: FormValues;
  /** In what standing the step is taken. */
  readonly as: RegisterRole;
  /** The only department that the actor speaks for; absent: all. */
  readonly department?: string;
  readonly actor: string | null;
  /** When, ISO 8601 with a zone; given by the caller, who has a clock. */
  readonly now: string;
  readonly files?: readonly Attachment[];
  /** The case that a new one belongs to. */
  readonly parent?: string;
}

const attempts = 60;

/** One declared register of one city. */
export class Register {
  readonly declaration: RegisterDeclaration;
  readonly #all: Book;

  constructor(declaration: RegisterDeclaration, all: Book) {
    this.declaration = declaration;
    this.#all = all;
  }

  get id(): string {
    return this.declaration.id;
  }

  get city(): string {
    return this.#all.at.city;
  }

  get calendar(): WorkCalendar {
    return this.#all.at.calendar;
  }

  /** All cases and entities as known since the last refresh, in the order of their numbers. */
  known(): readonly Case[] {
    return this.#all.projection.cases(this.id).map((each) => this.#all.caseOf(this.declaration, each));
  }

  /** Cases of one type or entities of one kind; null for the cases of a register with one type. */
  ofType(type: string | null): readonly Case[] {
    return this.known().filter((each) => each.type === type);
  }

  async cases(): Promise<readonly Case[]> {
    await this.#all.refresh();
    return this.known();
  }

  /** One case by its stream; null when there is none. */
  async case(stream: string): Promise<Case | null> {
    await this.#all.refresh();
    return this.#find(stream);
  }

  /** One case by the number that readers know. */
  byNumber(number: string): Promise<Case | null> {
    return this.case(`${this.id}.${number}`);
  }

  #find(stream: string): Case | null {
    const record = this.#all.projection.case(this.id, stream);
    return record === null ? null : this.#all.caseOf(this.declaration, record);
  }

  /** The events of a case with all that they say, oldest first. */
  async events(stream: string): Promise<readonly StoredEvent[]> {
    const events = await this.#all.at.store.events(this.city, { register: this.id, stream });
    return [...events].sort((a, b) => a.seq - b.seq);
  }

  /** The events of several cases, by stream. */
  async eventsOf(streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const found = new Map<string, StoredEvent[]>();
    if (streams.length === 0) return found;
    for (const event of await this.#all.at.store.events(this.city, { register: this.id, streams }))
      found.set(event.stream, [...(found.get(event.stream) ?? []), event]);
    for (const list of found.values()) list.sort((a, b) => a.seq - b.seq);
    return found;
  }

  /** What only the one who filed a case was told; null once it is erased. */
  secretOf(stream: string): Promise<string | null> {
    return this.#all.at.keys.secretOf(stream);
  }

  makeSecret(stream: string): Promise<string> {
    return this.#all.at.keys.makeSecret(stream);
  }

  facts(each: Case): Facts {
    return this.#all.facts(this.declaration, each);
  }

  children(each: Case): readonly Case[] {
    return this.#all.projection
      .children(this.id, each.stream)
      .map((child) => this.#all.caseOf(this.declaration, child));
  }

  /** The case that a case belongs to. */
  parent(each: Case): Case | null {
    const named = each.values[parentKey];
    if (named !== undefined) return this.#find(`${this.id}.${named}`);
    const dot = each.number.lastIndexOf('.');
    return dot <= 0 ? null : this.#find(`${this.id}.${each.number.slice(0, dot)}`);
  }

  /** What a case was made from, and what was made from it: one step each way. */
  lineage(each: Case): { readonly before: readonly CaseRecord[]; readonly after: readonly CaseRecord[] } {
    return lineageOf(this.#all, this.declaration, each);
  }

  /** The steps that someone may take next in a case, or begin one with: by order, standing and department. */
  possible(each: Case | null, as: readonly RegisterRole[], department?: string): readonly Step[] {
    if (each !== null && !this.#isWith(each, department)) return [];
    return nextSteps(this.declaration, each?.at ?? null).filter(({ by }) =>
      by.some((role) => as.includes(role)),
    );
  }

  #isWith({ values }: Case, department: string | undefined): boolean {
    const with_ = this.declaration.department === undefined ? undefined : values[this.declaration.department];
    return department === undefined || with_ === undefined || with_ === department;
  }

  /**
   * Takes a step: checks who may, the form, what must hold and the order of steps; seals what is personal; writes the
   * event, its flows and the cases it opens as one submission. What the database refuses is refused here.
   */
  async take(wanted: WantedStep): Promise<StepResult> {
    try {
      return await this.#all.inLine(() => this.#attempt(wanted));
    } catch (error) {
      if (error instanceof Refusal) return { case: null, findings: error.findings, faults: error.faults };
      throw error;
    }
  }

  /** Stores a whole table of new cases or entities, or tells what is wrong with which cell. `only`: checks only. */
  async takeTable(
    sheet: Sheet,
    common: Omit<WantedStep, 'values' | 'stream' | 'files'>,
    only: boolean,
  ): Promise<{ readonly stored: number; readonly findings: readonly Finding[] }> {
    return this.#all.inLine(async () => {
      const head = await this.#all.refresh();
      const draft = new Draft(this.#all, common.now, common.actor, common.department);
      const findings = await tableToDraft(this, draft, sheet, common);
      if (findings.length > 0) return { stored: 0, findings };
      if (only) return { stored: draft.size, findings: [] };
      const receipt = await draft.submit(common.actor ?? common.as, head);
      await this.#all.refresh();
      return receipt.outcome === 'refused'
        ? { stored: 0, findings: receipt.findings }
        : { stored: draft.size, findings: [] };
    });
  }

  async #attempt(wanted: WantedStep): Promise<StepResult> {
    for (let attempt = 1; ; attempt += 1) {
      const head = await this.#all.refresh();
      const draft = new Draft(this.#all, wanted.now, wanted.actor, wanted.department);
      const stream = await this.addTo(draft, wanted);
      const receipt = await draft.submit(wanted.actor ?? wanted.as, head);
      if (receipt.outcome !== 'refused') {
        await this.#all.refresh();
        const now = this.#find(stream);
        if (now === null) throw new Error('a stored case cannot be read');
        return { case: now, position: receipt.position };
      }
      // Another process was first: what it wrote is read, and the step is worked out anew.
      const again = receipt.findings.some(
        ({ rule }) => rule === 'case.taken' || rule === 'log.moved' || rule === 'record.exists',
      );
      const mayDraw =
        wanted.stream === undefined || receipt.findings.some(({ rule }) => rule === 'log.moved');
      if (!again || !mayDraw || attempt >= attempts) throw new Refusal(receipt.findings, []);
    }
  }

  /** Puts a step into a draft and gives the stream of its case. Throws {@link Refusal}. */
  async addTo(draft: Draft, wanted: WantedStep): Promise<string> {
    const { declaration } = this;
    const before =
      wanted.stream === undefined ? null : (draft.pending(wanted.stream) ?? this.#find(wanted.stream));
    if (wanted.stream !== undefined && before === null)
      throw this.#refusal(
        'register.case',
        {
          what: `there is no case ${wanted.stream}`,
          why: 'a step belongs to a case',
          mend: 'use the number that was given when it was filed',
        },
        { en: 'There is no such case.', zh: '没有这一件。' },
      );
    const step = this.#step(wanted, before);
    const entity = entityOfKind(declaration, step.kind);
    const fields = fieldsOf(declaration, step.form);
    const names = new Set(fields.map(({ id }) => id));
    const attached = new Map<string, string[]>();
    for (const { field, name } of wanted.files ?? [])
      attached.set(field, [...(attached.get(field) ?? []), name]);
    const given = {
      ...wanted.values,
      ...Object.fromEntries([...attached].map(([id, list]) => [id, list.join(',')])),
    };
    const { values, findings, faults } = checkForm(declaration, step.form, given);
    if (findings.length > 0) throw new Refusal(findings, faults);
    this.#checkReferences(draft, fields, values);
    const stream = before?.stream ?? this.#newStream(draft, step, values, wanted, entity?.id);
    if (before === null && (this.#find(stream) !== null || draft.pending(stream) !== null))
      throw this.#refusal(
        'register.exists',
        {
          what: `${stream.slice(this.id.length + 1)} is recorded already`,
          why: 'a number names one record; a message that comes twice counts once',
          mend: 'take a step in the case that is there, or use another number',
        },
        { en: 'This number is recorded already.', zh: '该编号已经登记。' },
      );
    const content: Record<string, string> = { ...values };
    if (wanted.parent !== undefined && before === null) content[parentKey] = wanted.parent;
    for (const field of fields) {
      if (field.compute === undefined) continue;
      const facts = this.#all.facts(declaration, { stream, values: { ...before?.values, ...content } });
      const value = computeText(field.compute, facts);
      if (value !== null) content[field.id] = value;
    }
    const differing = await this.#prefill(fields, content, { ...before?.values, ...content });
    const all = { ...before?.values, ...content };
    const known = this.#all.facts(declaration, { stream, values: all });
    const occurred = this.#occurred(step, all, wanted.now);
    this.#checkNeeds(step, known, draft);
    this.#checkJoins(step, stream, draft);
    content[flagsKey] = [...this.#flags(step, known, draft), ...differing].sort().join(',');
    if (content[flagsKey] === '' && before?.flags.length === 0) delete content[flagsKey];
    if (content[flagsKey] === '' && before === null) delete content[flagsKey];
    const area = before?.area ?? wanted.area;
    const seq = (before?.steps.length ?? 0) + 1;
    await draft.event(declaration, {
      area,
      stream,
      seq,
      kind: step.kind,
      from: before?.at ?? '',
      occurred,
      values: content,
      sealed: new Set(fields.filter(({ personal, erasable }) => personal || erasable).map(({ id }) => id)),
      files: (wanted.files ?? []).filter(({ field }) => names.has(field)),
    });
    draft.flows(declaration, step, { area, stream, seq, occurred, values: all });
    if (step.flows.some(({ serials }) => serials !== undefined))
      new SerialCheck(this.#all, declaration).check(draft);
    for (const rule of step.opens) await this.#open(draft, rule, stream, all, area, wanted);
    return stream;
  }

  async #open(
    draft: Draft,
    rule: Step['opens'][number],
    stream: string,
    values: FormValues,
    area: string,
    wanted: WantedStep,
  ): Promise<void> {
    const { declaration } = this;
    const facts = this.#all.facts(declaration, { stream, values });
    if (rule.when !== undefined && truthOf(compute(rule.when, facts)) !== true) return;
    const first = declaration.steps.find(({ after, of }) => after.length === 0 && of === rule.case);
    if (first === undefined) throw new Error(`no step begins a ${rule.case}`);
    const given = Object.fromEntries(
      Object.entries(rule.values).flatMap(([id, formula]) => {
        const value = computeText(formula, facts);
        return value === null ? [] : [[id, value]];
      }),
    );
    const parent = stream.slice(this.id.length + 1);
    for (const each of rule.each?.of ?? [null])
      await this.addTo(draft, {
        area,
        kind: first.kind,
        values: each === null ? given : { ...given, [rule.each?.into ?? '']: each },
        as: first.by[0] ?? 'administrator',
        actor: wanted.actor,
        now: wanted.now,
        parent,
      });
  }

  #step(wanted: WantedStep, before: Case | null): Step {
    const possible = nextSteps(this.declaration, before?.at ?? null);
    const step = possible.find(({ kind }) => kind === wanted.kind);
    if (step === undefined)
      throw this.#refusal(
        'register.step',
        {
          what:
            before === null
              ? `no case begins with '${wanted.kind}'`
              : `'${wanted.kind}' does not follow '${before.at}'`,
          why: 'a case moves only along declared steps',
          mend: `possible now: ${possible.map(({ kind }) => kind).join(', ') || 'nothing'}`,
        },
        {
          en: 'This step is not possible now: the case has moved on.',
          zh: '现在不能办理这一步：本件状态已经变化。',
        },
      );
    if (!step.by.includes(wanted.as))
      throw this.#refusal(
        'register.role',
        {
          what: `'${wanted.kind}' is not a step for ${wanted.as}`,
          why: `it is taken by ${step.by.join(', ')}`,
          mend: 'ask someone who may',
        },
        { en: 'This step is taken by others.', zh: '这一步由其他人员办理。' },
      );
    if (before !== null && !this.#isWith(before, wanted.department))
      throw this.#refusal(
        'register.department',
        {
          what: `the case is with ${before.values[this.declaration.department ?? ''] ?? ''}, not with ${wanted.department ?? ''}`,
          why: 'only the department that a case is with takes steps in it',
          mend: 'have it handed over first',
        },
        { en: 'The case is with another department.', zh: '本件由其他部门承办。' },
      );
    return step;
  }

  /** What an `entity` or `case` field names must be there, and be standing. */
  #checkReferences(draft: Draft, fields: readonly Field[], values: FormValues): void {
    for (const field of fields) {
      const value = values[field.id];
      if ((field.type !== 'entity' && field.type !== 'case') || value === undefined) continue;
      for (const one of field.several ? value.split(',') : [value]) {
        const found =
          this.#all.named(this.declaration, field, one) ?? draft.named(this.declaration, field, one);
        if (found === null)
          throw this.#fieldRefusal('register.reference', field, {
            en: `there is no ${field.of ?? 'case'} '${one}'`,
            zh: `没有编号为“${one}”的记录`,
          });
        if (field.type === 'entity' && found.steps.at(-1)?.kind === `${field.of ?? ''}.ended`)
          throw this.#fieldRefusal('register.reference', field, {
            en: `'${one}' has ended`,
            zh: `“${one}”已注销`,
          });
      }
    }
  }

  /** A number drawn in order, that of a field, or one after the case it belongs to. */
  #newStream(
    draft: Draft,
    step: Step,
    values: FormValues,
    wanted: WantedStep,
    entity: string | undefined,
  ): string {
    const prefix = `${this.id}.`;
    const keyOf = (text: string): string =>
      text
        .normalize('NFKC')
        .replace(/[^A-Za-z0-9_-]+/g, '-')
        .replace(/^-+|-+$/g, '');
    if (entity !== undefined) {
      const declared = this.declaration.entities.find(({ id }) => id === entity);
      const code = declared?.fields.find(({ id }) => id === 'code')?.id;
      const key = keyOf(values[code ?? ''] ?? '');
      return `${prefix}${entity}.${key === '' ? this.#draw(draft, `${prefix}${entity}.`, 5) : key}`;
    }
    const type = this.declaration.cases.find(({ id }) => id === (step.of ?? this.declaration.cases[0]?.id));
    const key = type?.key === undefined ? '' : keyOf(values[type.key] ?? '');
    const within = wanted.parent === undefined ? '' : `${wanted.parent}.`;
    if (key !== '') return `${prefix}${within}${key}`;
    if (within !== '') return `${prefix}${within}${this.#draw(draft, prefix + within, 1)}`;
    const year = `${prefix}${wanted.now.slice(0, 4)}-`;
    return year + this.#draw(draft, year, 6);
  }

  #draw(draft: Draft, prefix: string, digits: number): string {
    const last = Math.max(this.#all.projection.lastNumber(prefix), draft.lastNumber(prefix));
    return String(last + 1).padStart(digits, '0');
  }

  #occurred(step: Step, values: FormValues, now: string): string {
    const given = step.on === undefined ? undefined : values[step.on];
    if (given === undefined) return now;
    const { offsetHours } = this.#all.at.calendar;
    const zone = `${offsetHours < 0 ? '-' : '+'}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`;
    const text = /^\d{4}-\d{2}-\d{2}$/.test(given)
      ? `${given}T00:00:00${zone}`
      : /(?:Z|[+-]\d{2}:\d{2})$/.test(given)
        ? given
        : `${given}${given.length === 16 ? ':00' : ''}${zone}`;
    if (Date.parse(text) > Date.parse(now))
      throw this.#refusal(
        'register.future',
        {
          what: `${given} is in the future`,
          why: 'what has not happened cannot be recorded',
          mend: 'correct the time',
        },
        { en: 'The time lies in the future.', zh: '时间晚于现在。' },
      );
    return new Date(text).toISOString();
  }

  #checkNeeds(step: Step, facts: Facts, draft: Draft): void {
    for (const { formula, says } of step.needs) {
      if (asksOthers(formula)) draft.needHead();
      if (truthOf(compute(formula, facts)) !== true)
        throw this.#refusal(
          'register.needs',
          {
            what: says.en,
            why: `'${step.kind}' needs: ${formula}`,
            mend: 'correct what was entered, or do what is needed first',
          },
          says,
        );
    }
  }

  #checkJoins(step: Step, stream: string, draft: Draft): void {
    for (const { case: type, reached, least } of step.joins) {
      draft.needHead();
      const children = this.#all.projection
        .children(this.id, stream)
        .filter((each) => this.#all.caseOf(this.declaration, each).type === type);
      const waiting = children.filter(({ steps }) => !steps.some(({ kind }) => reached.includes(kind)));
      if (children.length >= least && waiting.length === 0) continue;
      const missing = waiting.map(({ number }) => number).join(', ');
      throw this.#refusal(
        'register.join',
        {
          what:
            children.length < least
              ? `${children.length} of ${least} ${type} are there`
              : `not yet ${reached.join(' or ')}: ${missing}`,
          why: `'${step.kind}' waits for every ${type} of the case`,
          mend: 'finish those first',
        },
        { en: `Waits for: ${missing || type}`, zh: `尚待办结：${missing || type}` },
      );
    }
  }

  /** Checks that do not hold: those that refuse do, the others are kept with the event. */
  #flags(step: Step, facts: Facts, draft: Draft): readonly string[] {
    const before = facts.value([flagsKey]);
    const found = new Set(before === null || before === '' ? [] : before.split(','));
    for (const check of this.declaration.checks) {
      if (!check.at.includes(step.kind)) continue;
      if (check.otherwise === 'refuse' && asksOthers(check.formula)) draft.needHead();
      const holds = truthOf(compute(check.formula, facts));
      if (holds !== false) found.delete(check.id);
      else if (check.otherwise === 'flag') found.add(check.id);
      else
        throw this.#refusal(
          `check.${check.id}`,
          {
            what: check.name.en,
            why: `must hold: ${check.formula}`,
            mend: 'correct what was entered',
          },
          check.name,
        );
    }
    return [...found].sort();
  }

  /** Fills in what is recorded elsewhere and was left empty; what was given and differs is told by `differs.<field>`. */
  async #prefill(
    fields: readonly Field[],
    content: Record<string, string>,
    values: FormValues,
  ): Promise<readonly string[]> {
    const differing: string[] = [];
    const evidence: string[] = [];
    for (const [id, { value, records }] of suggestions(this.#all, this.declaration, fields, values)) {
      const given = content[id];
      if (given === undefined) content[id] = value;
      else if (!sameValue(given, value)) differing.push(`differs.${id}`);
      evidence.push(
        `${id}=${value} (${records.slice(0, 3).join(' ')}${records.length > 3 ? ` +${records.length - 3}` : ''})`,
      );
    }
    if (evidence.length > 0) content[evidenceKey] = evidence.join('; ');
    return differing;
  }

  /** What the fields of a form would be filled with from other records, given some of its values. */
  suggest(form: string | undefined, values: FormValues): FormValues {
    const found = suggestions(this.#all, this.declaration, fieldsOf(this.declaration, form), values);
    return Object.fromEntries([...found].map(([id, { value }]) => [id, value]));
  }

  #refusal(
    rule: string,
    { what, why, mend }: { what: string; why: string; mend: string },
    says: Localized,
  ): Refusal {
    return new Refusal(
      [{ rule, severity: 'error', where: { file: this.id }, what, why, mend }],
      [{ field: '', says }],
    );
  }

  #fieldRefusal(rule: string, field: Field, says: Localized): Refusal {
    return new Refusal(
      [
        {
          rule,
          severity: 'error',
          where: { file: this.id, pointer: `/${field.id}` },
          what: `${field.name.en}: ${says.en}`,
          why: 'a record names others by their number',
          mend: 'choose one that is there, or enter it first',
        },
      ],
      [{ field: field.id, says: { en: `${field.name.en}: ${says.en}`, zh: `${field.name.zh}：${says.zh}` } }],
    );
  }

  /** A sealed field of a case in the clear; null when it was not given or the case's key was erased. */
  async reveal(stream: string, field: string, sealed: unknown): Promise<string | null> {
    return typeof sealed === 'string' ? this.#all.at.keys.open(stream, field, sealed) : null;
  }

  /** Makes all sealed fields and files of a case unreadable for ever. */
  async forget(stream: string): Promise<void> {
    await this.#all.at.keys.erase(stream);
  }

  /** An attached file of a case in the clear; null when there is none of the name or the key was erased. */
  async attachment(stream: string, field: string, name: string): Promise<Uint8Array | null> {
    for (const event of [...(await this.events(stream))].reverse()) {
      const stored = event.body[field];
      const list =
        typeof stored === 'string' && stored.startsWith('v1.')
          ? await this.reveal(stream, field, stored)
          : stored;
      if (typeof list !== 'string' || !list.split(',').includes(name)) continue;
      const [entry] = await this.#all.at.store.submissions(this.city, event.position - 1);
      const file = entry?.files.find(({ path }) => path === attachmentPath(stream, event.seq, field, name));
      if (file === undefined) return null;
      return this.#all.at.keys.openBytes(stream, field, await this.#all.at.store.file(file.sha256));
    }
    return null;
  }
}

/** Whether a formula depends on more than its own case: then nothing may come between reading and writing. */
function asksOthers(formula: string): boolean {
  return partsOf(readFormula(formula)).calls.some(({ name }) => name === 'balance' || name === 'children');
}
