import type { Language, Period } from '../model/index.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const quarters = ['first', 'second', 'third', 'fourth'];

/** A period in words: `September 2021`, `2021年9月`; `2015–2021`; `undated`. */
export function periodText(period: Period, language: Language): string {
  if (period === 'undated') return language === 'zh' ? '年份不详' : 'undated';
  const [from = '', to] = period.split('/');
  if (to !== undefined)
    return language === 'zh'
      ? `${periodText(from, 'zh').replace(/年$/, '')}—${periodText(to, 'zh')}`
      : `${periodText(from, 'en')}–${periodText(to, 'en')}`;
  const [year = '', part, day] = from.split('-');
  if (part === undefined) return language === 'zh' ? `${year}年` : year;
  if (part.startsWith('Q')) {
    const quarter = Number(part.slice(1));
    return language === 'zh'
      ? `${year}年第${'一二三四'.charAt(quarter - 1)}季度`
      : `${quarters[quarter - 1] ?? ''} quarter of ${year}`;
  }
  if (part.startsWith('S'))
    return language === 'zh'
      ? `${year}年${part === 'S1' ? '上' : '下'}半年`
      : `${part === 'S1' ? 'first' : 'second'} half of ${year}`;
  const month = Number(part);
  if (language === 'zh') return `${year}年${month}月${day === undefined ? '' : `${Number(day)}日`}`;
  return `${day === undefined ? '' : `${Number(day)} `}${months[month - 1] ?? ''} ${year}`;
}
