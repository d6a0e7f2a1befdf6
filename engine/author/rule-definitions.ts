import { z } from 'zod'
import type { Parsed } from './syntax.js'

const Term = z.object({ type: z.string(), value: z.unknown() })
const Reference = z.array(Term).min(1)

const Module = z.object({
  package: z.object({ path: z.array(z.object({ value: z.string() })) }),
  imports: z.array(z.object({ path: z.object({ value: Reference }), alias: z.string().optional() })).default([]),
  rules: z
    .array(
      z
        .object({
          head: z.object({ ref: Reference, key: Term.optional() }).loose(),
          location: z.object({ row: z.int() }),
          annotations: z.array(z.object({ entrypoint: z.boolean().optional() })).default([]),
        })
        .loose(),
    )
    .default([]),
})
type Module = z.infer<typeof Module>
type Rule = Module['rules'][number]

/** All that defines one rule, as text that is the same for the same meaning. */
export interface Definition {
  readonly file: string
  /** Where it is first defined. */
  readonly line: number
  readonly text: string
}

/** The rules of a policy by package and name, and which of them are entrypoints. */
export interface RuleDefinitions {
  readonly rules: ReadonlyMap<string, Definition>
  readonly entrypoints: ReadonlyMap<string, Definition>
}

/** Reads rules from syntax trees. The order of a rule's definitions counts, because `else` and `default` may. */
export function ruleDefinitions(parsed: readonly Parsed[]): RuleDefinitions {
  const found = parsed.flatMap(({ file, tree }) => {
    const module = Module.parse(tree)
    const imports = importsOf(module)
    return module.rules.map((rule) => ({
      id: idOf(module, rule),
      entrypoint: rule.annotations.some(({ entrypoint }) => entrypoint === true),
      definition: { file, line: rule.location.row, text: textOf(rule, imports) },
    }))
  })
  const rules = new Map<string, Definition>()
  for (const { id, definition } of found) {
    const earlier = rules.get(id)
    rules.set(id, earlier ? { ...earlier, text: `${earlier.text}\n${definition.text}` } : definition)
  }
  const marked = new Set(found.filter(({ entrypoint }) => entrypoint).map(({ id }) => id))
  return { rules, entrypoints: new Map([...rules].filter(([id]) => marked.has(id))) }
}

const nameOf = (reference: z.infer<typeof Reference>): string => reference.map(({ value }) => String(value)).join('.')

/** `governance.call.deny["call.throttle"]`: package, name, and of a set of reasons the member that this rule adds. */
function idOf({ package: { path } }: Module, { head }: Rule): string {
  const name = [...path.slice(1).map(({ value }) => value), nameOf(head.ref)].join('.')
  return head.key?.type === 'string' ? `${name}[${JSON.stringify(head.key.value)}]` : name
}

/** Imported names and what they stand for. */
const importsOf = ({ imports }: Module): ReadonlyMap<string, string> =>
  new Map(imports.map(({ path, alias }) => [alias ?? String(path.value.at(-1)!.value), nameOf(path.value)]))

/** What is left out of the text: where things stand, and what people are told. */
const NOT_MEANING = new Set(['location', 'annotations'])

/** A rule's tree without locations, in which imported names are written out, so that a new import is a new meaning. */
const textOf = (rule: Rule, imports: ReadonlyMap<string, string>): string =>
  JSON.stringify(rule, (key, value: unknown) => {
    if (NOT_MEANING.has(key)) return undefined
    const variable = Term.safeParse(value)
    if (!variable.success || variable.data.type !== 'var') return value
    const imported = imports.get(String(variable.data.value))
    return imported === undefined ? value : { type: 'imported', value: imported }
  })
