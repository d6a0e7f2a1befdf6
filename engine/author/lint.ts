import { z } from 'zod'
import type { Fault } from './finding.js'
import type { Parsed } from './syntax.js'

/** Sets whose members are reason ids, and which of them refuse and so owe a remedy. */
const REASON_SETS = ['deny', 'hold', 'allow', 'oblige']
const REFUSING_SETS = ['deny', 'hold']

const Rule = z.object({
  head: z.object({ name: z.string().optional(), key: z.object({ type: z.string(), value: z.unknown() }).optional() }),
  location: z.object({ row: z.int() }),
  annotations: z
    .array(
      z.object({
        title: z.string().optional(),
        description: z.string().optional(),
        custom: z.object({ id: z.unknown(), remedy: z.unknown() }).partial().optional(),
      }),
    )
    .default([]),
})
type Rule = z.infer<typeof Rule>

/** A negated expression of the syntax tree, wherever it stands; `terms` begins with the operator of a call. */
const Negation = z.object({
  negated: z.literal(true),
  terms: z.array(z.object({ type: z.string(), value: z.unknown(), location: z.object({ row: z.int() }).optional() })),
})

const Module = z.object({
  package: z.object({ path: z.array(z.object({ value: z.string() })) }),
  rules: z.array(Rule).default([]),
})

const REMEDY = 'say above the rule what it is: title, description, and for a reason its custom.id and custom.remedy'

/**
 * What opa does not check of itself: a package is named as its folder, public rules say what they are, a reason has the
 * id of its metadata, belongs to its gate, and tells what to do.
 */
export const lintRules = (parsed: readonly Parsed[]): Fault[] => parsed.flatMap(lintFile)

function lintFile({ file, tree }: Parsed): Fault[] {
  const {
    package: { path },
    rules,
  } = Module.parse(tree)
  const names = path.slice(1).map(({ value }) => value)
  const described = new Set(rules.filter(isDescribed).map(({ head }) => head.name))
  const faults = rules.flatMap((rule) => faultsOf(rule, names[1] ?? '', described).map(at(file, rule.location.row)))
  return [...packageFaults(file, names), ...faults, ...negationFaults(tree).map((fault) => ({ ...fault, file }))]
}

const at =
  (file: string, line: number) =>
  ({ rule, message }: Complaint): Fault => ({ file, line, rule, message, remedy: REMEDY })

interface Complaint {
  readonly rule: string
  readonly message: string
}

/** `governance/call/call.rego` and any other file of that folder are of the package `governance.call`. */
function packageFaults(file: string, names: readonly string[]): Fault[] {
  const expected = file.split('/').slice(0, -1).join('.')
  if (names.join('.') === expected) return []
  const message = `is of package ${names.join('.')}, its folder says ${expected}`
  return [{ file, line: 1, rule: 'package', message, remedy: `write package ${expected}, or move the file` }]
}

/**
 * OPA looks up the arguments of a negated call before it negates, so that a missing fact makes the whole rule undefined
 * and a refusal silent. Only a helper, or a comparison of one fact with a constant, may be negated.
 */
function negationFaults(tree: unknown): Omit<Fault, 'file'>[] {
  if (typeof tree !== 'object' || tree === null) return []
  const inner = Object.values(tree).flatMap(negationFaults)
  const negation = Negation.safeParse(tree)
  if (!negation.success) return inner
  const [operator, ...args] = negation.data.terms
  const facts = args.filter(({ type }) => type === 'ref' || type === 'call').length
  const comparison = JSON.stringify(operator!.value).includes('"equal"')
  if (facts === 0 || (comparison && facts === 1)) return inner
  const line = operator!.location?.row ?? null
  return [...inner, { line, rule: 'negation', message: 'negates a call on facts', remedy: NEGATION_REMEDY }]
}

const NEGATION_REMEDY = 'negate a positive helper instead, because a missing fact would make the whole rule undefined'

const isDescribed = ({ annotations }: Rule): boolean =>
  annotations.some(({ title, description }) => Boolean(title && description))

function faultsOf(rule: Rule, gate: string, described: ReadonlySet<string | undefined>): Complaint[] {
  const { name = '' } = rule.head
  if (name.startsWith('_')) return []
  if (!described.has(name)) return [{ rule: name, message: `public rule ${name} has no title and description` }]
  return REASON_SETS.includes(name) && rule.head.key ? reasonFaults(rule, gate) : []
}

function reasonFaults(rule: Rule, gate: string): Complaint[] {
  const [annotation] = rule.annotations
  const id = String(rule.head.key!.value)
  const rules: readonly [boolean, string][] = [
    [rule.head.key!.type !== 'string', 'emits an id that is not written out'],
    [!isDescribed(rule), `reason ${id} has no title and description`],
    [annotation?.custom?.id !== id, `emits ${id}, its metadata says ${String(annotation?.custom?.id)}`],
    [!id.startsWith(`${gate}.`), `reason ${id} does not begin with its gate`],
    [REFUSING_SETS.includes(rule.head.name!) && !annotation?.custom?.remedy, `reason ${id} has no remedy`],
  ]
  return rules.filter(([faulty]) => faulty).map(([, message]) => ({ rule: id, message }))
}
