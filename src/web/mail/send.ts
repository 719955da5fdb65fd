import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MailTold, People, TakenMail } from '../../store/index.ts';
import { type LinkText, linkMail, noticeMail } from './compose.ts';
import type { Mailer, Message } from './mailer.ts';
import type { Seals } from './seal.ts';

export interface MailTurn {
  readonly people: Pick<People, 'takeMail' | 'tellMail'>;
  readonly mailer: Mailer;
  readonly seals: Seals;
  /** Address of the site as readers type it. */
  readonly baseUrl: string;
  /** What a city is called; null for one that is not served here. */
  readonly nameOf: (city: string) => { readonly en: string; readonly zh: string } | null;
  readonly now: () => Date;
}

/** Minutes until the next try, after the first, the second, …; after the last it is given up. */
const pauses = [1, 5, 15, 60, 180, 360, 720, 1440, 1440] as const;
/** What has waited longer than this before its first try is news no more, as when mail is set up late. */
const oldDays = 3;
/** How long taken mail is kept from other senders. */
const keptMinutes = 15;

const linkSchema = z.strictObject({
  purpose: z.enum(['join', 'recover']),
  url: z.string(),
  until: z.string(),
});

/**
 * Sends what is due, in any number of processes: whoever takes a mail has it alone for a while. It leaves at least once, and
 * twice only when a sender dies between the mail server's answer and the note about it; both then carry one name. A server
 * that does not answer ends the turn; what was taken is tried again, later each time.
 */
export async function mailTurn(
  turn: MailTurn,
): Promise<{ readonly sent: number; readonly fault: string | null }> {
  const { people, mailer, now } = turn;
  const begun = now();
  const until = new Date(begun.getTime() + keptMinutes * 60_000);
  const taken = await people.takeMail(begun.toISOString(), until.toISOString());
  let sent = 0;
  let fault: string | null = null;
  let isDown = false;
  for (const group of together(taken)) {
    // What is not reached in time is left as it was taken, and is due again by itself.
    if (now().getTime() > until.getTime() - 120_000) break;
    const told: MailTold[] = [];
    const tell = (mail: TakenMail, end: MailTold['end'], detail = ''): void => {
      const at = now();
      const pause = pauses[mail.tries - 1];
      const isOver = end === null && pause === undefined;
      told.push({
        city: mail.city,
        id: mail.id,
        try: mail.tries,
        at: at.toISOString(),
        detail,
        end: isOver ? 'given-up' : end,
        next:
          end !== null || pause === undefined ? null : new Date(at.getTime() + pause * 60_000).toISOString(),
      });
    };
    const wanted = group.filter((mail) => {
      const why = unwanted(mail, begun);
      if (why !== null) tell(mail, why === 'old' ? 'given-up' : 'not-wanted', why);
      return why === null;
    });
    const message = messageOf(wanted, turn);
    if (message === null) for (const mail of wanted) tell(mail, 'given-up', 'unreadable');
    else if (isDown) for (const mail of wanted) tell(mail, null, fault ?? '');
    else {
      const answer = await mailer.send(message);
      if (answer.outcome === 'sent') sent += 1;
      else {
        fault = answer.detail;
        isDown = answer.isServer;
      }
      for (const mail of wanted)
        if (answer.outcome === 'sent') tell(mail, 'sent');
        else tell(mail, answer.outcome === 'refused' ? 'refused' : null, answer.detail);
    }
    await people.tellMail(told);
  }
  return { sent, fault };
}

/** Notices of one person in one city go out together; each link goes alone. */
function together(taken: readonly TakenMail[]): readonly (readonly TakenMail[])[] {
  const groups = new Map<string, TakenMail[]>();
  for (const mail of taken) {
    const name = JSON.stringify(mail.notice === null ? [mail.city, mail.id] : [mail.city, '', mail.person]);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [mail]);
    else known.push(mail);
  }
  return [...groups.values()];
}

function unwanted({ kind, made, tries, choice, notice }: TakenMail, now: Date): string | null {
  if (tries === 1 && now.getTime() - new Date(made).getTime() > oldDays * 86_400_000) return 'old';
  if (kind === 'join' || kind === 'recover') return null;
  if (choice.wanted === 'links-only') return 'choice';
  if (choice.wanted === 'no-reminders' && kind === 'reminder') return 'choice';
  return notice?.seen === null ? null : 'seen';
}

function messageOf(group: readonly TakenMail[], turn: MailTurn): Message | null {
  const { baseUrl, seals, nameOf } = turn;
  const [first] = group;
  if (first === undefined) return null;
  const place = nameOf(first.city) ?? { en: 'Modelcity', zh: 'Modelcity' };
  const id = createHash('sha256')
    .update(JSON.stringify(group.map((mail) => [mail.city, mail.id])))
    .digest('hex')
    .slice(0, 40);
  if (first.notice === null) {
    const text = linkOf(first, seals);
    return text === null ? null : { ...linkMail(text, place), to: first.address, id, stop: null };
  }
  const { person } = first;
  const hasReminder = group.some(({ kind }) => kind === 'reminder') && person !== null;
  const stop = (language: 'en' | 'zh'): string =>
    `${baseUrl}/${language}/mail/stop/?person=${encodeURIComponent(person ?? '')}&word=${seals.wordFor('stop reminders', person ?? '')}`;
  const words = noticeMail(
    group.flatMap(({ notice }) => (notice === null ? [] : [notice])),
    place,
    first.choice,
    baseUrl,
    hasReminder ? stop : null,
    group.every(({ kind }) => kind === 'reminder'),
  );
  return { ...words, to: first.address, id, stop: hasReminder ? stop('en') : null };
}

function linkOf({ sealed }: TakenMail, seals: Seals): LinkText | null {
  const text = sealed === null ? null : seals.open(sealed);
  if (text === null) return null;
  try {
    const read = linkSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
