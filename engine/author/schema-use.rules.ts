import { z } from 'zod'
import { GATES } from '#contract/vocabulary.js'
import type { Fault } from './finding.js'
import type { Parsed } from './syntax.js'

const Schemas = z.array(
  z.object({
    path: z.array(z.object({ value: z.unknown() })),
    schema: z.array(z.object({ value: z.unknown() })).optional(),
  }),
)
const Annotated = z.object({ scope: z.string(), schemas: Schemas.optional() })
const Module = z.object({
  imports: z.array(z.unknown()).default([]),
  annotations: z.array(Annotated).default([]),
  rules: z
    .array(z.object({ location: z.object({ row: z.int() }), annotations: z.array(Annotated).default([]) }).loose())
    .default([]),
})

/** What all inputs have in common, for packages that serve several gates. */
const COMMON = 'schema.common'

/**
 * That the compiler knows the type of the input wherever rules read it. A package that names no schema, or a rule that
 * brings its own, would compile whatever facts it misspells.
 */
export function schemaFaults({ file, tree }: Parsed): Fault[] {
  const { imports, annotations, rules } = Module.parse(tree)
  const own = rules.filter((rule) => rule.annotations.some(({ schemas }) => schemas !== undefined))
  const faults = own.map((rule) => faultAt(file, rule.location.row, 'brings a schema of its own'))
  const reader = rules.find(readsInput)
  if (!reader && !imports.some(readsInput)) return faults
  const declared = annotations
    .filter(({ scope }) => scope === 'package')
    .flatMap(({ schemas = [] }) => schemas)
    .filter(({ path }) => nameOf(path) === 'input')
  if (declared.length > 0 && declared.every(({ schema }) => schema && allowedIn(file).includes(nameOf(schema))))
    return faults
  return [
    ...faults,
    faultAt(file, reader?.location.row ?? 1, 'reads the input without naming its schema above the package'),
  ]
}

const faultAt = (file: string, line: number, message: string): Fault => ({
  file,
  line,
  rule: 'schemas',
  message,
  remedy: `write above the package, and nowhere else: schemas: - input: ${allowedIn(file).join(', or ')}`,
})

const nameOf = (terms: readonly { readonly value?: unknown }[]): string =>
  terms.map(({ value }) => String(value)).join('.')

/** A gate's files read its own input; what is no gate reads what all have in common. */
function allowedIn(file: string): string[] {
  const gate = GATES.find((name) => file.split('/')[1] === name)
  return gate ? [`schema.${gate}`, COMMON] : [COMMON]
}

/** Whether the root document of the input stands anywhere below. */
function readsInput(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  const { type, value } = node as { type?: unknown; value?: unknown }
  return (type === 'var' && value === 'input') || Object.values(node).some(readsInput)
}
