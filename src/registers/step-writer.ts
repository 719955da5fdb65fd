import type { RegisterDeclaration, Step } from '../model/index.ts';
import type { Book } from './book.ts';
import type { Case } from './case.ts';
import { compute, computeText, truthOf } from './compute.ts';
import type { Draft } from './draft.ts';
import { entityOfKind } from './entity.ts';
import { flagsKey, messageKey } from './event-keys.ts';
import { checkForm, type FormValues, fieldsOf } from './form.ts';
import { parentKey } from './projection.ts';
import { Refusal } from './refusal.ts';
import { SerialCheck } from './serial-check.ts';
import { StepRules } from './step-rules.ts';
import type { WantedStep } from './wanted-step.ts';

/** Works steps of one register out into drafts, with all that follows from them. */
export class StepWriter {
  readonly rules: StepRules;

  constructor(declaration: RegisterDeclaration, all: Book) {
    this.rules = new StepRules(declaration, all);
  }

  find(stream: string): Case | null {
    const { all, declaration } = this.rules;
    const record = all.projection.case(declaration.id, stream);
    return record === null ? null : all.caseOf(declaration, record);
  }

  /** Puts a step into a draft and gives the stream of its case. Throws {@link Refusal}. */
  async addTo(draft: Draft, wanted: WantedStep): Promise<string> {
    const { rules } = this;
    const { declaration } = rules;
    const before =
      wanted.stream === undefined ? null : (draft.pending(wanted.stream) ?? this.find(wanted.stream));
    if (wanted.stream !== undefined && before === null)
      throw rules.refusal(
        'register.case',
        {
          what: `there is no case ${wanted.stream}`,
          why: 'a step belongs to a case',
          mend: 'use the number that was given when it was filed',
        },
        { en: 'There is no such case.', zh: '没有这一件。' },
      );
    rules.checkMessage(wanted.message, draft);
    const step = rules.allowed(wanted, before);
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
    rules.checkReferences(draft, fields, values);
    const stream = before?.stream ?? rules.newStream(draft, step, values, wanted, entity?.id);
    if (before === null && (this.find(stream) !== null || draft.pending(stream) !== null))
      throw rules.refusal(
        'register.exists',
        {
          what: `${stream.slice(declaration.id.length + 1)} is recorded already`,
          why: 'a number names one record; a message that comes twice counts once',
          mend: 'take a step in the case that is there, or use another number',
        },
        { en: 'This number is recorded already.', zh: '该编号已经登记。' },
      );
    const content: Record<string, string> = { ...values };
    if (wanted.parent !== undefined && before === null) content[parentKey] = wanted.parent;
    if (wanted.message !== undefined) content[messageKey] = wanted.message;
    for (const field of fields) {
      if (field.compute === undefined) continue;
      const facts = rules.all.facts(declaration, { stream, values: { ...before?.values, ...content } });
      const value = computeText(field.compute, facts);
      if (value !== null) content[field.id] = value;
    }
    const differing = await rules.prefill(fields, content, { ...before?.values, ...content });
    const all = { ...before?.values, ...content };
    const known = rules.all.facts(declaration, { stream, values: all });
    const occurred = rules.occurred(step, all, wanted.now);
    rules.checkNeeds(step, known, draft);
    rules.checkJoins(step, stream, draft);
    content[flagsKey] = [...rules.flags(step, known, draft), ...differing].sort().join(',');
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
    if (wanted.message !== undefined) draft.message(declaration.id, wanted.message, { area, stream, seq });
    draft.flows(declaration, step, { area, stream, seq, occurred, values: all });
    if (step.flows.some(({ serials }) => serials !== undefined))
      new SerialCheck(rules.all, declaration).check(draft);
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
    const { rules } = this;
    const { declaration } = rules;
    const facts = rules.all.facts(declaration, { stream, values });
    if (rule.when !== undefined && truthOf(compute(rule.when, facts)) !== true) return;
    const first = declaration.steps.find(({ after, of }) => after.length === 0 && of === rule.case);
    if (first === undefined) throw new Error(`no step begins a ${rule.case}`);
    const given = Object.fromEntries(
      Object.entries(rule.values).flatMap(([id, formula]) => {
        const value = computeText(formula, facts);
        return value === null ? [] : [[id, value]];
      }),
    );
    const parent = stream.slice(declaration.id.length + 1);
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
}
