import { methods, statusName } from '../../assess/index.ts';
import type { Language, Localized } from '../../model/index.ts';
import { shippedAddress } from '../assessment/shipped-pages.tsx';
import { SignKey } from '../assessment/sign.tsx';
import { assessmentWords } from '../assessment/words.ts';
import { Page } from '../layout.tsx';
import { marks } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
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

const judged = [
  'reached',
  'on_track',
  'acceleration_needed',
  'insufficient_progress',
  'moving_away',
  'missed',
  'improving',
  'no_clear_change',
  'worsening',
  'better_than_base',
  'same_as_base',
  'worse_than_base',
  'not_judged',
] as const;

const words = {
  en: {
    marks: 'Marks beside a number',
    progress: 'How progress is judged',
    progressText:
      'A straight line that no few values can turn (the median of all slopes, Theil 1950 and Sen 1968) is laid through the values so far. Where there is a target, what counts is the part of the way that this line covers by the target year: 95\u00a0% is on track, half needs acceleration, a tenth is insufficient. Without a target only a direction can be told, and of two or three values only a change. Values older than five years are not judged. Each verdict stands beside its reason.',
    criteria: 'How a criterion of a standard is judged',
    criteriaText:
      'By its own rule, on the exact value: 0.55 meets “at least 0.55”. A value that is not final can meet it on provisional data only. Where nothing shows it, the verdict is “not shown”, never “not met”.',
    methods: 'Methods of assessment',
    method: 'Method',
    source: 'Published in',
    checked: 'How far it was checked',
    replayed: 'published results are computed again in its tests',
    read: 'its text was read',
    'to-check': 'in part from memory: to be checked against the publication',
    again: 'Compute it yourself',
    againText:
      'The page of a figure holds all that goes into it. These commands need nothing else: the first follows a figure to its records, the second checks a published edition without a network.',
  },
  zh: {
    marks: '数字旁的标记',
    progress: '进展如何评价',
    progressText:
      '用不受个别数值左右的直线（全部斜率的中位数，Theil 1950、Sen 1968）拟合已有数值。有目标时，看这条直线到目标年走完多少路程：达到95%为进度正常，过半为需加快，仅一成为进展不足。没有目标时只能说方向，两三个数值只能说变化。五年以前的数值不评价。每个结论旁都写明理由。',
    criteria: '标准的指标如何评价',
    criteriaText:
      '按各自的规则，用精确值判断：0.55 达到“不低于0.55”。非最终数值只能判为“按初步数据达标”。无法证明的判为“未证明”，而不是“未达标”。',
    methods: '评价方法',
    method: '方法',
    source: '出处',
    checked: '核对程度',
    replayed: '测试中重新算出已发表的结果',
    read: '已查阅原文',
    'to-check': '部分凭记忆录入，待与原文核对',
    again: '自行复算',
    againText:
      '每个数字的页面都给出其全部依据。下列命令不需要别的东西：第一条追溯到记录，第二条在不联网的情况下核验已发布的版本。',
  },
} as const satisfies Record<Language, Record<string, string>>;

export function AboutPage({ view }: { readonly view: View }) {
  const { t, language } = view;
  const w = words[language];
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
      <section>
        <h2>{w.marks}</h2>
        <ul class="sign-key">
          {Object.values(marks).map((each) => (
            <li>
              <span class="hollow">{each[language][0]}</span> {each[language][1]}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{w.progress}</h2>
        <p>{w.progressText}</p>
        <ul class="sign-key">
          {judged.map((status) => {
            const known = statusName(status);
            return known === null ? null : (
              <li>
                <span class="sign">
                  <span aria-hidden="true">{known.sign}</span> {named(known.name, view)}
                </span>
              </li>
            );
          })}
        </ul>
      </section>
      <section>
        <h2>{w.criteria}</h2>
        <p>{w.criteriaText}</p>
        <SignKey view={view} label={w.criteria} />
        <p>
          <a href={shippedAddress(view)}>{assessmentWords[language].shipped}</a>
        </p>
      </section>
      <Methods view={view} />
      <section>
        <h2>{w.again}</h2>
        <p>{w.againText}</p>
        <pre>
          <code>
            {
              'npx modelcity trace QPD11PWDXZ2G --workspace examples/shanghai\nnpx modelcity verify edition.zip'
            }
          </code>
        </pre>
      </section>
    </Page>
  );
}

/** Every method that a table of indicators can be judged by, with where it is from and how far it was checked. */
function Methods({ view }: { readonly view: View }) {
  const w = words[view.language];
  return (
    <section>
      <h2>{w.methods}</h2>
      <Scroll label={w.methods}>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{w.method}</th>
              <th scope="col">{w.source}</th>
              <th scope="col">{w.checked}</th>
            </tr>
          </thead>
          <tbody>
            {[...methods.values()].map(({ name, source, checked }) => (
              <tr>
                <th scope="row">{named(name, view)}</th>
                <td class="small" data-label={w.source}>
                  <span lang="en">{source}</span>
                </td>
                <td class="small" data-label={w.checked}>
                  {w[checked]}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
