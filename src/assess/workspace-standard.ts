import type { Framework } from '../model/index.ts';
import type { Opinion } from './evidence-base.ts';
import type { Standard } from './standard.ts';

/**
 * The standard that a framework of a workspace states, for the rule engine: its thresholds become tests, and each condition that
 * is shown by evidence becomes a test of its own. Thresholds and conditions keep their ids.
 */
export function standardOf(framework: Framework): Standard {
  const groupOf = (group: string | undefined, kind: string) => group ?? kind;
  const groups = [...new Set(framework.criteria.map(({ group, kind }) => groupOf(group, kind)))];
  const criteria = framework.criteria.map(
    ({ id, name, kind, group, tests, evidence, standing }): Standard['criteria'][number] => ({
      id,
      name,
      kind,
      group: groupOf(group, kind),
      tests: [
        ...tests.map((test) => ({
          id: test.id,
          name: test.name ?? name,
          indicator: test.indicator,
          unit: test.unit,
          rule: { kind: 'threshold' as const, comparator: test.comparator, value: test.value },
          standing,
        })),
        ...evidence.map((one) => ({
          id: one.id,
          name: one.statement,
          rule: { kind: 'evidence' as const },
          standing,
        })),
        // A criterion that the workspace only names: nothing is shown of it.
        ...(tests.length + evidence.length === 0
          ? [{ id: `${id}.unstated`, name, rule: { kind: 'evidence' as const }, standing }]
          : []),
      ],
    }),
  );
  const open = framework.criteria.some(({ standing }) => standing === 'to-check');
  return {
    id: framework.id,
    version: String(framework.version),
    kind: 'standard',
    name: framework.name,
    source: {
      title: framework.name,
      producer: framework.name,
      date: 'undated',
      licence: { en: 'see the source in the workspace', zh: '见工作区中的来源' },
      provenance: {
        en: `source '${framework.source}' of the workspace`,
        zh: `工作区来源“${framework.source}”`,
      },
    },
    status: open ? 'to-check' : 'read',
    groups: groups.map((id) => ({ id, name: { en: id, zh: id } })),
    attributes: [],
    criteria,
  };
}

/** What a workspace's framework holds an assessor to have found on each condition, by test id. */
export function opinionsOf(framework: Framework): ReadonlyMap<string, Opinion> {
  return new Map(
    framework.criteria.flatMap(({ evidence }) =>
      evidence.map((one): [string, Opinion] => [
        one.id,
        { standing: one.standing, evidence: one.evidence ?? null },
      ]),
    ),
  );
}
