import { z } from 'zod'
import semver from 'semver'
import { text } from '../primitives.js'

/** Words that people read: one line, never empty. */
export const Title = text(120, 1)
export const Words = text(2000, 1)

/** A name inside the manifest that other fields refer to. */
export const LocalId = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9_-]*$/, {
    error: 'must be lower-case letters, digits, _ and -, starting with a letter',
  })

/** A file inside the bundle: relative, forward slashes, no `.` or `..` segment. */
export const BundlePath = z
  .string()
  .max(255)
  .regex(/^(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)*$/, {
    error: 'must be a relative path of letters, digits, . _ - and /, without . or .. segments',
  })

/** A semantic-version range as npm reads it, such as `^1.2.0` or `>=1.0 <3`. */
export const VersionRange = z
  .string()
  .min(1)
  .max(100, { abort: true })
  .refine((range) => semver.validRange(range) !== null, { error: 'must be a version range such as ^1.2.0 or >=1.0' })

/** Where people find more; https only. */
export const Link = z
  .string()
  .max(500)
  .refine((url) => URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).username === '', {
    error: 'must be an https:// URL without credentials',
  })

/** A mail address of ASCII letters. */
export const Email = z.email({ error: 'must be a mail address such as support@example.com' }).max(254)

/** SHA-256 of a file's bytes. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be 64 lower-case hex digits' })

/** Whether no two items have the same key. */
const distinct = <T>(items: readonly T[], key: (item: T) => unknown): boolean =>
  new Set(items.map(key)).size === items.length

/** A list without two items of the same key; `[]` where absent. */
export const listOf = <T extends z.ZodType>(
  item: T,
  options: { max: number; key: (item: z.output<T>) => unknown; what: string },
) =>
  z
    .array(item)
    .max(options.max)
    .refine((items) => distinct(items, options.key), { error: `must not have the same ${options.what} twice` })
