import { existsSync, readdirSync, statSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatabaseStanding, openBackup, type Store } from '../store/index.ts';
import { isRole, type MailSettings, mailSettings, openMailer, roles } from '../web/index.ts';
import { bad, good, type Result, warning, worst } from './doctor-result.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The settings of a server in the environment: what is missing, does not fit, or opens a door. Values are never repeated. */
export function checkSettings(env: Env): Result {
  const has = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const found: Result[] = [];
  const say = (make: typeof bad, text: string): void => void found.push(make('settings', text));
  const secret = has('MODELCITY_SECRET');
  if (secret !== undefined && secret.length < 32) say(bad, 'MODELCITY_SECRET has fewer than 32 characters');
  if (secret === undefined && has('DATABASE_URL') !== undefined)
    say(warning, 'MODELCITY_SECRET is not set: one server keeps its own; several need one and the same');
  const address = has('MODELCITY_URL');
  if (address !== undefined && !/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : ''))
    say(bad, 'MODELCITY_URL is no address such as https://data.city.example');
  else if (address === undefined && has('DATABASE_URL') !== undefined)
    say(warning, 'MODELCITY_URL is not set: links in mail would name this machine');
  else if (
    address?.startsWith('http:') === true &&
    !/^(?:localhost|127\.|\[::1\])/.test(new URL(address).host)
  )
    say(warning, 'MODELCITY_URL is not https: passwords and sessions cross the network in the clear');
  const odd = (has('MODELCITY_SECOND_FACTOR') ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '' && !isRole(word));
  if (odd.length > 0)
    say(bad, `MODELCITY_SECOND_FACTOR names ${odd.join(', ')}; the roles are ${roles.join(', ')}`);
  const oidc = ['MODELCITY_OIDC_ISSUER', 'MODELCITY_OIDC_CLIENT', 'MODELCITY_OIDC_SECRET'];
  const missing = oidc.filter((name) => has(name) === undefined);
  if (missing.length > 0 && missing.length < oidc.length)
    say(bad, `sign-in by OpenID Connect is off, since ${missing.join(' and ')} is missing`);
  return worst('settings', found, 'what is set fits');
}

/** Goes to the mail server as far as signing in. */
export async function checkMail(env: Env): Promise<Result> {
  let settings: MailSettings | null;
  try {
    settings = mailSettings(env);
  } catch (error) {
    return bad('mail', error instanceof Error ? error.message : String(error));
  }
  if (settings === null) return good('mail', 'not set up: links are handed over, and no mail leaves');
  const mailer = openMailer(settings);
  try {
    const came = await mailer.check();
    const where = `${settings.host}:${settings.port}`;
    return came.outcome === 'sent'
      ? good('mail', `${where} takes mail from this server`)
      : bad('mail', `${where} does not: ${came.detail}`);
  } finally {
    mailer.close();
  }
}

/** Milliseconds by which two clocks may differ before times in the log and ends of sessions mislead. */
const clockApart = 2000;

/** Connections that one server process takes at most. */
const perServer = 17;

/** How many connections of the database are open, and whether one more server still finds its own. */
export function checkConnections({ open, most }: DatabaseStanding['connections']): Result {
  const text = `${open} of ${most} are open; each server takes up to ${perServer}`;
  if (most - open < perServer)
    return bad('connections', `${text}: no room for one more, raise max_connections`);
  return open > 0.8 * most ? warning('connections', text) : good('connections', text);
}

/** Bytes of its log that a replica may have still to replay: one segment, 16 MiB. */
const replicaBehind = 16 * 1024 * 1024;

/** Which servers follow this one, and how much of its log each has still to replay. */
export function checkReplicas(replicas: DatabaseStanding['replicas']): Result {
  if (replicas.length === 0) return good('replicas', 'none follows, or this login may not see them');
  const text = replicas
    .map(({ name, behind }) => `${name} ${behind === null ? 'follows' : `is ${behind} bytes behind`}`)
    .join(', ');
  return replicas.some(({ behind }) => behind !== null && Number(behind) > replicaBehind)
    ? warning('replicas', `${text}: it would not take over without loss`)
    : good('replicas', text);
}

/** The login of the server, its clock, its room, the servers that follow it; who administers, and the mail that waits. */
export async function checkServer(store: Store): Promise<readonly Result[]> {
  const stands = await store.standing();
  const isServer = store.engine === 'postgres';
  const login = !isServer
    ? good('login', 'embedded: the server alone enforces who may do what, for one desk')
    : stands.passesRowSecurity
      ? warning('login', 'passes row security by: sign in as a role that owns nothing (docs/storage.md)')
      : stands.ownsTables
        ? warning('login', 'owns the tables and could change their rules: use two logins (docs/storage.md)')
        : good('login', 'owns nothing, and row security binds it');
  const apart = Math.abs(stands.clockAhead);
  const administrators = (await store.people.grants('*')).concat(
    ...(await Promise.all((await store.cities()).map(({ id }) => store.people.grants(id)))),
  );
  const mail = await Promise.all((await store.cities()).map(({ id }) => store.people.mailStanding(id)));
  const sum = (of: 'waiting' | 'failing' | 'givenUp'): number =>
    mail.reduce((all, each) => all + each[of], 0);
  return [
    login,
    apart > clockApart
      ? bad('clock', `the database is ${(apart / 1000).toFixed(1)} s from this machine: keep both by NTP`)
      : good('clock', 'the database and this machine agree'),
    ...(isServer ? [checkConnections(stands.connections), checkReplicas(stands.replicas)] : []),
    administrators.some(({ role }) => role === 'administrator')
      ? good('administrator', 'there is one')
      : warning('administrator', 'nobody administers: the next start prints the link for the first'),
    sum('failing') > 0 || sum('givenUp') > 0
      ? warning(
          'outbox',
          `${sum('waiting')} mails wait, ${sum('failing')} of them after a fault; ${sum('givenUp')} given up`,
        )
      : good('outbox', `${sum('waiting')} mails wait`),
  ];
}

/** Files that hold secrets, and whether others on this machine could read them. */
export function checkKeys(home: string): Result {
  const keys = join(home, 'keys');
  const files = [
    ...(existsSync(join(home, 'session-secret')) ? [join(home, 'session-secret')] : []),
    ...(existsSync(keys) ? readdirSync(keys).map((name) => join(keys, name)) : []),
  ].filter((path) => !path.endsWith('.pub') && statSync(path).isFile());
  if (files.length === 0) return good('keys', 'none made yet');
  const open = files.filter(
    (path) => (statSync(path).mode & 0o077) !== 0 && /secret|private|\.pem$|\.key$/.test(path),
  );
  return open.length === 0
    ? good('keys', `${files.length} files, closed to others`)
    : bad('keys', `others on this machine may read ${open.join(', ')}: chmod 600`);
}

/** Whether this process may write where sources and log go. */
export async function checkHome(home: string): Promise<Result> {
  if (!existsSync(home)) return warning('folder', `${home} is made by the first load`);
  try {
    for (const part of ['.', 'sources', 'log'])
      if (existsSync(join(home, part))) await access(join(home, part), constants.W_OK);
    return good('folder', `${home} can be written to`);
  } catch {
    return bad('folder', `${home} cannot be written to by this user: nothing could be stored`);
  }
}

/** Days after which a backup that lacks submissions is too old. */
const backupDays = 2;

/** Whether a backup is whole, and what of the log it lacks. */
export async function checkBackup(store: Store, folder: string, now: Date): Promise<Result> {
  const { log, findings } = await openBackup(folder);
  if (findings.length > 0) return { ...bad('backup', `${folder} is not whole`), findings };
  const heads = new Map((await log.cities()).map(({ id, head }) => [id, head]));
  const lacks = (await store.cities()).reduce((all, { id, head }) => all + head - (heads.get(id) ?? 0), 0);
  const days = (now.getTime() - statSync(join(folder, 'backup.json')).mtimeMs) / 86_400_000;
  const text = `whole, ${days.toFixed(1)} days old, ${lacks} submissions since`;
  return lacks > 0 && days > backupDays ? warning('backup', text) : good('backup', text);
}
