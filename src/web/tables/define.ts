import { identifierOf, type MeantIndicator, readUnit } from '../../intake/index.ts';
import {
  type Indicator,
  indicatorSchema,
  type Localized,
  parseUnit,
  type Workspace,
} from '../../model/index.ts';

/** An indicator that the place does not have, as the form describes it: text as it was typed. */
export interface Draft {
  /** What the table calls it. */
  readonly text: string;
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  readonly unit: string;
  readonly direction: string;
  readonly decimals: string;
  readonly goal: string;
  readonly rollup: string;
}

export const draftFields = ['id', 'en', 'zh', 'unit', 'direction', 'decimals', 'goal', 'rollup'] as const;

/** What the drafts come to: proper indicators, and why those that are none are refused, by what the table calls them. */
export interface Defined {
  readonly indicators: readonly Indicator[];
  /** The id that each name of the table was given. */
  readonly idOf: ReadonlyMap<string, string>;
  readonly faults: ReadonlyMap<string, readonly Localized[]>;
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** A first draft for a name of the table: its name in the language that it is written in, the unit that its values are mostly in. */
export function firstDraft({ text, unit }: MeantIndicator): Draft {
  const read = unit === '' ? null : readUnit(unit);
  return {
    text,
    id: '',
    en: isHan(text) ? '' : text,
    zh: isHan(text) ? text : '',
    unit: read === null ? '' : read.known ? read.code : unit,
    direction: 'none',
    decimals: '',
    goal: '',
    rollup: 'none',
  };
}

/** Makes indicators of drafts, each judged alone; nothing is stored. */
export function definedBy(
  drafts: readonly Draft[],
  chosen: Readonly<Record<string, string>>,
  { indicators: there }: Pick<Workspace, 'indicators'>,
  /** Ids of all indicators that figures of the place have, also those of its registers. */
  ids: Iterable<string> = [],
): Defined {
  const taken = new Map(there.map((each) => [each.id, each]));
  const derived = new Set(ids);
  const named = new Map(
    there.flatMap((each) => [each.name.en, each.name.zh].map((name) => [plain(name), each])),
  );
  const indicators: Indicator[] = [];
  const idOf = new Map<string, string>();
  const faults = new Map<string, Localized[]>();
  for (const draft of drafts) {
    const found: Localized[] = [];
    const refuse = (en: string, zh: string) => found.push({ en, zh });
    const [en, zh] = [draft.en.trim(), draft.zh.trim()];
    const id = draft.id.trim() || identifierOf(en === '' ? zh : en);
    const other = chosen[draft.text] ?? '';
    if (taken.has(other) && other !== id && !indicators.some((each) => each.id === other))
      refuse(
        `'${draft.text}' was said to be ${other}: take that away above, or do not define it`,
        `“${draft.text}”已对应指标${other}：请在上方取消对应，或不再新建`,
      );
    if (en === '' && zh === '') refuse('give it a name, in English or in Chinese', '请填写英文或中文名称');
    for (const name of [en, zh]) {
      const same = name === '' ? undefined : named.get(plain(name));
      if (same !== undefined)
        refuse(
          `an indicator called '${name}' is here already (${same.id}): choose it above, or give another name`,
          `已有名为“${name}”的指标（${same.id}）：请在上方选择该指标，或另取名称`,
        );
    }
    if (taken.has(id) || derived.has(id))
      refuse(
        `the id '${id}' is taken: give another, or choose that indicator above`,
        `编号“${id}”已被使用：请另取编号，或在上方选择该指标`,
      );
    const unit = unitOf(draft.unit);
    if (unit === null)
      refuse(
        draft.unit.trim() === ''
          ? 'give its unit: a code such as %, kWh, 10*4.t, or what is counted in braces: {school}'
          : `'${draft.unit.slice(0, 60)}' is no unit that is known: write a code such as %, kWh, 10*4.t, or what is counted in braces: {school}`,
        draft.unit.trim() === ''
          ? '请填写单位：代码如 %、kWh、10*4.t，或在花括号中写明所计之物：{school}'
          : `“${draft.unit.slice(0, 60)}”不是已知单位：请写代码如 %、kWh、10*4.t，或在花括号中写明所计之物：{school}`,
      );
    if (!/^(?:\d|1[0-2])?$/.test(draft.decimals.trim()))
      refuse(
        `'${draft.decimals.slice(0, 20)}' is no number of decimals: write 0 to 12, or leave it empty`,
        `“${draft.decimals.slice(0, 20)}”不是小数位数：请填0至12，或留空`,
      );
    if (draft.rollup === 'sum' && (unit === '%' || unit === 'pp' || unit === '[ppth]'))
      refuse(
        'shares of districts do not add up to that of the city: leave its values as they are reported',
        '各区的百分比不能相加为全市的百分比：请选择不由各区计算',
      );
    const read = indicatorSchema.safeParse({
      id,
      name: { en, zh },
      unit: unit ?? '1',
      direction: draft.direction === 'up' || draft.direction === 'down' ? draft.direction : 'none',
      rollup: draft.rollup === 'sum' ? 'sum' : 'none',
      goals: /^(?:[1-9]|1[0-7])$/.test(draft.goal) ? [draft.goal] : [],
      ...(/^\d{1,2}$/.test(draft.decimals.trim()) ? { decimals: Number(draft.decimals.trim()) } : {}),
    });
    if (!read.success && found.length === 0)
      for (const { path, message } of read.error.issues)
        refuse(
          `${path.map(String).join('.')}: ${message}`,
          path[0] === 'id'
            ? '编号只能用小写字母、数字以及其间的单个 . _ -'
            : `${path.map(String).join('.')}：不符合要求`,
        );
    if (found.length > 0 || !read.success) {
      faults.set(draft.text, found);
      continue;
    }
    taken.set(id, read.data);
    for (const name of [en, zh]) if (name !== '') named.set(plain(name), read.data);
    indicators.push(read.data);
    idOf.set(draft.text, id);
  }
  return { indicators, idOf, faults };
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** A unit as its code or in words that are known; null when it is neither. */
function unitOf(text: string): string | null {
  const told = text.normalize('NFC').trim();
  if (told === '') return null;
  if (parseUnit(told) !== null) return told;
  const { code, known } = readUnit(told);
  return known && parseUnit(code) !== null ? code : null;
}
