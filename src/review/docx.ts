import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  ExternalHyperlink,
  type FileChild,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  InternalHyperlink,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  Table as WordTable,
} from 'docx';
import {
  type Block,
  type Cell,
  codesOf,
  type Inline,
  plainText,
  type ReviewDocument,
  type Table,
} from './document.ts';
import { settle } from './docx-settle.ts';
import { pngOf } from './raster.ts';
import { longDate, say } from './words.ts';

/** Text width of an A4 page with 2.5 cm margins, in twentieths of a point. */
const textWidth = 9070;
/** Width of charts in Word, in px at 96 dpi. */
const chartWidth = 600;

const jade = '1F6F5C';
const quiet = '5B6168';
const hair = 'D8D5CD';

const headings = { 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3, 4: HeadingLevel.HEADING_4 } as const;

/** The review as a Word document. Same document, same bytes: see {@link settle}. */
export async function renderDocx(document: ReviewDocument): Promise<Uint8Array> {
  const writer = new WordWriter(document);
  return settle(new Uint8Array(await Packer.toBuffer(writer.file())), document.date);
}

interface RunStyle {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly color?: string;
  readonly size?: number;
}

class WordWriter {
  readonly #document: ReviewDocument;
  readonly #codes: ReadonlySet<string>;
  #lists = 0;

  constructor(document: ReviewDocument) {
    this.#document = document;
    this.#codes = new Set(document.figures.map(({ figure }) => figure.code));
  }

  file(): Document {
    const { title, issuer, language, place, date, chapters } = this.#document;
    const fonts = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: 'Microsoft YaHei', cs: 'Calibri' };
    const heading = (size: number, before: number) => ({
      run: { size, bold: true, color: '1B1F24', font: fonts },
      paragraph: { spacing: { before, after: 120 }, keepNext: true },
    });
    return new Document({
      title,
      creator: issuer,
      lastModifiedBy: issuer,
      revision: 1,
      styles: {
        default: {
          document: {
            run: { font: fonts, size: 21, language: { value: 'en-GB', eastAsia: 'zh-CN' } },
            paragraph: { spacing: { after: 140, line: language === 'zh' ? 400 : 320 } },
          },
          title: heading(56, 0),
          heading1: heading(36, 480),
          heading2: heading(27, 320),
          heading3: heading(23, 260),
          heading4: heading(21, 220),
        },
      },
      numbering: {
        config: [
          {
            reference: 'ordered',
            levels: [0, 1, 2, 3].map((level) => ({
              level,
              format: LevelFormat.DECIMAL,
              text: `%${level + 1}.`,
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 420 * (level + 1), hanging: 420 } } },
            })),
          },
        ],
      },
      sections: [
        {
          properties: {
            page: {
              size: { width: 11906, height: 16838 },
              margin: { top: 1418, bottom: 1418, left: 1418, right: 1418 },
            },
          },
          headers: { default: new Header({ children: [this.#small(title)] }) },
          footers: {
            default: new Footer({
              children: [
                new Paragraph({
                  alignment: AlignmentType.RIGHT,
                  children: [
                    new TextRun({ text: `${place}  ${longDate(date, language)}  `, color: quiet, size: 16 }),
                    new TextRun({ children: [PageNumber.CURRENT], color: quiet, size: 16 }),
                  ],
                }),
              ],
            }),
          },
          children: [
            ...this.#cover(),
            ...this.#contents(),
            ...chapters.flatMap(({ id, number, title: name, annex, blocks }): FileChild[] => [
              new Paragraph({
                heading: HeadingLevel.HEADING_1,
                pageBreakBefore: true,
                children: [
                  new Bookmark({
                    id: `c-${id}`,
                    children: [
                      this.#run(`${annex ? say('annexLabel', language, { n: number }) : number}  `, {
                        color: jade,
                      }),
                    ],
                  }),
                  ...this.#inlines(name),
                ],
              }),
              ...this.#blocks(blocks),
            ]),
          ],
        },
      ],
    });
  }

  #cover(): FileChild[] {
    const { title, subtitle, place, issuer, date, language } = this.#document;
    return [
      new Paragraph({
        spacing: { before: 2400 },
        children: [this.#run(place, { bold: true, color: jade, size: 28 })],
      }),
      new Paragraph({ heading: HeadingLevel.TITLE, children: [this.#run(title)] }),
      ...(subtitle === null
        ? []
        : [new Paragraph({ children: [this.#run(subtitle, { size: 30, color: quiet })] })]),
      new Paragraph({
        spacing: { before: 4800 },
        children: [this.#run(`${issuer}   ${longDate(date, language)}`, { bold: true })],
      }),
      new Paragraph({ children: [this.#run(say('promise', language), { size: 18, color: quiet })] }),
    ];
  }

  #contents(): FileChild[] {
    const { chapters, language } = this.#document;
    return [
      new Paragraph({
        pageBreakBefore: true,
        spacing: { after: 200 },
        children: [this.#run(say('contents', language), { bold: true, size: 36 })],
      }),
      ...chapters.map(
        ({ id, number, title, annex }) =>
          new Paragraph({
            children: [
              new InternalHyperlink({
                anchor: `c-${id}`,
                children: [
                  this.#run(`${annex ? say('annexLabel', language, { n: number }) : number}  `, {
                    color: jade,
                    bold: true,
                  }),
                  this.#run(plainText(title)),
                ],
              }),
            ],
          }),
      ),
    ];
  }

  #small(value: string): Paragraph {
    return new Paragraph({
      spacing: { after: 60 },
      children: [this.#run(value, { size: 16, color: quiet })],
    });
  }

  #run(value: string, { bold, italics, color, size }: RunStyle = {}): TextRun {
    return new TextRun({
      text: value.replace(/\p{Cc}/gu, ' '),
      ...(bold === undefined ? {} : { bold }),
      ...(italics === undefined ? {} : { italics }),
      ...(color === undefined ? {} : { color }),
      ...(size === undefined ? {} : { size }),
    });
  }

  #blocks(blocks: readonly Block[], level = 0): FileChild[] {
    return blocks.flatMap((block) => this.#block(block, level));
  }

  #block(block: Block, level: number): FileChild[] {
    switch (block.kind) {
      case 'heading':
        return [
          new Paragraph({
            heading: headings[block.level],
            children: [this.#run(`${block.number}  `, { color: jade }), ...this.#inlines(block.content)],
          }),
        ];
      case 'paragraph':
        return [
          new Paragraph({
            ...(level > 0 ? { indent: { left: 420 * level } } : {}),
            children: [...this.#inlines(block.content), ...this.#codeRuns(codesOf(block))],
          }),
        ];
      case 'list':
        return this.#list(block, level);
      case 'quote':
        return this.#blocks(block.blocks, level + 1);
      case 'rule':
        return [
          new Paragraph({
            border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: hair } },
            children: [],
          }),
        ];
      case 'table':
        return [
          ...this.#caption(block.label, block.caption),
          this.#table(block.table),
          ...this.#foot(block.note, block.margin ? codesOf(block) : []),
        ];
      case 'chart':
        return [
          ...this.#caption(block.label, block.caption),
          new Paragraph({
            keepNext: true,
            // A line of fixed height would cut the drawing off in some programs.
            spacing: { line: 240, lineRule: LineRuleType.AUTO },
            children: [this.#drawing(block.svg, block.alt)],
          }),
          this.#table(block.table),
          ...this.#foot(block.note, block.codes),
        ];
      case 'box':
        return [this.#box(block)];
    }
  }

  #list(block: Extract<Block, { kind: 'list' }>, level: number): FileChild[] {
    this.#lists += 1;
    const instance = this.#lists;
    const depth = Math.min(level, 3);
    return block.items.flatMap((item) =>
      item.flatMap((inner, at): FileChild[] => {
        if (inner.kind !== 'paragraph') return this.#block(inner, level + 1);
        const children = [...this.#inlines(inner.content), ...this.#codeRuns(codesOf(inner))];
        if (at > 0) return [new Paragraph({ indent: { left: 420 * (depth + 1) }, children })];
        return [
          block.ordered
            ? new Paragraph({ numbering: { reference: 'ordered', level: depth, instance }, children })
            : new Paragraph({ bullet: { level: depth }, children }),
        ];
      }),
    );
  }

  #drawing(svg: string, alt: string): ImageRun {
    const [, , , width = '640', height = '320'] =
      /viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
    const ratio = Number(height) / Math.max(1, Number(width));
    return new ImageRun({
      type: 'svg',
      data: Buffer.from(svg),
      transformation: { width: chartWidth, height: Math.round(chartWidth * ratio) },
      // WPS, LibreOffice and older Word show the picture in place of the drawing.
      fallback: { type: 'png', data: Buffer.from(pngOf(svg, 2 * chartWidth)) },
      altText: { name: alt.slice(0, 60), title: alt.slice(0, 60), description: alt },
    });
  }

  #caption(label: string | null, caption: readonly Inline[]): Paragraph[] {
    if (label === null && caption.length === 0) return [];
    return [
      new Paragraph({
        keepNext: true,
        spacing: { before: 280, after: 100 },
        children: [
          ...(label === null ? [] : [this.#run(`${label}  `, { bold: true, color: jade })]),
          ...this.#inlines(caption, { bold: true }),
        ],
      }),
    ];
  }

  #foot(note: readonly Inline[], codes: readonly string[]): Paragraph[] {
    return [
      new Paragraph({
        spacing: { before: 80, after: 280 },
        children: [...this.#inlines(note, { size: 16, color: quiet }), ...this.#codeRuns(codes)],
      }),
    ];
  }

  #codeRuns(codes: readonly string[]): ParagraphChild[] {
    return codes.flatMap((code): ParagraphChild[] => {
      const shown = this.#run(say('margin', this.#document.language, { c: code }), { size: 13, color: jade });
      const gap = this.#run('  ', { size: 13 });
      return [
        gap,
        this.#codes.has(code) ? new InternalHyperlink({ anchor: `f-${code}`, children: [shown] }) : shown,
      ];
    });
  }

  #table({ columns, head, rows }: Table): WordTable {
    const sum = columns.reduce((total, { width }) => total + width, 0) || 1;
    const widths = columns.map(({ width }) => Math.floor((textWidth * width) / sum));
    const row = (cells: readonly Cell[], isHead: boolean) =>
      new TableRow({
        tableHeader: isHead,
        cantSplit: true,
        children: cells.map((cell, at) =>
          this.#cell(cell, columns[at]?.align ?? 'left', widths[at] ?? 1000, isHead),
        ),
      });
    const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
    const line = (size: number, color: string) => ({ style: BorderStyle.SINGLE, size, color });
    return new WordTable({
      width: { size: textWidth, type: WidthType.DXA },
      columnWidths: widths,
      borders: {
        top: line(8, '1B1F24'),
        bottom: line(4, '1B1F24'),
        left: none,
        right: none,
        insideVertical: none,
        insideHorizontal: line(2, hair),
      },
      rows: [row(head, true), ...rows.map((cells) => row(cells, false))],
    });
  }

  #cell(
    { content, span }: Cell,
    align: 'left' | 'right' | 'center',
    width: number,
    isHead: boolean,
  ): TableCell {
    return new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 60, right: 60 },
      ...(span === undefined ? {} : { columnSpan: span }),
      children: [
        new Paragraph({
          alignment: align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
          spacing: { after: 0, line: 240 },
          children: this.#inlines(content, { size: 17, ...(isHead ? { bold: true, color: quiet } : {}) }),
        }),
      ],
    });
  }

  #box({ title, subtitle, blocks }: Extract<Block, { kind: 'box' }>): WordTable {
    const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
    const children = [
      new Paragraph({ keepNext: true, children: this.#inlines(title, { bold: true, color: jade }) }),
      ...(subtitle.length === 0
        ? []
        : [new Paragraph({ children: this.#inlines(subtitle, { size: 18, color: quiet }) })]),
      ...this.#blocks(blocks).filter((child) => child instanceof Paragraph || child instanceof WordTable),
    ];
    return new WordTable({
      width: { size: textWidth, type: WidthType.DXA },
      columnWidths: [textWidth],
      borders: {
        top: none,
        bottom: none,
        right: none,
        insideHorizontal: none,
        insideVertical: none,
        left: { style: BorderStyle.SINGLE, size: 18, color: jade },
      },
      rows: [
        new TableRow({
          children: [
            new TableCell({
              shading: { type: ShadingType.CLEAR, fill: 'F3F6F2', color: 'auto' },
              margins: { top: 160, bottom: 160, left: 240, right: 240 },
              children,
            }),
          ],
        }),
      ],
    });
  }

  #inlines(content: readonly Inline[], style: RunStyle = {}): ParagraphChild[] {
    return content.flatMap((inline) => this.#inline(inline, style));
  }

  #inline(inline: Inline, style: RunStyle): ParagraphChild[] {
    switch (inline.kind) {
      case 'text':
        return inline.text === '' ? [] : [this.#run(inline.text, style)];
      case 'strong':
        return this.#inlines(inline.content, { ...style, bold: true });
      case 'emphasis':
        return this.#inlines(
          inline.content,
          this.#document.language === 'zh' ? { ...style, bold: true } : { ...style, italics: true },
        );
      case 'link':
        return /^(?:https?:|mailto:)/i.test(inline.href)
          ? [
              new ExternalHyperlink({
                link: inline.href,
                children: this.#inlines(inline.content, { ...style, color: jade }),
              }),
            ]
          : this.#inlines(inline.content, style);
      case 'break':
        return [new TextRun({ break: 1 })];
      case 'anchor':
        return [new Bookmark({ id: inline.id, children: [this.#run(inline.text, style)] })];
      case 'cite': {
        const shown = say(inline.locator === '' ? 'cite' : 'citeAt', this.#document.language, {
          n: String(inline.source),
          l: inline.locator,
        });
        return [
          new InternalHyperlink({
            anchor: `source-${inline.source}`,
            children: [this.#run(shown, { ...style, color: quiet, size: Math.min(style.size ?? 18, 18) })],
          }),
        ];
      }
      case 'number': {
        const shown = this.#run(
          inline.text,
          inline.standing === 'missing' ? { ...style, color: quiet } : style,
        );
        if (inline.standing === 'present' || inline.standing === 'missing') return [shown];
        const mark = say(`${inline.standing}Mark`, this.#document.language);
        return [
          shown,
          new TextRun({
            text: mark,
            superScript: true,
            color: quiet,
            ...(style.size === undefined ? {} : { size: style.size }),
          }),
        ];
      }
    }
  }
}
