import { colon } from '../language/index.ts';
import { cell } from './bind-tables.ts';
import type { Binder } from './binder.ts';
import { type Block, type DocumentChapter, type Inline, named, text } from './document.ts';
import { scenarioAnnex } from './scenario-tags.ts';
import { locatorText, say } from './words.ts';

const paragraph = (value: string): Block => ({ kind: 'paragraph', content: [text(value)] });

/** How the numbers of every review come about, said once, in plain words. */
const method = {
  en: [
    'Every number in the text, tables and charts is bound to a figure: an indicator, an area, a period and, where it applies, a group. Figures are computed from the records that the city keeps, with exact fractions; a value is rounded only where it is shown, half to even, at the decimals printed.',
    'A change of a share is told in percentage points, a change of any other value in per cent of the earlier value. Average yearly growth is compound. A rank counts the areas of the same level, one being best by the direction that the indicator declares.',
    'A missing value is never taken as zero. It is shown as not reported, with the reason that the records give, and is listed under data gaps.',
    'The code beside a block, such as F·7K2QM4XRB3ZD, names a figure. It is made from what the figure is about, so that it stays the same from edition to edition. Under /f/ and the code, the site shows the formula, the records it was computed from, and the document and line where each of them was first stated.',
    'The root of a figure is the hash of a tree (RFC 6962, SHA-256) over all its contributions. Anyone who has the data of this edition can compute value and root again; the command verify of the published edition does it without a network and names the first difference.',
  ],
  zh: [
    '正文、表格和图中的每一个数字都对应一个指标值：某一指标、地区和时期，必要时还有分组。指标值由本市保存的记录以精确分数计算，只在显示时按所列小数位取舍（四舍六入五成双）。',
    '比重的变化以百分点表示，其他数值的变化以相对于基期的百分比表示；年均增长率为复合增长率；位次在同级地区之间排列，按该指标声明的方向，第一为最好。',
    '缺失的数值不作零处理，而是注明“未报告”及记录中给出的原因，并列入数据缺口。',
    '段落旁的代码（如 F·7K2QM4XRB3ZD）指向一个指标值，由其含义生成，各版之间保持不变。在网站 /f/ 之后输入代码，可查看公式、所依据的记录，以及每条记录最初所在的文献和行号。',
    '指标值的“根”是对其全部组成记录按 RFC 6962 用 SHA-256 计算的树哈希。任何人持有本版数据即可重新计算数值和根；本版附带的 verify 命令无需联网即可完成，并指出第一处不一致。',
  ],
} as const;

/** The chapters that no author writes: method, data gaps, statistical annex, sources. */
export function annexes(binder: Binder, asOf: number): DocumentChapter[] {
  const { language } = binder;
  const chapters: { id: string; title: string; blocks: readonly Block[] }[] = [
    {
      id: 'how-computed',
      title: say('howComputed', language),
      blocks: [
        ...method[language].map(paragraph),
        paragraph(`${say('asOf', language, { n: String(asOf) })}${say('stop', language)}`),
      ],
    },
  ];
  const gaps = gapTable(binder);
  if (gaps !== null) chapters.push({ id: 'data-gaps', title: say('gaps', language), blocks: [gaps] });
  chapters.push({ id: 'annex', title: say('annex', language), blocks: [annexTable(binder)] });
  const scenarios = scenarioAnnex(binder);
  if (scenarios !== null)
    chapters.push({ id: 'scenarios', title: say('scenarioAnnex', language), blocks: [scenarios] });
  chapters.push({ id: 'sources', title: say('sources', language), blocks: [sourceList(binder)] });
  return chapters.map(({ id, title, blocks }, at) => ({
    id,
    number: String.fromCharCode(65 + at),
    title: [text(title)],
    annex: true,
    blocks,
  }));
}

/** All figures used: name, area, period, value, source, code and the beginning of the root. */
export function annexTable(binder: Binder): Block {
  const { language } = binder;
  return {
    kind: 'table',
    id: 'annex-figures',
    label: null,
    caption: [],
    margin: false,
    note: [text(say('marks', language))],
    table: {
      columns: [
        { align: 'left', width: 3.6 },
        { align: 'left', width: 1.5 },
        { align: 'left', width: 1.5 },
        { align: 'right', width: 2.1 },
        { align: 'left', width: 2.2 },
        { align: 'left', width: 1.7 },
        { align: 'left', width: 1.6 },
      ],
      head: (['indicator', 'area', 'period', 'value', 'source', 'code', 'root'] as const).map((word) =>
        cell(text(say(word, language))),
      ),
      rows: binder.used.map(({ figure, name, area, period, value }) => [
        { ...cell(text(name)), header: true },
        cell(text(area)),
        cell(text(period)),
        cell({
          kind: 'number',
          // Breakable here: the column is narrow.
          text: value.replaceAll('\u00a0', ' '),
          standing: numberStanding(figure),
          code: figure.code,
          basis: name,
        }),
        cell(...citations(figure, binder)),
        cell({ kind: 'anchor', id: `f-${figure.code}`, text: figure.code }),
        cell(text(figure.root.slice(0, 8))),
      ]),
    },
  };
}

function numberStanding({ value, status }: { value: string | null; status: string }) {
  if (value === null) return 'missing';
  if (status === 'F') return 'forecast';
  if (status === 'P') return 'provisional';
  return status === 'E' || status === 'I' ? 'estimated' : 'present';
}

function citations(
  figure: { contributions: readonly { source: string; locator: string }[] },
  binder: Binder,
): Inline[] {
  const seen = new Set<string>();
  const inlines: Inline[] = [];
  for (const { source, locator } of figure.contributions) {
    const key = `${source} ${locator}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > 3) {
      inlines.push(text(' …'));
      break;
    }
    if (inlines.length > 0) inlines.push(text(' '));
    inlines.push({
      kind: 'cite',
      source: binder.source(source),
      locator: locatorText(locator, binder.language),
    });
  }
  return inlines.length === 0 ? [text('–')] : inlines;
}

function gapTable(binder: Binder): Block | null {
  const { language } = binder;
  const gaps = binder.used.filter(({ figure }) => figure.value === null);
  if (gaps.length === 0) return null;
  return {
    kind: 'table',
    id: 'annex-gaps',
    label: null,
    caption: [],
    margin: false,
    note: [],
    table: {
      columns: [
        { align: 'left', width: 3.6 },
        { align: 'left', width: 1.5 },
        { align: 'left', width: 1.5 },
        { align: 'left', width: 5 },
        { align: 'left', width: 1.6 },
      ],
      head: (['indicator', 'area', 'period', 'reason', 'code'] as const).map((word) =>
        cell(text(say(word, language))),
      ),
      rows: gaps.map(({ figure, name, area, period }) => [
        { ...cell(text(name)), header: true },
        cell(text(area)),
        cell(text(period)),
        cell(text(figure.missing === null ? '–' : named(figure.missing, language))),
        cell(text(figure.code)),
      ]),
    },
  };
}

function sourceList(binder: Binder): Block {
  const { language } = binder;
  const sep = say('stop', language) + (language === 'en' ? ' ' : '');
  return {
    kind: 'list',
    ordered: true,
    items: binder.sources.map(({ number, title, producer, date, licence, url, sha256 }) => {
      const parts = [producer, title, date, `${say('licence', language)}${colon(language)}${licence}`];
      const [first = '', ...rest] = parts;
      const content: Inline[] = [
        { kind: 'anchor', id: `source-${number}`, text: first },
        text(`${sep}${rest.join(sep)}${sep}`),
      ];
      if (url !== null) content.push({ kind: 'link', href: url, content: [text(url)] });
      if (sha256 !== null) content.push(text(` SHA-256 ${sha256.replace(/.{8}(?=.)/g, '$& ')}`));
      return [{ kind: 'paragraph', content }];
    }),
  };
}
