/** How mail leaves: a server that takes it over, and whom it comes from. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS, which is insisted on unless the server is this machine. */
  readonly secure: boolean;
  readonly user: string | null;
  readonly password: string | null;
  /** `Office of the city <office@city.example>` */
  readonly from: string;
}

/** Names of this machine: what goes there crosses no network. */
export const ownMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * Reads `MODELCITY_SMTP` (`smtps://name@mail.city.example`, `smtp://name@mail.city.example:587`, `smtp://localhost:25`),
 * `MODELCITY_SMTP_PASSWORD` and `MODELCITY_MAIL_FROM`; null where no mail is set up. Throws an Error for a person, without
 * the password, when they do not fit.
 */
export function mailSettings(env: Readonly<Record<string, string | undefined>>): MailSettings | null {
  const given = env.MODELCITY_SMTP ?? '';
  if (given === '') return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    throw new Error(
      'MODELCITY_SMTP is no address of a mail server, such as smtps://name@mail.city.example or smtp://localhost:25',
    );
  const from = env.MODELCITY_MAIL_FROM ?? '';
  if (!/^(?:[^<>\r\n]{0,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(from))
    throw new Error(
      'MODELCITY_MAIL_FROM tells whom mail comes from, such as office@city.example; mail servers refuse what has no sender',
    );
  const user = url.username === '' ? null : decodeURIComponent(url.username);
  const password =
    env.MODELCITY_SMTP_PASSWORD ?? (url.password === '' ? null : decodeURIComponent(url.password));
  if (user !== null && password === null)
    throw new Error('MODELCITY_SMTP names somebody who signs in: give MODELCITY_SMTP_PASSWORD too');
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname,
    port: url.port === '' ? (secure ? 465 : ownMachine.has(url.hostname) ? 25 : 587) : Number(url.port),
    secure,
    user,
    password,
    from,
  };
}
