import { parse } from 'yaml';
import type { Finding } from '../model/index.ts';
import { type Condition, type RegisterDeclaration, registerSchema } from './declaration.ts';

/** A declaration that was read, or all that is wrong with it. */
export type ReadDeclaration =
  | { readonly declaration: RegisterDeclaration; readonly findings: readonly [] }
  | { readonly declaration: null; readonly findings: readonly Finding[] };

const longest = 500_000;

/** Reads and checks a register's YAML: its shape, and that everything it names is declared. */
export function readDeclaration(file: string, text: string): ReadDeclaration {
  const findings: Finding[] = [];
  const report = (pointer: string, what: string, mend: string): void => {
    findings.push({
      rule: 'register.declaration',
      severity: 'error',
      where: { file, pointer },
      what,
      why: 'a register works only when its declaration is whole',
      mend,
    });
  };
  if (text.length > longest) {
    report('', 'the declaration is larger than 500,000 characters', 'split it into several registers');
    return { declaration: null, findings };
  }
  let content: unknown;
  try {
    content = parse(text, { version: '1.2', schema: 'core', maxAliasCount: 0, uniqueKeys: true });
  } catch (error) {
    report(
      '',
      error instanceof Error ? (error.message.split('\n')[0] ?? 'it is not YAML') : 'it is not YAML',
      'mend the YAML there',
    );
    return { declaration: null, findings };
  }
  const read = registerSchema.safeParse(content);
  if (!read.success) {
    for (const { path, message } of read.error.issues.slice(0, 100))
      report(`/${path.join('/')}`, message, 'see docs/registers.md');
    return { declaration: null, findings };
  }
  checkNames(read.data, report);
  return findings.length === 0 ? { declaration: read.data, findings: [] } : { declaration: null, findings };
}

function checkNames(
  declaration: RegisterDeclaration,
  report: (pointer: string, what: string, mend: string) => void,
): void {
  const { deadlines, forms, rates, services, steps } = declaration;
  const kinds = new Set(steps.map(({ kind }) => kind));
  const formIds = new Set(forms.map(({ id }) => id));
  const fields = new Map(forms.flatMap((form) => form.fields.map((field) => [field.id, field] as const)));
  const deadlineIds = new Set(deadlines.map(({ id }) => id));
  const need = (
    known: ReadonlySet<string> | ReadonlyMap<string, unknown>,
    name: string,
    noun: string,
    pointer: string,
  ): void => {
    if (!known.has(name))
      report(
        pointer,
        `there is no ${noun} '${name}'`,
        `declare it, or name one of: ${[...known.keys()].join(', ')}`,
      );
  };
  if (!steps.some(({ after }) => after.length === 0))
    report('/steps', 'no step begins a case', 'give one step `after: []`');
  if (kinds.size < steps.length) report('/steps', 'two steps have one kind', 'name every step once');
  steps.forEach(({ after, form }, at) => {
    for (const kind of after) need(kinds, kind, 'step', `/steps/${at}/after`);
    if (form !== undefined) need(formIds, form, 'form', `/steps/${at}/form`);
  });
  for (const { id, type, choices } of fields.values())
    if ((type === 'choice') !== (choices !== undefined))
      report(
        `/forms/${id}`,
        `field ${id}: choices belong to fields of type choice, and to no other`,
        'add or take away `choices`',
      );
  deadlines.forEach(({ from, until, workingDays }, at) => {
    for (const kind of [from, ...until]) need(kinds, kind, 'step', `/deadlines/${at}`);
    if (typeof workingDays === 'object')
      need(fields, workingDays.field, 'field', `/deadlines/${at}/workingDays`);
  });
  const check = (condition: Condition, pointer: string): void => {
    if ('reached' in condition) need(kinds, condition.reached, 'step', pointer);
    else if ('field' in condition) need(fields, condition.field, 'field', pointer);
    else if ('within' in condition) need(deadlineIds, condition.within, 'deadline', pointer);
    else if ('due' in condition) need(deadlineIds, condition.due, 'deadline', pointer);
    else if ('all' in condition) for (const each of condition.all) check(each, pointer);
    else check(condition.not, pointer);
  };
  rates.forEach(({ counts, of, year }, at) => {
    need(kinds, year, 'step', `/rates/${at}/year`);
    check(of, `/rates/${at}/of`);
    check(counts, `/rates/${at}/counts`);
  });
  if (services !== undefined && fields.get(services)?.type !== 'choice')
    report('/services', `'${services}' is no field with choices`, 'name a field of type choice');
}
