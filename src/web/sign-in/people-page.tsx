import type { Area } from '../../model/index.ts';
import type { KnownPerson, MailStanding } from '../../store/index.ts';
import { MailStandingLine } from '../mail/pages.tsx';
import { mailWords } from '../mail/words.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { type Person, roles } from '../who.ts';
import { fill } from '../words.ts';
import { Field } from './parts.tsx';
import { type SignInWords, signInWords } from './words.ts';

export interface PeopleState {
  readonly view: PlaceView;
  readonly person: Person;
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
  const { view, person: self, city, everyone, grants, areas, departments, engine, mail, made, told } = state;
  const [w, m] = [signInWords[view.language], mailWords[view.language]];
  const here = `/${view.language}/${city}/office/people/`;
  const areaName = (id: string): string => {
    const known = areas.find((area) => area.id === id);
    return id === '*' ? w.allAreas : known === undefined ? id : named(known.name, view);
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
          <option value="*">{w.allAreas}</option>
          {areas.map((area) => (
            <option value={area.id}>{named(area.name, view)}</option>
          ))}
        </select>
      </Field>
      <Field name="department" label={w.department}>
        <select id="department" name="department">
          <option value="*">{w.allDepartments}</option>
          {departments.map((id) => (
            <option value={id}>{id}</option>
          ))}
        </select>
      </Field>
    </>
  );
  return (
    <OfficeFrame
      view={view}
      person={self}
      title={w.people}
      told={told === undefined ? null : w[told]}
      alarm={told !== undefined}
    >
      <p class="lead">{w.peopleText}</p>
      <p class="quiet">{engine === 'postgres' ? w.isolationPg : w.isolationPglite}</p>
      <MailStandingLine view={view} standing={mail} />
      {made === undefined ? null : (
        <p class="told" role="status">
          {fill(mail === null ? m.handOver : m.sentTo, { email: made.email })}{' '}
          <code class="key">{made.url}</code>
        </p>
      )}
      <Scroll label={w.people}>
        <table class="stack">
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
                <td data-label={w.secondFactor}>{person.secondFactor ? w.twoSteps : w.oneStep}</td>
                <td data-label={w.roles}>
                  <ul class="plain">
                    {grants
                      .filter((grant) => grant.person === person.id)
                      .map((grant) => (
                        <li>
                          <form class="line" method="post" action={here}>
                            {w[`r_${grant.role}` as keyof SignInWords]} · {areaName(grant.area)} ·{' '}
                            {grant.department === '*' ? w.allDepartments : grant.department}{' '}
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
    </OfficeFrame>
  );
}
