import type { Context } from 'hono';

/** Most bytes that a form of text fields may have. */
const mostBytes = 200_000;

/** The text fields of a form; fields with the same name keep all values. Files and what is too large are left out. */
export interface FormFields {
  text(name: string): string;
  all(name: string): readonly string[];
}

export async function readForm(c: Context): Promise<FormFields> {
  const length = Number(c.req.header('content-length') ?? '0');
  const fields = new Map<string, string[]>();
  if (length <= mostBytes && /^application\/x-www-form-urlencoded/.test(c.req.header('content-type') ?? '')) {
    const body = await c.req.text();
    if (body.length <= mostBytes)
      for (const [name, value] of new URLSearchParams(body)) {
        const known = fields.get(name);
        if (known === undefined) fields.set(name, [value]);
        else known.push(value);
      }
  }
  return {
    text: (name) => fields.get(name)?.[0] ?? '',
    all: (name) => fields.get(name) ?? [],
  };
}
