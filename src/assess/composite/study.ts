import type { Finding } from '../../model/index.ts';
import { type Assessment, assess } from '../assess.ts';
import { composite } from '../composite.ts';
import type { MethodInput } from '../method.ts';
import type { Table } from '../table.ts';
import { unreadWord } from './alternatives-of.ts';
import { compositesOf } from './composites-of.ts';
import { type StudyRow, studies } from './study-rows.ts';

/** A study of a composite: its name, and what it needs beyond the composite's own settings. */
export interface StudyRequest {
  readonly name: string;
  /** Stages left open (uncertainty, sensitivity), as in docs/methods/composite.md. */
  readonly vary: readonly string[];
  /** Settings of the other composite (comparison). */
  readonly against: ReadonlyMap<string, string>;
  /** Replicates (uncertainty) or base points of the design (sensitivity). */
  readonly runs: number;
  readonly seed: number;
}

/** The names of the studies. */
export const studyNames: readonly string[] = Object.keys(studies);

export interface StudyResult extends Omit<Assessment, 'results'> {
  readonly rows: readonly StudyRow[];
}

/**
 * Studies the composite of two tables: its stages, correlations, Cronbach's alpha, outranking, strengths, removal of one
 * part, comparison with other settings, uncertainty and sensitivity. A number that does not exist has no row.
 */
export function studyComposite(
  codebook: Table,
  data: Table,
  chosen: ReadonlyMap<string, string>,
  request: StudyRequest,
): StudyResult {
  const rows: StudyRow[] = [];
  let understood = true;
  const run = (input: MethodInput) => {
    const made = compositesOf(input);
    const findings = [...made.findings];
    const settings = new Map([...input.settings, ...request.against]);
    const others = request.against.size === 0 ? [] : compositesOf({ ...input, settings }).composites;
    for (const one of made.composites) {
      const told = studies[request.name]?.({
        ...request,
        input,
        structure: made.structure,
        composite: one,
        against: others.find(({ period }) => period === one.period) ?? null,
      });
      if (told === undefined) continue;
      if ('unread' in told) {
        understood = false;
        findings.push(unreadWord(told, codebook.file));
        break;
      }
      for (const { unit = '', code = '', other = '', measure, value } of told)
        if (value !== null && Number.isFinite(value))
          rows.push({ period: one.period, unit, code, other, measure, value });
    }
    return { results: [], findings };
  };
  // The settings of the other composite are checked as those of the first are.
  const wrong = request.against.size === 0 ? [] : checked(codebook, data, chosen, request.against);
  const { results: _, ...told } = assess({ ...composite, run }, codebook, data, chosen, false);
  return wrong.length > 0
    ? { ...told, findings: [...told.findings, ...wrong], ran: false, rows: [] }
    : { ...told, ran: told.ran && understood, rows };
}

function checked(
  codebook: Table,
  data: Table,
  chosen: ReadonlyMap<string, string>,
  against: ReadonlyMap<string, string>,
): readonly Finding[] {
  const idle = () => ({ results: [], findings: [] });
  const { findings, ran } = assess(
    { ...composite, run: idle },
    codebook,
    data,
    new Map([...chosen, ...against]),
    false,
  );
  return ran ? [] : findings;
}
