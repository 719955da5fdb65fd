import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../store/index.ts';
import { type Door, isRole, mailSettings, makeDoor, type Role, roles } from '../web/index.ts';

interface DoorPlace {
  readonly store: Store;
  /** The `.modelcity` folder: the secret of sessions is kept there, unless MODELCITY_SECRET gives it. */
  readonly home: string;
  /** Where the server listens; MODELCITY_URL tells what readers type instead. */
  readonly address: string;
  readonly now: () => Date;
}

/** Opens the door of the office as the environment says (docs/office.md). */
export function openDoor({ store, home, address, now }: DoorPlace): Door {
  const env = (name: string): string | undefined => {
    const value = process.env[name];
    return value === undefined || value === '' ? undefined : value;
  };
  const [issuer, clientId, clientSecret] = [
    env('MODELCITY_OIDC_ISSUER'),
    env('MODELCITY_OIDC_CLIENT'),
    env('MODELCITY_OIDC_SECRET'),
  ];
  return makeDoor({
    people: store.people,
    secret: serverSecret(home),
    baseUrl: env('MODELCITY_URL') ?? address,
    behindProxy: env('MODELCITY_PROXY') === '1',
    secondFactorFor: rolesOf(env('MODELCITY_SECOND_FACTOR') ?? ''),
    mails: mailSettings(process.env) !== null,
    now,
    ...(issuer === undefined || clientId === undefined || clientSecret === undefined
      ? {}
      : { oidc: { name: env('MODELCITY_OIDC_NAME') ?? 'OpenID Connect', issuer, clientId, clientSecret } }),
  });
}

/** Roles by name, with commas between; a misspelt one would leave a door open, so it stops the start. */
function rolesOf(text: string): readonly Role[] {
  const named = text.split(',').map((word) => word.trim());
  return named.flatMap((word) => {
    if (word === '') return [];
    if (isRole(word)) return [word];
    throw new Error(
      `MODELCITY_SECOND_FACTOR names '${word}', which is no role; the roles are ${roles.join(', ')}`,
    );
  });
}

/** The secret of a server: MODELCITY_SECRET, or one that is kept in its folder, made when it is first asked for. */
export function serverSecret(home: string): string {
  const given = process.env.MODELCITY_SECRET;
  if (given !== undefined && given !== '') return given;
  const path = join(home, 'session-secret');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  mkdirSync(home, { recursive: true });
  const made = randomBytes(48).toString('base64url');
  writeFileSync(path, `${made}\n`, { mode: 0o600 });
  return made;
}

/** While nobody may administer, tells the one-time link by which the first administrator joins. */
export async function firstAdministrator(door: Door, say: (line: string) => void): Promise<void> {
  const held = await door.people.grants('*');
  if (held.some(({ role }) => role === 'administrator')) return;
  const token = await door.invite({
    city: '*',
    purpose: 'join',
    // Typed on joining.
    email: '',
    name: '',
    grants: [{ role: 'administrator', area: '*', department: '*' }],
    by: 'modelcity',
  });
  say(
    `Nobody administers this office yet. The first administrator joins here, once: ${door.baseUrl}/en/join/?token=${token}`,
  );
}
