import { describe, expect, test } from 'vitest';
import { compileXmile } from '../compile/compile.ts';
import { xmile } from '../fixture.ts';
import { UnitReader, unitText } from './unit.ts';
import { checkUnits } from './units.ts';

function check(variables: string) {
  const text = xmile(variables).replace('<sim_specs', '<sim_specs time_units="Year"');
  const outcome = compileXmile(text, 'units.xmile');
  if (!outcome.ok) throw new Error(outcome.findings.map((one) => one.what).join());
  return checkUnits(outcome.value);
}

const aux = (name: string, equation: string, units?: string) =>
  `<aux name="${name}"><eqn>${equation}</eqn>${units === undefined ? '' : `<units>${units}</units>`}</aux>`;

describe('reading units', () => {
  const reader = new UnitReader(
    [
      { name: 'Person', equation: undefined, aliases: ['People'] },
      { name: 'TJ', equation: 'GJ', aliases: [] },
    ],
    'Years',
  );
  test.each([
    ['people/year', 'person/year'],
    ['Persons per Year', 'person/year'],
    ['kg*m/s^2', 'kg*m/s^2'],
    ['1/(year*person)', '1/(year*person)'],
    ['dmnl', '1'],
    ['t/t', '1'],
    ['TJ/year', 'gj/year'],
  ])('%s is %s', (text, wanted) => {
    const unit = reader.read(text);
    expect(unit === undefined ? undefined : unitText(unit)).toBe(wanted);
  });
});

describe('checking units', () => {
  const stock = (flowUnits: string) =>
    `<stock name="pop"><eqn>100</eqn><units>person</units><inflow>births</inflow></stock>
     <flow name="births"><eqn>pop*rate</eqn><units>${flowUnits}</units></flow>${aux('rate', '0.1', '1/year')}`;

  test('a clean model has no findings', () => {
    expect(check(stock('person/year')).findings).toEqual([]);
  });

  test('a flow in the wrong unit is told with both units', () => {
    const [first, ...others] = check(stock('tonne/year')).findings;
    expect(`${first?.what} ${others.map((one) => one.what)}`).toContain('person/year');
    expect(first?.where.row).toBeGreaterThan(0);
  });

  test('a sum of people and money', () => {
    const { findings } = check(aux('a', '3', 'person') + aux('b', '4', 'yuan') + aux('c', 'a + b'));
    expect(findings.map((one) => one.what)).toEqual(["in 'c', the two sides of + are in person and yuan"]);
  });

  test('units are inferred where none are declared', () => {
    const { inferred } = check(
      aux('a', '3', 'person') + aux('b', '4', 'year') + aux('c', 'a/b') + aux('d', 'MAX(c, 0)'),
    );
    expect(inferred.get('c')).toBe('person/year');
    expect(inferred.get('d')).toBe('person/year');
  });

  test('a smooth has the unit of its input, a pulse its volume per time', () => {
    const { findings } = check(
      aux('a', '3', 'person') +
        aux('t', '2', 'year') +
        aux('s', 'SMTH3(a, t)', 'person') +
        aux('p', 'PULSE(a, 1)', 'person/year'),
    );
    expect(findings).toEqual([]);
  });
});
