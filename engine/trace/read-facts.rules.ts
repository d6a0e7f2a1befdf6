import type { ReadFact } from '#contract/api/explain.js'
import { ExpressionNode, type Term, type TraceEvent } from './events.js'

type Json = NonNullable<ReadFact['value']>
type Document = ReadFact['document']

/** The documents that facts are read from, as policy sees them. */
export type Documents = Readonly<Record<Document, Json>>

/** The part of `data` that is rules; all else is platform data. */
const RULES = 'governance'
/** Their bodies are queries of their own, whose events come by themselves. */
const COMPREHENSIONS = new Set(['arraycomprehension', 'setcomprehension', 'objectcomprehension'])

/**
 * The facts that were read: every reference to `input` or `data` in an expression that was evaluated, with the variables
 * in it as they were bound then. Where one was not bound yet, since everything there is looked through, the reference ends.
 */
export class ReadFacts {
  readonly #read = new Map<string, readonly [Document, readonly string[]]>()
  #replaced = false

  constructor(private readonly documents: Documents) {}

  /** Rules replaced `input` or `data` on the way. */
  get replaced(): boolean {
    return this.#replaced
  }

  /** Takes the next event. */
  add({ Op, Node, Locals }: TraceEvent): void {
    if (Op !== 'Eval') return
    const expression = ExpressionNode.safeParse(Node).data
    if (!expression) return
    const bound = new Map((Locals ?? []).map(({ name, type, value }) => [name, { type, value }]))
    for (const term of termsOf(expression)) this.#walk(term, bound)
    if (expression.with.length > 0) this.#replaced = true
  }

  /** By document and path. */
  list(): readonly ReadFact[] {
    const facts = [...this.#read.values()].map(([document, steps]): ReadFact => {
      const value = valueAt(this.documents[document], steps)
      return { document, path: pointerOf(steps), found: value !== undefined, ...(value !== undefined && { value }) }
    })
    return facts.toSorted((a, b) => compare(b.document, a.document) || compare(a.path, b.path))
  }

  #walk(term: unknown, bound: ReadonlyMap<string, Term>): void {
    if (!isTerm(term) || COMPREHENSIONS.has(term.type)) return
    if (term.type === 'var') this.#reference([term], bound)
    else if (term.type === 'ref') this.#reference(term.value as Term[], bound)
    else for (const inner of innerTerms(term)) this.#walk(inner, bound)
  }

  #reference([head, ...rest]: readonly Term[], bound: ReadonlyMap<string, Term>): void {
    for (const inner of rest) if (inner.type !== 'var') this.#walk(inner, bound)
    const document = head?.value
    if (document !== 'input' && document !== 'data') return
    const steps: string[] = []
    for (const operand of rest) {
      const step = stepOf(operand, bound)
      if (step === undefined) break
      steps.push(step)
    }
    if (document === 'data' && steps[0] === RULES) return
    this.#read.set(`${document}${pointerOf(steps)}`, [document, steps])
  }
}

/** The terms of an expression that are evaluated with it: not a call's operator, and not the body of an `every`. */
function termsOf({ terms, with: replacements }: ExpressionNode): unknown[] {
  const replacing = replacements.map(({ value }) => value)
  if (Array.isArray(terms)) return [...terms.slice(1), ...replacing]
  const { domain } = terms as { domain?: unknown }
  return [domain ?? terms, ...replacing]
}

/** What a composite term consists of; of a call its arguments. */
function innerTerms({ type, value }: Term): unknown[] {
  if (!Array.isArray(value)) return []
  if (type === 'call') return value.slice(1)
  return type === 'object' ? value.flat() : value
}

const isTerm = (value: unknown): value is Term =>
  typeof value === 'object' && value !== null && typeof (value as Term).type === 'string'

const SCALARS = new Set(['string', 'number', 'boolean'])

/** One step of a path; undefined where what stands there has no value yet, or one that no JSON has as a key. */
function stepOf(operand: Term, bound: ReadonlyMap<string, Term>): string | undefined {
  const { type, value } = operand.type === 'var' ? (bound.get(String(operand.value)) ?? operand) : operand
  return SCALARS.has(type) ? String(value) : undefined
}

/** RFC 6901. */
const pointerOf = (steps: readonly string[]): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

function valueAt(document: Json, steps: readonly string[]): Json | undefined {
  let at: unknown = document
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<string, unknown>)[step]
  }
  return at as Json
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
