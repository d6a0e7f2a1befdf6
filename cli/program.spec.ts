import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { runProgram } from './program.js'

interface Answer {
  readonly status: number
  readonly body: unknown
}

let server: Server
let folder: string
let answer: Answer
const asked: {
  method: string | undefined
  url: string | undefined
  authorization: string | undefined
  body: unknown
}[] = []

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? undefined : JSON.parse(text)
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'))
  asked.length = 0
  server = createServer((request, response) => {
    const { method, url, headers } = request
    void bodyOf(request).then((body) => {
      asked.push({ method, url, authorization: headers.authorization, body })
      const type = answer.status >= 400 ? 'application/problem+json' : 'application/json'
      response.writeHead(answer.status, { 'content-type': type }).end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  process.exitCode = undefined
  jest.restoreAllMocks()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a command against the service of this test; what it wrote, and its exit code. */
const gatehouse = async (...args: string[]) => {
  const written = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk)
      return true
    })
  }
  process.exitCode = undefined
  const { port } = server.address() as AddressInfo
  await runProgram(['--url', `http://127.0.0.1:${port}`, '--data', folder, '--key', 'ghk_test', ...args])
  const code = process.exitCode ?? 0
  jest.restoreAllMocks()
  return {
    code,
    ...written,
    json: (): Record<string, unknown> => JSON.parse(written.stdout) as Record<string, unknown>,
  }
}

describe('gatehouse', () => {
  it('ends with 0 and one JSON line where it is done', async () => {
    answer = { status: 200, body: { items: [], next_cursor: null } }
    const ran = await gatehouse('installs', '--json')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.json()).toEqual(answer.body)
    expect(asked[0]).toMatchObject({ method: 'GET', url: '/v1/installs', authorization: 'Bearer ghk_test' })
  })

  it('ends with 1 on a refusal, with reason id, message, remedy and decision id', async () => {
    const reasons = [{ id: 'call.scope_missing', message: 'A scope is missing', remedy: 'Ask for the scope' }]
    answer = {
      status: 403,
      body: { code: 'policy.denied', title: 'Policy refuses this', status: 403, decision_id: 'd-1', reasons },
    }
    const words = await gatehouse('call', 'com.example.a', '/x')
    expect(words.code).toBe(1)
    for (const part of ['call.scope_missing', 'A scope is missing', 'Ask for the scope', 'd-1'])
      expect(words.stderr).toContain(part)
    const json = await gatehouse('call', 'com.example.a', '/x', '--json')
    expect(json.json()).toMatchObject({ refused: true, code: 'policy.denied', reasons, decision_id: 'd-1' })
  })

  it('ends with 1 where something waits for a person, and names the approval', async () => {
    const approval = { id: 'a-1', kind: 'kill_release', title: 'Release', expires_at: 'soon', url: '/v1/approvals/a-1' }
    answer = { status: 202, body: { approval, reasons: [], decision_id: 'd-2' } }
    const held = await gatehouse('kills', 'release', '00000000-0000-7000-8000-000000000001', '--reason', 'calm')
    expect(held.code).toBe(1)
    expect(held.stdout).toContain('gatehouse approvals show a-1')
  })

  it.each([
    [['kill', 'everything', '--reason', 'x'], 'scope everything is not one of'],
    [['kill', 'tenant', '--reason', 'x'], 'needs a target'],
    [['kill', 'global'], '--reason is needed'],
    [['audit', 'verify', '--verifier', 'bogus'], '--verifier bogus: the key is not in the verifier form'],
    [['nonsense'], "unknown command 'nonsense'"],
    [['call', 'com.example.a'], "missing required argument 'path'"],
    [['call', 'com.example.a', '/x', '--body', '@/not/there'], '--body @/not/there cannot be read'],
    [['install', 'com.example.a', '--at', '1.0.0', '--secret', 'a=@/not/there'], '--secret @/not/there cannot be read'],
    [['policy', 'build', '/not/there', '--out', '/not/there'], 'FOLDER /not/there has no governance/'],
    [['audit', 'export', '/not/there/log'], 'FILE /not/there/log cannot be written'],
    [['ext', 'sign', process.execPath, '--signing-key', process.execPath], 'is no key in PEM'],
    [['--as', 'nobody', 'whoami'], '--key and --as both say who speaks'],
  ])('ends with 2 where it is called wrongly: %j', async (args, complaint) => {
    const wrong = await gatehouse(...args, '--json')
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain(complaint.replaceAll('"', String.raw`\"`))
    expect(asked).toEqual([])
  })

  it('says that nobody answers, and what to do', async () => {
    const nobody = await gatehouse('--url', 'http://127.0.0.1:9', 'whoami', '--json')
    expect(nobody.code).toBe(1)
    expect(nobody.json()).toMatchObject({ code: 'service.unreachable' })
  })

  it('makes a signing key for its owner alone, and never over another', async () => {
    const file = join(folder, 'publisher.pem')
    const made = await gatehouse('ext', 'keygen', file, '--json')
    expect(made.json()['keyid']).toMatch(/^[0-9a-f]{32}$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await gatehouse('ext', 'keygen', file, '--json')).code).toBe(2)
  })

  it("sends only the public half of a publisher's key", async () => {
    const file = join(folder, 'publisher.pem')
    const { public_key } = (await gatehouse('ext', 'keygen', file, '--json')).json()
    answer = { status: 201, body: { id: 'p-1', slug: 'acme', name: 'Acme', verified_at: null, keys: [] } }
    const flags = ['--name', 'Acme', '--contact', 'security@acme.example', '--signing-key', file]
    expect((await gatehouse('publishers', 'create', 'acme', ...flags, '--json')).code).toBe(0)
    expect(asked[0]?.body).toEqual({ slug: 'acme', name: 'Acme', contact: 'security@acme.example', public_key })
    writeFileSync(file, 'no key')
    const wrong = await gatehouse('publishers', 'add-key', 'p-1', file, '--json')
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain('is no key in PEM')
  })

  it('scaffolds an extension and names what is wrong with its manifest', async () => {
    const extension = join(folder, 'hello')
    expect((await gatehouse('ext', 'init', extension, '--id', 'com.example.hello', '--json')).code).toBe(0)
    const manifest = join(extension, 'extension.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"free"', '"gratis"'))
    const wrong = await gatehouse('ext', 'pack', extension, '--json')
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain('/billing/model')
  })
})
