import { ENDPOINTS } from '#contract/endpoints.js'
import { ANY_METHODS, type EndpointEntry } from '#contract/endpoint.js'

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A matcher of one path template. */
const matcher = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/(\{\w+\})/)
      .map((part) => (part === '{path}' ? '.*' : part.startsWith('{') ? '[^/]+' : literal(part)))
      .join('')}$`,
  )

const methodsOf = ({ method }: EndpointEntry): readonly string[] => (method === 'ANY' ? ANY_METHODS : [method])
const entries = Object.values<EndpointEntry>(ENDPOINTS)
const ROUTES = entries.map((entry) => ({ methods: methodsOf(entry), matches: matcher(entry.path) }))
/** Paths without a parameter, as they are spelled. */
const SPELLED = Map.groupBy(
  entries.filter(({ path }) => !path.includes('{')),
  ({ path }) => path,
)

const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''
const spelledOut = (url: string): string[] | undefined => SPELLED.get(pathOf(url))?.flatMap(methodsOf)

/**
 * The methods that a path has, for the Allow header of a 405 (RFC 9110 §15.5.6); empty where no such path exists. A path that is
 * spelled out has its own alone, whatever a parameter in its place would take.
 */
export const allowedMethods = (url: string): string[] =>
  spelledOut(url) ?? ROUTES.filter(({ matches }) => matches.test(pathOf(url))).flatMap(({ methods }) => methods)

/** Methods of HTTP itself: they are answered for any path. */
const COMMON = new Set(['HEAD', 'OPTIONS'])

/** Whether a path is spelled out, and not for this method: the router would take its last part for a parameter. */
export const isTakenForParameter = (method: string, url: string): boolean =>
  !COMMON.has(method) && spelledOut(url)?.includes(method) === false
