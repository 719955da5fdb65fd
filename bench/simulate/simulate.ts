// Measures the simulation room and prints JSON: compile time, time a run, runs a second and a 1,000-run ensemble with all
// variables kept, at about 280 and 2,800 equations. Run it as `node bench/simulate/run.js`, on a quiet machine.
import { readFileSync } from 'node:fs';
import { compileXmile, ensemble, generatedKernel, runner } from '../../src/simulate/index.ts';
import { world } from './world.ts';

/** A model in the shape of the city model, `copies` times over: 28 equations a copy, 3 stocks, yearly rows, 160 steps. */
function model(copies: number): string {
  const parts: string[] = [];
  const aux = (name: string, equation: string) =>
    parts.push(`<aux name="${name}"><eqn>${equation}</eqn></aux>`);
  for (let k = 0; k < copies; k++) {
    const n = (name: string) => `${name}_${k}`;
    const before = k === 0 ? '1' : `ratio_${k - 1}`;
    for (let i = 0; i < 10; i++) aux(n(`c${i}`), String(0.01 * (i + 1)));
    for (let i = 0; i < 3; i++) {
      parts.push(
        `<stock name="${n(`s${i}`)}"><eqn>${10 + i}</eqn><inflow>${n(`in${i}`)}</inflow><outflow>${n(`out${i}`)}</outflow></stock>`,
        `<flow name="${n(`in${i}`)}"><eqn>${n('demand')}*${n(`c${i}`)}</eqn></flow>`,
        `<flow name="${n(`out${i}`)}"><eqn>${n(`s${i}`)}*${n(`c${i + 3}`)}</eqn></flow>`,
      );
    }
    aux(n('total'), `${n('s0')} + ${n('s1')} + ${n('s2')}`);
    aux(n('fade'), `EXP(-${n('c6')}*(TIME - STARTTIME))`);
    aux(n('demand'), `${n('total')}*${n('fade')}*${before}`);
    aux(n('capped'), `MIN(${n('demand')}, ${n('c7')}*1000)`);
    aux(n('gap'), `MAX(0, ${n('demand')} - ${n('capped')})`);
    aux(n('share'), `${n('s0')}/${n('total')}`);
    aux(n('policy'), `IF TIME &gt; 2020 THEN ${n('c8')} ELSE 0`);
    aux(n('ratio'), `1 + 0.1*${n('share')} - ${n('policy')}*0.01`);
    aux(n('cost'), `${n('capped')}*2 + ${n('gap')}*5`);
  }
  return `<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0" xmlns:isee="http://iseesystems.com/XMILE"><sim_specs isee:save_interval="1"><start>2015</start><stop>2035</stop><dt>0.125</dt></sim_specs><model><variables>${parts.join('')}</variables></model></xmile>`;
}

/** Milliseconds of processor time, which neighbours on the machine do not lengthen. */
function spent(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function measure(name: string, text: string, parameter: string) {
  const cpuStart = process.cpuUsage();
  const started = performance.now();
  const outcome = compileXmile(text, name);
  if (!outcome.ok) throw new Error(outcome.findings.map((one) => one.what).join('\n'));
  const made = runner(outcome.value, generatedKernel(outcome.value));
  made.run();
  const compileMs = performance.now() - started;
  const compiled = process.cpuUsage(cpuStart);
  for (let i = 0; i < 200; i++) made.run();
  const samples: number[] = [];
  for (let batch = 0; batch < 15; batch++) {
    const start = performance.now();
    for (let i = 0; i < 20; i++) made.run();
    samples.push((performance.now() - start) / 20);
  }
  samples.sort((a, b) => a - b);
  const runMs = samples[Math.floor(samples.length / 2)] ?? Number.NaN;
  const best = samples[0] ?? Number.NaN;
  const start = performance.now();
  const uncertain = [{ name: parameter, distribution: { kind: 'uniform' as const, min: 0.005, max: 0.02 } }];
  let kept = 0;
  const ensembleCpuMs = spent(() => {
    kept = ensemble(made, { uncertain, count: 1000, seed: 1 }).values.length;
  });
  const ensembleMs = performance.now() - start;
  const runCpuMs =
    spent(() => {
      for (let i = 0; i < 500; i++) made.run();
    }) / 500;
  return {
    name,
    equations: outcome.value.visible,
    steps: Math.round((outcome.value.run.stop - outcome.value.run.start) / outcome.value.run.dt),
    compileMs: round(compileMs),
    runMsMedian: round(runMs),
    runMsBest: round(best),
    runsPerSecond: Math.round(1000 / runMs),
    ensemble1000Ms: round(ensembleMs),
    compileCpuMs: round((compiled.user + compiled.system) / 1000),
    runCpuMs: round(runCpuMs),
    ensemble1000CpuMs: round(ensembleCpuMs),
    keptValues: kept,
  };
}

const round = (value: number) => Number(value.toPrecision(3));
const city = readFileSync(new URL('../../models/circular-economy-city.xmile', import.meta.url), 'utf8');
const results = [
  measure('280 equations', model(10), 'c0_0'),
  measure('2,800 equations', model(100), 'c0_0'),
  measure('circular-economy city', city, 'Birth rate'),
  measure('world scale', world(), 'norm_0'),
];
process.stdout.write(
  `${JSON.stringify({ bench: 'simulate', node: process.version, aim: { runMs: 0.2, ensemble1000Ms: 200 }, results }, null, 2)}\n`,
);
