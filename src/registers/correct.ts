import type { StoredEvent } from '../store/index.ts';
import type { Case } from './case.ts';
import { computeText } from './compute.ts';
import type { Draft } from './draft.ts';
import { correctedKey, filesAtKey, flagsKey, messageKey, reasonKey } from './event-keys.ts';
import { checkForm, fieldsOf } from './form.ts';
import { parentKey } from './projection.ts';
import { Refusal } from './refusal.ts';
import type { StepWriter } from './step-writer.ts';
import type { WantedCorrection } from './wanted-step.ts';

/**
 * Puts a correction into a draft: the event with its new content, its flows with their new quantities, those that are no
 * more withdrawn. Nothing else of the case is touched. Throws a {@link Refusal}.
 */
export async function putCorrection(
  { rules, find }: { readonly rules: StepWriter['rules']; readonly find: (stream: string) => Case | null },
  draft: Draft,
  wanted: WantedCorrection,
  events: readonly StoredEvent[],
): Promise<string> {
  const { declaration, all } = rules;
  const { stream, seq } = wanted;
  const now = find(stream);
  const event = events.find((each) => each.seq === seq);
  const step = declaration.steps.find(({ kind }) => kind === event?.kind);
  if (now === null || event === undefined || step === undefined)
    throw rules.refusal(
      'register.case',
      {
        what: `there is no step ${seq} of ${stream}`,
        why: 'a correction names what it corrects',
        mend: 'read the case again',
      },
      { en: 'There is no such step.', zh: '没有这一环节。' },
    );
  rules.allowedBy(step, now, wanted);
  if (wanted.reason.trim() === '')
    throw rules.refusal(
      'register.reason',
      {
        what: 'the correction gives no reason',
        why: 'whoever reads the history must know why',
        mend: 'say what was wrong',
      },
      { en: 'Say what was wrong.', zh: '请说明更正原因。' },
    );
  if (step.opens.length > 0 || step.flows.some(({ serials }) => serials !== undefined))
    throw rules.refusal(
      'register.correct',
      {
        what: `'${step.kind}' cannot be corrected`,
        why: 'it moved serial numbers or began other cases, on which others may have built',
        mend: 'take the step that moves them back',
      },
      {
        en: 'This step is undone by a further step, not corrected.',
        zh: '此环节不能更正，请通过后续环节撤回。',
      },
    );
  const fields = fieldsOf(declaration, step.form);
  const given: Record<string, string> = { ...wanted.values };
  for (const { id, type } of fields)
    if (type === 'photo' || type === 'file') {
      const old = event.body[id];
      const name =
        typeof old !== 'string'
          ? null
          : old.startsWith('v1.')
            ? await all.at.keys.open(stream, id, old)
            : old;
      if (name === null) delete given[id];
      else given[id] = name;
    }
  const { values, findings, faults } = checkForm(declaration, step.form, given);
  if (findings.length > 0) throw new Refusal(findings, faults);
  for (const key of keysOf(rules.declaration, step.kind))
    if (event.body[key] !== undefined && values[key] !== event.body[key])
      throw rules.refusal(
        'register.key',
        {
          what: `${key} is the number of the record`,
          why: 'others name it by this number',
          mend: 'end it and enter another',
        },
        { en: 'The number of a record cannot be corrected.', zh: '编号不能更正。' },
      );
  rules.checkReferences(draft, fields, values);
  const before = plainValues(events.filter((each) => each.seq < seq));
  const content: Record<string, string> = { ...values };
  for (const { id, compute: formula } of fields) {
    if (formula === undefined) continue;
    const value = computeText(formula, all.facts(declaration, { stream, values: { ...before, ...content } }));
    if (value !== null) content[id] = value;
  }
  const differing = await rules.prefill(fields, content, { ...before, ...content });
  const known = { ...before, ...content };
  const facts = all.facts(declaration, { stream, values: { ...known, [flagsKey]: now.flags.join(',') } });
  rules.checkNeeds(step, facts, null);
  const flags = rules
    .flags(step, facts, draft)
    .filter((flag) => !fields.some(({ id }) => flag === `differs.${id}`));
  const occurred = step.on === undefined ? event.occurred : rules.occurred(step, known, wanted.now);
  const { area } = now;
  await draft.event(declaration, {
    area,
    stream,
    seq,
    kind: step.kind,
    from: events.find((each) => each.seq === seq - 1)?.kind ?? '',
    occurred,
    values: {
      ...Object.fromEntries(
        Object.entries(event.body).flatMap(([id, text]) =>
          (id === parentKey || id === messageKey) && typeof text === 'string' ? [[id, text]] : [],
        ),
      ),
      ...content,
      [flagsKey]: [...flags, ...differing].sort().join(','),
      [correctedKey]: new Date(wanted.now).toISOString(),
      [reasonKey]: wanted.reason.trim(),
      [filesAtKey]: String(event.body[filesAtKey] ?? event.position),
    },
    sealed: new Set(fields.filter(({ personal, erasable }) => personal || erasable).map(({ id }) => id)),
    files: [],
  });
  draft.flows(declaration, step, { area, stream, seq, occurred, values: known });
  draft.correct(event.position, [...all.projection.flowsOf(declaration.id, stream, seq)]);
  return stream;
}

/** The fields that give a step's record its number. */
function keysOf(
  { cases, entities, steps }: StepWriter['rules']['declaration'],
  kind: string,
): readonly string[] {
  if (entities.some(({ id }) => kind.startsWith(`${id}.`))) return ['code'];
  const step = steps.find((each) => each.kind === kind);
  if (step === undefined || step.after.length > 0) return [];
  return cases.flatMap(({ id, key }) => (key !== undefined && id === (step.of ?? cases[0]?.id) ? [key] : []));
}

/** What a case's events say up to one of them, without what is sealed. */
function plainValues(events: readonly StoredEvent[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { body } of events)
    for (const [id, text] of Object.entries(body))
      if (typeof text === 'string' && !text.startsWith('v1.') && id !== flagsKey) values[id] = text;
  return values;
}
