import { z } from 'zod'
import type { Fault } from './finding.js'

/** What opa says with `-f json`. */
const Errors = z.object({
  errors: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      location: z.object({ file: z.string(), row: z.int() }).nullish(),
    }),
  ),
})

/** `file:line: code: message` or `file:line: message`, as opa writes it for people. */
const LINE = /^(?:.*?error(?:s)?(?: occurred)?: )?([\w./-]+\.(?:rego|json|yaml)):(\d+): (?:(rego_\w+): )?(.+)$/

/** Error codes of OPA, and what to do about each. */
const REMEDIES: Readonly<Record<string, string>> = {
  rego_parse_error: 'correct the syntax at this line',
  rego_type_error: 'use a fact that the input schema of the gate has, and builtins as they are declared',
  rego_unsafe_var_error: 'bind the variable before it is used',
  rego_compile_error: 'correct what the strict compiler names, such as an unused variable or import',
  rego_recursion_error: 'take the recursion out; Rego has none',
}
const OTHER_REMEDY = 'correct what opa names; opa check --strict shows it locally'

const remedyFor = (code: string): string => REMEDIES[code] ?? OTHER_REMEDY

/** The faults in what opa wrote, as JSON or for people. What names no place becomes one fault that holds all of it. */
export function opaFaults(text: string): Fault[] {
  const parsed = Errors.safeParse(parseJson(text))
  if (!parsed.success || parsed.data.errors.length === 0) return spokenFaults(text)
  return parsed.data.errors.map(({ code, message, location }) => ({
    file: location?.file || null,
    line: location?.row ?? null,
    rule: code,
    message,
    remedy: remedyFor(code),
  }))
}

/** The faults in what opa wrote for people: one for each line that names a place, or one that holds all of it. */
function spokenFaults(text: string): Fault[] {
  const placed = text.split('\n').flatMap((line) => {
    const [, file, row, code, message] = LINE.exec(line.trim()) ?? []
    if (!file) return []
    const rule = code ?? 'opa'
    return [{ file, line: Number(row), rule, message: message!, remedy: remedyFor(rule) }]
  })
  if (placed.length > 0) return placed
  const message = text.trim().slice(0, 2_000) || 'opa refused it without a word'
  return [{ file: null, line: null, rule: 'opa', message, remedy: OTHER_REMEDY }]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
