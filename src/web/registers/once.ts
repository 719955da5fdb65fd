import { randomUUID } from 'node:crypto';

/** The hidden field that names what a form sends, so that a form sent twice counts once. */
export const onceField = '_once';

/** A form's name for what it will send. */
export function onceName(): string {
  return randomUUID();
}

/** The name that a form gave what it sent, as a message's; none where it gave none that could be ours. */
export function messageOf(own: Readonly<Record<string, string>>): { readonly message?: string } {
  const named = own[onceField] ?? '';
  return /^[0-9a-f-]{36}$/.test(named) ? { message: `page:${named}` } : {};
}
