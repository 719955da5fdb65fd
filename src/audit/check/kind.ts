import { compare, multiply } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Reading } from '../read/reading.ts';
import { type Measured, measuredOf } from './context.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** A kind of thing and kinds that belong to it, both measured in one way. */
interface Kind {
  readonly dimension: string;
  /** What both must be measured as, near the number. */
  readonly measure: RegExp;
  readonly whole: RegExp;
  readonly parts: RegExp;
}

const kinds: readonly Kind[] = [
  {
    dimension: 'electric power',
    measure: /capacity|装机/,
    whole: /renewable energy|renewables|可再生能源/,
    parts: /wind (?:farm|power)|photovoltaic|\bpv\b|solar|hydro|biomass|风电|风力|光伏|太阳能|水电|生物质/,
  },
  {
    dimension: 'energy',
    measure: /consumption|能耗|消费/,
    whole: /total energy consumption|能源消费总量/,
    parts: /total (?:industrial energy consumption|energy consumption of industrial)|工业能源消费总量/,
  },
  {
    dimension: 'count',
    measure: /population|人口/,
    whole: /(?:permanent|resident|total) population|常住人口|总人口/,
    parts: /(?:elderly|aged|disabled|migrant|registered elderly) population|老年人口|流动人口|残疾人口/,
  },
];

/** Words that narrow a number to a place inside the place: such a number is no total. */
const narrow =
  /\b(?:park|stadium|station|building|plant|town|village|community|company|project|base|roof)\b|园区|项目|社区/;
const planned =
  /\b(?:will|plans?|planned|target|goal|aims?|expected|is to|are to)\b|规划|计划|目标|力争|预计/;

/** `renewable capacity 13 MW` beside `a wind farm of 18 MW`: a kind of thing larger than all of it. */
export function checkKinds(reading: Reading): Report {
  const report = emptyReport();
  const sentences = reading.sentences.filter(
    ({ text, quantities }) =>
      quantities.length > 0 && kinds.some(({ measure }) => measure.test(text.toLowerCase())),
  );
  const levels = measuredOf({ ...reading, sentences });
  for (const kind of kinds) {
    const fits = levels.filter(
      (level) =>
        level.quantity.dimension === kind.dimension &&
        level.quantity.upper === undefined &&
        kind.measure.test(clause(level)) &&
        !planned.test(clause(level)),
    );
    const wholes = fits.filter((level) => kind.whole.test(clause(level)) && !narrow.test(clause(level)));
    const parts = fits.filter(
      (level) => !kind.whole.test(clause(level)) && kind.parts.test(clause(level)) && isLevel(level),
    );
    for (const whole of wholes) {
      const high = baseInterval(whole.quantity).high;
      const larger = parts.find(
        (part) =>
          part.sentence.part === whole.sentence.part &&
          !isLater(part, whole) &&
          compare(multiply(part.quantity.value, part.quantity.factor), high) > 0,
      );
      if (larger === undefined) continue;
      report.findings.push({
        rule: 'part.larger',
        places: [placeOf(whole.sentence, whole.quantity), placeOf(larger.sentence, larger.quantity)],
        values: {
          whole: kind.whole.exec(clause(whole))?.[0] ?? '',
          total: said(whole.sentence, whole.quantity),
          kind: kind.parts.exec(clause(larger))?.[0] ?? '',
          part: said(larger.sentence, larger.quantity),
        },
      });
    }
  }
  return report;
}

const isLevel = ({ lead }: Measured): boolean =>
  !/(?:increase|increased|growth|grew|rose|added|average|新增|增加|平均)[^,;，；]{0,30}$/.test(lead);

/** The words before the number, back to 160 characters, in lower case. */
const clause = ({ sentence, quantity }: Measured): string =>
  sentence.text
    .slice(Math.max(0, quantity.start - 160), quantity.start)
    .replace(/[*_]/g, '')
    .toLowerCase();

const isLater = (part: Measured, whole: Measured): boolean =>
  part.time !== null && whole.time !== null && part.time.last > whole.time.last;
