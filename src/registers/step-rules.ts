import type { Field, Localized, RegisterDeclaration, Step } from '../model/index.ts';
import type { Book } from './book.ts';
import { type Case, nextSteps } from './case.ts';
import { compute, type Facts, truthOf } from './compute.ts';
import { type Draft, messageStream } from './draft.ts';
import { evidenceKey, flagsKey } from './event-keys.ts';
import type { FormValues } from './form.ts';
import { partsOf, readFormula } from './formula.ts';
import { sameValue, suggestions } from './prefill.ts';
import { Refusal } from './refusal.ts';
import type { WantedStep } from './wanted-step.ts';

/** What must hold for a step of one register to be taken or corrected. What does not throws a {@link Refusal}. */
export class StepRules {
  readonly declaration: RegisterDeclaration;
  readonly all: Book;

  constructor(declaration: RegisterDeclaration, all: Book) {
    this.declaration = declaration;
    this.all = all;
  }

  isWith({ values }: Case, department: string | undefined): boolean {
    const with_ = this.declaration.department === undefined ? undefined : values[this.declaration.department];
    return department === undefined || with_ === undefined || with_ === department;
  }

  allowed(wanted: WantedStep, before: Case | null): Step {
    const possible = nextSteps(this.declaration, before?.at ?? null);
    const step = possible.find(({ kind }) => kind === wanted.kind);
    if (step === undefined)
      throw this.refusal(
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
    this.allowedBy(step, before, wanted);
    return step;
  }

  /** Whether a step is one for who wants it: by standing, and by the department that the case is with. */
  allowedBy(step: Step, before: Case | null, wanted: Pick<WantedStep, 'as' | 'department'>): void {
    if (!step.by.includes(wanted.as))
      throw this.refusal(
        'register.role',
        {
          what: `'${step.kind}' is not a step for ${wanted.as}`,
          why: `it is taken by ${step.by.join(', ')}`,
          mend: 'ask someone who may',
        },
        { en: 'This step is taken by others.', zh: '这一步由其他人员办理。' },
      );
    if (before !== null && !this.isWith(before, wanted.department))
      throw this.refusal(
        'register.department',
        {
          what: `the case is with ${before.values[this.declaration.department ?? ''] ?? ''}, not with ${wanted.department ?? ''}`,
          why: 'only the department that a case is with takes steps in it',
          mend: 'have it handed over first',
        },
        { en: 'The case is with another department.', zh: '本件由其他部门承办。' },
      );
  }

  /** A message counts once: whoever hears no answer may send it again. */
  checkMessage(message: string | undefined, draft: Draft): void {
    if (message === undefined) return;
    const { id } = this.declaration;
    if (!this.all.projection.hasNoted(messageStream(id, message)) && !draft.hasMessage(id, message)) return;
    throw this.refusal(
      'register.replayed',
      {
        what: `the message ${message.slice(0, 120)} was taken already`,
        why: 'a message that comes twice counts once',
        mend: 'send what is new under a name of its own',
      },
      { en: 'This was sent already.', zh: '该消息已经收到过。' },
    );
  }

  /** What an `entity` or `case` field names must be there, and be standing. */
  checkReferences(draft: Draft, fields: readonly Field[], values: FormValues): void {
    for (const field of fields) {
      const value = values[field.id];
      if ((field.type !== 'entity' && field.type !== 'case') || value === undefined) continue;
      for (const one of field.several ? value.split(',') : [value]) {
        const found =
          this.all.named(this.declaration, field, one) ?? draft.named(this.declaration, field, one);
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
  newStream(
    draft: Draft,
    step: Step,
    values: FormValues,
    wanted: WantedStep,
    entity: string | undefined,
  ): string {
    const prefix = `${this.declaration.id}.`;
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
    const last = Math.max(this.all.projection.lastNumber(prefix), draft.lastNumber(prefix));
    return String(last + 1).padStart(digits, '0');
  }

  occurred(step: Step, values: FormValues, now: string): string {
    const given = step.on === undefined ? undefined : values[step.on];
    if (given === undefined) return now;
    const { offsetHours } = this.all.at.calendar;
    const zone = `${offsetHours < 0 ? '-' : '+'}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`;
    const text = /^\d{4}-\d{2}-\d{2}$/.test(given)
      ? `${given}T00:00:00${zone}`
      : /(?:Z|[+-]\d{2}:\d{2})$/.test(given)
        ? given
        : `${given}${given.length === 16 ? ':00' : ''}${zone}`;
    if (Date.parse(text) > Date.parse(now))
      throw this.refusal(
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

  /** For a correction there is no draft: what others hold was asked when the step was taken, and has moved on since. */
  checkNeeds(step: Step, facts: Facts, draft: Draft | null): void {
    for (const { formula, says } of step.needs) {
      if (asksOthers(formula)) {
        if (draft === null) continue;
        draft.needHead();
      }
      if (truthOf(compute(formula, facts)) !== true)
        throw this.refusal(
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

  checkJoins(step: Step, stream: string, draft: Draft): void {
    for (const { case: type, reached, least } of step.joins) {
      draft.needHead();
      const children = this.all.projection
        .children(this.declaration.id, stream)
        .filter((each) => this.all.caseOf(this.declaration, each).type === type);
      const waiting = children.filter(({ steps }) => !steps.some(({ kind }) => reached.includes(kind)));
      if (children.length >= least && waiting.length === 0) continue;
      const missing = waiting.map(({ number }) => number).join(', ');
      throw this.refusal(
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
  flags(step: Step, facts: Facts, draft: Draft): readonly string[] {
    const before = facts.value([flagsKey]);
    const found = new Set(before === null || before === '' ? [] : before.split(','));
    for (const check of this.declaration.checks) {
      if (!check.at.includes(step.kind)) continue;
      if (check.otherwise === 'refuse' && asksOthers(check.formula)) draft.needHead();
      const holds = truthOf(compute(check.formula, facts));
      if (holds !== false) found.delete(check.id);
      else if (check.otherwise === 'flag') found.add(check.id);
      else
        throw this.refusal(
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
  async prefill(
    fields: readonly Field[],
    content: Record<string, string>,
    values: FormValues,
  ): Promise<readonly string[]> {
    const differing: string[] = [];
    const evidence: string[] = [];
    for (const [id, { value, records }] of suggestions(this.all, this.declaration, fields, values)) {
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

  refusal(
    rule: string,
    { what, why, mend }: { what: string; why: string; mend: string },
    says: Localized,
  ): Refusal {
    return new Refusal(
      [{ rule, severity: 'error', where: { file: this.declaration.id }, what, why, mend }],
      [{ field: '', says }],
    );
  }

  #fieldRefusal(rule: string, field: Field, says: Localized): Refusal {
    return new Refusal(
      [
        {
          rule,
          severity: 'error',
          where: { file: this.declaration.id, pointer: `/${field.id}` },
          what: `${field.name.en}: ${says.en}`,
          why: 'a record names others by their number',
          mend: 'choose one that is there, or enter it first',
        },
      ],
      [{ field: field.id, says: { en: `${field.name.en}: ${says.en}`, zh: `${field.name.zh}：${says.zh}` } }],
    );
  }
}

/** Whether a formula depends on more than its own case: then nothing may come between reading and writing. */
function asksOthers(formula: string): boolean {
  return partsOf(readFormula(formula)).calls.some(({ name }) => name === 'balance' || name === 'children');
}
