/** Whether a phone is near enough to join from afar (QP-6). */
import type { Geofence } from '@frontdesk/protocol/locations';

/** Mean radius of the earth (IUGG). */
const earthMeters = 6_371_008.8;
/** A phone's doubt about where it is counts for it up to here; a wilder guess would let anybody in. */
const mostDoubtMeters = 200;

export interface Position {
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  /** Radius of 95 % confidence, as the Geolocation API gives it. */
  readonly accuracyMeters: number;
}

type Point = Pick<Position, 'latitude' | 'longitude'>;

/** Along a great circle (haversine); right to half a per cent, which is less than any phone knows. */
export function distanceMeters(one: Point, other: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const latitude = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2;
  const longitude = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const chord = latitude + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * longitude;
  return 2 * earthMeters * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export function isInside(geofence: Geofence, position: Position): boolean {
  const doubt = Math.min(Math.max(0, position.accuracyMeters), mostDoubtMeters);
  return distanceMeters(geofence, position) - doubt <= geofence.radiusMeters;
}
