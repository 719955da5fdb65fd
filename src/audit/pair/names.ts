import type { Draft } from '../finding.ts';
import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import type { Aligned } from './align.ts';
import { spelledAt, syllablesOf } from './pinyin.ts';

/** Names that one version lists and the other does not, lists of names of other lengths, names put in for others. */
export function nameDrafts(en: Reading, zh: Reading, aligned: readonly Aligned[]): Draft[] {
  const whole = { en: textOf(en), zh: textOf(zh) };
  return aligned.flatMap((pair): Draft[] => {
    const [a, b] = [pair.en[0], pair.zh[0]];
    if (a === undefined || b === undefined || a.kind === 'row' || a.text.length > longestBlock) return [];
    const lists = listsApart(a, b, whole);
    return lists.length > 0 ? lists : namesExchanged(a, b, whole);
  });
}

/** Paragraphs longer than this are no paragraphs. */
const longestBlock = 8000;
const textOf = ({ blocks }: Reading): string =>
  blocks.map(({ text }) => text.slice(0, longestBlock)).join('\n');

interface NameList {
  readonly items: readonly string[];
  /** Fewest and most items it may be read as: *and* may stand inside a name. */
  readonly least: number;
  readonly most: number;
  readonly start: number;
  readonly end: number;
}

const namePart = String.raw`(?:the |The )?\p{Lu}[\p{L}\d'’.-]*(?:(?: (?:of|for|on|de|und|&))? (?:the )?\p{Lu}[\p{L}\d'’-]*| (?:and) \p{Lu}[\p{L}\d'’-]*){0,9}`;
const onlyName = new RegExp(`^\\s*${namePart}\\s*$`, 'u');
const startsName = new RegExp(`^\\s*(?:and |or )?(${namePart})`, 'u');
const leading = new RegExp(`^${namePart}`, 'u');
const twoNames = new RegExp(`^\\s*(${namePart}?)( (?:and|or|as well as) (?:the )?)(${namePart})`, 'u');
const endsName = new RegExp(`(${namePart})\\s*$`, 'u');

/** Lists of three names or more: `Kobe, Rotterdam, Busan and Durban`. */
export function englishLists(text: string): NameList[] {
  const lists: NameList[] = [];
  for (const sentence of text.matchAll(/[^.;:!?]+(?:\.(?=\S)[^.;:!?]*)*/g)) {
    const commas = [...sentence[0].matchAll(/,(?!\d{3})/g)].map(({ index }) => index);
    if (commas.length === 0 || commas.length > 60) continue;
    const cuts = [-1, ...commas, sentence[0].length];
    const parts = cuts
      .slice(0, -1)
      .map((cut, index) => ({ from: cut + 1, to: cuts[index + 1] ?? sentence[0].length }));
    let at = 0;
    while (at < parts.length - 1) {
      const list = listFrom(sentence[0], parts, at);
      if (list === null) {
        at += 1;
        continue;
      }
      lists.push({
        ...list.list,
        start: sentence.index + list.list.start,
        end: sentence.index + list.list.end,
      });
      at = list.next;
    }
  }
  return lists;
}

function listFrom(
  text: string,
  parts: readonly { from: number; to: number }[],
  at: number,
): { list: NameList; next: number } | null {
  const first = parts[at];
  if (first === undefined) return null;
  const head = endsName.exec(text.slice(first.from, first.to).slice(-120));
  if (head?.[1] === undefined) return null;
  const items = [head[1].trim()];
  const start = first.to - text.slice(first.from, first.to).slice(-120).length + head.index;
  for (let next = at + 1; next < parts.length; next += 1) {
    const part = parts[next];
    if (part === undefined) return null;
    const words = text.slice(part.from, part.to);
    const after = parts[next + 1];
    // `Development and Reform Commission, Tsinghua University and …`: where the list goes on, *and* stands inside a name.
    const goesOn =
      after !== undefined && onlyName.test(words) && startsName.test(text.slice(after.from, after.to));
    const last = goesOn ? null : lastNames(words);
    if (last !== null) {
      const names = [...items, ...last.items];
      const all = {
        items: names,
        least: items.length + last.least,
        most: names.length,
        start,
        end: part.from + last.end,
      };
      return names.length >= 3 ? { list: all, next: next + 1 } : null;
    }
    if (!onlyName.test(words) || words.length > 90) return null;
    items.push(words.trim());
  }
  return null;
}

/** The end of a list: `Busan and Durban …`, ` and Yongfu County.` */
function lastNames(words: string): { items: string[]; least: number; end: number } | null {
  const lead = /^\s*(?:and|or|as well as)\s+/.exec(words);
  if (lead !== null) {
    const name = leading.exec(words.slice(lead[0].length));
    return name === null ? null : { items: [name[0].trim()], least: 1, end: lead[0].length + name[0].length };
  }
  const two = twoNames.exec(words);
  if (two?.[1] === undefined || two[3] === undefined) return null;
  const [one, other] = [two[1].trim(), two[3].trim()];
  // `Anping County and Yongfu County`, `Durban and Valparaiso`; `Ministry of Food and Rural Affairs` may be one.
  const certain =
    /as well as|the /.test(two[2] ?? '') ||
    !/ /.test(other) ||
    one.split(' ').at(-1) === other.split(' ').at(-1);
  return { items: [one, other], least: certain ? 2 : 1, end: two[0].length };
}

/** Lists of three items or more, joined by 、 and 和. */
export function chineseLists(text: string): NameList[] {
  const lists: NameList[] = [];
  for (const clause of text.matchAll(/(?:[^，。；：！？（）()“”《》\n等]|等(?=级|于|待))+/g)) {
    const parts = clause[0].split('、');
    if (parts.length < 2 || parts.length > 60) continue;
    const last = parts.at(-1) ?? '';
    const joined = /^(.{1,16}?)(?:以及|和|与|及)(.{1,16})/.exec(last);
    const items = joined === null ? parts : [...parts.slice(0, -1), joined[1] ?? '', joined[2] ?? ''];
    if (items.length < 3) continue;
    const certain = joined !== null && !compound.test(last) && (joined[1] ?? '').length <= 10;
    lists.push({
      items,
      least: certain ? items.length : parts.length,
      most: items.length,
      start: clause.index,
      end: clause.index + clause[0].length,
    });
  }
  return lists;
}

/** Names of offices that hold *and* themselves. */
const compound =
  /发展和改革|自然资源和|住房和|卫生和|文化和|人力资源和|工业和信息|教育和|科学和|绿化和|规划和|经济和/;

const generic =
  /\b(?:the|New Area|District|County|City|Town(?:ship)?|Subdistrict|Village|Province|River|Lake|Park|Road|Street)\b/gi;
const cutsOf = (name: string): string[][] => {
  const bare = name.replace(generic, '').trim();
  const whole = syllablesOf(bare).filter(({ length }) => length >= 2);
  // `Xuwei Petrochemical Park`: the place it is called after.
  return whole.length > 0 ? whole : syllablesOf(bare.split(' ')[0] ?? '').filter(({ length }) => length >= 2);
};

function listsApart(a: Block, b: Block, whole: { readonly en: string }): Draft[] {
  const [left, right] = [englishLists(a.text), chineseLists(b.text)];
  if (left.length === 0) return right.flatMap((list) => lostInEnglish(a, b, list, whole));
  const taken = new Set<NameList>();
  return left.flatMap((list): Draft[] => {
    const spelled = list.items.map((name) => cutsOf(name));
    const hits = right.map(
      (other) => spelled.filter((cuts) => spelledIn(cuts, b.text.slice(other.start, other.end))).length,
    );
    const best = Math.max(0, ...hits);
    const at = best >= 2 ? hits.indexOf(best) : left.length === 1 && right.length === 1 ? 0 : -1;
    const other = right[at];
    if (best < 2) {
      const gone = lostOfFew(a, b, list, spelled);
      if (gone.length > 0) return gone;
    }
    if (other === undefined || taken.has(other)) return [];
    taken.add(other);
    const places = [placeIn(a, list.start, list.end), placeIn(b, other.start, other.end)];
    const words = b.text.slice(other.start, other.end);
    if (best >= 2 && best * 2 >= spelled.filter(({ length }) => length > 0).length) {
      const lost = list.items.filter(
        (_, index) => (spelled[index] ?? []).length > 0 && !spelledIn(spelled[index] ?? [], b.text),
      );
      const english = spelled.flat();
      const extra = other.items.filter(
        (item) =>
          /^\p{Script=Han}{2,5}$/u.test(item) && spelledAt(english, item) < 0 && !romanised(item, a.text),
      );
      const sure = best >= 3 || best * 3 >= spelled.length * 2;
      if (sure && (lost.length > 0 || (extra.length > 0 && best >= other.items.length - 2)))
        return [drafted(places, list, other, lost.length > 0 ? lost.join(', ') : extra.join('、'))];
      const order = list.items.flatMap((_, index) => {
        const where = spelledAt(spelled[index] ?? [], words);
        return where < 0 ? [] : [where];
      });
      if (order.length >= 3 && order.some((where, index) => index > 0 && where < (order[index - 1] ?? 0)))
        return [
          {
            rule: 'pair.order',
            places,
            values: { one: places[0]?.text ?? '', other: places[1]?.text ?? '' },
          },
        ];
    }
    if (
      (other.most < list.least || list.most < other.least) &&
      Math.abs(other.most - list.most) <= 2 &&
      list.least >= 3
    )
      return [drafted(places, list, other, '')];
    return [];
  });
}

/** A list of three of which the other version keeps two, so that no list is left there. */
function lostOfFew(
  a: Block,
  b: Block,
  list: NameList,
  spelled: readonly (readonly (readonly string[])[])[],
): Draft[] {
  const readable = spelled.filter(({ length }) => length > 0);
  const lost = list.items.filter(
    (_, index) => (spelled[index] ?? []).length > 0 && !spelledIn(spelled[index] ?? [], b.text),
  );
  if (lost.length === 0 || lost.length * 2 >= readable.length || readable.length < list.items.length)
    return [];
  return [
    {
      rule: 'pair.list',
      places: [placeIn(a, list.start, list.end), placeIn(b, 0, Math.min(60, b.text.length))],
      values: {
        one: String(list.most),
        other: String(list.most - lost.length),
        name: ` (${lost.join(', ')})`,
      },
    },
  ];
}

/** The same the other way round; a Chinese name that is not spelled may be translated: it must be spelled elsewhere. */
function lostInEnglish(a: Block, b: Block, list: NameList, whole: { readonly en: string }): Draft[] {
  const lost = list.items.filter((item) => !romanised(item, a.text));
  if (lost.length === 0 || lost.length * 2 >= list.items.length || list.least !== list.most) return [];
  if (!lost.every((item) => romanised(item, whole.en))) return [];
  return [
    {
      rule: 'pair.list',
      places: [placeIn(a, 0, Math.min(80, a.text.length)), placeIn(b, list.start, list.end)],
      values: {
        one: String(list.most - lost.length),
        other: String(list.most),
        name: ` (${lost.join('、')})`,
      },
    },
  ];
}

const spelledIn = (cuts: readonly (readonly string[])[], han: string): boolean => spelledAt(cuts, han) >= 0;

const drafted = (places: Draft['places'], one: NameList, other: NameList, name: string): Draft => ({
  rule: 'pair.list',
  places,
  values: { one: String(one.most), other: String(other.most), name: name === '' ? '' : ` (${name})` },
});

/** `along the Baisha River` and 沿柳溪河: a name known to both texts, with another known name in its place. */
function namesExchanged(a: Block, b: Block, whole: { readonly en: string; readonly zh: string }): Draft[] {
  const names = [
    ...a.text.matchAll(
      /\b(\p{Lu}\p{Ll}{3,}(?:'\p{Ll}+)?) (River|Lake|District|County|Town|Township|Road|Port|Island|Park|Subdistrict|Village|Mountain)\b/gu,
    ),
  ];
  return names.slice(0, 12).flatMap((match): Draft[] => {
    const [, name = '', sort = ''] = match;
    const suffix = suffixes[sort];
    const cuts = cutsOf(name);
    if (suffix === undefined || cuts.length === 0 || spelledIn(cuts, b.text)) return [];
    const others = [
      ...b.text.matchAll(
        new RegExp(`(\\p{Script=Han}{2,3})(?:${suffix})(?![道流长湖岸床段口网域内级县])`, 'gu'),
      ),
    ];
    const alone = names.filter((one) => one[2] === sort).length === 1 && others.length === 1;
    const other = others.find(
      ([, han = '']) =>
        !romanised(han, a.text) &&
        ((spelledIn(cuts, whole.zh) && romanised(han, whole.en)) || (alone && sort === 'River')),
    );
    if (other === undefined) return [];
    return [
      {
        rule: 'pair.name',
        places: [
          placeIn(a, match.index, match.index + match[0].length),
          placeIn(b, other.index, other.index + other[0].length),
        ],
        values: { one: match[0], other: other[0] },
      },
    ];
  });
}

const suffixes: Readonly<Record<string, string>> = {
  River: '河|江|溪',
  Lake: '湖',
  District: '区',
  County: '县',
  Town: '镇',
  Township: '乡|镇',
  Road: '路',
  Port: '港',
  Island: '岛',
  Park: '公园',
  Subdistrict: '街道',
  Village: '村',
  Mountain: '山',
};

/** Whether any capitalised word of an English text spells the end of a Chinese name. */
function romanised(han: string, text: string): boolean {
  const words = new Set(text.match(/\b\p{Lu}\p{Ll}{3,}\b/gu) ?? []);
  for (const word of words) {
    const cuts = cutsOf(word);
    if (cuts.length > 0 && spelledIn(cuts, han)) return true;
  }
  return false;
}
