import { describe, expect, it } from 'vitest';
import { lockFaults, weaknesses } from './check-dependencies.js';

const good = { license: 'MIT', integrity: 'sha512-x' };

describe('what the product brings along', () => {
  it('is refused under a foreign licence, without a checksum, with an address or a script at install', () => {
    expect(
      lockFaults({
        packages: {
          '': {},
          'node_modules/fine': good,
          'node_modules/either': { ...good, license: '(GPL-3.0-only OR MIT)' },
          'node_modules/tool': { integrity: 'sha512-x', dev: true, license: 'GPL-3.0-only' },
          'node_modules/a': { ...good, license: 'MIT AND GPL-3.0-only' },
          'node_modules/fine/node_modules/b': { license: 'ISC' },
          'node_modules/c': { ...good, resolved: 'somewhere' },
          'node_modules/d': { ...good, hasInstallScript: true },
          'node_modules/e': { integrity: 'sha512-x' },
        },
      }).map((fault) => fault.slice(0, 2)),
    ).toEqual(['a:', 'b:', 'c:', 'd:', 'e:']);
  });

  it('is refused with a weakness of high severity; without advisories nothing is claimed', () => {
    const found = {
      vulnerabilities: { x: { severity: 'high', range: '<2' }, y: { severity: 'low', range: '*' } },
    };
    expect(weaknesses(found)).toEqual(['x <2: a known weakness of high severity.']);
    expect(weaknesses({ message: '405 Method Not Allowed' })).toBeNull();
    expect(weaknesses(null)).toBeNull();
  });
});
