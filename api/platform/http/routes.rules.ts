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

const ROUTES = Object.values<EndpointEntry>(ENDPOINTS).map(({ method, path }) => ({ method, matches: matcher(path) }))

/** The methods that a path has, for the Allow header of a 405 (RFC 9110 §15.5.6); empty where no such path exists. */
export const allowedMethods = (url: string): string[] => {
  const path = url.split('?', 1)[0] ?? ''
  return ROUTES.filter((route) => route.matches.test(path)).flatMap(({ method }) =>
    method === 'ANY' ? ANY_METHODS : method,
  )
}
