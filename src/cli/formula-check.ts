import { readFormulas } from '../figures/index.ts';
import type { ParsedWorkspace } from '../intake/index.ts';
import type { Finding } from '../model/index.ts';
import { checkDeclaration } from '../registers/index.ts';
import { checkModel } from './model-check.ts';

/** What is wrong with the formulas, the registers and the model of a workspace, at the place where each stands in its file. */
export function checkFormulas(parsed: ParsedWorkspace): readonly Finding[] {
  return [...checkIndicators(parsed), ...checkRegisters(parsed), ...checkModel(parsed)];
}

/** What registers that the workspace declares name without declaring it. */
function checkRegisters({ workspace, origins }: ParsedWorkspace): readonly Finding[] {
  return (workspace?.registers ?? []).flatMap((register) => {
    const { file = `registers/${register.id}.yaml` } = origins.get(`register/${register.id}`) ?? {};
    return checkDeclaration(register, file);
  });
}

function checkIndicators({ indicators, origins }: ParsedWorkspace): readonly Finding[] {
  return readFormulas(indicators).findings.map((finding) => {
    const id = /^\/(.+)\/formula$/.exec(finding.where.pointer ?? '')?.[1] ?? '';
    const origin = origins.get(`indicator/${id}`);
    return origin === undefined ? finding : { ...finding, where: { ...origin, column: 'formula' } };
  });
}
