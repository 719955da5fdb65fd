import type { Store } from '../../store/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { SensorService } from './service.ts';

/** The sensors of each place that a server shows, for all ways in which readings come. */
export interface SensorServices {
  of(city: string): SensorService | undefined;
  /** Addresses of brokers that are listened to. */
  readonly endpoints: readonly string[];
}

export function sensorServices(
  store: Store,
  catalogues: () => readonly Catalogue[],
  endpoints: readonly string[] = [],
): SensorServices {
  const made = new Map<string, SensorService>();
  return {
    endpoints,
    of(city) {
      const known = made.get(city);
      if (known !== undefined) return known;
      const find = () => catalogues().find((each) => each.city === city)?.place.workspace.city;
      const place = find();
      if (place === undefined) return undefined;
      const service = new SensorService(
        store,
        {
          city,
          area: place.area,
          areas: () => new Set(find()?.areas.map(({ id }) => id) ?? []),
        },
        () => new Date().toISOString(),
      );
      made.set(city, service);
      return service;
    },
  };
}
