import FindMyWay, { type HTTPMethod } from 'find-my-way'
import { problem } from '../problems.js'
import { ENDPOINT_METHODS, type ExtensionEndpoint } from './endpoints.js'

type Router = ReturnType<typeof FindMyWay>

/** What answers requests: the install of a service, or an extension that is tried out. */
export interface Routed {
  readonly endpoints: readonly ExtensionEndpoint[]
}

/** An endpoint that fits a request, with what its path captured. */
export interface Match {
  readonly endpoint: ExtensionEndpoint
  readonly params: readonly (readonly [name: string, value: string])[]
}

const MAX_SEGMENT = 500
const ENCODED_NUL = /%00/

/** `/items/{id}` as the router writes it. */
const routerPath = (template: string): string => template.replaceAll(/\{(\w+)\}/g, ':$1')

const compile = ({ endpoints }: Routed): Router => {
  const router = FindMyWay({ caseSensitive: true, maxParamLength: MAX_SEGMENT })
  for (const endpoint of endpoints) router.on(endpoint.method, routerPath(endpoint.path), () => undefined, endpoint)
  return router
}

/** A parameter stands for one segment that is there: the router would also take `/items/` for `/items/{id}`. */
const find = (router: Router, method: string, path: string): Match | null => {
  const found = router.find(method as HTTPMethod, path)
  const params = Object.entries((found?.params ?? {}) as Record<string, string>)
  return found && params.every(([, value]) => value !== '')
    ? { endpoint: found.store as ExtensionEndpoint, params }
    : null
}

/** The endpoints of installs, compiled once for each state that an install has. */
export class Routes {
  private readonly compiled = new WeakMap<Routed, Router>()

  /**
   * Finds the endpoint for a path below the extension, percent-encoded as it came; captured values are decoded.
   * Raises `not_found`, or `method_not_allowed` with the methods that the path has.
   */
  match(target: Routed, method: string, path: string): Match {
    if (ENCODED_NUL.test(path)) throw problem('not_found')
    const router = this.routerOf(target)
    const found = find(router, method, path)
    if (found) return found
    const allow = ENDPOINT_METHODS.filter((each) => find(router, each, path) !== null)
    throw allow.length > 0 ? problem('method_not_allowed', { allow }) : problem('not_found')
  }

  private routerOf(target: Routed): Router {
    let router = this.compiled.get(target)
    if (!router) this.compiled.set(target, (router = compile(target)))
    return router
  }
}
