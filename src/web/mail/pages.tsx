import type { MailChoice, MailStanding } from '../../store/index.ts';
import { Page } from '../layout.tsx';
import { Field, Told } from '../sign-in/parts.tsx';
import { signInWords } from '../sign-in/words.ts';
import type { View } from '../view.ts';
import { fill } from '../words.ts';
import { mailWords } from './words.ts';

export const languageChoices = ['both', 'zh', 'en'] as const satisfies readonly MailChoice['language'][];
export const wantedChoices = [
  'all',
  'no-reminders',
  'links-only',
] as const satisfies readonly MailChoice['wanted'][];

/** Where one click ends reminders by mail, without signing in. `stop` is null where the link does not fit. */
export function StopPage({
  view,
  stop,
  done,
}: {
  readonly view: View;
  readonly stop: { readonly person: string; readonly word: string } | null;
  readonly done: boolean;
}) {
  const w = mailWords[view.language];
  const title = stop === null ? w.stopWrong : w.stopTitle;
  return (
    <Page view={view} title={title}>
      <h1>{title}</h1>
      {stop === null ? <p>{w.stopWrongText}</p> : null}
      {stop !== null && done ? <Told text={w.stopped} /> : null}
      {stop === null || done ? null : (
        <form
          class="door"
          method="post"
          action={`/${view.language}/mail/stop/?person=${encodeURIComponent(stop.person)}&word=${encodeURIComponent(stop.word)}`}
        >
          <p>{w.stopText}</p>
          <button class="main" type="submit">
            {w.stopDo}
          </button>
        </form>
      )}
    </Page>
  );
}

/** Somebody who has forgotten the password asks for a link. */
export function ForgotPage({ view, done }: { readonly view: View; readonly done: boolean }) {
  const w = mailWords[view.language];
  return (
    <Page view={view} title={w.forgot}>
      <h1>{w.forgot}</h1>
      {done ? (
        <Told text={w.forgotDone} />
      ) : (
        <form class="door" method="post" action={`/${view.language}/sign-in/forgot/`}>
          <p>{w.forgotText}</p>
          <Field name="email" label={signInWords[view.language].email} type="email" autocomplete="username" />
          <button class="main" type="submit">
            {w.forgotDo}
          </button>
        </form>
      )}
    </Page>
  );
}

/** What somebody wants by mail, as part of their account. */
export function MailSection({
  view,
  mails,
  choice,
}: {
  readonly view: View;
  readonly mails: boolean;
  readonly choice: MailChoice;
}) {
  const w = mailWords[view.language];
  return (
    <section>
      <h2>{w.mail}</h2>
      <p class="quiet">{mails ? w.mailText : w.mailOff}</p>
      <form class="door" method="post" action={`/${view.language}/account/mail/`}>
        <Field name="wanted" label={w.wanted}>
          <select id="wanted" name="wanted">
            {wantedChoices.map((each) => (
              <option value={each} selected={each === choice.wanted}>
                {w[each]}
              </option>
            ))}
          </select>
        </Field>
        <Field name="mail-language" label={w.language}>
          <select id="mail-language" name="mail-language">
            {languageChoices.map((each) => (
              <option value={each} selected={each === choice.language}>
                {w[each]}
              </option>
            ))}
          </select>
        </Field>
        <button type="submit">{w.keep}</button>
      </form>
    </section>
  );
}

/** How the mail of an office stands, for those who administer it. */
export function MailStandingLine({
  view,
  standing,
}: {
  readonly view: View;
  readonly standing: MailStanding | null;
}) {
  const w = mailWords[view.language];
  if (standing === null) return <p class="quiet">{w.mailOff}</p>;
  const { sent, waiting, givenUp, failing, lastFault } = standing;
  return (
    <p class="quiet">
      {fill(w.standing, { sent, waiting, givenUp })}
      {failing > 0 && lastFault !== '' ? ` ${fill(w.fault, { fault: lastFault })}` : ''}
    </p>
  );
}
