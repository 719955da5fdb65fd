// What the product brings to a user's machine: each package under a licence that goes with Apache-2.0, with a checksum in the
// lock file, without a script that runs at install; and none with a known weakness of high or critical severity, as the
// registry's advisories say. Where that service does not answer, the rest is checked and this is said.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Licences that an Apache-2.0 product may be shipped with; weak copyleft only as a package of its own that can be exchanged. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
]);

/** Whether a licence expression of SPDX is allowed: one of alternatives, or all of what applies together. */
function isAllowed(expression) {
  const bare = expression.replaceAll(/[()]/g, '');
  return bare
    .split(' OR ')
    .some((part) => part.split(' AND ').every((licence) => allowed.has(licence.trim())));
}

/**
 * @param {{ packages: Record<string, { dev?: boolean, devOptional?: boolean, license?: string, integrity?: string, resolved?: string, hasInstallScript?: boolean, link?: boolean }> }} lock
 * @returns {readonly string[]} one sentence for each fault
 */
export function lockFaults(lock) {
  const faults = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const name = path.replace(/^.*node_modules\//, '');
    if (entry.integrity === undefined) faults.push(`${name}: no checksum in package-lock.json.`);
    if (entry.resolved !== undefined)
      faults.push(`${name}: the address of a registry stands in package-lock.json.`);
    if (entry.dev === true || entry.devOptional === true) continue;
    if (entry.license === undefined || !isAllowed(entry.license))
      faults.push(
        `${name}: licence ${entry.license ?? 'not told'} is not on the list of scripts/check-dependencies.js.`,
      );
    if (entry.hasInstallScript === true) faults.push(`${name}: runs a script when it is installed.`);
  }
  return faults;
}

/**
 * @param {unknown} report what `npm audit --json` printed
 * @returns {readonly string[] | null} one sentence for each weakness of high or critical severity; null when no advisories came
 */
export function weaknesses(report) {
  if (typeof report !== 'object' || report === null || !('vulnerabilities' in report)) return null;
  return Object.entries(report.vulnerabilities)
    .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
    .map(([name, { severity, range }]) => `${name} ${range}: a known weakness of ${severity} severity.`);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const faults = [...lockFaults(lock)];
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64_000_000,
  });
  const known = weaknesses(parsed(stdout ?? ''));
  if (known === null)
    console.log('Known weaknesses were not looked up: no service of advisories answers from here.');
  else faults.push(...known);
  for (const fault of faults) console.error(fault);
  const count =
    Object.values(lock.packages).filter(({ dev, devOptional }) => dev !== true && devOptional !== true)
      .length - 1;
  console.log(`${count} packages shipped with the product, ${faults.length} faults.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
