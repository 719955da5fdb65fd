import type { Language } from '../../model/index.ts';
import type { MailChoice, Notice } from '../../store/index.ts';
import { fill } from '../words.ts';
import type { Message } from './mailer.ts';
import { mailWords } from './words.ts';

type Named = { readonly en: string; readonly zh: string };

/** What a mail with a link says, as it is sealed. */
export interface LinkText {
  readonly purpose: 'join' | 'recover';
  readonly url: string;
  /** Last day on which it works, `2023-02-01`. */
  readonly until: string;
}

type Words = Pick<Message, 'subject' | 'text' | 'html'>;

/** One part of a mail in one language: lines, and addresses on lines of their own. */
interface Part {
  readonly language: Language;
  readonly subject: string;
  readonly blocks: readonly ({ readonly say: string } | { readonly href: string; readonly label: string })[];
}

/** An invitation, or a way to a new password: in both languages, since it is not known who reads it. */
export function linkMail({ purpose, url, until }: LinkText, place: Named): Words {
  return put(
    languagesOf('both').map((language): Part => {
      const w = mailWords[language];
      return {
        language,
        subject: fill(w[purpose], { place: place[language] }),
        blocks: [
          { say: fill(w[`${purpose}Text`], { place: place[language] }) },
          { href: url, label: url },
          { say: fill(w.once, { until }) },
        ],
      };
    }),
  );
}

/** What somebody is told in an office, in one mail. `stop`: where reminders end; null when none is among it. */
export function noticeMail(
  notices: readonly Pick<Notice, 'body' | 'href'>[],
  place: Named,
  { language: chosen }: Pick<MailChoice, 'language'>,
  base: string,
  stop: ((language: Language) => string) | null,
  isReminder: boolean,
): Words {
  return put(
    languagesOf(chosen).map((language): Part => {
      const w = mailWords[language];
      const subject = isReminder ? w.open : notices.length === 1 ? w.one : w.some;
      return {
        language,
        subject: fill(subject, { place: place[language], n: notices.length }),
        blocks: [
          { say: fill(w.hello, { place: place[language] }) },
          ...notices.flatMap(({ body, href }) => [
            { say: (body.brief ?? body)[language] },
            { href: `${base}/${language}${href}`, label: w.read },
          ]),
          { say: w.why },
          ...(stop === null ? [] : [{ say: w.stop }, { href: stop(language), label: w.stopDo }]),
        ],
      };
    }),
  );
}

const languagesOf = (chosen: MailChoice['language']): readonly Language[] =>
  chosen === 'both' ? ['zh', 'en'] : [chosen];

function put(parts: readonly Part[]): Words {
  const line = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  return {
    subject: parts
      .map(({ subject }) => line(subject))
      .join(' · ')
      .slice(0, 200),
    text: `${parts
      .map(({ blocks }) => blocks.map((block) => ('say' in block ? block.say : block.href)).join('\n\n'))
      .join('\n\n----\n\n')}\n`,
    html: `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body style="font-family:sans-serif;line-height:1.6;color:#1b1f24;max-width:36em">${parts
      .map(
        ({ language, blocks }, at) =>
          `${at === 0 ? '' : '<hr>'}<div lang="${language}">${blocks
            .map((block) =>
              'say' in block
                ? `<p>${escaped(block.say)}</p>`
                : `<p><a href="${escaped(block.href)}" style="color:#1f6f5c">${escaped(block.label)}</a></p>`,
            )
            .join('')}</div>`,
      )
      .join('')}</body></html>`,
  };
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
