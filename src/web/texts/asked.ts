import type { Context } from 'hono';

/** Largest file, and all that a form brings. */
export const mostFile = 16 * 1024 * 1024;
const mostForm = 34 * 1024 * 1024;
/** Files of one audit. */
export const mostFiles = 6;
/** Characters of a text that is pasted. */
const mostPasted = 2_000_000;

/** What a form asks about: documents, and how they are to be read. */
export interface Asked {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly pair: boolean;
  readonly against: boolean;
}

export type AskedFault = 'none' | 'large' | 'many' | 'two';

/** Reads the form. `pasted`: the name that a text without a file goes by. */
export async function readAsked(c: Context, pasted: string): Promise<Asked | { readonly fault: AskedFault }> {
  const length = Number(c.req.header('content-length') ?? '0');
  if (!(length > 0)) return { fault: 'none' };
  if (length > mostForm) return { fault: 'large' };
  const body = await c.req
    .parseBody({ all: true })
    .catch(() => ({}) as Record<string, string | File | (string | File)[]>);
  const given = [body.file].flat().filter((one): one is File => one instanceof File && one.size > 0);
  const words = typeof body.text === 'string' ? body.text.slice(0, mostPasted) : '';
  const pair = body.pair === 'yes';
  if (given.some(({ size }) => size > mostFile)) return { fault: 'large' };
  if (given.length > mostFiles) return { fault: 'many' };
  const names = new Set<string>();
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const one of given)
    files.push({ name: distinct(one.name, names), bytes: new Uint8Array(await one.arrayBuffer()) });
  if (words.trim() !== '')
    files.push({ name: distinct(pasted, names), bytes: new TextEncoder().encode(words) });
  if (files.length === 0) return { fault: 'none' };
  if (pair && files.length !== 2) return { fault: 'two' };
  return { files, pair, against: body.against === 'yes' };
}

/** A name that no other file of the form has; findings tell files apart by it. */
function distinct(name: string, names: Set<string>): string {
  const bare =
    name
      .replaceAll(/[\p{Cc}/\\]+/gu, ' ')
      .trim()
      .slice(-120) || 'text.txt';
  const found = names.has(bare)
    ? bare.replace(/(\.\w+)?$/, (ending) => ` (${names.size + 1})${ending}`)
    : bare;
  names.add(found);
  return found;
}
