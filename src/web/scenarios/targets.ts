import { inLanguage } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import { type DrawnScenario, type Lab, shownColumn, shownNumber, shownValue } from '../../simulate/index.ts';

/** A target of the plan beside what the baseline and each scenario give in its year. */
export interface TargetRow {
  readonly name: string;
  readonly required: string;
  readonly line: string;
  readonly results: readonly { readonly text: string; readonly reached: boolean }[];
}

export function targetRows(lab: Lab, drawn: readonly DrawnScenario[], language: Language): TargetRow[] {
  return lab.sheet.targets.map(({ variable, time, sense, value, line }) => {
    const shown = shownColumn(lab, variable, language);
    const unit = shown.unit.text === '' ? '' : ` ${shown.unit.text}`;
    const exact = value * shown.unit.scale;
    const decimals = Math.max(
      0,
      ...[0, 1, 2, 3, 4].filter(
        (n) => Number(exact.toFixed(n - 1 < 0 ? 0 : n - 1)) !== Number(exact.toPrecision(9)),
      ),
    );
    const said = inLanguage(line, language);
    return {
      name: shown.name,
      required: `${sense === 'at least' ? '≥' : '≤'} ${shownNumber(exact, decimals, language)}${unit}${language === 'zh' ? `（${time}年）` : ` (${time})`}`,
      line: /^\d+$/.test(said) ? (language === 'zh' ? `第${said}行` : `line ${said}`) : said,
      results: [lab.baseline, ...drawn.map(({ table }) => table)].map((table) => {
        const found = lab.at(table, variable, time);
        return {
          text: `${shownValue(shown, found)}${unit}`,
          reached: sense === 'at least' ? found >= value - 1e-12 : found <= value + 1e-12,
        };
      }),
    };
  });
}
