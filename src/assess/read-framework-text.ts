import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Finding } from '../model/index.ts';

/** Longest file of a framework that is read, in characters. */
const longest = 2_000_000;

/** Reads the YAML text of a framework by its schema; what is wrong is told with its place in the file. */
export function readFrameworkText<T>(
  schema: z.ZodType<T>,
  text: string,
  file: string,
): { value: T | null; findings: Finding[] } {
  if (text.length > longest)
    return {
      value: null,
      findings: [frameworkFault(file, '', `the file has ${text.length} characters, more than ${longest}`)],
    };
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0)
    return {
      value: null,
      findings: document.errors.map(({ message, linePos }) => ({
        ...frameworkFault(file, '', message.split('\n')[0] ?? message),
        where: { file, row: linePos?.[0].line ?? 1, column: linePos?.[0].col ?? 1 },
      })),
    };
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { value: null, findings: [frameworkFault(file, '', why)] };
  }
  const read = schema.safeParse(raw);
  if (read.success) return { value: read.data, findings: [] };
  return {
    value: null,
    findings: read.error.issues.map(({ path, message }) =>
      frameworkFault(file, `/${path.join('/')}`, message),
    ),
  };
}

/** Something wrong in the file of a framework, at a JSON pointer. */
export function frameworkFault(file: string, pointer: string, what: string): Finding {
  return {
    rule: 'framework.unreadable',
    severity: 'error',
    where: { file, pointer },
    what,
    why: 'a framework is data with a fixed form, described in docs/frameworks.md',
    mend: 'correct the file',
  };
}
