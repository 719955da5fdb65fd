import { comparePeriods, type Plan, planSchema } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import type { Known } from './known.ts';
import { quote } from './quote.ts';
import { ReferenceCheck } from './reference-check.ts';
import { type Shaped, shapeYaml } from './yaml-shape.ts';
import type { YamlFile } from './yaml-tree.ts';

/** 1.1 to 17.19, and the means of implementation by letter. */
const sdgTarget = /^(?:1[0-7]|[1-9])\.(?:1\d|[1-9]|[a-d])$/;

/** Reads `plan.yaml` or a file of `plans/`. */
export function readPlan(yaml: YamlFile, findings: FindingList): Shaped<Plan> | null {
  return shapeYaml(yaml, yaml.root, planSchema, findings);
}

export function checkPlan(shaped: Shaped<Plan>, known: Known, findings: FindingList): void {
  const { source, commitments } = shaped.value;
  const check = new ReferenceCheck(shaped, known, findings);
  check.source(['source'], source);
  check.unique('commitment', ['commitments'], commitments);
  check.tree('commitment', ['commitments'], commitments);
  commitments.forEach((commitment, at) => {
    const path = ['commitments', at];
    check.citation([...path, 'citation'], commitment.citation);
    check.area([...path, 'area'], commitment.area);
    commitment.criteria?.forEach(({ framework, criterion }, each) => {
      check.oneOf(
        'framework',
        [...path, 'criteria', each, 'framework'],
        framework,
        known.frameworks,
        'frameworks/*.yaml',
      );
      check.oneOf(
        'criterion',
        [...path, 'criteria', each, 'criterion'],
        criterion,
        known.frameworks?.get(framework) ?? null,
        `the framework ${framework}`,
      );
    });
    commitment.sdgTargets.forEach((target, each) => {
      if (sdgTarget.test(target)) return;
      check.error('commitment.sdg-target', [...path, 'sdgTargets', each], {
        what: `there is no SDG target ${quote(target)}`,
        why: 'a commitment may serve targets of the Sustainable Development Goals, such as 7.2 or 12.a',
        mend: 'write the number of the target, or leave it out',
      });
    });
    commitment.evidence?.forEach((shown, each) => {
      check.citation([...path, 'evidence', each, 'citation'], shown.citation);
    });
    const { start, due } = commitment;
    if (start !== undefined && due !== undefined && comparePeriods(start, due) > 0)
      check.error('commitment.period', [...path, 'due'], {
        what: `it is due in ${due}, before it starts in ${start}`,
        why: 'a commitment starts before it is due',
        mend: 'correct one of the two',
      });
    commitment.budget.forEach((budget, each) => {
      check.citation([...path, 'budget', each, 'citation'], budget.citation);
    });
    commitment.targets.forEach((target, each) => {
      const place = [...path, 'targets', each];
      check.indicator([...place, 'indicator'], target.indicator);
      check.area([...place, 'area'], target.area);
      check.unit([...place, 'unit'], target.unit, target.indicator);
      check.citation([...place, 'citation'], target.citation);
    });
  });
}
