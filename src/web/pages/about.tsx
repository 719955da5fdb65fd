import type { Localized } from '../../model/index.ts';
import { Page } from '../layout.tsx';
import { named, type View } from '../view.ts';

interface Topic {
  readonly name: Localized;
  readonly text: readonly Localized[];
}

/** What a reader should know about the numbers, in plain words. */
const topics: readonly Topic[] = [
  {
    name: { en: 'Every figure has a trace', zh: '每个数字都可追溯' },
    text: [
      {
        en: 'Follow any number to its formula, to the records that went into it, and to the line of the document that says so. In print, the code in the margin, such as F·7K2QM4XRB3ZD, opens the same trace: write it behind /f/ in the address.',
        zh: '点击任何数字，可以看到它的公式、所用的记录，以及文献中的那一行。印刷版页边的编号（如 F·7K2QM4XRB3ZD）对应同一追溯：在网址的 /f/ 之后输入即可。',
      },
    ],
  },
  {
    name: { en: 'Numbers are exact', zh: '数字是精确的' },
    text: [
      {
        en: 'Values are kept as exact decimals and fractions. They are rounded once, when they are shown. Per cent and percentage points are different things and are never mixed.',
        zh: '数值以精确的小数和分数保存，只在显示时舍入一次。百分比与百分点是两回事，从不混用。',
      },
    ],
  },
  {
    name: { en: 'Missing is not zero', zh: '缺失不是零' },
    text: [
      {
        en: 'Where there is no value, the page says why. A hollow mark and a letter show a value that is not final: p provisional, e estimated, f forecast. A line is dotted over years for which nothing was reported.',
        zh: '没有数值时，页面说明原因。空心标记和小字表示非最终数值：初步、估计、预测。无报告年份之间用点线连接。',
      },
    ],
  },
  {
    name: { en: 'History is kept', zh: '历史不改写' },
    text: [
      {
        en: 'Nothing is overwritten. A correction is a new record that names the one it corrects; a figure as of an earlier position of the log stays as it was and can be computed again.',
        zh: '任何内容都不会被覆盖。更正是一条新记录，指明所更正的记录；截至较早位置的数字保持原样，随时可以重新计算。',
      },
    ],
  },
];

export function AboutPage({ view }: { readonly view: View }) {
  const { t } = view;
  return (
    <Page view={view} title={t.about}>
      <h1>{t.aboutTitle}</h1>
      {topics.map(({ name, text }) => (
        <section>
          <h2>{named(name, view)}</h2>
          {text.map((paragraph) => (
            <p>{named(paragraph, view)}</p>
          ))}
        </section>
      ))}
    </Page>
  );
}
