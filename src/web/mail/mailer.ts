import { createTransport } from 'nodemailer';
import { type MailSettings, ownMachine } from './settings.ts';

export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for the same mail: who gets it twice can tell. Letters, digits and dashes. */
  readonly id: string;
  /** Address at which one click ends reminders; null where there is nothing to end. */
  readonly stop: string | null;
}

/** `refused`: this mail will never be taken, whoever tries. */
export type MailAnswer =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'failed' | 'refused'; readonly detail: string; readonly isServer: boolean };

/** Hands mail over to a server. */
export interface Mailer {
  send(message: Message): Promise<MailAnswer>;
  /** Goes as far as signing in, and sends nothing. */
  check(): Promise<MailAnswer>;
  close(): void;
}

/** Opens the way to a mail server; nothing is said to it before the first mail. `ca`: a further authority that is trusted. */
export function openMailer(
  { host, port, secure, user, password, from }: MailSettings,
  { ca }: { readonly ca?: string } = {},
): Mailer {
  const isOwn = ownMachine.has(host);
  const transport = createTransport({
    host: host.replace(/^\[|\]$/g, ''),
    port,
    secure,
    // A password or a link in the clear is read by whoever listens; a relay on this machine needs no TLS.
    requireTLS: !secure && !isOwn,
    ...(isOwn && !secure ? { ignoreTLS: user === null, opportunisticTLS: true } : {}),
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    pool: true,
    maxConnections: 1,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  const domain = /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'modelcity.invalid';
  return {
    async send({ to, subject, text, html, id, stop }) {
      try {
        await transport.sendMail({
          from,
          // As an object it is one address, whatever stands in it.
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(stop === null
              ? {}
              : { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
          },
        });
        return { outcome: 'sent' };
      } catch (error) {
        return answerOf(error);
      }
    },
    async check() {
      try {
        await transport.verify();
        return { outcome: 'sent' };
      } catch (error) {
        return answerOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** What a fault means. Its message is not repeated: servers quote addresses in theirs. */
function answerOf(error: unknown): MailAnswer {
  const told = (key: string): unknown =>
    error instanceof Error ? Object.getOwnPropertyDescriptor(error, key)?.value : undefined;
  const [code, status, command] = [told('code'), told('responseCode'), told('command')];
  const detail = [code, command, status].filter(
    (each) => typeof each === 'string' || typeof each === 'number',
  );
  const isOfMail = command === 'RCPT TO' || command === 'DATA';
  return {
    outcome: isOfMail && typeof status === 'number' && status >= 500 ? 'refused' : 'failed',
    detail: detail.length === 0 ? 'fault' : detail.join(' ').slice(0, 80),
    isServer: !isOfMail,
  };
}
