import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { runProgram } from '../program.js'

const REVISION = `sha256:${'a'.repeat(64)}`
const AGENT = {
  ...{ id: 'agent-1', tenant: '0198c0de-0000-7000-8000-000000000001', principal: 'u_1', version: '1.22.0' },
  ...{ labels: { id: 'agent-1', app: 'envoy' }, active_revision: REVISION, follows: true, errors: [] as string[] },
  ...{ refused_events: 0, reported_at: '2026-11-26T02:41:20.000Z', seen_at: '2026-11-26T02:41:20.000Z' },
}
const DECISION = {
  ...{ id: '0198c0de-0000-7000-8000-000000000002', source: 'agent', at: AGENT.seen_at, received_at: AGENT.seen_at },
  ...{ tenant: AGENT.tenant, agent: 'agent-1', principal: 'u_1', decision_id: 'd', path: 'governance/call/decision' },
  ...{ gate: 'call', action: null, outcome: 'deny', revision: REVISION, error: null, masked: true },
  ...{ masked_paths: ['/input/subject'], replayable: false },
}

let server: Server
let answer: object
const asked: string[] = []
beforeEach(async () => {
  asked.length = 0
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  process.exitCode = undefined
  jest.restoreAllMocks()
  await new Promise((resolve) => server.close(resolve))
})

const agents = async (...args: string[]) => {
  let stdout = ''
  jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk)
    return true
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await runProgram(['--url', url, '--key', 'ghk_test', 'policy', 'agents', ...args])
  return { code: process.exitCode ?? 0, stdout }
}

describe('gatehouse policy agents', () => {
  it('lists agents, and ends with 0 while all are in step', async () => {
    answer = { items: [AGENT], next_cursor: null }
    const { code, stdout } = await agents()
    expect(code).toBe(0)
    expect(stdout).toMatch(/agent-1\s+envoy\s+1\.22\.0\s+sha256:a+\s+2026-11-26T02:41:20\.000Z\s+in step/)
  })

  it('ends with 1 and says why where one is not, and how to go on', async () => {
    const errors = ['gatehouse: bad signature']
    answer = { items: [{ ...AGENT, follows: false, errors }], next_cursor: 'more' }
    const { code, stdout } = await agents()
    expect(code).toBe(1)
    expect(stdout).toContain('gatehouse: bad signature')
    expect(stdout).toContain('--cursor more')
  })

  it('lists what one of them decided', async () => {
    answer = { items: [DECISION], next_cursor: null }
    const { code, stdout } = await agents('--decisions', '--agent', 'agent-1')
    expect(code).toBe(0)
    expect(asked).toEqual([expect.stringMatching(/^\/v1\/opa\/decisions\?.*agent=agent-1/)])
    expect(stdout).toMatch(/governance\/call\/decision\s+deny\s+sha256:a+\s+no, masked/)
  })
})
