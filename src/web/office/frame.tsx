import type { Child } from 'hono/jsx';
import { Page } from '../layout.tsx';
import { Told } from '../sign-in/parts.tsx';
import type { PlaceView } from '../view.ts';
import type { Person, Role } from '../who.ts';
import { officeWords } from './words.ts';

interface FrameProps {
  readonly view: PlaceView;
  readonly person: Person;
  readonly title: string;
  readonly told?: string | null;
  readonly alarm?: boolean;
  readonly children?: Child;
}

/** The frame of the office: where one is, who one is, and the pages of one's roles. */
export function OfficeFrame({ view, person, title, told = null, alarm = false, children }: FrameProps) {
  const w = officeWords[view.language];
  const base = `/${view.language}/${view.here.city}/office/`;
  const has = (...roles: readonly Role[]): boolean => person.grants.some(({ role }) => roles.includes(role));
  return (
    <Page view={view} title={title} room="office" trail={[{ name: w.office, href: base }, { name: title }]}>
      <nav class="desk" aria-label={w.office}>
        <ul>
          <li>
            <a href={base}>{w.office}</a>
          </li>
          {has('administrator') ? (
            <li>
              <a href={`${base}people/`}>{w.people}</a>
            </li>
          ) : null}
          {has('auditor', 'administrator') ? (
            <li>
              <a href={`${base}trail/`}>{w.trail}</a>
            </li>
          ) : null}
          <li>
            <a href={`/${view.language}/account/`}>{person.name}</a>
          </li>
        </ul>
      </nav>
      <h1>{title}</h1>
      <Told text={told} alarm={alarm} />
      {children}
    </Page>
  );
}
