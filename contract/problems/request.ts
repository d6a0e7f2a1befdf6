import type { ProblemCatalogue } from './entry.js'

/** What is wrong with a request as such, and what is wrong with us. */
export const REQUEST_PROBLEMS = {
  'request.invalid': {
    status: 400,
    title: 'The request does not fit its schema',
    remedy: 'Correct the fields named in errors',
  },
  'request.malformed_json': {
    status: 400,
    title: 'The body is not well-formed JSON',
    remedy: 'Send UTF-8 JSON as RFC 8259 defines it, nested at most 32 levels',
  },
  'request.too_large': { status: 413, title: 'The body is too large', remedy: 'Send less; the detail names the limit' },
  'request.headers_too_large': {
    status: 431,
    title: 'The request headers are too large',
    remedy: 'Send at most 16 KiB of headers',
  },
  'request.unsupported_media_type': {
    status: 415,
    title: 'The content type is not accepted here',
    remedy: 'Send the content type that the endpoint documents',
  },
  'request.timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    remedy: 'Send the whole request without pausing',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing here',
    remedy: 'Check the id and the organisation that the key belongs to',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    remedy: 'Use a method of the Allow header',
  },
  already_exists: {
    status: 409,
    title: 'There is one of that name already',
    remedy: 'Choose another name; errors tell which field',
  },
  conflict: { status: 409, title: 'It was changed meanwhile', remedy: 'Read it again and repeat the change' },
  too_many: {
    status: 409,
    title: 'There are as many of these as there may be',
    remedy: 'Take one away first; the detail says how many there may be',
  },
  wrong_state: {
    status: 409,
    title: 'It stands so that this cannot be done',
    remedy: 'Do first what the detail names',
  },
  overloaded: { status: 503, title: 'Too much waits already', remedy: 'Retry after the seconds in Retry-After' },
  internal: { status: 500, title: 'Gatehouse failed', remedy: 'Report the correlation id to an operator' },
} as const satisfies ProblemCatalogue
