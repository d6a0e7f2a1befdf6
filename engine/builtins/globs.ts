import { refuse, text, type Call, type Family } from './call.js'
import { intersect } from './glob-intersection.js'

const GLOB_SPECIAL = /[*?\\[\]{}]/g

/** `glob.quote_meta` and `regex.globs_match`; `glob.match` is in the module itself. */
export const GLOBS: Family = {
  'glob.quote_meta': ([pattern]) => text(pattern).replaceAll(GLOB_SPECIAL, (special) => `\\${special}`),
  'regex.globs_match': ([a, b], call: Call) => intersect([...text(a)], [...text(b)], call) ?? refuse('not a glob'),
}
