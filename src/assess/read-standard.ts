import type { Finding } from '../model/index.ts';
import { type Catalogue, catalogueSchema } from './catalogue.ts';
import { frameworkFault, readFrameworkText } from './read-framework-text.ts';
import { type Standard, standardSchema } from './standard.ts';

/** Reads a standard from the text of its YAML file; what is wrong is told with its place in the file. */
export function readStandard(text: string, file: string): { standard: Standard | null; findings: Finding[] } {
  const { value, findings } = readFrameworkText(standardSchema, text, file);
  if (value === null) return { standard: null, findings };
  const faults = checkIds(value, file);
  return { standard: faults.length === 0 ? value : null, findings: faults };
}

/** Reads any other framework: goals, a codebook, the form of a review, a scoring. */
export function readCatalogue(
  text: string,
  file: string,
): { catalogue: Catalogue | null; findings: Finding[] } {
  const { value, findings } = readFrameworkText(catalogueSchema, text, file);
  return { catalogue: value, findings };
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
    if (known === undefined)
      findings.push(frameworkFault(file, at, `attribute '${attribute}' is not declared`));
    else
      for (const value of values)
        if (!known.has(value))
          findings.push(frameworkFault(file, at, `attribute '${attribute}' has no value '${value}'`));
  };
  standard.criteria.forEach((criterion, c) => {
    const at = `/criteria/${c}`;
    if (!groups.has(criterion.group))
      findings.push(frameworkFault(file, at, `group '${criterion.group}' is not declared`));
    for (const id of [`criterion ${criterion.id}`, ...criterion.tests.map((test) => `test ${test.id}`)]) {
      if (seen.has(id)) findings.push(frameworkFault(file, at, `${id} stands twice`));
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
