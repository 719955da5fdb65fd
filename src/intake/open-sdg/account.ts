import type { Finding, Localized, SubmittedFile } from '../../model/index.ts';
import { placeText } from '../../model/index.ts';
import { countInBoth, ruleInChinese } from './account-words.ts';
import { rowList } from './oddities.ts';

/** What became of one row of a table. */
export type Outcome =
  /** An observation with a value. */
  | 'observation'
  /** An observation that says, with its reason, that there is no value. */
  | 'missing'
  /** A further, different value for a cell that has one: kept as a claim, which the audit compares. */
  | 'claim'
  /** The same cell with the same content as an earlier row, which stands for both. */
  | 'duplicate'
  /** A row of a metadata table, kept as a field of its indicators or as a setting. */
  | 'metadata'
  /** Not a record; the reason says why. */
  | 'left';

export interface RowAccount {
  readonly file: string;
  readonly row: number;
  readonly outcome: Outcome;
  /** Address of the record, or the place where the text is kept. */
  readonly record: string | null;
  readonly column: string | null;
  readonly reason: Localized | null;
}

/** What became of one file. */
export interface FileAccount {
  readonly path: string;
  readonly sha256: string;
  readonly kind: 'data' | 'metadata' | 'translation' | 'boundaries' | 'configuration' | 'other';
  /** What was done with it, in a few words. */
  readonly told: Localized;
}

export interface Account {
  readonly repository: string;
  readonly city: string;
  readonly rows: readonly RowAccount[];
  readonly files: readonly FileAccount[];
  readonly passedOver: readonly { readonly path: string; readonly reason: Localized }[];
  readonly oddities: readonly Finding[];
  /** How the columns of each data file were read; parent columns of each column in `edges`. */
  readonly tables: readonly TableAccount[];
  readonly counts: Readonly<Record<string, number>>;
  /** Settings that the import chose by itself, and how to choose otherwise. */
  readonly chosen: readonly Localized[];
}

export interface TableAccount {
  readonly file: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  readonly indicators: readonly string[];
}

const cell = (text: string): string => {
  const safe = /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** How often each outcome, and each reason of rows left out. */
export function tally({ rows }: Pick<Account, 'rows'>): {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly reasons: readonly (readonly [reason: Localized, rows: number])[];
} {
  const outcomes: Record<Outcome, number> = {
    observation: 0,
    missing: 0,
    claim: 0,
    duplicate: 0,
    metadata: 0,
    left: 0,
  };
  const reasons = new Map<string, [Localized, number]>();
  for (const { outcome, reason } of rows) {
    outcomes[outcome] += 1;
    if (outcome !== 'left' || reason === null) continue;
    const known = reasons.get(reason.en);
    if (known === undefined) reasons.set(reason.en, [reason, 1]);
    else known[1] += 1;
  }
  return {
    outcomes,
    reasons: [...reasons.values()].sort(([a, rows], [b, more]) => more - rows || (a.en < b.en ? -1 : 1)),
  };
}

/** The account as files: every row in `rows.csv`, all else in `account.json`, and `account.md` to read. */
export function accountFiles(account: Account, folder: string): readonly SubmittedFile[] {
  const text = (path: string, content: string): SubmittedFile => ({
    path: `${folder}/${path}`,
    bytes: new TextEncoder().encode(content),
  });
  const lines = account.rows.map(({ file, row, outcome, record, column, reason }) =>
    [file, String(row), outcome, record ?? '', column ?? '', reason?.en ?? '', reason?.zh ?? '']
      .map(cell)
      .join(','),
  );
  const { rows: _, ...rest } = account;
  return [
    text(
      'rows.csv',
      `file,row,outcome,record,column,reason,reason_zh\n${lines.map((line) => `${line}\n`).join('')}`,
    ),
    text(
      'account.json',
      `${JSON.stringify({ modelcity: 'import account 1', ...tally(account), ...rest }, null, 1)}\n`,
    ),
    text('account.md', readable(account)),
  ];
}

const inBoth = ({ en, zh }: Localized): string => `${en} · ${zh}`;

function readable(account: Account): string {
  const { outcomes, reasons } = tally(account);
  const total = account.rows.length;
  const kept = total - outcomes.left;
  const list = (items: readonly string[]) =>
    items.length === 0 ? '(none · 无)\n' : items.map((item) => `- ${item}\n`).join('');
  const warnings = account.oddities.filter(({ severity }) => severity !== 'note').length;
  return `# Import of ${account.repository} · 导入情况

**${kept} of ${total} rows of tables are in; ${outcomes.left} were left out, each with its reason.** ${account.oddities.length} things were
odd, ${warnings} of them worth a look. Every row is in the list \`rows.csv\` beside this page, with the record it became or the reason why
it became none.

**共${total}行，已导入${kept}行，未导入${outcomes.left}行，均注明原因。**另有${account.oddities.length}处异常，其中${warnings}处需要核对。逐行结果见同一文件夹的\`rows.csv\`。

| what became of a row · 每行的结果 | rows · 行数 |
| --- | ---: |
| an observation with a value · 有数值的观测 | ${outcomes.observation} |
| an observation that says there is no value, and why · 注明原因的缺失值 | ${outcomes.missing} |
| a further value for a cell that has one, kept as a claim · 与已有数值不同，作为另一说法保留 | ${outcomes.claim} |
| the same as an earlier row · 与前面的行相同 | ${outcomes.duplicate} |
| metadata: a field of an indicator, or a setting · 元数据 | ${outcomes.metadata} |
| left out, with its reason · 未导入，注明原因 | ${outcomes.left} |
| **all · 合计** | **${total}** |

## Why rows were left out · 未导入的原因

${list(reasons.map(([reason, rows]) => `${rows} × ${inBoth(reason)}\n${placesOf(account, reason)}`))}
## What the workspace holds · 工作区内容

${list(Object.entries(account.counts).map(([name, count]) => countInBoth(name, count)))}
## Chosen by the import · 自动选定的设置

${list(account.chosen.map(inBoth))}
## Oddities · 异常

${account.oddities.length} kinds of oddity, by rule; each with its file and first row. Those that are worth a look come first.

以下${account.oddities.length}处异常按规则列出，注明文件和首行；需要核对的在前。

${byRule(account.oddities)}
## Files · 文件

${list(account.files.map(({ path, kind, told }) => `\`${path}\` (${kind}): ${inBoth(told)}`))}
${account.passedOver.length === 0 ? '' : `## Not read · 未读取\n\n${list(account.passedOver.map(({ path, reason }) => `\`${path}\`: ${inBoth(reason)}`))}`}`;
}

/** Most files that are named under one reason; `rows.csv` names all. */
const mostPlaces = 8;

/** Where rows were left out for one reason: files and their rows, a line each under the reason. */
function placesOf({ rows }: Account, reason: Localized): string {
  const byFile = new Map<string, number[]>();
  for (const each of rows) {
    if (each.outcome !== 'left' || each.reason?.en !== reason.en) continue;
    const own = byFile.get(each.file);
    if (own === undefined) byFile.set(each.file, [each.row]);
    else own.push(each.row);
  }
  const files = [...byFile].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const lines = files
    .slice(0, mostPlaces)
    .map(
      ([file, own]) =>
        `  - \`${file}\`, ${own.length === 1 ? 'row' : 'rows'} ${rowList(own)} · 第${rowList(own)}行`,
    );
  const more = files.length - mostPlaces;
  return [
    ...lines,
    ...(more > 0 ? [`  - and ${more} more files, in \`rows.csv\` · 另有${more}个文件，见\`rows.csv\``] : []),
  ].join('\n');
}

function byRule(oddities: readonly Finding[]): string {
  const rules = new Map<string, Finding[]>();
  for (const finding of oddities) {
    const list = rules.get(finding.rule);
    if (list === undefined) rules.set(finding.rule, [finding]);
    else list.push(finding);
  }
  const isNote = (found: readonly Finding[]): number =>
    found.every(({ severity }) => severity === 'note') ? 1 : 0;
  return [...rules]
    .sort(([a, x], [b, y]) => isNote(x) - isNote(y) || (a < b ? -1 : 1))
    .map(([rule, found]) => {
      const [first] = found;
      const lines = found.map(({ where, what }) => `- ${placeText(where)}: ${what}\n`).join('');
      const zh = ruleInChinese(rule);
      const chinese = zh === null ? '' : `${zh.what}。原因：${zh.why}。处理：${zh.mend}。\n\n`;
      return `### ${rule}: ${found.length}\n\nWhy: ${first?.why}. Mend: ${first?.mend}.\n\n${chinese}${lines}`;
    })
    .join('\n');
}
