import { z } from 'zod'
import type { Opa } from './opa.js'
import { ruleFiles } from './sources.js'

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

/**
 * What opa does not check of itself: public rules say what they are, a reason has the id of its metadata, belongs to its
 * gate, and tells what to do. Gives one line for each fault, with file and row.
 */
export async function lintRules(tool: Opa, root: string): Promise<string[]> {
  const faults = await Promise.all(ruleFiles(root).map((file) => lintFile(tool, root, file)))
  return faults.flat()
}

async function lintFile(tool: Opa, root: string, file: string): Promise<string[]> {
  const text = await tool.output(['parse', '--format', 'json', '--json-include', 'locations', file], root)
  const tree: unknown = JSON.parse(text)
  const {
    package: { path },
    rules,
  } = Module.parse(tree)
  const gate = path.at(-1)!.value
  const described = new Set(rules.filter(isDescribed).map(({ head }) => head.name))
  const faults = rules.flatMap((rule) =>
    faultsOf(rule, gate, described).map((fault) => `${file}:${rule.location.row}: ${fault}`),
  )
  return [...faults, ...negationFaults(tree).map((fault) => `${file}${fault}`)]
}

/**
 * OPA looks up the arguments of a negated call before it negates, so that a missing fact makes the whole rule undefined
 * and a refusal silent. Only a helper, or a comparison of one fact with a constant, may be negated.
 */
function negationFaults(tree: unknown): string[] {
  if (typeof tree !== 'object' || tree === null) return []
  const inner = Object.values(tree).flatMap(negationFaults)
  const negation = Negation.safeParse(tree)
  if (!negation.success) return inner
  const [operator, ...args] = negation.data.terms
  const facts = args.filter(({ type }) => type === 'ref' || type === 'call').length
  const comparison = JSON.stringify(operator!.value).includes('"equal"')
  if (facts === 0 || (comparison && facts === 1)) return inner
  return [...inner, `:${operator!.location?.row ?? 0}: negates a call on facts; negate a positive helper instead`]
}

const isDescribed = ({ annotations }: Rule): boolean =>
  annotations.some(({ title, description }) => Boolean(title && description))

function faultsOf(rule: Rule, gate: string, described: ReadonlySet<string | undefined>): string[] {
  const { name = '' } = rule.head
  if (name.startsWith('_')) return []
  if (!described.has(name)) return [`public rule ${name} has no title and description`]
  return REASON_SETS.includes(name) && rule.head.key ? reasonFaults(rule, gate) : []
}

function reasonFaults(rule: Rule, gate: string): string[] {
  const [annotation] = rule.annotations
  const id = String(rule.head.key!.value)
  const rules: readonly [boolean, string][] = [
    [rule.head.key!.type !== 'string', 'emits an id that is not written out'],
    [!isDescribed(rule), `reason ${id} has no title and description`],
    [annotation?.custom?.id !== id, `emits ${id}, its metadata says ${String(annotation?.custom?.id)}`],
    [!id.startsWith(`${gate}.`), `reason ${id} does not begin with its gate`],
    [REFUSING_SETS.includes(rule.head.name!) && !annotation?.custom?.remedy, `reason ${id} has no remedy`],
  ]
  return rules.filter(([faulty]) => faulty).map(([, fault]) => fault)
}
