/** Cookies of one HTTP exchange. Only `__Host-` cookies exist: Secure, HttpOnly, SameSite=Lax, Path=/, no Domain (SES-06). */
import { parse, serialize } from 'cookie';
import type { Request, Response } from 'express';
import type { CookieJar } from './context.js';

const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

export function createCookieJar(request: Request, response: Response): CookieJar {
  const received = parse(request.headers.cookie ?? '');
  return {
    read: (name) => received[name],
    write: (name, value, maxAgeSeconds) =>
      response.appendHeader(
        'Set-Cookie',
        serialize(name, value, { ...ATTRIBUTES, maxAge: maxAgeSeconds }),
      ) as unknown as void,
    clear: (name) =>
      response.appendHeader('Set-Cookie', serialize(name, '', { ...ATTRIBUTES, maxAge: 0 })) as unknown as void,
  };
}
