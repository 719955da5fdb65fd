import { breakdownKey, type Claim, type Target } from '../model/index.ts';
import { sha256Hex } from './blob.ts';

export { observationAddress } from '../model/index.ts';

/**
 * A record's stable name: `kind/…`, free of file and row. `observation/<area>/<indicator>/<period>/<breakdown>`,
 * `target/<ref or hash>`, `claim/<ref or hash>`, `indicator/<id>`, `area/<id>`, `source/<id>`, `framework/<id>`,
 * `plan/<id>`, `review/<id>`, `city/<id>`, `flow/<area>/<id>`, `event/<area>/<stream>/<seq>`,
 * `reading/<area>/<series>/<day>`.
 */
export type RecordAddress = string;

/** By its id in the city's own list of statements, or else by what it says. */
export function targetAddress(target: Target): RecordAddress {
  return `target/${target.ref ?? contentHash(target)}`;
}

/** By its id in the city's own list of statements, or else by what it says. */
export function claimAddress(claim: Claim): RecordAddress {
  return `claim/${claim.ref ?? contentHash(claim)}`;
}

/** A statement is one level of plain values and its breakdown: sorting both levels makes one text of one meaning. */
function contentHash(statement: Target | Claim): string {
  const { breakdown, ...rest } = statement;
  const fields = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(JSON.stringify([...fields, breakdownKey(breakdown)])).slice(0, 32);
}

/** `sex=f,urban=yes` read back. Values are ids, which hold neither `,` nor `=`. */
export function breakdownOf(key: string): Record<string, string> {
  if (key === '') return {};
  return Object.fromEntries(
    key.split(',').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
