import { add, compare, magnitude, multiply, subtract } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A target or limit, what is said of it, and the value beside it. */
export function checkTargetsBeside(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    for (let at = 0; at + 1 < sentence.quantities.length; at += 1) {
      met(sentence, at, report);
      within(sentence, at, report);
      short(sentence, at, report);
    }
  }
  return report;
}

const base = ({ value, factor }: Quantity) => multiply(value, factor);
const like = (a: Quantity, b: Quantity): boolean =>
  a.dimension === b.dimension && a.unit === b.unit && a.upper === undefined && b.upper === undefined;
const lowerIsBetter =
  /\b(?:reduc\w*|decreas\w*|emissions?|consumption|concentration|intensity|mortality|deaths?|loss|limit|unemployment|waste|accidents?)\b|下降|降低|减|能耗|浓度|排放|死亡|失业|损失|事故/i;

/** `The target of 40 % was reached ahead of time: in 2021 the rate stood at 36.2 %`; 40%的目标已提前实现，2021年达到36.2%. */
function met(sentence: Sentence, at: number, report: Report): void {
  const [wanted, value] = sentence.quantities.slice(at, at + 2);
  if (
    wanted === undefined ||
    value === undefined ||
    !like(wanted, value) ||
    lowerIsBetter.test(sentence.text)
  )
    return;
  const lead = wordsBetween(sentence, Math.max(0, wanted.start - 40), wanted.start);
  const between = wordsBetween(sentence, wanted.end, value.start);
  const english =
    /\b(?:target|goal|objective)s? (?:\w+ ){0,3}of $/.test(lead) &&
    /^(?: for| set for| by)?[^.;:]{0,40}\b(?:was|has been|had been|is) (?:already |thus |even )?(?:reached|met|achieved|exceeded|surpassed|fulfilled|attained)\b[^.;]{0,40}[:;,][^.;]{0,60}\b(?:stood at|was|reached|is|came to|amounted to) $/.test(
      between,
    );
  const chinese =
    /^的[^，。；\d]{0,8}(?:目标|任务|指标)[^，。；\d]{0,4}(?:已|均)?(?:经)?(?:提前|超额|如期|圆满)?(?:实现|完成|达到|达成)[，,：:][^。；]{0,24}(?:达到?|为|是|升至)\s*$/.test(
      between,
    );
  if ((!english && !chinese) || compare(base(value), base(wanted)) >= 0) return;
  report.findings.push({
    rule: 'bound.value',
    places: [placeOf(sentence, wanted, value)],
    values: { words: '@words.target', bound: said(sentence, wanted), value: said(sentence, value) },
  });
}

/** `averaged 62 dB, within the limit of 55 dB`; 平均62分贝，低于55分贝的限值. */
function within(sentence: Sentence, at: number, report: Report): void {
  const [value, limit] = sentence.quantities.slice(at, at + 2);
  if (value === undefined || limit === undefined || !like(value, limit)) return;
  const between = wordsBetween(sentence, value.end, limit.start);
  const tail = wordsBetween(sentence, limit.end, limit.end + 16);
  const below =
    /^[^.;:]{0,30},? (?:and (?:thus |so )?)?(?:well |clearly |still )?(within|below|under|not exceeding) (?:the |its )?(?:[a-z-]+ ){0,4}(?:limit|limit value|ceiling|cap|maximum|threshold)s? (?:value )?of (?:about )?$/.exec(
      between,
    )?.[1] ??
    (/^[^，。；\d]{0,4}[，,](?:均)?(?:低于|未超过|不超过|符合|在)[^，。；\d]{0,10}$/.test(between) &&
    /^的?(?:限值|标准限值|上限|控制线)/.test(tail)
      ? between.replace(/[^低于未超过不符合在]/g, '')
      : undefined);
  const above =
    below === undefined &&
    /^[^.;:]{0,30},? (?:and (?:thus |so )?)?(?:well |clearly )?(?:above|over|exceeding) (?:the |its )?(?:[a-z-]+ ){0,4}(?:minimum|floor|limit|threshold)s? of $/.test(
      between,
    );
  if (below === undefined && !above) return;
  const order = compare(base(value), base(limit));
  if (above ? order > 0 : order <= 0) return;
  report.findings.push({
    rule: 'bound.value',
    places: [placeOf(sentence, value, limit)],
    values: {
      words: above ? 'above' : (below ?? '').trim(),
      bound: said(sentence, limit),
      value: said(sentence, value),
    },
  });
}

/** `36.2 % … is 5.2 percentage points below the target of 40 %`; 36.2%，比40%的目标低5.2个百分点. */
function short(sentence: Sentence, at: number, report: Report): void {
  const [value, second, third] = sentence.quantities.slice(at, at + 3);
  if (value === undefined || second === undefined || third === undefined) return;
  const isHan = third.dimension === 'points';
  const [gap, wanted] = isHan ? [third, second] : [second, third];
  if (gap.dimension !== 'points' || value.dimension !== 'percent' || wanted.dimension !== 'percent') return;
  if ([value, gap, wanted].some(({ upper, hedge }) => upper !== undefined || hedge !== 'exact')) return;
  const [one, two] = [
    wordsBetween(sentence, value.end, second.start),
    wordsBetween(sentence, second.end, third.start),
  ];
  const english =
    /^[^.;]{0,30}(?: is| was| lies|,| \(| lay)\s*$/.test(one) &&
    /^ (below|short of|above|over|under) (?:the |its )?(?:[a-z0-9-]+ ){0,4}(?:target|goal|objective|limit|standard|average|mean)s?(?: value)? (?:for \d{4} )?of $/.test(
      two,
    );
  const chinese =
    /^[^。；]{0,4}[，,][^。；\d]{0,2}比[^，。；]{0,10}$/.test(one) &&
    /^的[^，。；\d]{0,8}(?:目标|标准|要求|平均水平|均值)(低|高|少|差)\S{0,2}$/.test(two);
  if (!english && !chinese) return;
  const miss = subtract(value.value, wanted.value);
  const slack = add(add(value.slack, wanted.slack), gap.slack);
  const places = [placeOf(sentence, value, third)];
  const values = {
    from: said(sentence, wanted),
    to: said(sentence, value),
    stated: said(sentence, gap),
    computed: shown(magnitude(miss), 2),
    reason: '@reason.unknown',
  };
  if (compare(magnitude(subtract(magnitude(miss), gap.value)), slack) <= 0)
    report.checked.push({ rule: 'change.endpoints', places, values });
  else report.findings.push({ rule: 'change.endpoints', places, values });
}
