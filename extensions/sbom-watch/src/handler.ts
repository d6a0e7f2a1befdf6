import { decodeUtf8, field, hostErrorOf, json, problem, type Request, type Response } from '@gatehouse/sdk'
import { sse, type ServerSentEvent } from '@gatehouse/sdk/streams'
import { NoAdvisories } from './ask.js'
import { check, type Step } from './check.js'
import { forget, projects, readKept } from './kept.js'
import { NotAnSbom, readSbom, type Sbom } from './sbom.js'

/** Status of what a host call could not do. */
const STATUS = { conflict: 409, full: 507, unreachable: 504, unset: 409 } as const

/** A failure that callers can act on, as a problem; anything else is a bug, and thrown on. */
const failureOf = (error: unknown): { readonly status: number; readonly title: string; readonly detail: string } => {
  if (error instanceof NoAdvisories) return { status: 502, title: 'No advisories', detail: error.message }
  const refused = hostErrorOf(error)
  if (!refused) throw error
  const status = refused.kind in STATUS ? STATUS[refused.kind as keyof typeof STATUS] : 502
  return { status, title: 'Not checked', detail: `${refused.code}: ${refused.message}` }
}

/** Steps as they come; a failure is the last one, since the status has gone out by then. */
function* told(steps: Iterable<Step>): Generator<ServerSentEvent> {
  try {
    yield* steps
  } catch (error) {
    yield { event: 'failed', data: failureOf(error) }
  }
}

const whole = (steps: Iterable<Step>): Response => {
  try {
    let last: object = {}
    for (const { data } of steps) last = data
    return json(200, last)
  } catch (error) {
    const { status, title, detail } = failureOf(error)
    return problem(status, title, detail)
  }
}

const checkSbom = ({ headers, query, body }: Request): Response => {
  let sbom: Sbom
  try {
    sbom = readSbom(decodeUtf8(body), field(query, 'project'))
  } catch (error) {
    if (error instanceof NotAnSbom || error instanceof RangeError) return problem(422, 'Not an SBOM', error.message)
    throw error
  }
  const streams = field(headers, 'accept')?.includes('text/event-stream') === true
  return streams ? sse(told(check(sbom))) : whole(check(sbom))
}

const listFindings = (project: string): Response => {
  const { kept } = readKept(project)
  return kept ? json(200, { project, ...kept }) : problem(404, 'Not found', `${project} was never checked`)
}

/**
 * `POST /check` an SBOM: step by step as server-sent events where the caller accepts them, else the last step. `GET /projects`,
 * `GET /findings?project=`, `DELETE /projects?project=`.
 */
export function handle(request: Request): Response {
  const { method, path, query } = request
  if (path === '/check') return checkSbom(request)
  if (path === '/projects' && method === 'GET') return json(200, { projects: projects() })
  const project = field(query, 'project')
  if (!project) return problem(400, 'No project', 'query/project must name one')
  if (path === '/findings') return listFindings(project)
  forget(project)
  return { status: 204, headers: [], body: new Uint8Array(0) }
}
