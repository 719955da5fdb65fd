/** Words that tell nothing about what a number measures. */
const empty = new Set(
  `the a an of to in on at by for from with and or as is are was were be been being has have had its it this that these those which who whom whose will would can could may should
  there their they them he she his her our we us you your all any each every some such only also more most than then so not no nor but if into onto over under above below up down out about around nearly almost approximately
  number total amount volume value quantity level figure data indicator annual average year years period month end beginning half first second third since until during between before after currently present now far
  shanghai city municipal district china chinese national reached reach reaching exceed exceeded exceeding hit increased increase increasing decreased decrease decreasing grew growth grow rose rise rising fell fall dropped drop reduced reduce reduction
  up down per capita respectively including include includes included among other others another new newly built build completed complete established establish achieved achieve provided provide made make carried out been one two three four five six seven eight nine ten
  grown achiev recent recently within along active actively effort make made develop develope development developing promote promoting promotion construction construct work working keep keeping trying accelerate help achieving where when cover covers covering covered involving involve benefiting given considerate thus living live lived located great greatly further various related relevant key major important main
  cumulative cumulatively accumulated accounting account accounted remained remain remains maintained stable stabilized steadily continuously continued continue continues gradually significantly soared surged leaped rocketed slumped average averaged stood stands stand amounted amounts amount totalled totaled`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words that stand for one another where numbers are told. */
const same: Readonly<Record<string, string>> = {
  share: 'proportion',
  ratio: 'proportion',
  percentage: 'proportion',
  centre: 'center',
  enterprise: 'company',
  exhibitor: 'company',
  firm: 'company',
  corporation: 'company',
  business: 'company',
  garbage: 'waste',
  rubbish: 'waste',
  sewage: 'wastewater',
  subdistrict: 'sub-district',
  neighborhood: 'house',
  housing: 'house',
  residential: 'house',
  residence: 'house',
  resident: 'resident',
  headquartered: 'headquarter',
  death: 'mortality',
  output: 'output',
  nev: 'nev',
  remanufacturing: 're-manufacturing',
  remanufacture: 're-manufacturing',
  're-manufacture': 're-manufacturing',
  vehicle: 'vehicle',
};

/** A word's plain form: without plural, -ed and -ing, synonyms joined. Good enough to compare, not to read. */
export function stem(word: string): string {
  const plain = word.toLowerCase().replace(/[’']s?$/, '');
  const known = same[plain];
  if (known !== undefined) return known;
  let root = plain;
  if (/ies$/.test(root) && root.length > 5) root = `${root.slice(0, -3)}y`;
  else if (/(?:ss|us|is)$/.test(root)) root = plain;
  else if (/(?:sses|ches|shes|xes)$/.test(root)) root = root.slice(0, -2);
  else if (/s$/.test(root) && root.length > 3) root = root.slice(0, -1);
  if (/(?:ated|ized|ised)$/.test(root)) root = root.slice(0, -1);
  else if (/ed$/.test(root) && root.length > 6) root = root.slice(0, -2);
  else if (/ing$/.test(root) && root.length > 7) root = root.slice(0, -3);
  return same[root] ?? root;
}

/**
 * What two statements have in common, in the words of the text: `number of resident population` rather than the stems
 * `population resident`. The words stand in the order of the text; what lies between two of them is kept if it is short.
 */
export function namedAs(text: string, near: number, common: ReadonlySet<string>): string {
  const from = Math.max(0, near - 220);
  const hits: { start: number; end: number }[] = [];
  const window = text.slice(from, near + 90);
  for (const match of window.matchAll(
    /\p{Script=Latin}[\p{Script=Latin}\d.&’'-]{1,40}|\p{Script=Han}{2}/gu,
  )) {
    const words = wordsIn(match[0].toLowerCase());
    if (words.some((word) => common.has(word)))
      hits.push({ start: match.index, end: match.index + match[0].length });
  }
  const parts: string[] = [];
  let last = -1;
  const seen = new Set<string>();
  for (const { start, end } of hits) {
    const word = window.slice(start, end);
    if (seen.has(word.toLowerCase())) continue;
    seen.add(word.toLowerCase());
    const between = last < 0 ? '' : window.slice(last, start);
    const joined = last >= 0 && between.length < 16 && /^[\p{L}\s“”"’'-]*$/u.test(between);
    parts.push(joined ? `${between}${word}` : last < 0 ? word : ` ${word}`);
    last = end;
  }
  const name = parts
    .join('')
    .replace(/[“”"*_]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return name === '' || name.length > 110 ? [...common].join(' ') : name;
}

/** The telling words of a phrase, as stems. Chinese is cut into pairs of characters. */
export function tellingWords(text: string): string[] {
  const known = remembered.get(text);
  if (known !== undefined) return [...known];
  const words = wordsIn(text);
  if (text.length <= 400) {
    if (remembered.size >= 4000) remembered.clear();
    remembered.set(text, words);
  }
  return [...words];
}

/** Texts ask for the words of one phrase many times over. */
const remembered = new Map<string, readonly string[]>();

function wordsIn(text: string): string[] {
  const words: string[] = [];
  for (const match of text.matchAll(
    /[\p{Script=Latin}][\p{Script=Latin}\d.&’'-]{0,40}|\p{Script=Han}{2,60}/gu,
  )) {
    const word = match[0];
    if (/^\p{Script=Han}/u.test(word)) {
      for (let at = 0; at + 1 < word.length; at += 1) {
        const pair = word.slice(at, at + 2);
        if (!emptyHan.test(pair)) words.push(pair);
      }
      continue;
    }
    const lower = word.toLowerCase().replace(/[.’'-]+$/, '');
    if (lower.length < 2 || empty.has(lower) || lower.endsWith('-level')) continue;
    const root = stem(lower);
    if (root === 'city' || !empty.has(root)) words.push(root);
  }
  for (const [form, word] of compounds) if (form.test(text) && !words.includes(word)) words.push(word);
  return words;
}

/** Names of indicators whose second word tells nothing elsewhere: `forest cover`, `per capita GDP`; PM2.5 is told as a concentration. */
const compounds: readonly (readonly [RegExp, string])[] = [
  [/\b(?:forest|tree|green|vegetation|canopy|woodland) cover\b/i, 'coverage'],
  [/\bper[- ]capita\b|\bper (?:person|head|inhabitant)\b/i, 'per-capita'],
  [/\bPM ?(?:2\.5|10)\b/i, 'concentration'],
];

const emptyHan =
  /措施|项措|做法|项做|案例|个案|[的了和与及等为是在将到至达约年月日]|全市|我市|全区|目前|累计|建成|实现|完成|共有|平均|达到/;
