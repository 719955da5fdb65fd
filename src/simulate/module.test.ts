import { describe, expect, test } from 'vitest';
import { aux, flow, lastOf, runText, series, stock, xmile } from './fixture.ts';

describe('modules', () => {
  const inner = `<model name="tank"><variables>
    <aux name="rain" access="input"><eqn>{connected}</eqn></aux>${stock('water', '5', { into: 'filling' })}${flow('filling', 'rain')}
  </variables></model>`;

  test('inputs are connected from the outside, outputs are read by path', () => {
    const model =
      aux('weather', '2') +
      aux('seen', 'tank.water * 10') +
      '<module name="tank"><connect to="rain" from="weather"/></module>';
    const table = runText(xmile(model, { stop: 2, dt: 1, after: inner }));
    expect(series(table, 'tank.water')).toEqual([5, 7, 9]);
    expect(lastOf(table, 'seen')).toBe(90);
    expect(table.columns).toContain('tank.rain');
  });

  test("isee's two-way connections: outputs into a ghost beside the module", () => {
    const model =
      aux('weather', '2') +
      '<aux name="level" access="input"><eqn>Tank</eqn></aux>' +
      '<module name="Tank"><connect to=".level" from="Tank.water"/><connect to="Tank.rain" from=".weather"/><connect2 to="level" from="Tank.water"/></module>';
    expect(series(runText(xmile(model, { stop: 2, dt: 1, after: inner })), 'level')).toEqual([5, 7, 9]);
  });

  test("isee's old namespace keeps variables directly in the model", () => {
    const old = `<xmile version="1.0" level="3" xmlns="http://www.systemdynamics.org/XMILE" xmlns:isee="http://iseesystems.com/XMILE">
      <header><smile version="1.0" namespace="std, isee"/></header><style/><isee:prefs layer="model"/>
      <sim_specs method="Euler"><start>0</start><stop>1</stop><dt reciprocal="true">4</dt></sim_specs>
      <model_units/><model>${aux('two\\nlines', '4 ')}${stock('s', '0', { into: 'f', more: '<display x="1" y="2"/>' })}${flow('f', 'two_lines')}
      <display><connector><from>a</from></connector></display></model></xmile>`;
    expect(lastOf(runText(old), 's')).toBe(4);
  });
});

describe('macros', () => {
  test('an expression, called twice with defaults', () => {
    const after = '<macro name="MIX"><parm>a</parm><parm default="10">b</parm><eqn>a + b</eqn></macro>';
    expect(lastOf(runText(xmile(aux('x', 'MIX(1, 2) * MIX(3)'), { after })), 'x')).toBe(39);
  });

  test('a macro with a stock of its own has one for each call', () => {
    const after = `<macro name="FILL"><parm>rate</parm><eqn>level</eqn><variables>${stock('level', '0', { into: 'up' })}${flow('up', 'rate')}</variables></macro>`;
    const table = runText(
      xmile(aux('x', 'FILL(1)') + aux('y', 'FILL(2) + FILL(3)'), { stop: 2, dt: 1, after }),
    );
    expect(lastOf(table, 'x')).toBe(2);
    expect(lastOf(table, 'y')).toBe(10);
    expect(table.columns).toEqual(['x', 'y']);
  });

  test('a macro may use a delay of its argument inside an array', () => {
    const after = '<macro name="LATE"><parm>v</parm><eqn>DELAY1(v, 2, 0)</eqn></macro>';
    const before = '<dimensions><dim name="D" size="2"/></dimensions>';
    const array = '<aux name="x"><dimensions><dim name="D"/></dimensions><eqn>LATE(D)</eqn></aux>';
    const table = runText(xmile(array, { before, after }));
    expect(lastOf(table, 'x[2]')).toBeCloseTo(2 * lastOf(table, 'x[1]'), 12);
  });
});
