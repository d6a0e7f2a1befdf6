import type { Family } from './call.js'
import { CRYPTO } from './crypto.js'
import { ENCODING } from './encoding.js'
import { GLOBS } from './globs.js'
import { GRAPH } from './graph.js'
import { JSON_FAMILY } from './json.js'
import { NET } from './net.js'
import { NUMBERS } from './numbers.js'
import { OBJECTS } from './objects.js'
import { REGEX } from './regex.js'
import { SEMVER } from './semver.js'
import { SPRINTF } from './sprintf.js'
import { STRINGS } from './strings.js'
import { TIME } from './time.js'
import { UNITS } from './units.js'
import { URIS } from './uri.js'
import { UUID } from './uuid.js'

/**
 * Every builtin that the engine supplies to modules: deterministic, nothing that reaches out, each paying for its work.
 * Left out though OPA has them: JWT, X.509, AWS and GraphQL (not asked for by any gate), `yaml.*` and `strings.render_template` (parsers of
 * Go whose answers we could not give exactly), `rego.parse_module`.
 */
export const LIBRARY: Family = Object.freeze({
  ...CRYPTO,
  ...ENCODING,
  ...GLOBS,
  ...GRAPH,
  ...JSON_FAMILY,
  ...NET,
  ...NUMBERS,
  ...OBJECTS,
  ...REGEX,
  ...SEMVER,
  ...SPRINTF,
  ...STRINGS,
  ...TIME,
  ...UNITS,
  ...URIS,
  ...UUID,
})

/** Names of the builtins that a module may ask its host for, sorted. */
export const HOST_BUILTINS: readonly string[] = Object.keys(LIBRARY).toSorted()

/** The host builtins among `required` that the engine refuses, sorted. */
export const refusedBuiltins = (required: Iterable<string>): string[] =>
  [...required].filter((name) => !Object.hasOwn(LIBRARY, name)).toSorted()
