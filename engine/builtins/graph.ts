import { elements, object, type Call, type Family } from './call.js'
import { isArray, RegoObject, RegoSet, type Value } from './value.js'

/** Steps for one step of a path. There may be exponentially many paths, so each step is paid before it is taken. */
const STEP_COST = 100

const neighbours = (edges: Value): readonly Value[] =>
  edges instanceof RegoSet ? edges.sorted() : isArray(edges) ? edges : []

class PathSearch {
  readonly paths = new RegoSet()

  constructor(
    readonly graph: RegoObject,
    readonly call: Call,
  ) {}

  /** All paths that go on from `path` to `node`; one ends at a dead end, and before a node it has already passed. */
  from(node: Value, path: readonly Value[], passed: readonly Value[]): void {
    this.call.pay(STEP_COST * (path.length + 1))
    const edges = this.graph.get(node)
    if (edges === undefined) return this.paths.add(path)
    const longer = [...path, node]
    const next = neighbours(edges)
    if (next.length === 0) return this.paths.add(longer)
    const visited = new RegoSet([...passed, node])
    for (const neighbour of next) {
      this.call.pay(STEP_COST * longer.length)
      if (visited.has(neighbour)) this.paths.add(longer)
      else this.from(neighbour, longer, [...visited])
    }
  }

  start(node: Value): void {
    const edges = this.graph.get(node)
    if (edges === undefined) return
    const next = neighbours(edges)
    if (next.length === 0) this.paths.add([node])
    for (const neighbour of next) this.from(neighbour, [node], [node])
  }
}

/** `graph.reachable_paths`; `graph.reachable` is in the module itself. */
export const GRAPH: Family = {
  'graph.reachable_paths': ([graph, roots], call) => {
    const search = new PathSearch(object(graph), call)
    for (const root of elements(roots)) search.start(root)
    return search.paths
  },
}
