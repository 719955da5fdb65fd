import type { Countable } from '../model/index.ts';
import type { Binder, TagPlace } from './binder.ts';
import type { Inline } from './document.ts';
import { countable } from './tags.ts';
import { say } from './words.ts';

const englishNumbers = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');
const chineseNumbers = [...'零一二三四五六七八九十'];

/** `{% count of="cases" goal="7" /%}`: counted in the workspace each time, never typed; a figure like any other. */
export function count(at: TagPlace, binder: Binder): Inline[] {
  const { attributes } = at.tag;
  const of = countable.find((each) => each === attributes.get('of'));
  if (of === undefined) return [];
  const found = binder.countFigure(of satisfies Countable, attributes.get('goal') ?? null);
  const { value } = found.figure;
  if (value === null) {
    binder.report(
      at,
      'tag.missing',
      'warning',
      `there is nothing to count: ${found.figure.missing?.en ?? of}`,
      {
        why: 'the text will say that it is not reported',
        mend: 'list what is counted in the workspace, or write the sentence without it',
      },
    );
    return [binder.number(found, say('notReported', binder.language))];
  }
  const words = binder.language === 'en' ? englishNumbers : chineseNumbers;
  const inWords = attributes.get('form') === 'words' ? words[Number(value)] : undefined;
  return [binder.number(found, inWords ?? value)];
}
