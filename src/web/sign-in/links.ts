import type { Context } from 'hono';
import type { Language } from '../../model/index.ts';
import type { People } from '../../store/index.ts';
import type { LinkText } from '../mail/compose.ts';
import type { Seals } from '../mail/seal.ts';
import type { Grant } from '../who.ts';
import { addressOf } from './asked-from.ts';
import type { Auth } from './auth.ts';
import { type PasswordFault, passwordFault } from './password.ts';
import { randomToken, sha256Of } from './secret.ts';
import type { Note, Tries } from './tries.ts';

const inviteDays = 7;
/** Links for a new password that an account may ask for by mail in the time of tries, and an address may ask for. */
const asks = { account: 2, address: 20 } as const;
/** An answer about an address takes at least this long, ms, whether or not there is an account. */
const evenly = 400;

interface LinkOptions {
  readonly people: People;
  readonly auth: Auth;
  readonly seals: Seals;
  readonly baseUrl: string;
  readonly behindProxy: boolean;
  /** Whether mail leaves this office. */
  readonly mails: boolean;
  /** Whether somebody may join by a provider of sign-in, without a password. */
  readonly hasProvider: boolean;
  readonly tries: Tries;
  readonly note: Note;
  readonly now: () => Date;
}

/** Links that work once: invitations and new passwords, made, mailed, used. */
export function makeLinks({
  people,
  auth,
  seals,
  baseUrl,
  behindProxy,
  mails,
  hasProvider,
  tries,
  note,
  now,
}: LinkOptions) {
  /** Puts a link on its way by mail; false where no mail leaves. */
  async function mailLink(
    city: string,
    kind: 'join' | 'recover',
    email: string,
    url: string,
  ): Promise<boolean> {
    if (!mails) return false;
    const at = now();
    const text: LinkText = {
      purpose: kind,
      url,
      until: new Date(at.getTime() + inviteDays * 86_400_000).toISOString().slice(0, 10),
    };
    await people.mailLink({
      city,
      id: `link:${randomToken(12)}`,
      kind,
      address: email.trim().toLowerCase(),
      sealed: seals.seal(JSON.stringify(text)),
      at: at.toISOString(),
    });
    return true;
  }

  const links = {
    mailLink,

    /** Makes a link that works once, for a week; gives its secret, which is kept nowhere. */
    async invite(terms: {
      readonly city: string;
      readonly purpose: 'join' | 'recover' | 'recover-all';
      readonly email: string;
      readonly name: string;
      readonly grants: readonly Grant[];
      readonly by: string;
    }): Promise<string> {
      const token = randomToken();
      await people.makeLink({
        city: terms.city,
        purpose: terms.purpose,
        email: terms.email.trim().toLowerCase(),
        name: terms.name,
        grants: terms.grants,
        madeBy: terms.by,
        sha256: sha256Of(token),
        expires: new Date(now().getTime() + inviteDays * 86_400_000).toISOString(),
      });
      return token;
    },

    link: (token: string) => people.link(sha256Of(token), now().toISOString()),

    /** Uses a link: makes the account or sets its new password. Every session of the account ends. */
    async useLink(
      c: Context,
      token: string,
      given: { readonly name: string; readonly password: string | null; readonly email?: string },
    ): Promise<'done' | 'gone' | 'address' | PasswordFault> {
      const at = now().toISOString();
      const found = await people.link(sha256Of(token), at);
      if (found === null) return 'gone';
      const terms =
        found.email === '' ? { ...found, email: (given.email ?? '').trim().toLowerCase() } : found;
      if (!/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(terms.email)) return 'address';
      // The link of the first administrator ends with the first administrator.
      if (found.email === '' && (await people.grants('*')).some(({ role }) => role === 'administrator'))
        return 'gone';
      const name = (given.name.trim() === '' ? terms.name : given.name).trim().slice(0, 120);
      const withoutPassword = given.password === null && hasProvider && terms.purpose === 'join';
      if (!withoutPassword) {
        const fault = passwordFault(given.password ?? '', { email: terms.email, name });
        if (fault !== null) return fault;
      }
      const { internalAdapter, password } = await auth.$context;
      const known = await internalAdapter.findUserByEmail(terms.email);
      if ((terms.purpose === 'join') !== (known === null)) return 'gone';
      const hash = withoutPassword ? null : await password.hash(given.password ?? '');
      if (!(await people.spendLink(sha256Of(token), at))) return 'gone';
      const person =
        known?.user ??
        (await internalAdapter.createUser(
          { email: terms.email, name, emailVerified: true },
          { method: 'admin' },
        ));
      if (hash !== null) {
        const accounts = await internalAdapter.findAccounts(person.id);
        if (accounts.some(({ providerId }) => providerId === 'credential'))
          await internalAdapter.updatePassword(person.id, hash);
        else
          await internalAdapter.linkAccount({
            userId: person.id,
            providerId: 'credential',
            accountId: person.id,
            password: hash,
          });
      }
      await internalAdapter.deleteUserSessions(person.id);
      if (terms.purpose === 'recover-all') {
        await internalAdapter.updateUser(person.id, { twoFactorEnabled: false });
        const { adapter } = await auth.$context;
        await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: person.id }] });
      }
      await people.clearTries(`account:${terms.email}`);
      if (terms.purpose === 'join')
        for (const { role, area, department } of terms.grants)
          await people.grant({
            city: terms.city,
            id: randomToken(12),
            person: person.id,
            role,
            area,
            department,
            givenBy: terms.madeBy,
            givenAt: at,
          });
      await note(c, { id: person.id, name: person.name }, `link.${terms.purpose}`, terms.email, 'done');
      return 'done';
    },

    /** Somebody asks for a new password. The answer is the same, and takes as long, whoever it is. */
    async forgot(c: Context, email: string, language: Language): Promise<void> {
      const work = async (): Promise<void> => {
        const given = email.trim().toLowerCase().slice(0, 320);
        const [account, address] = [`forgot:${given}`, `forgot-address:${addressOf(c, behindProxy)}`];
        if (
          !mails ||
          (await tries.isLocked(account, asks.account)) ||
          (await tries.isLocked(address, asks.address))
        )
          return;
        const at = now().toISOString();
        await people.noteTry(account, at, randomToken(8));
        await people.noteTry(address, at, randomToken(8));
        await note(c, null, 'password.ask', given, 'done');
        const known = (await people.everyone()).find((person) => person.email === given);
        if (known === undefined) return;
        const token = await links.invite({
          city: '*',
          purpose: 'recover',
          email: known.email,
          name: known.name,
          grants: [],
          by: known.id,
        });
        await mailLink('*', 'recover', known.email, `${baseUrl}/${language}/join/?token=${token}`);
      };
      await Promise.all([work(), new Promise((done) => setTimeout(done, evenly))]);
    },
  };
  return links;
}
