import { type Reading, wordsBetween } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { placeOf, type Report, said } from './report.ts';
import { shareTopic } from './topic.ts';

/** A heading that is the name of an indicator and nothing more: `Forest coverage rate`, `Number of public libraries`, 人均预期寿命. */
const measured =
  /\b(?:rate|ratio|proportion|share|coverage|cover|index|intensity|density|concentration|expectancy|deaths|mortality|emissions?|consumption|incomes?|expenditure|capacity|output|population|levels?)(?: (?:of|in|per|by|among|for) [\w '’-]{2,50})?$|^(?:number|amount|area|length|proportion|share|rate|ratio|volume|percentage|total) of [\w '’-]{3,60}$|\bper (?:capita|person|unit|\d[\d,]*|thousand|household|km2|hectare)\b|(?:率|比例|比重|占比|数量|总量|面积|寿命|浓度|指数|强度|密度|人数|总数|产值|里程|长度|收入|支出|能耗|排放量|消耗量|消费量|处理量|产生量|床位数|个数|比)$|^(?:人均|单位|每万|每千|每百|户均)/i;

/** What makes a heading speak of more than one indicator's value. */
const acting =
  /[:：;；?？!！]|\b(?:improv\w*|promot\w*|enhanc\w*|strengthen\w*|rais(?:e|ing)|expand\w*|reduc\w*|build\w*|achiev\w*|ensur\w*|objectives?|goals?|targets?|tasks?|measures?|indicators?|plans?|actions?|problems?|reasons?|analysis|background)\b|提高|提升|加强|推进|促进|改善|降低|减少|加快|实现|确保|目标|任务|措施|指标|分析|问题|原因/i;

/** A sentence that goes on about what the heading names without naming it again. */
const pointing =
  /\b(?:this|the|that) (?:rate|ratio|indicator|index|share|proportion|figure|value|level|number|standard|requirement)\b(?! (?:of|at|per)\b)|\b(?:it|they) (?:was|were|is|are|stood|reached|rose|fell|has|have)\b|(?:该|此|本|这一|这项|上述)(?:项)?(?:指标|比例|比率|数值|数据|标准|要求|率)|达标|考核/i;

/** Words before a number that name an indicator of their own: `The rate of good air quality days was`, 污水处理率达到. */
const named =
  /\b(?:rates?|ratio|proportion|share|coverage|index|intensity|density|concentration|expectancy|incomes?|expenditure|percentage|number|amount|length|area)\b[\w %’'()-]{0,60}\b(?:was|is|stood at|reached|rose|fell|increased|decreased|dropped|climbed|exceeded|came to|amounted to)\b|(?:率|比例|比重|占比|数量|总量|面积|寿命|浓度|指数|强度|密度|人数|总数|总长|产值|里程|收入|支出|排放量|消费量|能耗)(?:约)?(?:为|达|达到|超过|是|由|从|提高|上升|下降|降低|增加|增长|保持|稳定)/i;

/** Whether a heading is nothing but an indicator's name. */
export function isPlainName(title: string): boolean {
  if (title.length > 160) return false;
  const name = plainName(title);
  const han = [...name.matchAll(/\p{Script=Han}/gu)].length;
  const words = name.split(/\s+/).length;
  return name.length >= 4 && han <= 22 && words <= 9 && measured.test(name) && !acting.test(name);
}

/** Without its number and its unit in brackets. */
const plainName = (title: string): string =>
  title
    .replace(/^(?:\d{1,2}(?:[.．]\d{1,2}){0,4}[.．、]?|[（(]\d{1,2}[）)]|[a-z][.)])\s*/i, '')
    .replace(/\s*[（(][^（()）]{0,40}[）)]\s*$/, '')
    .trim();

/** The paragraphs under a heading, at most four of them. */
export function bodyOf(reading: Reading, index: number): readonly Block[] {
  const body: Block[] = [];
  for (const next of reading.blocks.slice(index + 1, index + 5)) {
    if (next.kind === 'heading') break;
    if (next.kind === 'paragraph' && next.text.length < 700) body.push(next);
  }
  return body;
}

/** A heading that names one indicator over a text about another: no word of the one in the other, and no matter in common. */
export function judgePlain(
  reading: Reading,
  block: Block,
  title: string,
  body: readonly Block[],
  report: Report,
): void {
  const text = body.map((part) => part.text).join(' ');
  if (body.length === 0 || body.length > 3 || text.length > 900 || pointing.test(text)) return;
  const sentences = reading.sentences.filter(
    ({ block: of, quantities }) => body.includes(of) && quantities.length > 0,
  );
  const [first] = sentences;
  const quantity = first?.quantities[0];
  if (first === undefined || quantity === undefined) return;
  const name = plainName(title);
  const opening = wordsBetween(first, 0, first.text.length);
  const strictly = named.test(opening);
  if (shareTopic(name, text, strictly) !== false || shareTopic(name, opening, strictly) !== false) return;
  const given = sentences
    .flatMap((sentence) => sentence.quantities.map((of) => said(sentence, of)))
    .slice(0, 4)
    .join(', ');
  report.findings.push({
    rule: 'heading.other',
    places: [placeIn(block, 0, block.text.length), placeOf(first, quantity)],
    values: { name: title, given },
  });
}
