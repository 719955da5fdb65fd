import { type AuditedPlace, auditPlace, type PlaceAudit } from './audit.ts';

const known = new WeakMap<
  AuditedPlace,
  { readonly districts: readonly AuditedPlace[]; readonly audit: PlaceAudit }
>();

/**
 * The audit of a place with its districts, made once for each state of them: a state is one object, replaced whole when the
 * log grows. The gate of a publication and the pages of its site so read one audit.
 */
export function auditOnce<P extends AuditedPlace>(place: P, districts: readonly P[]): PlaceAudit {
  const before = known.get(place);
  if (before !== undefined && sameAs(before.districts, districts)) return before.audit;
  const audit = auditPlace(place, districts);
  known.set(place, { districts: [...districts], audit });
  return audit;
}

/** Takes an audit that another process made of this very state; one that is known already stays. */
export function keepAudit<P extends AuditedPlace>(
  place: P,
  districts: readonly P[],
  audit: PlaceAudit,
): void {
  const before = known.get(place);
  if (before === undefined || !sameAs(before.districts, districts))
    known.set(place, { districts: [...districts], audit });
}

/** Whether the audit of this very state is known: asking for it then takes no time. */
export function isAudited<P extends AuditedPlace>(place: P, districts: readonly P[]): boolean {
  const before = known.get(place);
  return before !== undefined && sameAs(before.districts, districts);
}

const sameAs = (a: readonly AuditedPlace[], b: readonly AuditedPlace[]): boolean =>
  a.length === b.length && a.every((place, at) => place === b[at]);
