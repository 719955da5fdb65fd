import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compute, computeNumber, type Facts, truthOf } from './compute.ts';
import { walkingMinutes } from './network.ts';
import { readDeclaration } from './read-declaration.ts';

// A river without a bridge between b and d: near as the crow flies, far on foot.
const streets = {
  id: 'streets',
  name: { en: 'Streets', zh: '路网' },
  metresPerMinute: '80',
  source: 'drawn for this test',
  nodes: { a: '31.0,121.0', b: '31.0,121.01', c: '31.01,121.01', d: '31.0,121.02', island: '31.5,121.5' },
  edges: [
    { from: 'a', to: 'b', metres: 960 },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'd', metres: 1600 },
    { from: 'a', to: 'd', metres: 9000 },
  ],
};

describe('walking time over a network', () => {
  it('is the shortest way along its edges at its speed, with the ways to the nearest corners', () => {
    expect(walkingMinutes(streets, '31.0,121.0', '31.0,121.01')).toBe('12.0');
    // b–c is 1,111.95 m of meridian: 0.01 degrees of 111,195 m.
    expect(walkingMinutes(streets, '31.0,121.01', '31.01,121.01')).toBe('13.9');
    expect(walkingMinutes(streets, '31.0,121.0', '31.0,121.02')).toBe(
      ((960 + 1111.95 + 1600) / 80).toFixed(1),
    );
    // From 111 m north of a.
    expect(walkingMinutes(streets, '31.001,121.0', '31.0,121.01')).toBe('13.4');
    expect(walkingMinutes(streets, '31.0,121.0', '31.5,121.5')).toBeNull();
    expect(walkingMinutes(streets, 'here', '31.0,121.0')).toBeNull();
  });

  it('is asked for in formulas, and a network whose edges lead nowhere is told', () => {
    const facts: Facts = {
      value: ([name]) => (name === 'home' ? '31.0,121.0' : '31.0,121.01'),
      column: () => [],
      parameter: () => null,
      balance: () => null,
      children: () => 0,
      valueOn: () => null,
      walk: (_, from, to) => walkingMinutes(streets, from, to),
    };
    expect(computeNumber("walk('streets', home, park)", facts)).toBe('12');
    expect(truthOf(compute("walk('streets', home, park) <= 10", facts))).toBe(false);
    const both = (text: string) => ({ en: text, zh: text });
    const declared = (network: object) =>
      readDeclaration(
        'parks.yaml',
        stringify({
          id: 'parks',
          version: 1,
          name: both('Parks'),
          description: both('Parks'),
          family: 'social',
          networks: [network],
          forms: [
            {
              id: 'asking',
              fields: [
                { id: 'home', name: both('Home'), type: 'point' },
                { id: 'park', name: both('Park'), type: 'point' },
                {
                  id: 'near',
                  name: both('Near'),
                  type: 'yes-no',
                  compute: "walk('streets', home, park) <= 15",
                },
              ],
            },
          ],
          steps: [
            {
              kind: 'asked',
              name: both('Asked'),
              after: [],
              by: ['reporter'],
              form: 'asking',
              state: 'closed',
            },
          ],
        }),
      ).findings.map(({ what }) => what);
    expect(declared(streets)).toEqual([]);
    expect(declared({ ...streets, id: 'roads' })).toEqual(["there is no network 'streets'"]);
    expect(declared({ ...streets, edges: [{ from: 'a', to: 'x' }] })).toEqual(["there is no node 'x'"]);
  });
});
