import { type Naming, namesOf, type ToldFinding, told } from '../audit/index.ts';
import type { Finding, Language } from '../model/index.ts';
import { auditOnce, type PlaceAudit, type StandingFinding } from '../review/index.ts';
import type { PublishedPlace } from './documents.ts';

/** The audit of one place of an edition. */
export interface AuditedEdition {
  readonly city: string;
  /** What its codes are called. */
  readonly naming: Naming;
  readonly audit: PlaceAudit;
}

/** Audits every place of an edition: each with the districts that belong to it. */
export function auditPlaces(places: readonly PublishedPlace[]): readonly AuditedEdition[] {
  return places.map((place) => {
    const { id } = place.workspace.city;
    const districts = places.filter(({ workspace }) => workspace.city.partOf === id);
    return { city: id, naming: namesOf(place.workspace), audit: auditOnce(place, districts) };
  });
}

/** What stops the publication, one finding each: file, row, what, why, and how to go on. */
export function gate(audits: readonly AuditedEdition[]): readonly Finding[] {
  return audits.flatMap(({ city, naming, audit }) =>
    audit.findings.filter(({ stops }) => stops).map((standing) => stopping(city, naming, standing)),
  );
}

function stopping(city: string, naming: Naming, { finding }: StandingFinding): Finding {
  const { id, rule, message, mend, places } = told(finding, 'en', naming);
  const [place] = places;
  return {
    rule: `audit.${rule}`,
    severity: 'error',
    where: { file: `${city}/${place?.file ?? ''}`, ...(place === undefined ? {} : { row: place.line }) },
    what: message,
    why: 'the audit found it, and the policy of the place (audit.block in city.yaml) stops a publication at it',
    mend: `${mend}; or, if it is right, explain it: modelcity audit --workspace … --answer ${id}=explained --note "…"`,
  };
}

/** The note that a publication carries when findings are still open. */
export function openNote(audits: readonly AuditedEdition[]): readonly Finding[] {
  return audits
    .filter(({ audit }) => audit.open > 0)
    .map(({ city, audit }) => ({
      rule: 'audit.open',
      severity: 'note',
      where: { file: `${city}/review` },
      what: `${audit.open} findings of the audit are open in ${city}`,
      why: 'a publication says how many questions its own audit left open',
      mend: 'modelcity audit --workspace … lists them',
    }));
}

interface AuditLine extends ToldFinding {
  readonly standing: string;
  readonly note: string;
}

/** `data/audit.json` of an edition: what was open, and what was explained, when it was published. */
export function auditFile(audits: readonly AuditedEdition[]): string {
  const lines = ({ audit, naming }: AuditedEdition, language: Language): AuditLine[] =>
    audit.findings.map(({ finding, standing, answer }) => ({
      ...told(finding, language, naming),
      standing,
      note: answer?.note ?? '',
    }));
  const places = audits.map((each) => ({
    city: each.city,
    open: each.audit.open,
    checked: each.audit.checked,
    findings: { en: lines(each, 'en'), zh: lines(each, 'zh') },
  }));
  return `${JSON.stringify({ version: 1, places }, null, 1)}\n`;
}
