import { z } from 'zod'
import './error-words.js'

const NUL = '\u0000'

/** Whether a string may be kept and compared as exact bytes: well-formed Unicode (no lone surrogate) without NUL. */
export const isExactText = (value: string): boolean => value.isWellFormed() && !value.includes(NUL)

/**
 * A string of the contract: well-formed Unicode without NUL, at most `max` UTF-16 units.
 * PostgreSQL refuses NUL and RFC 8785 has no form for a lone surrogate, so both stop at the door.
 */
export const text = (max: number, min = 0) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine(isExactText, { error: 'must be well-formed Unicode without NUL; remove the lone surrogate or NUL' })

interface Words {
  /** What the person reads. */
  readonly hint: string
  readonly example: string
  readonly max?: number
}

/** A string that matches a pattern. */
const pattern = (regex: RegExp, { hint, example, max = 200 }: Words) =>
  z
    .string()
    .max(max)
    .regex(regex, { error: hint })
    .meta({ examples: [example] })

/** RFC 9562 UUID; put in lower case, since ids are compared as text. */
export const Uuid = z
  .uuid({ error: 'must be a UUID such as 0198c0de-0000-7000-8000-000000000001' })
  .toLowerCase()
  .meta({ examples: ['0198c0de-0000-7000-8000-000000000001'] })

/** An e-mail address; what stands before the @ is at most 64 characters long (RFC 5321, section 4.5.3.1.1). */
export const Email = z
  // What is no address is not held to the rest as well.
  .email({ error: 'must be an e-mail address such as ana@example.com', abort: true })
  .max(254)
  .regex(/^[^@]{1,64}@/, { error: 'must have at most 64 characters before the @' })
  .meta({ examples: ['ana@example.com'] })

/** Content digest: `sha256:` and 64 lower-case hex digits. */
export const Digest = pattern(/^sha256:[0-9a-f]{64}$/, {
  hint: 'must be sha256: followed by 64 lower-case hex digits',
  example: `sha256:${'0123456789abcdef'.repeat(4)}`,
})

/** Reverse-domain id of an extension, such as `com.example.expenseAI`; compared exactly. */
export const ExtensionId = pattern(/^[a-z][a-z0-9-]*(\.[a-zA-Z][a-zA-Z0-9_-]*){1,9}$/, {
  hint: 'must be a reverse-domain name such as com.example.lockfile-auditor',
  example: 'com.example.lockfile-auditor',
})

/** Semantic Versioning 2.0.0, without a leading `v`. */
export const Semver = pattern(
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/,
  { hint: 'must be a semantic version such as 1.4.2', example: '1.4.2' },
)

/** Lower-case name for addresses and listings: letters, digits and single hyphens. */
export const Slug = pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  ...{ hint: 'must be lower-case letters, digits and single hyphens', example: 'acme-labs', max: 63 },
})

/** An id with a namespace, such as `kv:read` or `install.consent_missing`. */
export const DottedId = pattern(/^[a-z][a-z0-9_]*([.:][a-z][a-z0-9_]*)+$/, {
  ...{ hint: 'must be lower-case words joined by . or :', example: 'install.consent_missing', max: 120 },
})

/** A JSON Pointer (RFC 6901) to a part of a document; the empty one, the whole, is not among them. */
export const Pointer = text(1000).startsWith('/', {
  error: 'must be a JSON Pointer that begins with /, such as /actor/scopes/0',
})

/** Milliseconds since the Unix epoch. */
export const EpochMs = z.int().nonnegative()

/** Digits of a second as far as nanoseconds: PostgreSQL reads no moment of more than some 120 characters. */
const MAX_INSTANT = '2026-01-31T09:30:00.123456789Z'.length

/** A moment on the wire: RFC 3339 in UTC, from the year 1 on, where PostgreSQL's own calendar begins. */
export const Instant = z.iso
  .datetime({ error: 'must be a time in UTC such as 2026-01-31T09:30:00Z' })
  .max(MAX_INSTANT, { error: 'must have nine digits behind the second at most' })
  .refine((value) => !value.startsWith('0000'), { error: 'must not lie before the year 1' })
  .meta({ examples: ['2036-01-31T09:30:00Z'] })

/** Which version of a row was read: a change to any other is a conflict. PostgreSQL counts them in 32 bits. */
export const RowVersion = z.int32().positive()
