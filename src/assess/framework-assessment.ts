import type { Figure, Framework } from '../model/index.ts';
import { assessStandard, type StandardAssessment } from './assess-standard.ts';
import type { EvidenceBase } from './evidence-base.ts';
import type { Standing } from './observation.ts';
import type { TestVerdict } from './verdict.ts';
import { opinionsOf, standardOf } from './workspace-standard.ts';

/** What a standard may ask of a place: the figure of an indicator in a period; null when there is none. */
export type FigureLookup = (
  indicator: string,
  period: string,
) => Pick<Figure, 'value' | 'unit' | 'status'> | null;

/** How far a figure can be relied on, by its observation status (SDMX CL_OBS_STATUS). */
export function standingOf(status: Figure['status']): Standing {
  switch (status) {
    case 'A':
    case 'B':
      return 'present';
    case 'E':
      return 'estimated';
    case 'F':
      return 'forecast';
    case 'I':
      return 'imputed';
    default:
      // Provisional, not validated, of low reliability: nothing is called reached for good by it.
      return 'provisional';
  }
}

/** A place's figures and the opinions its framework holds, as the rule engine looks at them. */
export function evidenceOf(framework: Framework, lookup: FigureLookup): EvidenceBase {
  const opinions = opinionsOf(framework);
  return {
    fact: (indicator, period) => {
      const figure = lookup(indicator, period);
      if (figure === null || figure.value === null) return null;
      return { value: figure.value, unit: figure.unit, standing: standingOf(figure.status) };
    },
    opinion: (test) => opinions.get(test) ?? null,
    parts: () => null,
    attributes: new Map(),
  };
}

/**
 * A framework of a workspace judged by the rule engine on the figures of one area, in each of the framework's periods. The
 * one way in which pages, reviews and the interface come to verdicts.
 */
export function assessFramework(framework: Framework, lookup: FigureLookup): StandardAssessment {
  return assessStandard(standardOf(framework), evidenceOf(framework, lookup), framework.periods);
}

/** How the measured indicators of a period came out: those with a threshold and a value, basic conditions apart. */
export interface Measured {
  readonly all: number;
  readonly met: number;
  readonly provisional: number;
}

export function measuredIn({ periods }: StandardAssessment, period: string): Measured {
  const tests = (periods.find((one) => one.period === period)?.criteria ?? [])
    .filter(({ kind }) => kind !== 'basic')
    .flatMap((criterion) => criterion.tests)
    .filter(({ value }) => value !== null);
  const of = (verdict: TestVerdict['verdict']) => tests.filter((test) => test.verdict === verdict).length;
  return { all: tests.length, met: of('met') + of('met_provisional'), provisional: of('met_provisional') };
}
