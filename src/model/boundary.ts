import { z } from 'zod';
import { areaIdSchema, idSchema, localizedSchema } from './schema.ts';

/** Longitude and latitude in degrees (WGS 84, RFC 7946); a height may follow and is not used. */
const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number());
const ringSchema = z.array(positionSchema).min(4).max(200_000);

export const boundaryGeometrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ringSchema).min(1).max(5000) }),
  z.strictObject({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(z.array(ringSchema).min(1).max(5000)).min(1).max(20_000),
  }),
  z.strictObject({ type: z.literal('Point'), coordinates: positionSchema }),
]);
export type BoundaryGeometry = z.infer<typeof boundaryGeometrySchema>;

/** Where areas lie: one layer of a map (districts, wards), a file of `boundaries/`. */
export const boundarySchema = z.strictObject({
  id: idSchema,
  name: localizedSchema.optional(),
  /** Who made it, under which licence; shown under the map. */
  source: z.string().max(1000).optional(),
  features: z
    .array(z.strictObject({ area: areaIdSchema, geometry: boundaryGeometrySchema }))
    .min(1)
    .max(20_000),
});
export type Boundary = z.infer<typeof boundarySchema>;
