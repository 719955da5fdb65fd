import type { Context } from 'hono';
import type { Language } from '../model/index.ts';

/** The language that an address names; where it names none, the one the reader's browser asks for. */
export function languageOf(c: Context): Language {
  const [, first] = new URL(c.req.url).pathname.split('/');
  if (first === 'en' || first === 'zh') return first;
  return preferredLanguage(c.req.header('accept-language'));
}

/** English or Chinese, whichever the browser names first; English when neither. */
export function preferredLanguage(header = ''): Language {
  const wanted = header
    .slice(0, 400)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const q = rest.map((each) => /^\s*q=([\d.]+)/.exec(each)?.[1]).find((each) => each !== undefined);
      return { tag, weight: q === undefined ? 1 : Number(q) };
    })
    .sort((a, b) => b.weight - a.weight);
  const first = wanted.find(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'));
  return first?.tag.startsWith('zh') === true ? 'zh' : 'en';
}
