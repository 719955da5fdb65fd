import type { Language } from '../model/index.ts';

/** A label before what it is about: `Source: …`, `来源：…`. Chinese marks are full-width and bring their own space. */
export function labelled(label: string, language: Language): string {
  return language === 'zh' ? `${label}：` : `${label}: `;
}

/** Parts of one naming, one after the other: `Energy use, Shanghai, 2021`, `能耗，上海市，2021年`. Empty ones are left out. */
export function inARow(parts: readonly string[], language: Language): string {
  return parts.filter((part) => part !== '').join(language === 'zh' ? '，' : ', ');
}

/** What stands between two sentences of a paragraph: a space, and nothing in Chinese. */
export function betweenSentences(language: Language): string {
  return language === 'zh' ? '' : ' ';
}

/** A remark in brackets behind what it is about, with its space: ` (provisional)`, `（初步数）`. */
export function inBrackets(text: string, language: Language): string {
  return language === 'zh' ? `（${text}）` : ` (${text})`;
}
