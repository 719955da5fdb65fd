import type { Context } from 'hono';

/** A file of a form; null when there is none or it is larger than allowed. */
export async function readFile(c: Context, name: string, most: number): Promise<Uint8Array | null> {
  const length = Number(c.req.header('content-length') ?? '0');
  if (!(length > 0 && length <= most + 100_000)) return null;
  const body = await c.req.parseBody();
  const file = body[name];
  return file instanceof File && file.size <= most ? new Uint8Array(await file.arrayBuffer()) : null;
}
