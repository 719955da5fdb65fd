import { type Framework, frameworkSchema } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import type { Known } from './known.ts';
import { ReferenceCheck } from './reference-check.ts';
import { type Shaped, shapeYaml } from './yaml-shape.ts';
import type { YamlFile } from './yaml-tree.ts';

/** Reads a file of `frameworks/`. */
export function readFramework(yaml: YamlFile, findings: FindingList): Shaped<Framework> | null {
  return shapeYaml(yaml, yaml.root, frameworkSchema, findings);
}

export function checkFramework(shaped: Shaped<Framework>, known: Known, findings: FindingList): void {
  const framework = shaped.value;
  const check = new ReferenceCheck(shaped, known, findings);
  check.source(['source'], framework.source);
  check.unique('criterion', ['criteria'], framework.criteria);
  check.unique('case', ['cases'], framework.cases);
  framework.criteria.forEach((criterion, at) => {
    const path = ['criteria', at];
    check.citation([...path, 'citation'], criterion.citation);
    check.unique('test', [...path, 'tests'], criterion.tests);
    check.unique('evidence', [...path, 'evidence'], criterion.evidence);
    criterion.tests.forEach((test, each) => {
      const place = [...path, 'tests', each];
      check.indicator([...place, 'indicator'], test.indicator);
      check.unit([...place, 'unit'], test.unit, test.indicator);
      check.citation([...place, 'citation'], test.citation);
    });
    criterion.evidence.forEach((evidence, each) => {
      check.citation([...path, 'evidence', each, 'citation'], evidence.citation);
    });
  });
  checkResponse(framework, check);
}

function checkResponse(framework: Framework, check: ReferenceCheck): void {
  const cases = new Map(framework.cases.map(({ id }) => [id, id]));
  const firstOf = new Set<string>();
  framework.goals.forEach((goal, at) => {
    check.goal(['goals', at, 'goal'], goal.goal);
    goal.measures.forEach((measure, each) => {
      const path = ['goals', at, 'measures', each];
      if (firstOf.has(measure.id))
        check.error('measure.duplicate', [...path, 'id'], {
          what: `the measure '${measure.id}' stands twice`,
          why: 'an id names one thing',
          mend: 'rename one of them',
        });
      firstOf.add(measure.id);
      check.citation([...path, 'citation'], measure.citation);
      measure.indicators.forEach((indicator, item) => {
        check.indicator([...path, 'indicators', item], indicator);
      });
      measure.practices.forEach((practice, item) => {
        const place = [...path, 'practices', item];
        check.oneOf('case', [...place, 'case'], practice.case, cases, 'cases of the same file');
        check.citation([...place, 'citation'], practice.citation);
      });
    });
  });
  framework.cases.forEach((each, at) => {
    const path = ['cases', at];
    check.area([...path, 'area'], each.area);
    check.goal([...path, 'goal'], each.goal);
    check.citation([...path, 'citation'], each.citation);
    each.indicators.forEach((indicator, item) => {
      check.indicator([...path, 'indicators', item], indicator);
    });
  });
  framework.otherMeasures.forEach((other, at) => {
    check.goal(['otherMeasures', at, 'goal'], other.goal);
    check.citation(['otherMeasures', at, 'citation'], other.citation);
  });
}
