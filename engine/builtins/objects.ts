import { refuse, type Builtin, type Call, type Family } from './call.js'
import { equal, isArray, RegoObject, RegoSet, type Value } from './value.js'

/** Steps for comparing two elements. */
const COMPARISON_COST = 20

function subset(whole: Value, part: Value, call: Call): boolean | undefined {
  if (whole instanceof RegoObject && part instanceof RegoObject) return objectSubset(whole, part, call)
  if (whole instanceof RegoSet && part instanceof RegoSet) return [...part].every((element) => whole.has(element))
  if (isArray(whole) && isArray(part)) return arraySubset(whole, part, call)
  return undefined
}

const objectSubset = (whole: RegoObject, part: RegoObject, call: Call): boolean =>
  [...part].every(([key, wanted]) => {
    call.pay(COMPARISON_COST)
    const found = whole.get(key)
    if (found === undefined) return false
    return equal(wanted, found) || subset(found, wanted, call) === true
  })

/** Whether `part` stands in `whole` in one piece. */
function arraySubset(whole: readonly Value[], part: readonly Value[], call: Call): boolean {
  if (part.length > whole.length) return false
  let start = 0
  let matched = 0
  while (matched < part.length) {
    call.pay(COMPARISON_COST)
    if (start + matched === whole.length) return false
    if (equal(whole[start + matched]!, part[matched]!)) {
      matched++
    } else {
      start++
      matched = 0
    }
  }
  return true
}

/** As OPA counts: the answer comes with an element of the array, so an empty array contains nothing, not even `set()`. */
function holdsAll(whole: readonly Value[], part: RegoSet): boolean {
  let missing = part.size
  return whole.some((element) => {
    if (part.has(element)) missing--
    return missing === 0
  })
}

const objectSubsetBuiltin: Builtin = ([whole, part], call) => {
  if (isArray(whole!) && part instanceof RegoSet) return holdsAll(whole, part)
  return subset(whole!, part!, call) ?? refuse('both must be of one type, or an array and a set')
}

/** `object.subset`; the other object builtins are in the module itself. */
export const OBJECTS: Family = { 'object.subset': objectSubsetBuiltin }
