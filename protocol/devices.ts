/**
 * Kiosks and displays. A device makes its own token, shows a six-digit code, and a signed-in member types the code in:
 * nobody types anything on a television, and the token never leaves the device that made it.
 */
import { z } from 'zod';
import { accepted } from './auth.js';
import { defineCommand } from './command.js';
import { id, instant, line, locale, nothing, token } from './fields.js';
import type { DeviceId, DeviceToken, LocationId, ServiceId } from './ids.js';
import { DEVICE_KINDS } from './vocabulary.js';

/** What a display plays beside the numbers; images and videos are addresses of the business's own. */
export const playlistItem = z.strictObject({
  kind: z.enum(['image', 'video']),
  url: z.url({ protocol: /^https$/ }).max(500),
  seconds: z.number().int().min(3).max(600),
  alt: z.string().max(200),
});
export type PlaylistItem = z.output<typeof playlistItem>;

export const displaySettings = z.strictObject({
  /** Shows only these; empty lists show everything. */
  serviceIds: z.array(id<ServiceId>()).max(100),
  counterGroups: z.array(z.string().max(30)).max(30),
  accent: z.string().regex(/^#[0-9a-f]{6}$/),
  scheme: z.enum(['auto', 'light', 'dark']),
  playlist: z.array(playlistItem).max(50),
  ticker: z.string().max(500),
  /** Masked names (`Muh*** A.`) beside numbers; off unless the owner turns it on (QD-14). */
  showNames: z.boolean(),
  /** The code of the day, for phones in the room; off for a screen that is seen from elsewhere. Absent means shown. */
  showJoinCode: z.boolean().default(true),
  isSoundOn: z.boolean(),
  /** How often each call is spoken. */
  repeat: z.number().int().min(1).max(3),
});
export type DisplaySettings = z.output<typeof displaySettings>;

export const kioskSettings = z.strictObject({
  serviceIds: z.array(id<ServiceId>()).max(100),
  printer: z.enum(['none', 'browser', 'escpos']),
  paperMillimeters: z.union([z.literal(58), z.literal(80)]),
  idleSeconds: z.number().int().min(15).max(300),
  /** Leaves the locked screen; digits only. */
  exitPin: z.string().regex(/^\d{4,8}$/),
  accent: z.string().regex(/^#[0-9a-f]{6}$/),
  isCheckInOn: z.boolean(),
});
export type KioskSettings = z.output<typeof kioskSettings>;

export const deviceHealth = z.strictObject({
  appVersion: z.string().max(40),
  /** Browser problems that somebody should look at. */
  wakeLock: z.enum(['held', 'missing', 'unsupported']),
  sound: z.enum(['on', 'needs-tap', 'off']),
  voice: z.enum(['clips', 'speech', 'none']),
  printer: z.enum(['ready', 'paper-low', 'paper-out', 'error', 'none']),
  /** Milliseconds that a request takes; null when unknown. */
  latencyMs: z.number().int().min(0).max(600_000).nullable(),
  waitingOffline: z.number().int().min(0).max(10_000),
  lastTicketAt: instant.nullable(),
});
export type DeviceHealth = z.output<typeof deviceHealth>;

export const deviceDto = z.strictObject({
  id: id<DeviceId>(),
  kind: z.enum(DEVICE_KINDS),
  name: z.string(),
  locationId: id<LocationId>(),
  display: displaySettings.nullable(),
  /** `exitPin` is null for members who may not manage devices. */
  kiosk: kioskSettings.extend({ exitPin: kioskSettings.shape.exitPin.nullable() }).nullable(),
  pairedAt: instant,
  lastSeenAt: instant.nullable(),
  isOnline: z.boolean(),
  health: deviceHealth.nullable(),
});
export type DeviceDto = z.output<typeof deviceDto>;

export const devicePublicCommands = {
  'device:request-pairing': defineCommand({
    name: 'device:request-pairing',
    audience: 'public',
    summary:
      'Show a pairing code for this token, or learn that it is paired. Asked again every few seconds while the code shows. UNAUTHENTICATED says that the token was revoked: the device makes another.',
    transports: ['http'],
    idempotency: 'natural',
    input: z.strictObject({ token: token<DeviceToken>(), kind: z.enum(DEVICE_KINDS) }),
    output: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('waiting'), code: z.string(), expiresAt: instant }),
      z.strictObject({ state: z.literal('paired') }),
    ]),
  }),
} as const;

/** What a paired device is told of itself; `kind` says which of the two settings it has. */
export const deviceSelf = z.strictObject({
  id: id<DeviceId>(),
  kind: z.enum(DEVICE_KINDS),
  name: z.string(),
  businessName: z.string(),
  locationName: z.string(),
  timeZone: z.string(),
  languages: z.array(locale),
  country: z.string(),
  display: displaySettings.nullable(),
  kiosk: kioskSettings.omit({ exitPin: true }).nullable(),
});
export type DeviceSelf = z.output<typeof deviceSelf>;

export const deviceCommands = {
  'device:read': defineCommand({
    name: 'device:read',
    audience: 'device',
    summary: 'Who this device is and how it is set up.',
    idempotency: 'read',
    input: nothing,
    output: deviceSelf,
  }),
  'device:report': defineCommand({
    name: 'device:report',
    audience: 'device',
    summary: 'Health, every 30 seconds.',
    idempotency: 'natural',
    input: z.strictObject({ health: deviceHealth }),
    output: z.strictObject({ serverTime: instant }),
  }),
  'device:check-pin': defineCommand({
    name: 'device:check-pin',
    audience: 'device',
    summary: 'May the locked screen be left? Counted, so that the PIN cannot be guessed.',
    idempotency: 'read',
    input: z.strictObject({ pin: z.string().max(8) }),
    output: z.strictObject({ isRight: z.boolean() }),
  }),
} as const;

export const deviceStaffCommands = {
  'device:list': defineCommand({
    name: 'device:list',
    audience: 'staff',
    summary: 'Kiosks and displays with their health.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ devices: z.array(deviceDto) }),
  }),
  'device:pair': defineCommand({
    name: 'device:pair',
    audience: 'staff',
    summary: 'Take the device that shows this code into a location.',
    idempotency: 'key',
    input: z.strictObject({
      code: z.string().regex(/^\d{6}$/, 'must be six digits'),
      name: line(60),
      locationId: id<LocationId>(),
    }),
    output: deviceDto,
    errors: ['NOT_FOUND'],
  }),
  'device:update': defineCommand({
    name: 'device:update',
    audience: 'staff',
    summary: 'Rename a device or change its settings; it hears of it at once.',
    idempotency: 'key',
    input: z.strictObject({
      deviceId: id<DeviceId>(),
      name: line(60).optional(),
      display: displaySettings.optional(),
      kiosk: kioskSettings.optional(),
    }),
    output: deviceDto,
  }),
  'device:revoke': defineCommand({
    name: 'device:revoke',
    audience: 'staff',
    summary: 'Put a device out: its connection closes and its token opens nothing.',
    idempotency: 'natural',
    input: z.strictObject({ deviceId: id<DeviceId>() }),
    output: accepted,
  }),
} as const;
