import { ScimError } from '../protocol/scim-error.js'

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')

/** Whether a header names a version: SCIM compares weakly (RFC 7644, section 3.14). */
const names = (header: string, version: string): boolean =>
  header.trim() === '*' || header.split(',').some((tag) => opaque(tag) === opaque(version))

/** Raises 412 where a request asks for another version than there is. */
export const requireMatch = (ifMatch: string | undefined, version: string): void => {
  if (ifMatch !== undefined && !names(ifMatch, version))
    throw new ScimError(
      412,
      `The resource changed meanwhile: it is ${version} now. Read it again and repeat the change`,
    )
}

/** Whether whoever asks has this version already. */
export const isKnown = (ifNoneMatch: string | undefined, version: string): boolean =>
  ifNoneMatch !== undefined && names(ifNoneMatch, version)
