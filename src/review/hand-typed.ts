/** A number in prose that no tag binds: where it begins in the text (from 0), and what it is. */
export interface HandTyped {
  readonly at: number;
  readonly text: string;
}

const numeral = /[0-9０-９]+(?:[.,．，][0-9０-９]+)*(?:\s*(?:%|％|‰))?/g;

/** Chinese numerals that carry a quantity: 三成, 百分之五, 十二万. Ordinals and set phrases (十四五, 一体) are none. */
const hanQuantity =
  /百分之[一二三四五六七八九十百零〇两点]+|[一二三四五六七八九十百千两]+(?:余)?(?:万|亿|个百分点|成(?=[以的，。；])|倍)/g;

/** English number words before a unit of measure: `three per cent`, `two million`. */
const wordQuantity =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|hundred)\b(?=[ -](?:per ?cent|percent|percentage|million|billion|thousand|times|tonnes?|hectares?|km|kilomet))/gi;

/** Words whose number is a name, not a quantity. */
const nameBefore =
  /(?:\b(?:SDGs?|Goals?|Targets?|Agenda|No\.|Article|Part|Vision|Type|Grade|Phase|Stage|Tier)|目标|具体目标|第|版|等级|阶段)[ \u00a0]*$/i;

/**
 * Numbers typed by hand. None: years (1800–2199, also in ranges and before 年), numbers that touch a letter (PM2.5,
 * CO2, 1+X, 14th, A4), and numbers after SDG, Goal, Target, 目标 or 第.
 */
export function handTyped(text: string): HandTyped[] {
  const found: HandTyped[] = [];
  for (const match of text.matchAll(numeral)) {
    const [whole] = match;
    const at = match.index;
    const before = text.slice(Math.max(0, at - 24), at);
    const after = text.slice(at + whole.length, at + whole.length + 8);
    const shown = whole.trim();
    if (isYear(shown, after) || touchesWord(before, after, shown) || nameBefore.test(before)) continue;
    if (/^\d{1,2}(?:\.[0-9a-z]{1,2})?$/.test(shown) && goalList(text.slice(Math.max(0, at - 60), at)))
      continue;
    found.push({ at, text: shown });
  }
  for (const pattern of [hanQuantity, wordQuantity])
    for (const match of text.matchAll(pattern)) found.push({ at: match.index, text: match[0] });
  return found.sort((a, b) => a.at - b.at);
}

function isYear(shown: string, after: string): boolean {
  if (!/^(?:1[89]|20|21)\d{2}$/.test(shown)) return false;
  return !/^\s?(?:%|％|万|亿|个|人|户|家|吨|元|公里|t\b|km|kW|MW|m\b|ha\b|tonnes?\b|people|persons|households|million|billion)/.test(
    after,
  );
}

function touchesWord(before: string, after: string, shown: string): boolean {
  if (/[%％‰]$/.test(shown)) return false;
  return (
    /[A-Za-z][-–/+]?$/.test(before) ||
    (/^(?:[-–]?[A-Za-z]|\+[A-Za-z])/.test(after) && !/^[-–]?(?:km|kW|MW|GW|kg|t|tce|ha|mu|m|g)\b/.test(after))
  );
}

/** `SDGs 7, 10, 12 and 17`: the later numbers of a list that began with a name. */
function goalList(before: string): boolean {
  return /(?:\b(?:SDGs?|Goals?|Targets?)|目标)[ \u00a0]*\d{1,2}(?:\.[0-9a-z]{1,2})?(?:(?:\s*(?:,|、|and|或|和|to|至|-|–|&)\s*)+\d{1,2}(?:\.[0-9a-z]{1,2})?)*\s*(?:,|、|and|或|和|to|至|-|–|&|, and)\s*$/.test(
    before,
  );
}
