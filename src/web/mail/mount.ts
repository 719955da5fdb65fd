import type { Context } from 'hono';
import { problem } from '../api/problem.ts';
import { declareRule } from '../rules.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { isOwnOrigin } from '../sign-in/origin.ts';
import type { Site } from '../site.ts';
import { ForgotPage, StopPage } from './pages.tsx';

/** Asking for a new password by mail, and the page at which reminders end. */
export function mountMail(site: Site, door: Door): void {
  const { app } = site;
  const route = (method: 'GET' | 'POST', path: string, take: (c: Context) => Promise<Response>): void => {
    const whole = `/:language{en|zh}${path}`;
    declareRule(app, method, whole, 'anyone');
    app.on(method, whole, (c) => {
      c.header('cache-control', 'no-store');
      return take(c);
    });
  };

  route('GET', '/sign-in/forgot/', async (c) =>
    door.mails ? site.show(c, ForgotPage({ view: site.viewOf(c), done: false })) : site.absent(c),
  );
  route('POST', '/sign-in/forgot/', async (c) => {
    if (!door.mails) return site.absent(c);
    if (!isOwnOrigin(c, door.baseUrl))
      return problem(c, 403, 'This was sent by a page of another site', new URL(c.req.url).pathname);
    const view = site.viewOf(c);
    await door.forgot(c, (await readForm(c)).text('email'), view.language);
    return site.show(c, ForgotPage({ view, done: true }));
  });

  // Whoever holds the word was told it by us: neither a session nor a page of this site is asked for, since the programs that
  // read mail send the click themselves (RFC 8058). A GET changes nothing: scanners follow every link.
  const stop = async (c: Context, done: boolean): Promise<Response> => {
    const [person, word] = [c.req.query('person') ?? '', c.req.query('word') ?? ''];
    const fits = person.length <= 200 && door.seals.isWordFor(word, 'stop reminders', person);
    if (fits && done) {
      const choice = await door.people.mailChoice(person);
      if (choice.wanted === 'all')
        await door.people.chooseMail(person, { ...choice, wanted: 'no-reminders' });
      await door.note(c, { id: person, name: '' }, 'mail.stop', '', 'done');
    }
    return site.show(
      c,
      StopPage({ view: site.viewOf(c), stop: fits ? { person, word } : null, done }),
      fits ? 200 : 404,
    );
  };
  route('GET', '/mail/stop/', (c) => stop(c, false));
  route('POST', '/mail/stop/', (c) => stop(c, true));
}
