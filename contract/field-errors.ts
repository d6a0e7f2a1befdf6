import type { z } from 'zod'
import { REQUIRED } from './error-words.js'
import type { FieldError } from './problems.js'

/** As many as a person reads: a body of unknown fields is not answered with one several times its size. */
export const MAX_ERRORS = 100

type Path = readonly PropertyKey[]
type Issue = z.core.$ZodIssue

/** The RFC 6901 JSON Pointer of a path; the empty string points at the whole document. */
export const pointerOf = (path: Path): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Where the deepest complaint of one branch lies: the branch that got furthest is the one that was meant. */
const reach = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length))

const closestBranch = (branches: readonly Issue[][]): readonly Issue[] =>
  branches.toSorted((a, b) => reach(b) - reach(a) || a.length - b.length)[0] ?? []

function unknownFields(path: Path, keys: readonly string[]): FieldError[] {
  return keys.slice(0, MAX_ERRORS).map((key) => ({
    pointer: pointerOf([...path, key]),
    detail: 'is not a known field',
    remedy: 'Remove it, or correct its spelling',
  }))
}

function errorsOf(issue: Issue, base: Path): FieldError[] {
  const path = [...base, ...issue.path]
  if (issue.code === 'unrecognized_keys') return unknownFields(path, issue.keys)
  if (issue.code === 'invalid_union') {
    const nested = closestBranch(issue.errors)
    if (nested.length > 0) return nested.flatMap((inner) => errorsOf(inner, path))
  }
  if (issue.code === 'invalid_key')
    return [{ pointer: pointerOf(path), detail: issue.issues[0]?.message ?? issue.message }]
  if (issue.message === REQUIRED) return [{ pointer: pointerOf(path), detail: REQUIRED, remedy: 'Add it' }]
  return [{ pointer: pointerOf(path), detail: issue.message }]
}

/**
 * What zod found wrong, as field errors: each unknown field by its own pointer, of a union the branch that fitted best.
 * API, CLI and manifest report bad input through this alone. `prefix` is the pointer of the part that was parsed, such
 * as `/query`; empty for a body or a whole document. The first hundred.
 */
export const fieldErrors = (error: z.ZodError, prefix = ''): FieldError[] =>
  error.issues
    .slice(0, MAX_ERRORS)
    .flatMap((issue) => errorsOf(issue, []).map((found) => ({ ...found, pointer: prefix + found.pointer })))
    .slice(0, MAX_ERRORS)
