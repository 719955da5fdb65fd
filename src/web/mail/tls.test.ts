import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { openMailer } from './mailer.ts';
import { mailSettings } from './settings.ts';

/** A certificate for 127.0.0.2 that nobody trusts but who is told to, with its key: of use to no one. */
const cert = `-----BEGIN CERTIFICATE-----
MIIBjzCCATagAwIBAgIUZIHuiQrRhbpiqGyjqaOjGLJ0rJIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbWFpbC50ZXN0MCAXDTI2MTEyODE4MDkwOFoYDzIxMjYxMTA0
MTgwOTA4WjAUMRIwEAYDVQQDDAltYWlsLnRlc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAToKDQEuncEvP+WtM74T1YNCTWha9Qy6xBLyAjA9Nbf/WLFRLHw1MoU
muvsPdLfSZBdt1yPWJoE8M2VoJMRVI30o2QwYjAdBgNVHQ4EFgQUGQDj2YRWc79V
T9FFGB0q7BUptKMwHwYDVR0jBBgwFoAUGQDj2YRWc79VT9FFGB0q7BUptKMwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAACMAoGCCqGSM49BAMCA0cAMEQC
IEzlYr2wOcBKEghA8uC8Dc+AAaBpzfmlTTG4T/k6y5sCAiBTWKFetV/ZYcVpsVe+
JoAs+0NXgRlaElCU64by+uTEyA==
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgaVi3xSX+Dg/NRXyd
rIFGv1KB+5pTa7jA+TQUfJR0lCahRANCAAToKDQEuncEvP+WtM74T1YNCTWha9Qy
6xBLyAjA9Nbf/WLFRLHw1MoUmuvsPdLfSZBdt1yPWJoE8M2VoJMRVI30
-----END PRIVATE KEY-----`;

const message = {
  to: 'wu@city.example',
  subject: 'Subject',
  text: 'Text',
  html: '<p>Text</p>',
  id: 'one',
  stop: null,
};
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A mail server of the test; `heard`: who signed in, and whether the line was encrypted then. */
async function server(
  host: string,
  options: { readonly secure?: boolean; readonly disabledCommands?: readonly string[] },
) {
  const heard: { user: string | undefined; secure: boolean }[] = [];
  let taken = 0;
  const smtp = new SMTPServer({
    ...options,
    disabledCommands: [...(options.disabledCommands ?? [])],
    closeTimeout: 100,
    cert,
    key,
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    logger: false,
    onAuth({ username }, session, done) {
      heard.push({ user: username, secure: session.secure });
      done(null, { user: username });
    },
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => {
        taken += 1;
        done();
      });
    },
  });
  // Whoever breaks off over a certificate is told here too.
  smtp.on('error', () => undefined);
  await new Promise<void>((ready) => smtp.listen(0, host, ready));
  closers.push(() => new Promise<void>((closed) => smtp.close(() => closed())));
  const { port } = smtp.server.address() as AddressInfo;
  return { heard, port, taken: () => taken };
}

function mailer(url: string, ca?: string) {
  const settings = mailSettings({
    MODELCITY_SMTP: url,
    MODELCITY_SMTP_PASSWORD: 'pass',
    MODELCITY_MAIL_FROM: 'office@city.example',
  });
  if (settings === null) throw new Error('no settings');
  const opened = openMailer(settings, ca === undefined ? {} : { ca });
  closers.push(() => opened.close());
  return opened;
}

test.each(['smtp', 'smtps'] as const)(
  'over %s to another machine mail and password go encrypted, to a server whose certificate is trusted and fits',
  async (way) => {
    const { heard, port, taken } = await server('127.0.0.2', { secure: way === 'smtps' });
    expect(await mailer(`${way}://office@127.0.0.2:${port}`, cert).send(message)).toEqual({
      outcome: 'sent',
    });
    expect(heard).toEqual([{ user: 'office', secure: true }]);
    expect(taken()).toBe(1);
  },
);

test.each([
  ['offers no encryption', '127.0.0.2', 'smtp', { disabledCommands: ['STARTTLS'] }, cert],
  ['has a certificate that nobody vouches for', '127.0.0.2', 'smtp', {}, undefined],
  [
    'has a certificate that nobody vouches for, from the first byte',
    '127.0.0.2',
    'smtps',
    { secure: true },
    undefined,
  ],
  ['has a certificate of another name', '127.0.0.3', 'smtp', {}, cert],
] as const)(
  'a server on another machine that %s gets neither password nor mail',
  async (_, host, way, options, ca) => {
    const { heard, port, taken } = await server(host, options);
    expect(await mailer(`${way}://office@${host}:${port}`, ca).send(message)).toMatchObject({
      outcome: 'failed',
      isServer: true,
    });
    expect([heard, taken()]).toEqual([[], 0]);
  },
);
