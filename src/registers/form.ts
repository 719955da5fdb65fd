import {
  type Column,
  compare,
  type Field,
  type Finding,
  type Localized,
  parseDecimal,
  type RegisterDeclaration,
} from '../model/index.ts';
import { readPoint, readShape } from './geometry.ts';
import { rowsOf } from './rows.ts';
import { readSerials } from './serials.ts';

/** What was filled in, by field id. Points are `latitude,longitude` in degrees; several values are joined by `,`. */
export type FormValues = Readonly<Record<string, string>>;

/** What is wrong with one field, for the reader who filled it in. */
export interface FieldFault {
  readonly field: string;
  readonly says: Localized;
}

export interface CheckedForm {
  readonly values: FormValues;
  readonly findings: readonly Finding[];
  readonly faults: readonly FieldFault[];
}

const usualLength = 200;
const usualLongLength = 4000;
const usualSeveral = 500;

/** The fields of a form of a register, or of an entity. */
export function fieldsOf(
  { forms, entities }: RegisterDeclaration,
  form: string | undefined,
): readonly Field[] {
  return forms.find(({ id }) => id === form)?.fields ?? entities.find(({ id }) => id === form)?.fields ?? [];
}

/** Checks what was filled in against a form: unknown fields, missing ones, wrong kinds. Texts are trimmed. */
export function checkForm(
  declaration: RegisterDeclaration,
  form: string | undefined,
  given: FormValues,
): CheckedForm {
  const fields = fieldsOf(declaration, form);
  const findings: Finding[] = [];
  const faults: FieldFault[] = [];
  const report = (field: string, says: Localized, why: string, mend: string, rule = 'form.field'): void => {
    faults.push({ field, says });
    findings.push({
      rule,
      severity: 'error',
      where: { file: declaration.id, pointer: `/${field}` },
      what: says.en,
      why,
      mend,
    });
  };
  for (const name of Object.keys(given))
    if (!fields.some(({ id, compute }) => id === name && compute === undefined))
      report(
        name,
        { en: `the form has no field '${name}'`, zh: `表单没有字段“${name}”` },
        'only declared fields are kept',
        `fields are: ${fields.map(({ id }) => id).join(', ')}`,
      );
  const values: Record<string, string> = {};
  for (const field of fields) {
    if (field.compute !== undefined) continue;
    const text = (Object.hasOwn(given, field.id) ? (given[field.id] ?? '') : '')
      .replaceAll('\r\n', '\n')
      .trim();
    if (text === '') {
      if (field.required)
        report(
          field.id,
          { en: `${field.name.en} is missing`, zh: `请填写“${field.name.zh}”` },
          'it is required at this step',
          'fill it in',
        );
      continue;
    }
    const wrong = faultOf(field, text);
    if (wrong === null) values[field.id] = field.type === 'serials' ? text.replaceAll(/\s/g, '') : text;
    else
      report(
        field.id,
        { en: `${field.name.en}: ${wrong.en}`, zh: `${field.name.zh}：${wrong.zh}` },
        `the field is of type ${field.type}`,
        'correct it',
        otherUnit(field, text) ? 'form.unit' : 'form.field',
      );
  }
  return { values, findings, faults };
}

const say = (en: string, zh: string): Localized => ({ en, zh });

/** What is wrong with a text as the value of a field; null when nothing is. */
export function faultOf(field: Field, text: string): Localized | null {
  const several = field.several || field.type === 'choices';
  const longest = field.longest ?? (isLong(field) ? usualLongLength : usualLength);
  const most = field.type === 'shape' || field.type === 'rows' ? 200_000 : several ? 20_000 : longest;
  if ([...text].length > most) return say(`longer than ${most} characters`, `超过${most}个字符`);
  if ([...text].some(isControl)) return say('holds control characters', '含有控制字符');
  if (/\p{Cs}/u.test(text)) return say('is not valid Unicode', '不是有效的Unicode文本');
  if (!several) return valueFault(field, text);
  const parts = text.split(',');
  if (parts.length > usualSeveral) return say(`more than ${usualSeveral} values`, `超过${usualSeveral}个值`);
  if (new Set(parts).size < parts.length) return say('one value stands twice', '有重复的值');
  return parts.map((part) => valueFault(field, part)).find((fault) => fault !== null) ?? null;
}

function isLong({ type }: Field): boolean {
  return type === 'long-text' || type === 'serials';
}

function valueFault(field: Field, text: string): Localized | null {
  const shown = text.slice(0, 40);
  switch (field.type) {
    case 'choice':
    case 'choices':
      return field.choices?.some(({ id }) => id === text) === true
        ? null
        : say(`'${shown}' is none of its choices`, `“${shown}”不在选项之中`);
    case 'number':
    case 'integer':
      return numberFault(field, text);
    case 'date':
      return isDate(text) ? null : say('not a date such as 2026-03-15', '应为日期，如2026-03-15');
    case 'moment':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text))
        ? null
        : say('not a time such as 2026-03-15T08:30', '应为时间，如2026-03-15T08:30');
    case 'year':
      return /^(?:19|20|21)\d{2}$/.test(text) ? null : say('not a year such as 2026', '应为年份，如2026');
    case 'yes-no':
      return text === 'yes' || text === 'no' ? null : say('neither yes nor no', '应为是或否');
    case 'point':
      return readPoint(text) !== null
        ? null
        : say(
            'not a point such as 31.0303,121.2276 (latitude, longitude in degrees)',
            '应为坐标，如31.0303,121.2276（纬度、经度）',
          );
    case 'shape':
      return readShape(text) !== null ? null : say('not a GeoJSON polygon', '不是GeoJSON多边形');
    case 'phone':
      return /^\+?[\d ()-]{5,24}$/.test(text) ? null : say('not a telephone number', '不是电话号码');
    case 'email':
      return /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,24}$/.test(text)
        ? null
        : say('not an e-mail address', '不是电子邮箱地址');
    case 'photo':
    case 'file':
      return /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,120}$/u.test(text)
        ? null
        : say('not the name of an attached file', '不是附件名称');
    case 'entity':
    case 'case':
      return /^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/.test(text)
        ? null
        : say('not the number of a record', '不是记录编号');
    case 'serials':
      return readSerials(text) === null
        ? say('not serial blocks such as SHEA-2019:1-500', '应为序列号段，如SHEA-2019:1-500')
        : null;
    case 'rows':
      return rowsFault(field.columns ?? [], text);
    default:
      return null;
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0x7f;
}

/** Whether a number was given together with a unit, as in `900 kg`: which one is never guessed. */
function otherUnit({ type, unit }: Pick<Field, 'type' | 'unit'>, text: string): boolean {
  return (type === 'number' || type === 'integer') && unit !== undefined && /^-?[\d.]+\s*[^\d\s.]/.test(text);
}

function numberFault({ least, most, type, unit }: Field, text: string): Localized | null {
  const value = parseDecimal(text);
  if (value === null)
    return otherUnit({ type, unit }, text)
      ? say(`in ${unit}, as a number without a unit`, `以${unit}计，只填数字`)
      : say('not a number such as 12.5', '应为数字，如12.5');
  if (type === 'integer' && value.d !== 1n) return say('not a whole number', '应为整数');
  const [low, high] = [least, most].map((limit) => (limit === undefined ? null : parseDecimal(limit)));
  if (low != null && compare(value, low) < 0) return say(`less than ${least}`, `小于${least}`);
  if (high != null && compare(value, high) > 0) return say(`more than ${most}`, `大于${most}`);
  return null;
}

const mostRows = 2000;

function rowsFault(columns: readonly Column[], text: string): Localized | null {
  const rows = rowsOf(text);
  if (rows.length === 0) return say('holds no rows', '没有数据行');
  if (rows.length > mostRows) return say(`more than ${mostRows} rows`, `超过${mostRows}行`);
  for (const [at, row] of rows.entries()) {
    const unknown = Object.keys(row).find((name) => !columns.some(({ id }) => id === name));
    if (unknown !== undefined)
      return say(
        `row ${at + 1}: there is no column '${unknown.slice(0, 40)}'`,
        `第${at + 1}行：没有“${unknown.slice(0, 40)}”列`,
      );
    for (const column of columns) {
      const cell = row[column.id] ?? '';
      const wrong =
        cell === ''
          ? column.required
            ? say('is missing', '未填写')
            : null
          : [...cell].length > usualLength
            ? say(`longer than ${usualLength} characters`, `超过${usualLength}个字符`)
            : valueFault(columnField(column), cell);
      if (wrong !== null)
        return say(
          `row ${at + 1}, ${column.name.en}: ${wrong.en}`,
          `第${at + 1}行“${column.name.zh}”：${wrong.zh}`,
        );
    }
  }
  return null;
}

function columnField({ id, name, type, choices, required }: Column): Field {
  const plain = { several: false, origin: false, public: false, personal: false, erasable: false };
  return { id, name, type, required, ...plain, ...(choices === undefined ? {} : { choices }) };
}
