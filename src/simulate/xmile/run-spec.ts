import type { Finding } from '../../model/index.ts';
import { refuse, warning } from '../fault.ts';
import { type Method, methods, type RunSpec } from './document.ts';
import { attribute, child, children, type Element } from './element.ts';

/** Steps and saved values one run may have; more is refused before memory is taken. */
export const runLimits = {
  steps: 5_000_000,
  values: 30_000_000,
  evaluations: 4_000_000_000,
  adaptive: 200_000_000,
} as const;

/** Reads <sim_specs> (XMILE 1.0 §2.3). `save` defaults to dt, the method to Euler. */
export function readRunSpec(root: Element, findings: Finding[]): RunSpec {
  const element = specsOf(root);
  if (element === undefined) {
    return refuse({
      rule: 'xmile.sim-specs',
      where: root.where,
      what: 'the file has no <sim_specs>',
      why: 'without start and stop there is no run',
      mend: 'give <sim_specs> with <start>, <stop> and <dt>',
    });
  }
  return readSpecs(element, findings);
}

/** Reads one <sim_specs>. */
export function readSpecs(element: Element, findings: Finding[]): RunSpec {
  for (const one of element.children) {
    if (one.vendor === '' && one.name === 'run' && (attribute(one, 'by') ?? 'all') !== 'all') {
      refuse({
        rule: 'xmile.sim-specs',
        where: one.where,
        what: 'a run of parts of the model only',
        why: 'partial simulation needs stored values of the other parts',
        mend: 'run the whole model: <run by="all"/>',
      });
    }
  }
  const start = numberOf(element, 'start', undefined);
  const stop = numberOf(element, 'stop', undefined);
  const step = child(element, 'dt');
  let dt = numberOf(element, 'dt', 1);
  if (step !== undefined && attribute(step, 'reciprocal')?.trim().toLowerCase() === 'true') dt = 1 / dt;
  const interval =
    attribute(element, 'isee:save_interval') ?? attribute(element, 'save_interval') ?? undefined;
  const saved =
    interval !== undefined && interval.trim() !== '' && Number(interval) > 0 ? Number(interval) : undefined;
  const save = saved ?? numberOf(element, 'save_step', numberOf(element, 'savestep', dt));
  const spec: RunSpec = {
    start,
    stop,
    dt,
    save,
    method: methodOf(element, findings),
    timeUnits: attribute(element, 'time_units')?.trim() || undefined,
  };
  checkRunSpec(spec, element);
  return spec;
}

/** The file's specifications, or those of its root model (§2.3): the one without a name, or the only one. */
function specsOf(root: Element): Element | undefined {
  const own = child(root, 'sim_specs');
  if (own !== undefined) return own;
  const models = children(root, 'model');
  const main = models.find((one) => (attribute(one, 'name') ?? '') === '') ?? models[0];
  return main === undefined ? undefined : child(main, 'sim_specs');
}

/** Refuses specifications that cannot be run in bounded time. */
export function checkRunSpec(spec: RunSpec, element: { readonly where: Element['where'] }): void {
  const bad = (what: string, why: string, mend: string): never =>
    refuse({ rule: 'xmile.sim-specs', where: element.where, what, why, mend });
  if (!(spec.dt > 0) || !Number.isFinite(spec.dt))
    bad(`dt is ${spec.dt}`, 'time moves forward in steps above 0', 'set dt above 0');
  if (!Number.isFinite(spec.start) || !Number.isFinite(spec.stop) || spec.stop < spec.start) {
    bad(
      `the run goes from ${spec.start} to ${spec.stop}`,
      'stop lies before start',
      'correct start and stop',
    );
  }
  if (!(spec.save > 0)) bad(`the save interval is ${spec.save}`, 'it must be above 0', 'correct it');
  const steps = (spec.stop - spec.start) / spec.dt;
  if (steps > runLimits.steps) {
    bad(
      `${Math.round(steps).toLocaleString('en')} steps`,
      `at most ${runLimits.steps.toLocaleString('en')} steps are run`,
      'use a larger dt or a shorter run',
    );
  }
}

function methodOf(element: Element, findings: Finding[]): Method {
  const wanted = (attribute(element, 'method') ?? 'euler')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
  const names = wanted.length === 0 ? ['euler'] : wanted;
  for (const name of names) {
    const found = methods.find((one) => one === name);
    if (found !== undefined) {
      if (name !== names[0]) {
        findings.push(
          warning({
            rule: 'xmile.method',
            where: element.where,
            what: `the method ${names[0]} is not here; ${found} is used`,
            why: 'the file names it as the next choice',
            mend: 'nothing, or name a method that is here',
          }),
        );
      }
      return found;
    }
  }
  return refuse({
    rule: 'xmile.method',
    where: element.where,
    what: `the integration method '${names.join(', ')}'`,
    why: 'Euler, RK2, RK4 and RK45 are here',
    mend: 'name one of them, or give it as second choice: method="gear, rk4"',
  });
}

function numberOf(element: Element, name: string, otherwise: number | undefined): number {
  const one = child(element, name);
  if (one === undefined) {
    if (otherwise !== undefined) return otherwise;
    return refuse({
      rule: 'xmile.sim-specs',
      where: element.where,
      what: `<sim_specs> has no <${name}>`,
      why: 'without start and stop there is no run',
      mend: `give <${name}>`,
    });
  }
  const text = one.text.trim();
  // Vensim writes the name before the value: TIME_STEP=0.125.
  const bare = text.replace(/^[A-Za-z_ ]+=/, '').trim();
  const value = Number(bare);
  if (bare === '' || Number.isNaN(value)) {
    refuse({
      rule: 'xmile.sim-specs',
      where: one.where,
      what: `<${name}> is '${text.slice(0, 20)}'`,
      why: 'a number is expected',
      mend: 'give a number',
    });
  }
  return value;
}
