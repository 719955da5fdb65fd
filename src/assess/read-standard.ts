import { parseDocument } from 'yaml';
import type { Finding } from '../model/index.ts';
import { type Standard, standardSchema } from './standard.ts';

/** Longest file of a standard that is read, in characters. */
const longest = 2_000_000;

/** Reads a standard from the text of its YAML file; what is wrong is told with its place in the file. */
export function readStandard(text: string, file: string): { standard: Standard | null; findings: Finding[] } {
  if (text.length > longest)
    return {
      standard: null,
      findings: [fault(file, '', `the file has ${text.length} characters, more than ${longest}`)],
    };
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0)
    return {
      standard: null,
      findings: document.errors.map(({ message, linePos }) => ({
        ...fault(file, '', message.split('\n')[0] ?? message),
        where: { file, row: linePos?.[0].line ?? 1, column: linePos?.[0].col ?? 1 },
      })),
    };
  const read = standardSchema.safeParse(document.toJS({ maxAliasCount: 20 }));
  if (!read.success)
    return {
      standard: null,
      findings: read.error.issues.map(({ path, message }) => fault(file, `/${path.join('/')}`, message)),
    };
  const findings = checkIds(read.data, file);
  return { standard: findings.length === 0 ? read.data : null, findings };
}

function checkIds(standard: Standard, file: string): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const groups = new Set(standard.groups.map(({ id }) => id));
  const attributes = new Map(
    standard.attributes.map(({ id, values }) => [id, new Set(values.map((one) => one.id))]),
  );
  const checkAttribute = (at: string, attribute: string, values: readonly string[]) => {
    const known = attributes.get(attribute);
    if (known === undefined) findings.push(fault(file, at, `attribute '${attribute}' is not declared`));
    else
      for (const value of values)
        if (!known.has(value))
          findings.push(fault(file, at, `attribute '${attribute}' has no value '${value}'`));
  };
  standard.criteria.forEach((criterion, c) => {
    const at = `/criteria/${c}`;
    if (!groups.has(criterion.group))
      findings.push(fault(file, at, `group '${criterion.group}' is not declared`));
    for (const id of [`criterion ${criterion.id}`, ...criterion.tests.map((test) => `test ${test.id}`)]) {
      if (seen.has(id)) findings.push(fault(file, at, `${id} stands twice`));
      seen.add(id);
    }
    criterion.tests.forEach((test, t) => {
      const here = `${at}/tests/${t}`;
      for (const [attribute, values] of Object.entries(test.when ?? {}))
        checkAttribute(here, attribute, values);
      if (test.rule.kind === 'by-attribute')
        checkAttribute(here, test.rule.attribute, Object.keys(test.rule.values));
    });
  });
  return findings;
}

function fault(file: string, pointer: string, what: string): Finding {
  return {
    rule: 'standard.unreadable',
    severity: 'error',
    where: { file, pointer },
    what,
    why: 'a standard is data with a fixed form, described in docs/frameworks.md',
    mend: 'correct the file',
  };
}
