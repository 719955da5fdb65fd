import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aux, flow, lastOf, refusal, runText, series, stock, xmile } from './fixture.ts';

const leaking = (name: string, share: string, attributes = '') =>
  `<flow name="${name}" ${attributes}><eqn>${share}</eqn><leak/></flow>`;
const bare = (name: string) => `<flow name="${name}"/>`;

/** A line from `arriving` over a conveyor to a stock that gathers what comes out. */
function line(
  belt: string,
  {
    initial = '0',
    arriving = '250',
    leaks = '',
    leakNames = '',
    attributes = '',
    more = '',
    dt = 0.25,
    stop = 12,
    method = 'euler',
  } = {},
) {
  return xmile(
    stock('line', initial, {
      into: 'arriving',
      out: `leaving ${leakNames}`,
      more: `<conveyor ${attributes}>${belt}</conveyor>`,
    }) +
      flow('arriving', arriving) +
      bare('leaving') +
      stock('gone', '0', { into: 'leaving' }) +
      leaks +
      more,
    { dt, stop, method },
  );
}

describe('conveyors', () => {
  test('an empty one lets nothing out before its transit time, then what entered', () => {
    const table = runText(line('<len>4</len>', { stop: 6 }));
    const leaving = series(table, 'leaving');
    const first = leaving.findIndex((value) => value > 0);
    expect(table.times[first]).toBe(4);
    expect(leaving.slice(first).every((value) => value === 250)).toBe(true);
    expect(series(table, 'line')[16]).toBe(1000);
  });

  test('an initial value lies evenly on it: a steady line stays steady', () => {
    const table = runText(line('<len>4</len><capacity>1200</capacity>', { initial: '1000' }));
    expect(series(table, 'line').every((value) => Math.abs(value - 1000) < 1e-9)).toBe(true);
    expect(series(table, 'leaving').every((value) => Math.abs(value - 250) < 1e-9)).toBe(true);
  });

  test('a linear leak takes its share of what entered, over the whole way or a part of it', () => {
    for (const attributes of ['', 'leak_start="0" leak_end="0.5"', 'leak_start="0.25" leak_end="0.75"']) {
      const table = runText(
        line('<len>4</len>', {
          leaks: leaking('lost', '0.2', attributes),
          leakNames: 'lost',
          stop: 20,
        }),
      );
      expect(lastOf(table, 'leaving')).toBeCloseTo(200, 9);
      expect(lastOf(table, 'lost')).toBeCloseTo(50, 9);
    }
  });

  test('an exponential leak takes its share of what is there per unit of time', () => {
    const table = runText(
      line('<len>4</len>', {
        attributes: 'exponential_leak="true"',
        leaks: leaking('lost', '0.1'),
        leakNames: 'lost',
        stop: 20,
      }),
    );
    expect(lastOf(table, 'leaving')).toBeCloseTo(250 * (1 - 0.1 * 0.25) ** 16, 9);
  });

  test('the share may stand in <leak>', () => {
    const table = runText(
      line('<len>2</len>', {
        leaks: '<flow name="lost"><leak>0.5</leak></flow>',
        leakNames: 'lost',
      }),
    );
    expect(lastOf(table, 'leaving')).toBeCloseTo(125, 9);
  });

  test('capacity and inflow limit hold back what comes in, and it stays where it was', () => {
    const table = runText(
      xmile(
        stock('yard', '10000', { out: 'arriving' }) +
          flow('arriving', '250') +
          stock('line', '0', {
            into: 'arriving',
            out: 'leaving',
            more: '<conveyor><len>4</len><capacity>600</capacity><in_limit>200</in_limit></conveyor>',
          }) +
          bare('leaving') +
          stock('gone', '0', { into: 'leaving' }),
        { dt: 0.25, stop: 12 },
      ),
    );
    expect(Math.max(...series(table, 'line'))).toBeLessThanOrEqual(600 + 1e-9);
    expect(Math.max(...series(table, 'arriving'))).toBe(200);
    const total = lastOf(table, 'yard') + lastOf(table, 'line') + lastOf(table, 'gone');
    expect(total).toBeCloseTo(10_000, 8);
  });

  test('when it stands still, nothing moves, and nothing falls on it from the one before', () => {
    const table = runText(
      xmile(
        stock('first', '40', { out: 'between', more: '<conveyor><len>2</len></conveyor>' }) +
          bare('between') +
          stock('second', '0', {
            into: 'between',
            out: 'leaving',
            more: '<conveyor><len>2</len><arrest>TIME &gt;= 1 AND TIME &lt; 3</arrest></conveyor>',
          }) +
          bare('leaving') +
          stock('gone', '0', { into: 'leaving' }),
        { dt: 0.5, stop: 8 },
      ),
    );
    const second = series(table, 'second');
    expect(second.slice(2, 7)).toEqual([20, 20, 20, 20, 20]);
    expect(series(table, 'between').slice(2, 6)).toEqual([0, 0, 0, 0]);
    expect(lastOf(table, 'gone')).toBe(40);
  });

  test('a shorter transit time lays new things nearer to the exit; what is on the way keeps its pace', () => {
    const table = runText(line('<len>IF TIME &lt; 2 THEN 4 ELSE 2</len>', { arriving: '4', dt: 1, stop: 8 }));
    expect(series(table, 'leaving')).toEqual([0, 0, 0, 0, 8, 8, 4, 4, 4]);
  });

  test('the transit time is read only when <sample> says so', () => {
    const table = runText(
      line('<len>IF TIME &lt; 2 THEN 4 ELSE 2</len><sample>0</sample>', { arriving: '4', dt: 1, stop: 8 }),
    );
    expect(series(table, 'leaving')).toEqual([0, 0, 0, 0, 4, 4, 4, 4, 4]);
  });

  test('its places can be read', () => {
    const table = runText(
      line('<len>2</len>', {
        initial: '40',
        arriving: '10 + 3*TIME',
        dt: 0.5,
        stop: 3,
        more:
          ['SUM', 'MEAN', 'MIN', 'MAX', 'SIZE']
            .map((name) => aux(`${name.toLowerCase()}_`, `${name}(line)`))
            .join('') + aux('first', 'line[1]'),
      }),
    );
    expect(series(table, 'sum_')).toEqual(series(table, 'line'));
    expect(series(table, 'size_')).toEqual([4, 4, 4, 4, 4, 4, 4]);
    expect(series(table, 'max_').slice(0, 3)).toEqual([10, 10, 10]);
    expect(series(table, 'min_')[1]).toBe(5);
    expect(series(table, 'first').map((value) => value * 2)).toEqual(series(table, 'leaving'));
  });

  test('whatever its rules, what came in is on it, out or lost', () => {
    fc.assert(
      fc.property(
        fc.record({
          length: fc.double({ min: 0.1, max: 6, noNaN: true }),
          later: fc.double({ min: 0.1, max: 6, noNaN: true }),
          initial: fc.integer({ min: 0, max: 500 }),
          capacity: fc.integer({ min: 0, max: 800 }),
          limit: fc.integer({ min: 0, max: 300 }),
          share: fc.double({ min: 0, max: 0.6, noNaN: true }),
          second: fc.double({ min: 0, max: 0.4, noNaN: true }),
          exponential: fc.boolean(),
          method: fc.constantFrom('euler', 'rk4'),
        }),
        (given) => {
          const table = runText(
            line(
              `<len>IF TIME &lt; 3 THEN ${given.length} ELSE ${given.later}</len><capacity>${given.capacity}</capacity><in_limit>${given.limit}</in_limit><arrest>SIN(TIME) &gt; 0.9</arrest>`,
              {
                initial: String(given.initial),
                arriving: '100*(1 + SIN(TIME))',
                attributes: `exponential_leak="${given.exponential}"`,
                leaks:
                  leaking('lost', String(given.share)) +
                  leaking('strayed', String(given.second), 'leak_end="0.5"'),
                leakNames: 'lost strayed',
                more:
                  stock('in', '0', { into: 'arriving2' }) +
                  flow('arriving2', 'arriving') +
                  stock('out', '0', { into: 'away' }) +
                  flow('away', 'lost + strayed') +
                  aux('places', 'SUM(line)'),
                stop: 9,
                method: given.method,
              },
            ),
          );
          const lost = lastOf(table, 'out') + lastOf(table, 'gone');
          const there = lastOf(table, 'line');
          expect(given.initial + lastOf(table, 'in') - lost).toBeCloseTo(there, 6);
          expect(lastOf(table, 'places')).toBeCloseTo(there, 6);
          expect(Math.min(...series(table, 'line'))).toBeGreaterThan(-1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('a macro that spreads a sum over years with a leaking conveyor gives what Stella gives for it', () => {
  const macro = `<macro name="SPREAD"><eqn>out + at_once</eqn><parm>stream</parm><parm>years</parm><variables>
    ${stock('line', '0', { into: 'coming', out: 'never leaking', more: '<conveyor force_leak_fraction="true"><len>years-DT</len></conveyor>' })}
    ${flow('coming', 'stream - at_once')}${flow('never', '0')}${leaking('leaking', '1')}
    ${aux('at once', 'stream*DT/years')}${aux('out', 'leaking')}
    </variables></macro>`;
  const spent = 'IF TIME = 2022 THEN 1e9 ELSE IF TIME = 2026 THEN 2.5e9 ELSE 0';
  const table = runText(
    xmile(aux('spread', `SPREAD(${spent}, 20)`), { start: 2020, stop: 2050, dt: 1, after: macro }),
  );
  const years = (from: number, to: number, value: number) => Array<number>(to - from + 1).fill(value);
  expect(series(table, 'spread')).toEqual([
    ...years(2020, 2021, 0),
    ...years(2022, 2025, 50e6),
    ...years(2026, 2041, 175e6),
    ...years(2042, 2045, 125e6),
    ...years(2046, 2050, 0),
  ]);
});

describe('queues', () => {
  const queued = (belt: string, attributes = '', arrivals = 'TIME + 1') =>
    xmile(
      stock('waiting', '0', { into: 'arrivals', out: 'boarding balking', more: '<queue/>' }) +
        flow('arrivals', arrivals) +
        flow('boarding', '0') +
        '<flow name="balking"><eqn>0</eqn><overflow/></flow>' +
        stock('balked', '0', { into: 'balking' }) +
        stock('belt', '0', {
          into: 'boarding',
          out: 'departing',
          more: `<conveyor discrete="true" ${attributes}>${belt}</conveyor>`,
        }) +
        bare('departing') +
        stock('arrived', '0', { into: 'departing' }) +
        stock('came', '0', { into: 'arrivals2' }) +
        flow('arrivals2', 'arrivals'),
      { dt: 0.5, stop: 6 },
    );

  test('a full conveyor takes what fits after its exit, and the rest overflows', () => {
    const table = runText(queued('<len>1</len><capacity>2 + STEP(20, 2)</capacity>'));
    const at = [...table.times].indexOf(1.5);
    expect(series(table, 'boarding')[at]).toBe(2);
    expect(series(table, 'balking')).toEqual([0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const total =
      lastOf(table, 'waiting') + lastOf(table, 'balked') + lastOf(table, 'belt') + lastOf(table, 'arrived');
    expect(total).toBeCloseTo(lastOf(table, 'came'), 9);
  });

  const waiting = (attributes: string, more = '') =>
    xmile(
      stock('waiting', '0', { into: 'arrivals', out: 'boarding', more: '<queue/>' }) +
        flow('arrivals', 'IF TIME < 3 THEN 4 ELSE 0') +
        bare('boarding') +
        stock('belt', '0', {
          into: 'boarding',
          out: 'departing',
          more: `<conveyor discrete="true" ${attributes}><len>2</len><capacity>6</capacity></conveyor>`,
        }) +
        bare('departing') +
        more,
      { dt: 1, stop: 7 },
    );

  test('batches wait in order: whole ones only, one at a time, or parts of them', () => {
    const whole = runText(waiting('batch_integrity="true"', aux('batches', 'SIZE(waiting)')));
    expect(series(whole, 'boarding')).toEqual([4, 0, 4, 0, 4, 0, 0, 0]);
    expect(series(whole, 'batches').slice(0, 5)).toEqual([0, 0, 1, 1, 1]);
    const parts = runText(waiting(''));
    expect(series(parts, 'boarding')).toEqual([4, 2, 2, 4, 0, 0, 0, 0]);
    const many = runText(waiting('one_at_a_time="false"'));
    expect(series(many, 'boarding')).toEqual([4, 2, 4, 2, 0, 0, 0, 0]);
  });

  test('an outflow to a stock empties it', () => {
    const table = runText(
      xmile(
        stock('waiting', '7', { into: 'arrivals', out: 'served', more: '<queue/>' }) +
          flow('arrivals', '3') +
          bare('served') +
          stock('done', '0', { into: 'served' }),
        { dt: 1, stop: 4 },
      ),
    );
    expect(series(table, 'served')).toEqual([10, 3, 3, 3, 3]);
    expect(lastOf(table, 'done')).toBe(7 + 12);
  });
});

describe('what stays open in the standard is refused by name', () => {
  test.each([
    [line('<len>4</len>', { attributes: 'discrete="true"' }), 'discrete="true"'],
    [line('<len>4</len>', { attributes: 'fifo="true"' }), 'fifo="true"'],
    [line('<capacity>4</capacity>'), 'no <len>'],
    [line('<len>4</len>', { leaks: flow('second', '1'), leakNames: 'second' }), '2 outflows without <leak>'],
    [line('<len>4</len>', { leaks: '<flow name="lost"><leak/></flow>', leakNames: 'lost' }), 'no share'],
    [line('<len>4</len><split>1</split>'), '<split>'],
    [line('<len>9e9</len>'), 'transit time'],
  ])('%#', (text, what) => {
    if (what === 'transit time')
      expect(() => runText(text)).toThrow(/'line' has a transit time of 9000000000/);
    else expect(refusal(text).what).toContain(what);
  });

  test('a stock that is both', () => {
    const text = xmile(stock('s', '0', { more: '<queue/><conveyor><len>1</len></conveyor>' }));
    expect(refusal(text)).toMatchObject({ what: "'s' is a conveyor and a queue" });
  });
});

test('a flow that changes its unit arrives multiplied', () => {
  const table = runText(
    xmile(
      stock('wheels', '0', { into: 'fitting' }) +
        '<flow name="fitting"><eqn>3</eqn><multiplier>4</multiplier></flow>' +
        stock('cars', '30', { out: 'fitting' }),
      { dt: 1, stop: 2 },
    ),
  );
  expect([lastOf(table, 'wheels'), lastOf(table, 'cars')]).toEqual([24, 24]);
});
