import type { Reading, Sentence } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** Works told as built in one place and as still to be built in another, or in one sentence. */
export function checkBuilt(reading: Reading): Report {
  const report = emptyReport();
  const done = new Map<string, Work>();
  const due = new Map<string, Work>();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.block.kind === 'heading') continue;
    within(sentence, report);
    for (const work of worksIn(sentence, [...finished, ...namedDone])) keep(done, work);
    for (const work of worksIn(sentence, [...planned, ...namedDue])) keep(due, work);
  }
  for (const [key, built] of done) {
    const coming = due.get(key);
    if (coming === undefined || built.sentence.part !== coming.sentence.part) continue;
    if (built.sentence === coming.sentence) continue;
    report.findings.push({
      rule: 'series.status',
      places: [built, coming].map(({ sentence, at, words }) =>
        placeIn(sentence.block, sentence.start + at, sentence.start + at + words.length),
      ),
      values: { name: built.name, one: built.verb, other: coming.verb },
    });
  }
  return report;
}

/** The first place counts; capitals do not. */
function keep(works: Map<string, Work>, work: Work): void {
  const key = work.name.toLowerCase();
  if (!works.has(key)) works.set(key, work);
}

interface Work {
  readonly sentence: Sentence;
  readonly name: string;
  readonly verb: string;
  readonly at: number;
  readonly words: string;
}

const works =
  'Center|Centre|Station|Museum|Library|Park|Plant|Hospital|School|Bridge|Theat(?:er|re)|Stadium|Hub|Base|Reservoir|Farm|Gallery|Hall|Garden|Terminal|Market|Building';
const hanWorks = '馆|中心|站|厂|大桥|医院|学校|公园|水库|剧院|体育场|基地|广场|枢纽|隧道|码头';
const name = `(?:[A-Z][\\w’'-]+ ){1,5}(?:${works})`;

const finished: readonly RegExp[] = [
  new RegExp(
    `(?:^|[.;,] |\\b[Tt]he )(?<name>${name}) (?<verb>(?:has|have) been (?:built|completed|opened|put into (?:use|operation|service)))\\b`,
    'gu',
  ),
  new RegExp(
    `(?<name>(?:\\p{Script=Han}){2,12}(?:${hanWorks})(?:新馆|新址)?)(?<verb>已(?:经)?(?:全面|正式)?(?:建成|竣工|投入使用|投用|投运|开放|开馆))`,
    'gu',
  ),
];
const planned: readonly RegExp[] = [
  new RegExp(
    `(?:^|[.;,] |\\b[Tt]he )(?<name>${name}) (?<verb>(?:will|is to|is going to) be (?:built|constructed)|is (?:being )?planned)\\b`,
    'gu',
  ),
  new RegExp(
    `(?<verb>(?:将|拟|计划)(?:新建|建设|开工建设|建成))(?<name>(?:\\p{Script=Han}){2,12}(?:${hanWorks})(?:新馆|新址)?)(?=[，。；]|$)`,
    'gu',
  ),
  new RegExp(
    `(?<name>(?:\\p{Script=Han}){2,12}(?:${hanWorks})(?:新馆|新址)?)(?<verb>(?:将|拟|计划)于?[^，。；]{0,10}(?:开工建设|动工|建成))`,
    'gu',
  ),
];

/** Projects named in quotes: `“X” have been implemented`, `is striving to apply for … “X”`. */
const namedDone: readonly RegExp[] = [
  /[“"](?<name>[^“”"]{8,70})[”"](?: \p{Ll}+){0,3} (?<verb>(?:has|have) been (?:implemented|completed|built|carried out|finished))\b/gu,
  /“(?<name>[^“”]{3,40})”(?:\p{Script=Han}{0,6}?)(?<verb>已(?:经)?(?:全面|全部)?(?:实施|建成|完成|完工|竣工))/gu,
];
const namedDue: readonly RegExp[] = [
  /(?<verb>(?:is|are) (?:now |still |actively )?(?:striving to|applying|preparing to|planning to)) [^.;“”"]{0,80}[“"](?<name>[^“”"]{8,70})[”"]/gu,
  /(?<verb>正在?(?:申报|争取|筹备|谋划)|拟(?:申报|实施|启动|建设)|力争启动)[^，。；“”]{0,12}“(?<name>[^“”]{3,40})”/gu,
];

function worksIn(sentence: Sentence, forms: readonly RegExp[]): Work[] {
  return forms.flatMap((form) =>
    [...sentence.text.matchAll(form)].map((match) => ({
      sentence,
      name: (match.groups?.name ?? '').replace(/^The /, ''),
      verb: match.groups?.verb ?? '',
      at: match.index,
      words: match[0],
    })),
  );
}

const bothEnglish =
  /\b(ha(?:s|ve) (?:built|completed|constructed|established|set up|opened)) ((?:an?|the|its) (?:[^.;]|\.(?=\d)){4,160}?), which (will|is to|are to) be (?:built|completed|constructed|established|opened)\b/g;
const bothHan =
  /(已(?:经)?建成)([^，。；]{2,40})，(?:该|其|项目)?[^，。；]{0,8}(将(?:分\p{Script=Han}期)?(?:建设|建成|开工))/gu;

/** `has built a wind farm …, which will be built in two phases`. */
function within(sentence: Sentence, report: Report): void {
  for (const match of [...sentence.text.matchAll(bothEnglish), ...sentence.text.matchAll(bothHan)]) {
    const [all, one = '', thing = ''] = match;
    const start = sentence.start + match.index;
    report.findings.push({
      rule: 'series.status',
      places: [placeIn(sentence.block, start, start + all.length)],
      values: {
        name: thing.replace(/^(?:an?|the|its) /, '').replace(/ (?:in|with|at|of|near) .*$/, ''),
        one,
        other: all.slice(all.search(/which (?:will|is to|are to)|将/)).replace(/^which /, ''),
      },
    });
  }
}
