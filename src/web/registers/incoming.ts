import type { Context } from 'hono';
import type { Field, RegisterDeclaration } from '../../model/index.ts';
import {
  type Attachment,
  type FieldFault,
  type FormValues,
  fieldsOf,
  shortName,
} from '../../registers/index.ts';
import { cleanPhoto } from './photo.ts';

/** What came in with a form. */
export interface Incoming {
  readonly values: FormValues;
  readonly files: readonly Attachment[];
  readonly faults: readonly FieldFault[];
  /** Fields of the page itself: `_area`, and the one that only programs fill in. */
  readonly own: FormValues;
}

const mostFileBytes = 10 * 1024 * 1024;

/** Reads a posted form by the fields of a step; names of files are replaced, pictures made anew. */
export async function readForm(
  c: Context,
  declaration: RegisterDeclaration,
  form: string | undefined,
): Promise<Incoming> {
  const posted = await c.req.formData();
  const fields = new Map(fieldsOf(declaration, form).map((field) => [field.id, field]));
  const values: Record<string, string> = Object.create(null);
  const own: Record<string, string> = Object.create(null);
  const files: Attachment[] = [];
  const faults: FieldFault[] = [];
  for (const [name, entry] of posted) {
    const field = fields.get(name);
    if (typeof entry === 'string') {
      if (field === undefined) own[name] = entry.slice(0, 500);
      else if (field.type !== 'photo' && field.type !== 'file')
        values[name] = values[name] === undefined || entry === '' ? entry : `${values[name]},${entry}`;
      continue;
    }
    if (field === undefined || entry.size === 0) continue;
    const taken = entry.size > mostFileBytes ? null : await readFile(field, entry);
    if (taken === null)
      faults.push({
        field: name,
        says: {
          en: `${field.name.en}: the file cannot be read, or is larger than 10 MB`,
          zh: `${field.name.zh}：文件无法读取，或超过10 MB`,
        },
      });
    else files.push(taken);
  }
  return { values, files, faults, own };
}

async function readFile(field: Field, file: File): Promise<Attachment | null> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (field.type === 'photo') {
    const clean = await cleanPhoto(bytes);
    return clean === null ? null : { field: field.id, name: `${shortName(clean)}.jpg`, bytes: clean };
  }
  const ending = /\.([a-z0-9]{1,8})$/i.exec(file.name)?.[1]?.toLowerCase() ?? 'bin';
  return { field: field.id, name: `${shortName(bytes)}.${ending}`, bytes };
}
