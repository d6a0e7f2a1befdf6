import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common'
import { endpointEntry, type EndpointId } from '#contract/endpoints.js'
import type { Caller } from './caller.js'

const ENDPOINT = 'gatehouse:endpoint'

const METHODS = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
  ANY: RequestMethod.ALL,
} as const

/** `/v1/installs/{id}` as the router writes it; a last `{path}` takes the rest. */
export const routerPath = (template: string): string =>
  template.replace(/\/\{path\}$/, '/*').replace(/\{(\w+)\}/g, ':$1')

/** A route's parameters as the template names them: what the router calls `*` is the `path`. */
export const templateParams = (matched: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { '*': path, ...params } = matched
  return path === undefined ? params : { ...params, path }
}

/** What the endpoint guard leaves on the request. */
export interface GovernedRequest {
  caller: Caller
  input: { params: unknown; query: unknown; body: unknown }
}

/** The only route decorator: method, path, schemas, action and status all come from the endpoint table. */
export const Endpoint = (id: EndpointId) => {
  const { method, path, status } = endpointEntry(id)
  return applyDecorators(
    RequestMapping({ path: routerPath(path), method: METHODS[method] }),
    HttpCode(status),
    SetMetadata(ENDPOINT, id),
  )
}

/** The endpoint that a controller method serves, if it serves one. */
export const endpointOf = (method: object): EndpointId | undefined => Reflect.getMetadata(ENDPOINT, method)

const request = (context: ExecutionContext): GovernedRequest => context.switchToHttp().getRequest()

/** The parsed `{params, query, body}` of the endpoint's schemas. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => request(context).input)

/** Who asks. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) => request(context).caller)
