import { keyOf } from '../builtins/json.js'
import { fromJson, read } from '../builtins/notation.js'
import { compare, equal, isArray, RegoObject, RegoSet, type Value } from '../builtins/value.js'
import { EvaluationError } from '../errors.js'
import type { SuiteCase } from './suite.js'

/** How an evaluation ended: with a result set in Rego's notation, or with what was thrown. */
export type Ending = { readonly text: string } | { readonly thrown: unknown }

/** Messages of the one error that a module itself reports, by OPA's code for it. */
const CONFLICT = 'eval_conflict_error'
const CONFLICT_MESSAGES = ['var assignment conflict', 'object insert conflict']

/** What is wrong with the ending, in words; undefined where the case passed. Counts as OPA's own WASM harness does. */
export function faultOf(one: SuiteCase, ending: Ending): string | undefined {
  const wantsAnswer = one.want_defined !== undefined || one.want_result !== undefined
  if (!wantsAnswer && !one.strict_error) return faultOfError(one, ending)
  if ('thrown' in ending) return `raised ${messageOf(ending.thrown)}`
  const found = bindingsOf(ending.text)
  if (one.want_defined !== undefined)
    return found.length > 0 === one.want_defined ? undefined : `gave ${found.length} results`
  return faultOfResult(one, one.want_result ?? [], found)
}

function faultOfError(one: SuiteCase, ending: Ending): string | undefined {
  if (!('thrown' in ending)) return `gave ${ending.text} instead of an error`
  const message = messageOf(ending.thrown)
  const trapped = ending.thrown instanceof EvaluationError && ending.thrown.reason === 'trap'
  if (one.want_error_code === CONFLICT && trapped && CONFLICT_MESSAGES.some((known) => message.includes(known)))
    return undefined
  return `raised ${message} instead of ${one.want_error_code ?? one.want_error}`
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** The set of bindings in a result set of one. Buffers back the bytes, as the engine gives one unit for each. */
function bindingsOf(text: string): Value[] {
  const results = read(Buffer.from(text, 'latin1').toString('utf8'))
  const [first] = results instanceof RegoSet ? results.sorted() : []
  const answer = first instanceof RegoObject ? first.get('result') : undefined
  return answer instanceof RegoSet ? answer.sorted() : []
}

function faultOfResult(one: SuiteCase, rows: readonly unknown[], found: readonly Value[]): string | undefined {
  const tidy = (value: Value) => asJson(value, one.sort_bindings === true)
  const wanted = new RegoSet(rows.map((row) => tidy(fromJson(row))))
  const given = new RegoSet(found.map(tidy))
  return equal(wanted, given) ? undefined : `gave ${show(given)}, wanted ${show(wanted)}`
}

const show = (value: RegoSet): string =>
  JSON.stringify(value.sorted(), (_, inner: unknown) => plain(inner)).slice(0, 400)

const plain = (value: unknown): unknown =>
  value instanceof RegoSet
    ? value.sorted()
    : value instanceof RegoObject
      ? value.sorted()
      : typeof value === 'bigint'
        ? String(value)
        : value

/** Sets become sorted arrays, as in JSON; where order does not count, each binding that is an array is sorted too. */
function asJson(value: Value, sortBindings: boolean): Value {
  const row = setsAsArrays(value)
  if (!sortBindings || !(row instanceof RegoObject)) return row
  return new RegoObject([...row].map(([key, held]) => [key, isArray(held) ? held.toSorted(compare) : held] as const))
}

function setsAsArrays(value: Value): Value {
  if (value instanceof RegoSet) return value.sorted().map(setsAsArrays)
  if (isArray(value)) return value.map(setsAsArrays)
  if (!(value instanceof RegoObject)) return value
  return new RegoObject([...value].map(([key, held]) => [keyOf(key), setsAsArrays(held)] as const))
}
