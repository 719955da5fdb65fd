/** A model of the size and kind of World3: tables on every second equation, delays and averages in chains, feedback. */
export function world(): string {
  const parts: string[] = [];
  const aux = (name: string, equation: string, more = '') =>
    parts.push(`<aux name="${name}"><eqn>${equation}</eqn>${more}</aux>`);
  for (let k = 0; k < 20; k++) {
    const n = (name: string) => `${name}_${k}`;
    const before = `level_${(k + 19) % 20}`;
    parts.push(
      `<stock name="${n('level')}"><eqn>${50 + k}</eqn><inflow>${n('growth')}</inflow><outflow>${n('loss')}</outflow></stock>`,
      `<flow name="${n('growth')}"><eqn>${n('level')}*0.04*${n('effect')}*${n('policy')}</eqn></flow>`,
      `<flow name="${n('loss')}"><eqn>${n('level')}/${n('life')}</eqn></flow>`,
    );
    const gf = (ys: string) => `<gf><xscale min="0" max="4"/><ypts>${ys}</ypts></gf>`;
    aux(n('effect'), `${n('seen')}/${n('norm')}`, gf('0.2,0.6,0.9,1,1.05,1.1,1.12,1.13,1.14'));
    aux(n('life'), `20*${n('health')}`);
    aux(n('health'), `${before}/${n('norm')}`, gf('1.6,1.4,1.1,1,0.9,0.8,0.75,0.72,0.7'));
    aux(n('seen'), `SMTH3(${before}, ${n('perception')})`);
    aux(n('late'), `DELAY3(${n('growth')}, ${n('perception')}, 2)`);
    aux(n('pressure'), `${n('late')}/MAX(${n('level')}*0.04, 0.001)`, gf('0,0.2,0.6,1,1.3,1.5,1.6,1.7,1.7'));
    aux(n('policy'), `IF TIME &gt; 2002 THEN 1 - 0.1*${n('tilt')} ELSE 1`);
    aux(n('tilt'), `MIN(1, ${n('pressure')})`);
    aux(n('norm'), String(40 + k));
    aux(n('perception'), String(3 + (k % 5)));
  }
  return `<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><sim_specs><start>1900</start><stop>2100</stop><dt>0.5</dt></sim_specs><model><variables>${parts.join('')}</variables></model></xmile>`;
}
