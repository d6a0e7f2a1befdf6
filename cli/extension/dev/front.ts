import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { REQUEST_BYTES } from '#contract/manifest/limits.js'
import { Problem, PROBLEMS, problem, problemBody, type ProblemCode } from '#contract/problems.js'
import { passedHeaders } from '#runtime/calls/request-headers.rules.js'
import { passOn } from '#runtime/calls/response.rules.js'
import { GATEWAY_PREFIX } from '#runtime/calls/target.rules.js'
import { bytesOf } from '#sdk/test-kit/content.js'
import type { LocalRequest, LocalRun } from '../local/stage.js'
import type { FixtureRequest } from './fixtures.js'

/** What answers requests now. */
export interface Served {
  readonly id: string
  readonly requests: Readonly<Record<string, FixtureRequest>>
  call(request: LocalRequest): Promise<LocalRun>
}

const FIXTURES = '/_fixtures/'
const CORRELATION = 'local'

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > REQUEST_BYTES.ceiling) throw problem('request.too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A page of somewhere else that names this machine as its own must reach nothing here (DNS rebinding). */
const requireLocal = ({ headers }: IncomingMessage): void => {
  const host = headers.host?.replace(/:\d+$/, '')
  if (host !== '127.0.0.1' && host !== 'localhost') throw problem('not_found')
}

/** A path may be given as the service has it, or without what stands before the extension's own. */
const targetBelow = (url: string, id: string): string => {
  const before = `${GATEWAY_PREFIX}${id}`
  return url.startsWith(`${before}/`) ? url.slice(before.length) : url
}

const requestOf = async (incoming: IncomingMessage, served: Served): Promise<LocalRequest> => {
  const [url, method] = [incoming.url ?? '/', incoming.method ?? 'GET']
  if (!url.startsWith(FIXTURES)) {
    const headers = [...passedHeaders(incoming.headers), ['x-correlation-id', CORRELATION] as const]
    return { method, target: targetBelow(url, served.id), headers, body: await bodyOf(incoming) }
  }
  const fixture = served.requests[decodeURIComponent(url.slice(FIXTURES.length))]
  if (!fixture) throw problem('not_found', { detail: `The fixtures have no request ${url.slice(FIXTURES.length)}` })
  const headers = [...passedHeaders(fixture.headers), ['x-correlation-id', CORRELATION] as const]
  return { method: fixture.method, target: targetBelow(fixture.path, served.id), headers, body: bytesOf(fixture.body) }
}

const problemOf = ({ executionId: decisionId, decision, result }: LocalRun): Problem => {
  const reasons = [...(decision?.reasons ?? [])]
  if (decision?.outcome === 'unavailable') return problem('policy.unavailable', { decisionId, reasons })
  if (!result) return problem('policy.denied', { decisionId, reasons })
  const code = `execution.${result.outcome}`
  const known = Object.hasOwn(PROBLEMS, code) ? (code as ProblemCode) : 'execution.crashed'
  return problem(known, { decisionId, ...(result.error !== undefined && { detail: result.error }) })
}

const refuse = (response: ServerResponse, raised: Problem): void => {
  const { allow } = raised.details
  response.writeHead(raised.status, {
    'content-type': 'application/problem+json',
    ...(allow && { allow: allow.join(', ') }),
  })
  response.end(JSON.stringify(problemBody(raised, CORRELATION)))
}

const answer = async (incoming: IncomingMessage, response: ServerResponse, served: Served): Promise<void> => {
  const called = await served.call(await requestOf(incoming, served))
  const guest = called.result?.response
  if (called.result?.outcome !== 'ok' || !guest) throw problemOf(called)
  const { status, headers } = passOn(guest, called.executionId)
  response.writeHead(status, { ...headers, 'x-gatehouse-decision-id': called.executionId })
  response.end(guest.body)
}

/** Serves an extension's endpoints on this machine alone; `served` is asked for each request. */
export const openFront = async (
  port: number,
  served: () => Promise<Served>,
  onFault: (error: unknown) => void,
): Promise<{ url: string; close(): Promise<void> }> => {
  const server: Server = createServer((incoming, response) => {
    const settled = async () => {
      requireLocal(incoming)
      await answer(incoming, response, await served())
    }
    settled().catch((error: unknown) => {
      if (!(error instanceof Problem)) onFault(error)
      refuse(response, error instanceof Problem ? error : problem('internal', { detail: (error as Error).message }))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
