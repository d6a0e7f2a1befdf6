import type { TracedRule } from '#contract/api/explain.js'
import { DottedId } from '#contract/primitives.js'
import { ExpressionNode, RuleNode, type TraceEvent } from './events.js'

type Counted = { -readonly [K in keyof TracedRule]: TracedRule[K] }

/** How far the body of a rule came in one query. */
interface Query {
  readonly rule: Counted
  furthest: number
}

/** The rules that were entered, each once, in the order in which they were first; and how each ended. */
export class EnteredRules {
  readonly #rules = new Map<string, Counted>()
  readonly #queries = new Map<number, Query>()

  /** Takes the next event. */
  add(event: TraceEvent): void {
    if (event.Op === 'Enter') this.#enter(event)
    else if (event.Op === 'Exit') this.#exit(event)
    else if (event.Op === 'Fail') this.#fail(event)
  }

  list(): readonly TracedRule[] {
    return [...this.#rules.values()].map((rule) => (rule.held ? { ...rule, stopped_line: null } : rule))
  }

  #enter({ Node, Location: { file, row: line }, QueryID }: TraceEvent): void {
    const node = RuleNode.safeParse(Node).data
    if (!node) return
    const name = nameOf(node)
    const key = `${file}:${line}:${name}`
    const rule = this.#rules.get(key) ?? {
      ...{ file, line, name, id: idOf(node), entered: 0 },
      ...{ held: false, stopped_line: null },
    }
    rule.entered += 1
    this.#rules.set(key, rule)
    this.#queries.set(QueryID, { rule, furthest: -1 })
  }

  #exit({ Node, QueryID }: TraceEvent): void {
    const query = this.#queries.get(QueryID)
    if (query && RuleNode.safeParse(Node).success) query.rule.held = true
  }

  /** Going back, a body fails again at earlier expressions: the furthest is where it did not hold. */
  #fail({ Node, Location, QueryID }: TraceEvent): void {
    const query = this.#queries.get(QueryID)
    const index = ExpressionNode.safeParse(Node).data?.index
    if (!query || index === undefined || index <= query.furthest) return
    query.furthest = index
    query.rule.stopped_line = Location.row
  }
}

/** `deny["call.throttle"]`, `holds_scope`. */
function nameOf({ head: { name, ref, key } }: RuleNode): string {
  const named = ref.map(({ value }) => String(value)).join('.') || (name ?? '')
  return key?.type === 'string' ? `${named}[${JSON.stringify(key.value)}]` : named
}

const idOf = ({ annotations }: RuleNode): string | null => {
  const id = annotations.map(({ custom }) => custom?.id).find((one) => one !== undefined)
  return DottedId.safeParse(id).data ?? null
}
