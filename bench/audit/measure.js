// Precision and recall of the audit against hand-labelled documents, with time and memory.
// Run: node bench/audit/measure.js [--all] [--blind]   (--all also lists what was missed and what is not in the truth)
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { build, isFresh } from '../../scripts/build.js';

if (!isFresh()) await build();
const { auditPair, auditTexts, plainText } = await import('../../dist/audit/index.js');

const all = process.argv.includes('--all');
const folder = new URL(process.argv.includes('--blind') ? './blind/' : './truth/', import.meta.url);
const root = new URL('../../', import.meta.url);
const totals = { found: 0, wanted: 0, right: 0, told: 0 };

for (const name of readdirSync(folder).sort()) {
  const truth = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const path = new URL(truth.document, root);
  if (!existsSync(path)) {
    console.log(`${name}: left out, its document is not here`);
    continue;
  }
  measure(name.replace('.json', ''), truth, path);
}
const { found, wanted, right, told } = totals;
console.log(
  `\nall: recall ${found}/${wanted} = ${percent(found, wanted)}, precision ${right}/${told} = ${percent(right, told)}`,
);
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

function measure(name, truth, path) {
  const start = performance.now();
  const text = plainText('document', readFileSync(path, 'utf8'));
  const result =
    truth.pair === undefined
      ? auditTexts([text])
      : auditPair(text, plainText('pair', readFileSync(new URL(truth.pair, root), 'utf8')));
  const seconds = (performance.now() - start) / 1000;
  const inside = ({ places }) =>
    places.length > 0 && places[0].line >= truth.from && places[0].line <= truth.to;
  const findings = result.findings.filter(inside);
  const matches = (finding, label) =>
    label.kinds.includes(finding.rule) && finding.places.some(({ line }) => label.lines.includes(line));
  const required = truth.truth.filter(({ may }) => may !== true);
  const hit = required.filter((label) => findings.some((finding) => matches(finding, label)));
  const good = findings.filter((finding) => truth.truth.some((label) => matches(finding, label)));
  const holds = truth.checked.filter((line) =>
    (result.checked ?? []).some(({ places }) => places.some((place) => place.line === line)),
  );
  totals.found += hit.length;
  totals.wanted += required.length;
  totals.right += good.length;
  totals.told += findings.length;
  console.log(
    `${name}: recall ${hit.length}/${required.length} = ${percent(hit.length, required.length)}, ` +
      `precision ${good.length}/${findings.length} = ${percent(good.length, findings.length)}, ` +
      `right statements recognised ${holds.length}/${truth.checked.length}, ${seconds.toFixed(1)} s for the whole text`,
  );
  const groups = new Set(required.flatMap(({ group }) => group ?? []));
  for (const group of groups) {
    const of = required.filter((label) => label.group === group);
    console.log(`  section ${group}: ${of.filter((label) => hit.includes(label)).length}/${of.length}`);
  }
  if (!all) return;
  for (const label of required.filter((one) => !hit.includes(one)))
    console.log(`  missed ${label.lines.join('/')} ${label.what}`);
  for (const finding of findings.filter((one) => !good.includes(one)))
    console.log(
      `  not in the truth ${finding.places.map(({ line }) => line).join('/')} ${finding.rule} ${JSON.stringify(finding.values)}`,
    );
}

function percent(part, whole) {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
