import { Page } from '../layout.tsx';
import { mailWords } from '../mail/words.ts';
import type { View } from '../view.ts';
import { fill } from '../words.ts';
import { Field, Told } from './parts.tsx';
import { shortestPassword } from './password.ts';
import { signInWords } from './words.ts';

export function SignInPage({
  view,
  next,
  told,
  provider,
  mails,
}: {
  readonly view: View;
  readonly next: string;
  readonly told: 'wrong' | 'locked' | null;
  readonly provider: string | null;
  readonly mails: boolean;
}) {
  const w = signInWords[view.language];
  return (
    <Page view={view} title={w.signIn}>
      <h1>{w.signIn}</h1>
      <Told text={told === null ? null : w[told]} alarm />
      <form class="door" method="post" action={`/${view.language}/sign-in/`}>
        <input type="hidden" name="next" value={next} />
        <Field name="email" label={w.email} type="email" autocomplete="username" />
        <Field name="password" label={w.password} type="password" autocomplete="current-password" />
        <button class="main" type="submit">
          {w.signIn}
        </button>
      </form>
      {provider === null ? null : (
        <form class="door" method="post" action={`/${view.language}/sign-in/provider/`}>
          <input type="hidden" name="next" value={next} />
          <p class="quiet">{w.or}</p>
          <button type="submit">{fill(w.withProvider, { name: provider })}</button>
        </form>
      )}
      {mails ? (
        <p>
          <a href={`/${view.language}/sign-in/forgot/`}>{mailWords[view.language].forgot}</a>
        </p>
      ) : null}
      <p class="quiet">{mails ? w.noAccountMail : w.noAccount}</p>
    </Page>
  );
}

export function CodePage({
  view,
  next,
  told,
}: {
  readonly view: View;
  readonly next: string;
  readonly told: 'codeWrong' | 'locked' | null;
}) {
  const w = signInWords[view.language];
  return (
    <Page view={view} title={w.code}>
      <h1>{w.code}</h1>
      <Told text={told === null ? null : w[told]} alarm />
      <form class="door" method="post" action={`/${view.language}/sign-in/code/`}>
        <input type="hidden" name="next" value={next} />
        <Field name="code" label={w.codeLabel} autocomplete="one-time-code" />
        <button class="main" type="submit">
          {w.continue}
        </button>
      </form>
    </Page>
  );
}

export function LinkPage({
  view,
  token,
  terms,
  told,
  provider,
}: {
  readonly view: View;
  readonly token: string;
  readonly terms: { readonly purpose: string; readonly email: string; readonly name: string } | null;
  readonly told: 'short' | 'long' | 'common' | 'personal' | 'address' | null;
  readonly provider: string | null;
}) {
  const w = signInWords[view.language];
  if (terms === null)
    return (
      <Page view={view} title={w.linkGone}>
        <h1>{w.linkGone}</h1>
        <p>{w.linkGoneText}</p>
      </Page>
    );
  const isJoin = terms.purpose === 'join';
  const title = isJoin ? w.join : w.recover;
  return (
    <Page view={view} title={title}>
      <h1>{title}</h1>
      <p>
        {terms.email === '' ? w.firstText : fill(isJoin ? w.joinText : w.recoverText, { email: terms.email })}
      </p>
      <Told text={told === null ? null : told === 'address' ? w.badAddress : w[told]} alarm />
      <form class="door" method="post" action={`/${view.language}/join/`}>
        <input type="hidden" name="token" value={token} />
        {terms.email === '' ? (
          <Field name="email" label={w.email} type="email" autocomplete="username" />
        ) : (
          <input type="hidden" name="email" value={terms.email} autocomplete="username" />
        )}
        {isJoin ? <Field name="name" label={w.name} value={terms.name} autocomplete="name" /> : null}
        <Field
          name="password"
          label={w.newPassword}
          type="password"
          autocomplete="new-password"
          hint={fill(w.passwordHint, { n: shortestPassword })}
        />
        <button class="main" type="submit">
          {title}
        </button>
      </form>
      {isJoin && provider !== null ? (
        <form class="door" method="post" action={`/${view.language}/join/`}>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="name" value={terms.name} />
          <input type="hidden" name="provider" value="yes" />
          <p class="quiet">{w.or}</p>
          <button type="submit">{fill(w.withProvider, { name: provider })}</button>
        </form>
      ) : null}
    </Page>
  );
}

export function ForbiddenPage({ view }: { readonly view: View }) {
  const w = signInWords[view.language];
  return (
    <Page view={view} title={w.forbidden}>
      <h1>{w.forbidden}</h1>
      <p>{w.forbiddenText}</p>
    </Page>
  );
}
