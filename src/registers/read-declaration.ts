import { parse } from 'yaml';
import { type Finding, type RegisterDeclaration, registerSchema } from '../model/index.ts';
import { checkDeclaration } from './check-declaration.ts';

/** A declaration that was read, or all that is wrong with it. */
export type ReadDeclaration =
  | { readonly declaration: RegisterDeclaration; readonly findings: readonly [] }
  | { readonly declaration: null; readonly findings: readonly Finding[] };

const longest = 500_000;

/** Reads and checks a register's YAML: its shape, and that everything it names is declared. */
export function readDeclaration(file: string, text: string): ReadDeclaration {
  const findings: Finding[] = [];
  const report = (pointer: string, what: string, mend: string): void => {
    findings.push({
      rule: 'register.declaration',
      severity: 'error',
      where: { file, pointer },
      what,
      why: 'a register works only when its declaration is whole',
      mend,
    });
  };
  if (text.length > longest) {
    report('', 'the declaration is larger than 500,000 characters', 'split it into several registers');
    return { declaration: null, findings };
  }
  let content: unknown;
  try {
    content = parse(text, { version: '1.2', schema: 'core', maxAliasCount: 0, uniqueKeys: true });
  } catch (error) {
    report(
      '',
      error instanceof Error ? (error.message.split('\n')[0] ?? 'it is not YAML') : 'it is not YAML',
      'mend the YAML there',
    );
    return { declaration: null, findings };
  }
  const read = registerSchema.safeParse(content);
  if (!read.success) {
    for (const { path, message } of read.error.issues.slice(0, 100))
      report(`/${path.join('/')}`, message, 'see docs/registers.md');
    return { declaration: null, findings };
  }
  findings.push(...checkDeclaration(read.data, file));
  return findings.length === 0 ? { declaration: read.data, findings: [] } : { declaration: null, findings };
}
