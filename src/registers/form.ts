import { compare, type Finding, parseDecimal, type Rational } from '../model/index.ts';
import type { Field, RegisterDeclaration } from './declaration.ts';

/** What was filled in, by field id. Points are `latitude,longitude` in degrees. */
export type FormValues = Readonly<Record<string, string>>;

export interface CheckedForm {
  readonly values: FormValues;
  readonly findings: readonly Finding[];
}

const usualLength = 200;
const usualLongLength = 4000;

/** Checks what was filled in against a form: unknown fields, missing ones, wrong kinds. Texts are trimmed. */
export function checkForm(
  declaration: RegisterDeclaration,
  form: string | undefined,
  given: FormValues,
): CheckedForm {
  const fields = declaration.forms.find(({ id }) => id === form)?.fields ?? [];
  const findings: Finding[] = [];
  const report = (field: string, what: string, why: string, mend: string): void => {
    findings.push({
      rule: 'form.field',
      severity: 'error',
      where: { file: declaration.id, pointer: `/${field}` },
      what,
      why,
      mend,
    });
  };
  for (const name of Object.keys(given))
    if (!fields.some(({ id }) => id === name))
      report(
        name,
        `the form has no field '${name}'`,
        'only declared fields are kept',
        `fields are: ${fields.map(({ id }) => id).join(', ')}`,
      );
  const values: Record<string, string> = {};
  for (const field of fields) {
    const text = (Object.hasOwn(given, field.id) ? (given[field.id] ?? '') : '').trim();
    if (text === '') {
      if (field.required)
        report(field.id, `${field.name.en} is missing`, 'it is required at this step', 'fill it in');
      continue;
    }
    const wrong = faultOf(field, text);
    if (wrong === null) values[field.id] = text;
    else report(field.id, `${field.name.en}: ${wrong}`, `the field is of type ${field.type}`, 'correct it');
  }
  return { values, findings };
}

function faultOf(field: Field, text: string): string | null {
  const longest = field.longest ?? (field.type === 'long-text' ? usualLongLength : usualLength);
  if ([...text].length > longest) return `longer than ${longest} characters`;
  if ([...text].some(isControl)) return 'holds control characters';
  switch (field.type) {
    case 'choice':
      return field.choices?.some(({ id }) => id === text) === true
        ? null
        : `'${text.slice(0, 40)}' is none of its choices`;
    case 'number':
      return numberFault(field, text);
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
        ? null
        : 'not a date such as 2026-03-15';
    case 'yes-no':
      return text === 'yes' || text === 'no' ? null : 'neither yes nor no';
    case 'point':
      return isPoint(text) ? null : 'not a point such as 31.0303,121.2276 (latitude, longitude in degrees)';
    case 'phone':
      return /^\+?[\d ()-]{5,24}$/.test(text) ? null : 'not a telephone number';
    case 'email':
      return /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,24}$/.test(text) ? null : 'not an e-mail address';
    default:
      return null;
  }
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0x7f;
}

function numberFault({ least, most }: Field, text: string): string | null {
  const value = parseDecimal(text);
  if (value === null) return 'not a number such as 12.5';
  const bound = (limit: string | undefined): Rational | null =>
    limit === undefined ? null : parseDecimal(limit);
  const [low, high] = [bound(least), bound(most)];
  if (low !== null && compare(value, low) < 0) return `less than ${least}`;
  if (high !== null && compare(value, high) > 0) return `more than ${most}`;
  return null;
}

/** Latitude and longitude of a point, or null. */
export function readPoint(text: string): { readonly latitude: string; readonly longitude: string } | null {
  const match = /^(-?\d{1,2}(?:\.\d{1,10})?),(-?\d{1,3}(?:\.\d{1,10})?)$/.exec(text.replaceAll(' ', ''));
  const [, latitude, longitude] = match ?? [];
  if (latitude === undefined || longitude === undefined) return null;
  return Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180
    ? { latitude, longitude }
    : null;
}

function isPoint(text: string): boolean {
  return readPoint(text) !== null;
}
