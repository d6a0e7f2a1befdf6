import { decodeJwt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { text } from '#contract/primitives.js'
import { CLOCK_TOLERANCE_S } from '../assertion.rules.js'
import type { Trusted } from './identities.repository.js'

/** Seconds since the epoch that PostgreSQL and dates can hold. */
const Moment = z.number().min(0).max(1e11)
const Named = z.object({ iss: text(500, 1), kid: z.string().min(1).max(500) })
const Claims = z.looseObject({
  iss: text(500, 1),
  sub: text(1000, 1),
  // One for several audiences could be taken from one of them to another.
  aud: z.union([z.string(), z.tuple([z.string()]).transform(([only]) => only)]),
  exp: Moment,
  iat: Moment,
  jti: text(500, 1).optional(),
})
/** The claims of an outside token whose signature held. */
export type SubjectClaims = z.infer<typeof Claims>

/** Whom a token says that it is of; nothing of it is believed before it is verified. Undefined where it says neither that nor by which key. */
export const namedIssuer = (token: string): string | undefined => {
  try {
    return Named.safeParse({ iss: decodeJwt(token).iss, kid: decodeProtectedHeader(token).kid }).data?.iss
  } catch {
    return undefined
  }
}

/** What a verified payload says, where it is shaped like a token that may be exchanged and was not issued in the future. `now` in seconds. */
export const subjectClaims = (payload: unknown, now: number): SubjectClaims | undefined => {
  const claims = Claims.safeParse(payload).data
  return claims && claims.iat <= now + CLOCK_TOLERANCE_S ? claims : undefined
}

/** Whether a token says of itself that it is something else, such as a logout token or a proof of possession. */
export const isOfOtherType = (typ: string | undefined): boolean => {
  const type = typ?.toLowerCase().replace(/^application\//, '')
  return type !== undefined && type !== 'jwt'
}

/** Seconds for which a token was issued. */
export const lastsOf = ({ exp, iat }: SubjectClaims): number => Math.ceil(exp - iat)

const fitsPattern = (value: unknown, pattern: string): boolean => {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false
  const said = String(value)
  return pattern.endsWith('*') ? said.startsWith(pattern.slice(0, -1)) : said === pattern
}

/** The first of what an account trusts that the claims fit: audience, subject and each claim that it names. */
export const fitting = (claims: SubjectClaims, trusted: readonly Trusted[]): Trusted | undefined =>
  trusted.find(
    ({ audience, subject, claims: wanted }) =>
      claims.aud === audience &&
      (subject === null || claims.sub === subject) &&
      Object.entries(wanted).every(
        ([name, pattern]) => Object.hasOwn(claims, name) && fitsPattern(claims[name], pattern),
      ),
  )

/** What a token is remembered by: its id among those of its issuer; without one, all of it that its signature covers. */
export const onceName = (token: string, { iss, jti }: SubjectClaims): string =>
  jti === undefined ? `signed\0${token.slice(0, token.lastIndexOf('.'))}` : `jti\0${iss}\0${jti}`
