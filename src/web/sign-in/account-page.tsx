import { raw } from 'hono/html';
import { renderSVG } from 'uqr';
import { inBrackets, labelled, listMark } from '../../language/index.ts';
import type { MailChoice, StoredKey } from '../../store/index.ts';
import { Page } from '../layout.tsx';
import { MailSection } from '../mail/pages.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type View } from '../view.ts';
import { type Grant, isRole } from '../who.ts';
import { fill } from '../words.ts';
import { Field, Told } from './parts.tsx';
import { shortestPassword } from './password.ts';
import { type SignInWords, signInWords } from './words.ts';

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
        {grants.length === 0 ? null : <GrantTable grants={grants} view={view} />}
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
              {labelled(w.secretText, view.language)}
              <code>{new URL(enrolment.uri).searchParams.get('secret') ?? ''}</code>
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
              {from} → {until}
              {isThis ? inBrackets(w.thisOne, view.language) : ''}
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
            <table class="stack">
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
                    <td data-label={w.roles}>
                      {key.roles
                        .map((role) => (isRole(role) ? w[`r_${role}`] : role))
                        .join(listMark(view.language))}
                    </td>
                    <td data-label={w.area}>{key.area === '*' ? w.all : key.area}</td>
                    <td data-label={w.expires}>{key.expires.slice(0, 10)}</td>
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
  view,
}: {
  readonly grants: readonly (Grant & { readonly city: string })[];
  readonly view: View;
}) {
  const w = signInWords[view.language];
  const all = (word: string): string => (word === '*' ? w.all : word);
  const placeOf = (id: string) => view.places.find(({ city }) => city === id)?.place.workspace.city;
  const placeName = (id: string): string => {
    const known = placeOf(id);
    return known === undefined ? all(id) : named(known.name, view);
  };
  const areaOf = (city: string, id: string): string => {
    const known = placeOf(city)?.areas.find((area) => area.id === id);
    return known === undefined ? all(id) : named(known.name, view);
  };
  return (
    <Scroll label={w.roles}>
      <table class="stack">
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
              <td data-label={w.city}>{placeName(each.city)}</td>
              <td data-label={w.area}>{areaOf(each.city, each.area)}</td>
              <td data-label={w.department}>{all(each.department)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
