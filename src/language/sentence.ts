import type { Figure, Indicator, Language, Localized } from '../model/index.ts';
import { periodText } from './period-text.ts';
import { colon, inARow, inBrackets } from './punctuation.ts';
import { formatValue } from './value-format.ts';

/** The text of a name in a language; the other language when it is missing, which is reported elsewhere. */
export function inLanguage(text: Localized, language: Language): string {
  return text[language] !== '' ? text[language] : language === 'en' ? text.zh : text.en;
}

/**
 * A figure as a sentence: the fact, then its standing. `Energy use per GDP, Shanghai, 2021: 0.28 tce/10,000 yuan.`
 * and `Energy use per GDP, Shanghai, fell by 39.13 % from 2015 to 2021.` No praise that the figure does not carry.
 * A figure of a group says so (`…, Shanghai, female, fell by …`): `group` is its name in the language, empty for the whole.
 */
export function figureSentence(
  figure: Figure,
  indicator: Indicator,
  area: Localized,
  group: string,
  language: Language,
): string {
  const whose = [inLanguage(area, language), ...(group === '' ? [] : [group])];
  const subject = `${inLanguage(indicator.name, language)}${language === 'zh' ? inBrackets(inARow(whose, 'zh'), 'zh') : `, ${inARow(whose, 'en')}`}`;
  const { measure } = figure.key;
  const stop = language === 'zh' ? '。' : '.';
  if (figure.value === null) {
    const reason = figure.missing === null ? '' : inLanguage(figure.missing, language);
    return language === 'zh'
      ? `${subject}：无数据，${reason}${stop}`
      : `${subject}: no value; ${reason}${stop}`;
  }
  const shown = {
    value: figure.value,
    unit: figure.unit,
    decimals: figure.decimals,
    qualifier: figure.qualifier,
  };
  const standing = standingText(figure, language);
  if ('period' in measure) {
    const when =
      measure.period === 'undated'
        ? language === 'zh'
          ? '（年份不详）'
          : ' (undated)'
        : language === 'zh'
          ? periodText(measure.period, 'zh')
          : `, ${periodText(measure.period, 'en')}`;
    return `${subject}${when}${colon(language)}${formatValue(shown, language)}${standing}${stop}`;
  }
  if ('from' in measure) {
    const move = moveText(
      figure.value,
      measure.kind,
      formatValue(shown, language, { form: 'plain' }),
      language,
    );
    const span =
      language === 'zh'
        ? `${periodText(measure.from, 'zh')}至${periodText(measure.to, 'zh')}`
        : ` from ${periodText(measure.from, 'en')} to ${periodText(measure.to, 'en')}`;
    return language === 'zh'
      ? `${span}，${subject}${move}${standing}${stop}`
      : `${subject}, ${move}${span}${standing}${stop}`;
  }
  return `${subject}${colon(language)}${formatValue(shown, language)}${standing}${stop}`;
}

/** rose, fell or stayed; the amount is told without its sign. */
export function moveText(value: string, kind: string, amount: string, language: Language): string {
  if (kind === 'mean') return language === 'zh' ? `平均为${amount}` : `averaged ${amount}`;
  if (kind === 'ratio')
    return language === 'zh' ? `为基期的${amount}倍` : `came to ${amount} times its start`;
  const falls = value.startsWith('-');
  const still = !/[1-9]/.test(value);
  if (still) return language === 'zh' ? '保持不变' : 'did not change';
  if (language === 'zh') return `${kind === 'growth' ? '年均' : ''}${falls ? '下降' : '上升'}${amount}`;
  return `${falls ? 'fell' : 'rose'} by ${amount}`;
}

function standingText({ status }: Figure, language: Language): string {
  const words: Partial<Record<Figure['status'], Localized>> = {
    P: { en: ' (provisional)', zh: '（初步数）' },
    E: { en: ' (estimated)', zh: '（估计数）' },
    F: { en: ' (forecast)', zh: '（预测）' },
    I: { en: ' (imputed)', zh: '（插补）' },
    U: { en: ' (low reliability)', zh: '（可靠性低）' },
    B: { en: ' (break in series)', zh: '（序列中断）' },
  };
  return words[status]?.[language] ?? '';
}
