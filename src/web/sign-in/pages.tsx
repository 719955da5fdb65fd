import { raw } from 'hono/html';
import { renderSVG } from 'uqr';
import type { Area } from '../../model/index.ts';
import type { KnownPerson, MailChoice, MailStanding, StoredKey, TrailEntry } from '../../store/index.ts';
import { Page } from '../layout.tsx';
import { MailSection, MailStandingLine } from '../mail/pages.tsx';
import { mailWords } from '../mail/words.ts';
import { Scroll } from '../parts/scroll.tsx';
import { named, type View } from '../view.ts';
import { type Grant, roles } from '../who.ts';
import { fill } from '../words.ts';
import { Field, Told } from './parts.tsx';
import { shortestPassword } from './password.ts';
import { type SignInWords, signInWords } from './words.ts';

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

/** Secret and codes of a second step that is being turned on. */
export interface Enrolment {
  readonly uri: string;
  readonly codes: readonly string[];
}

export interface AccountState {
  readonly view: View;
  readonly person: { readonly name: string; readonly email: string };
  readonly secondFactor: boolean;
  readonly grants: readonly (Grant & { readonly city: string })[];
  readonly keys: readonly StoredKey[];
  readonly sessions: readonly { readonly from: string; readonly until: string; readonly isThis: boolean }[];
  readonly mail: { readonly mails: boolean; readonly choice: MailChoice };
  readonly enrolment?: Enrolment;
  readonly newKey?: string;
  readonly told?: { readonly text: keyof SignInWords; readonly alarm: boolean };
}

export function AccountPage(state: AccountState) {
  const { view, person, secondFactor, grants, keys, sessions, mail, enrolment, newKey, told } = state;
  const w = signInWords[view.language];
  const here = `/${view.language}/account/`;
  const held = [...new Set(grants.map(({ role }) => role))];
  const offices = view.places.filter(({ city }) =>
    grants.some((each) => each.city === '*' || each.city === city),
  );
  return (
    <Page view={view} title={w.account}>
      <h1>{person.name}</h1>
      <p class="quiet">{person.email}</p>
      <Told text={told === undefined ? null : w[told.text]} alarm={told?.alarm ?? false} />
      <section>
        <h2>{w.places}</h2>
        {offices.length === 0 ? <p>{w.noRoles}</p> : null}
        <ul>
          {offices.map(({ city, place }) => (
            <li>
              <a href={`/${view.language}/${city}/office/`}>
                {fill(w.toOffice, { name: named(place.workspace.city.name, view) })}
              </a>
            </li>
          ))}
        </ul>
        {grants.length === 0 ? null : <GrantTable grants={grants} w={w} />}
      </section>
      <section>
        <h2>{w.secondFactor}</h2>
        {enrolment === undefined ? (
          <form class="door" method="post" action={`${here}second-factor/`}>
            <p>{secondFactor ? w.secondFactorOn : w.secondFactorOff}</p>
            <Field name="password" label={w.nowPassword} type="password" autocomplete="current-password" />
            <button type="submit" name="do" value={secondFactor ? 'off' : 'on'}>
              {secondFactor ? w.turnOff : w.turnOn}
            </button>
          </form>
        ) : (
          <form class="door" method="post" action={`${here}second-factor/`}>
            <p>{w.scan}</p>
            <div class="qr" role="img" aria-label={w.scan}>
              {raw(renderSVG(enrolment.uri, { border: 2 }))}
            </div>
            <p>
              {w.secretText}: <code>{new URL(enrolment.uri).searchParams.get('secret') ?? ''}</code>
            </p>
            <p>{w.keepCodes}</p>
            <ul class="codes">
              {enrolment.codes.map((code) => (
                <li>
                  <code>{code}</code>
                </li>
              ))}
            </ul>
            <Field name="code" label={w.codeLabel} autocomplete="one-time-code" />
            <button class="main" type="submit" name="do" value="confirm">
              {w.confirm}
            </button>
          </form>
        )}
      </section>
      <section>
        <h2>{w.changePassword}</h2>
        <form class="door" method="post" action={`${here}password/`}>
          <Field name="now" label={w.nowPassword} type="password" autocomplete="current-password" />
          <Field
            name="fresh"
            label={w.newPassword}
            type="password"
            autocomplete="new-password"
            hint={fill(w.passwordHint, { n: shortestPassword })}
          />
          <button type="submit">{w.changePassword}</button>
        </form>
      </section>
      <section>
        <h2>{w.sessions}</h2>
        <ul>
          {sessions.map(({ from, until, isThis }) => (
            <li>
              {from} → {until} {isThis ? `(${w.thisOne})` : ''}
            </li>
          ))}
        </ul>
        <form method="post" action={`${here}sessions/`}>
          <button type="submit">{w.endOthers}</button>
        </form>
      </section>
      <section>
        <h2>{w.keys}</h2>
        <p>{w.keysText}</p>
        {newKey === undefined ? null : (
          <p class="told" role="status">
            {w.keyShown} <code class="key">{newKey}</code>
          </p>
        )}
        {keys.length === 0 ? null : (
          <Scroll label={w.keys}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{w.keyLabel}</th>
                  <th scope="col">{w.roles}</th>
                  <th scope="col">{w.area}</th>
                  <th scope="col">{w.expires}</th>
                  <th scope="col">{w.keyEnd}</th>
                </tr>
              </thead>
              <tbody>
                {keys.map((key) => (
                  <tr>
                    <th scope="row">{key.label}</th>
                    <td>{key.roles.join(', ')}</td>
                    <td>{key.area}</td>
                    <td>{key.expires.slice(0, 10)}</td>
                    <td>
                      {key.ended !== null ? (
                        w.keyEnded
                      ) : (
                        <form method="post" action={`${here}keys/`}>
                          <input type="hidden" name="end" value={key.id} />
                          <button type="submit">{w.keyEnd}</button>
                        </form>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        {held.length === 0 ? null : (
          <form class="door" method="post" action={`${here}keys/`}>
            <Field name="label" label={w.keyLabel} />
            <fieldset>
              <legend>{w.keyRoles}</legend>
              {held.map((role) => (
                <label class="tick">
                  <input type="checkbox" name="roles" value={role} /> {w[`r_${role}`]}
                </label>
              ))}
            </fieldset>
            <Field name="area" label={w.keyArea} value="*" />
            <Field name="days" label={w.keyDays} type="number" value="90" />
            <button type="submit">{w.keyMake}</button>
          </form>
        )}
      </section>
      <MailSection view={view} {...mail} />
      <section>
        <form method="post" action={`/${view.language}/sign-out/`}>
          <button type="submit">{w.signOut}</button>
        </form>
      </section>
    </Page>
  );
}

function GrantTable({
  grants,
  w,
}: {
  readonly grants: readonly (Grant & { readonly city: string })[];
  readonly w: SignInWords;
}) {
  const all = (word: string): string => (word === '*' ? w.all : word);
  return (
    <Scroll label={w.roles}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.role}</th>
            <th scope="col">{w.city}</th>
            <th scope="col">{w.area}</th>
            <th scope="col">{w.department}</th>
          </tr>
        </thead>
        <tbody>
          {grants.map((each) => (
            <tr>
              <th scope="row">{w[`r_${each.role}`]}</th>
              <td>{all(each.city)}</td>
              <td>{all(each.area)}</td>
              <td>{all(each.department)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export interface PeopleState {
  readonly view: View;
  readonly city: string;
  readonly everyone: readonly KnownPerson[];
  readonly grants: readonly {
    readonly id: string;
    readonly city: string;
    readonly person: string;
    readonly role: string;
    readonly area: string;
    readonly department: string;
    readonly givenAt: string;
  }[];
  readonly areas: readonly Area[];
  readonly departments: readonly string[];
  readonly engine: 'pglite' | 'postgres';
  /** Null where no mail leaves. */
  readonly mail: MailStanding | null;
  readonly made?: { readonly email: string; readonly url: string };
  readonly told?: keyof SignInWords;
}

/** Who may do what in one place. */
export function PeoplePage(state: PeopleState) {
  const { view, city, everyone, grants, areas, departments, engine, mail, made, told } = state;
  const [w, m] = [signInWords[view.language], mailWords[view.language]];
  const here = `/${view.language}/${city}/office/people/`;
  const areaName = (id: string): string => {
    const known = areas.find((area) => area.id === id);
    return id === '*' ? w.all : known === undefined ? id : named(known.name, view);
  };
  const shown = everyone.filter(({ id }) => grants.some(({ person }) => person === id));
  const choose = (
    <>
      <Field name="role" label={w.role}>
        <select id="role" name="role">
          {roles.map((role) => (
            <option value={role}>{w[`r_${role}`]}</option>
          ))}
        </select>
      </Field>
      <Field name="area" label={w.area}>
        <select id="area" name="area">
          <option value="*">{w.all}</option>
          {areas.map((area) => (
            <option value={area.id}>{named(area.name, view)}</option>
          ))}
        </select>
      </Field>
      <Field name="department" label={w.department}>
        <select id="department" name="department">
          <option value="*">{w.all}</option>
          {departments.map((id) => (
            <option value={id}>{id}</option>
          ))}
        </select>
      </Field>
    </>
  );
  return (
    <Page view={view} title={w.people} room="office">
      <h1>{w.people}</h1>
      <p class="lead">{w.peopleText}</p>
      <p class="quiet">{engine === 'postgres' ? w.isolationPg : w.isolationPglite}</p>
      <MailStandingLine view={view} standing={mail} />
      <Told text={told === undefined ? null : w[told]} alarm />
      {made === undefined ? null : (
        <p class="told" role="status">
          {fill(mail === null ? m.handOver : m.sentTo, { email: made.email })}{' '}
          <code class="key">{made.url}</code>
        </p>
      )}
      <Scroll label={w.people}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.person}</th>
              <th scope="col">{w.secondFactor}</th>
              <th scope="col">{w.roles}</th>
              <th scope="col">{w.recoverLink}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((person) => (
              <tr>
                <th scope="row">
                  {person.name}
                  <br />
                  <small class="quiet">{person.email}</small>
                </th>
                <td>{person.secondFactor ? w.twoSteps : w.oneStep}</td>
                <td>
                  <ul class="plain">
                    {grants
                      .filter((grant) => grant.person === person.id)
                      .map((grant) => (
                        <li>
                          <form class="line" method="post" action={here}>
                            {w[`r_${grant.role}` as keyof SignInWords]} · {areaName(grant.area)} ·{' '}
                            {grant.department === '*' ? w.all : grant.department}{' '}
                            <small class="quiet">
                              {w.since} {grant.givenAt.slice(0, 10)}
                            </small>
                            {grant.city === city ? (
                              <button type="submit" name="end" value={grant.id}>
                                {w.take}
                              </button>
                            ) : null}
                          </form>
                        </li>
                      ))}
                  </ul>
                </td>
                <td>
                  <form method="post" action={here}>
                    <button type="submit" name="recover" value={person.email}>
                      {w.recoverLink}
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <section>
        <h2>{w.invite}</h2>
        <p>{mail === null ? w.inviteText : m.inviteText}</p>
        <form class="door" method="post" action={here}>
          <Field name="email" label={w.email} type="email" />
          <Field name="name" label={w.name} />
          {choose}
          <button class="main" type="submit" name="do" value="invite">
            {w.invite}
          </button>
        </form>
      </section>
    </Page>
  );
}

/** Who saw or did what. */
export function TrailPage({
  view,
  city,
  entries,
  asked,
}: {
  readonly view: View;
  readonly city: string;
  readonly entries: readonly (TrailEntry & { readonly id: number })[];
  readonly asked: Readonly<Record<'q' | 'from' | 'to', string>>;
}) {
  const w = signInWords[view.language];
  const here = `/${view.language}/${city}/office/trail/`;
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  const last = entries.at(-1);
  return (
    <Page view={view} title={w.trail} room="office">
      <h1>{w.trail}</h1>
      <p class="lead">{w.trailText}</p>
      <form class="filter" method="get" action={here}>
        <Field name="q" label={w.search} value={asked.q} required={false} />
        <Field name="from" label={w.from} type="date" value={asked.from} required={false} />
        <Field name="to" label={w.to} type="date" value={asked.to} required={false} />
        <button type="submit">{w.search}</button>
        <a class="button" href={`/api/office/${city}/trail.csv?${query}`}>
          {w.export}
        </a>
      </form>
      {entries.length === 0 ? <p>{w.none}</p> : null}
      <Scroll label={w.trail}>
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">{w.when}</th>
              <th scope="col">{w.person}</th>
              <th scope="col">{w.action}</th>
              <th scope="col">{w.object}</th>
              <th scope="col">{w.outcome}</th>
              <th scope="col">{w.address}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((each) => (
              <tr>
                <td>
                  <time datetime={each.at}>{each.at.slice(0, 19).replace('T', ' ')}</time>
                </td>
                <td>{each.name}</td>
                <td>
                  <code>{each.action}</code>
                </td>
                <td>{each.object}</td>
                <td>{each.outcome}</td>
                <td>{each.address ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {entries.length < 200 || last === undefined ? null : (
        <p>
          <a href={`${here}?${query}&before=${last.id}`}>{w.older}</a>
        </p>
      )}
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
