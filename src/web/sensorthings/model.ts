import type { z } from 'zod';

/** JSON as a client sends it. */
export type JsonValue = z.core.util.JSONType;
export type JsonObject = { readonly [key: string]: JsonValue };

/** The entity types of OGC SensorThings API 1.1, part 1 (18-088), clause 8, and of its extension for several results. */
export const entityTypes = [
  'Thing',
  'Location',
  'HistoricalLocation',
  'Datastream',
  'Sensor',
  'ObservedProperty',
  'Observation',
  'FeatureOfInterest',
  'MultiDatastream',
] as const;
export type EntityType = (typeof entityTypes)[number];
/** The types that have observations. */
export type StreamType = 'Datastream' | 'MultiDatastream';

interface PropertyRule {
  readonly required: boolean;
  readonly kind: 'text' | 'json' | 'object' | 'list' | 'time' | 'instant';
}

interface LinkRule {
  readonly to: EntityType;
  readonly many: boolean;
  /** The link of the other side that says the same. */
  readonly back: string;
  /** Without it the entity can't be. */
  readonly required: boolean;
  /** Kept with this entity; the other side is found from it. */
  readonly kept: boolean;
}

export interface TypeRule {
  readonly set: string;
  readonly properties: Readonly<Record<string, PropertyRule>>;
  readonly links: Readonly<Record<string, LinkRule>>;
}

const text = (required = true): PropertyRule => ({ required, kind: 'text' });
const json = (required = true): PropertyRule => ({ required, kind: 'json' });
const object = (required = true): PropertyRule => ({ required, kind: 'object' });
const time = (required = false): PropertyRule => ({ required, kind: 'time' });
const list = (): PropertyRule => ({ required: true, kind: 'list' });
const one = (to: EntityType, back: string, required = true): LinkRule => ({
  to,
  many: false,
  back,
  required,
  kept: true,
});
const many = (to: EntityType, back: string, kept = false): LinkRule => ({
  to,
  many: true,
  back,
  required: false,
  kept,
});

/** What each type has: clause 8.2, tables 8.1 to 8.20; `properties` as version 1.1 adds it. */
export const rules: Readonly<Record<EntityType, TypeRule>> = {
  Thing: {
    set: 'Things',
    properties: { name: text(), description: text(), properties: object(false) },
    links: {
      Locations: many('Location', 'Things', true),
      HistoricalLocations: many('HistoricalLocation', 'Thing'),
      Datastreams: many('Datastream', 'Thing'),
      MultiDatastreams: many('MultiDatastream', 'Thing'),
    },
  },
  Location: {
    set: 'Locations',
    properties: {
      name: text(),
      description: text(),
      encodingType: text(),
      location: json(),
      properties: object(false),
    },
    links: {
      Things: many('Thing', 'Locations'),
      HistoricalLocations: many('HistoricalLocation', 'Locations'),
    },
  },
  HistoricalLocation: {
    set: 'HistoricalLocations',
    properties: { time: { required: true, kind: 'instant' } },
    links: {
      Thing: one('Thing', 'HistoricalLocations'),
      Locations: many('Location', 'HistoricalLocations', true),
    },
  },
  Datastream: {
    set: 'Datastreams',
    properties: {
      name: text(),
      description: text(),
      observationType: text(),
      unitOfMeasurement: object(),
      observedArea: object(false),
      phenomenonTime: time(),
      resultTime: time(),
      properties: object(false),
    },
    links: {
      Thing: one('Thing', 'Datastreams'),
      Sensor: one('Sensor', 'Datastreams'),
      ObservedProperty: one('ObservedProperty', 'Datastreams'),
      Observations: many('Observation', 'Datastream'),
    },
  },
  Sensor: {
    set: 'Sensors',
    properties: {
      name: text(),
      description: text(),
      encodingType: text(),
      metadata: json(),
      properties: object(false),
    },
    links: {
      Datastreams: many('Datastream', 'Sensor'),
      MultiDatastreams: many('MultiDatastream', 'Sensor'),
    },
  },
  ObservedProperty: {
    set: 'ObservedProperties',
    properties: { name: text(), definition: text(), description: text(), properties: object(false) },
    links: {
      Datastreams: many('Datastream', 'ObservedProperty'),
      MultiDatastreams: many('MultiDatastream', 'ObservedProperties'),
    },
  },
  Observation: {
    set: 'Observations',
    properties: {
      phenomenonTime: time(),
      result: json(),
      resultTime: { required: false, kind: 'instant' },
      resultQuality: json(false),
      validTime: time(),
      parameters: object(false),
    },
    links: {
      // One of the two: told apart where observations are made.
      Datastream: one('Datastream', 'Observations', false),
      MultiDatastream: one('MultiDatastream', 'Observations', false),
      FeatureOfInterest: one('FeatureOfInterest', 'Observations'),
    },
  },
  FeatureOfInterest: {
    set: 'FeaturesOfInterest',
    properties: {
      name: text(),
      description: text(),
      encodingType: text(),
      feature: json(),
      properties: object(false),
    },
    links: { Observations: many('Observation', 'FeatureOfInterest') },
  },
  MultiDatastream: {
    set: 'MultiDatastreams',
    properties: {
      name: text(),
      description: text(),
      observationType: text(),
      multiObservationDataTypes: list(),
      unitOfMeasurements: list(),
      observedArea: object(false),
      phenomenonTime: time(),
      resultTime: time(),
      properties: object(false),
    },
    links: {
      Thing: one('Thing', 'MultiDatastreams'),
      Sensor: one('Sensor', 'MultiDatastreams'),
      // In the order of the results.
      ObservedProperties: many('ObservedProperty', 'MultiDatastreams', true),
      Observations: many('Observation', 'MultiDatastream'),
    },
  },
};

/** The type whose collection has this name; undefined when none has. */
export function typeOfSet(set: string): EntityType | undefined {
  return entityTypes.find((type) => rules[type].set === set);
}

/** An own rule by its name: names come from clients. */
export function linkOf(type: EntityType, name: string): LinkRule | undefined {
  const { links } = rules[type];
  return Object.hasOwn(links, name) ? links[name] : undefined;
}

/** One entity: what it says, and the ids of those it is tied to by the links that are kept with it. */
export interface Entity {
  readonly type: EntityType;
  readonly id: number;
  readonly values: JsonObject;
  /** By the links of the type that are kept, and by some of our own that nobody is shown. */
  readonly links: Readonly<Record<string, readonly number[]>>;
  /** Its newest version; 0 for a reading that was never corrected. */
  readonly version: number;
  readonly area: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Something asked that can't be done, with the status that says so. */
export class StaError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 501;

  constructor(status: StaError['status'], message: string) {
    super(message);
    this.status = status;
  }
}
