import { readFormulas } from '../figures/index.ts';
import type { ParsedWorkspace } from '../intake/index.ts';
import type { Finding } from '../model/index.ts';

/** What is wrong with the formulas of a workspace, at the place where each indicator stands in its file. */
export function checkFormulas({ indicators, origins }: ParsedWorkspace): readonly Finding[] {
  return readFormulas(indicators).findings.map((finding) => {
    const id = /^\/(.+)\/formula$/.exec(finding.where.pointer ?? '')?.[1] ?? '';
    const origin = origins.get(`indicator/${id}`);
    return origin === undefined ? finding : { ...finding, where: { ...origin, column: 'formula' } };
  });
}
