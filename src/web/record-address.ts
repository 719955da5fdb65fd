import { registersOf } from '../registers/index.ts';
import { address } from './address.ts';
import { paths } from './registers/paths.ts';
import type { PlaceView } from './view.ts';

/**
 * The page on which a record of a figure can be looked at: a case anyone may see, or the unit a meter is at in the record's
 * time. Null where there is none: a published site has neither, and cases that are not open to all are found by number.
 */
export function recordAddress(record: string, period: string, view: PlaceView): string | null {
  if (view.live !== true) return null;
  const [kind = '', second = '', name = '', last = ''] = record.split('/');
  const energy = address.room(view.language, view.here.city, 'energy');
  const at = (time: string): string => (/^\d{4}(?:-\d\d)?$/.test(time) ? `?period=${time}` : '');
  if (kind === 'sensor' && second === 'Thing' && /^\d{1,9}$/.test(name))
    return `${energy}${name}/${at(period)}`;
  const meter = kind === 'reading' ? /^stream-(\d{1,9})$/.exec(name)?.[1] : undefined;
  if (meter !== undefined) return `${energy}meters/${meter}/${at(last)}`;
  if (kind !== 'event' && kind !== 'flow') return null;
  const stream = name.split(':')[0] ?? '';
  const dot = stream.indexOf('.');
  const register = stream.slice(0, Math.max(dot, 0));
  const declared = registersOf(view.here.place.workspace.registers).find(({ id }) => id === register);
  if (declared === undefined || !declared.public.cases || declared.public.reached.length > 0) return null;
  return paths.case(view.language, view.here.city, register, stream.slice(dot + 1));
}
