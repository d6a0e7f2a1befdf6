import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from './testing/told-service.js'

let service: ToldService
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'))
  service = await ToldService.start()
})

afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a command against the service of this test; what it wrote, and its exit code. */
const gatehouse = async (...args: string[]) => {
  const ran = await service.gatehouse(...args)
  return { ...ran, json: (): Record<string, unknown> => JSON.parse(ran.stdout) as Record<string, unknown> }
}

describe('gatehouse', () => {
  it('ends with 0 and one JSON line where it is done', async () => {
    const page = { items: [], next_cursor: null }
    service.tell(page)
    const ran = await gatehouse('installs', '--json')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.json()).toEqual(page)
    expect(service.asked[0]!.request).toBe('GET /v1/installs')
    expect(service.authorization).toBe('Bearer k')
  })

  it('ends with 1 on a refusal, with reason id, message, remedy and decision id', async () => {
    const reasons = [{ id: 'call.scope_missing', message: 'A scope is missing', remedy: 'Ask for the scope' }]
    const said = { code: 'policy.denied', title: 'Policy refuses this', detail: 'A scope is missing' }
    service.answers = [{ status: 403, body: { ...said, status: 403, decision_id: 'd-1', reasons } }]
    const words = await gatehouse('call', 'com.example.a', '/x')
    expect(words.code).toBe(1)
    for (const part of ['call.scope_missing', 'A scope is missing', 'Ask for the scope', 'd-1'])
      expect(words.stderr).toContain(part)
    expect(words.stderr.match(/A scope is missing/g)).toHaveLength(1)
    const json = await gatehouse('call', 'com.example.a', '/x', '--json')
    expect(json.json()).toMatchObject({ refused: true, code: 'policy.denied', reasons, decision_id: 'd-1' })
  })

  it('ends with 1 where something waits for a person, and names the approval', async () => {
    const approval = { id: 'a-1', kind: 'kill_release', title: 'Release', expires_at: 'soon', url: '/v1/approvals/a-1' }
    service.answers = [{ status: 202, body: { approval, reasons: [], decision_id: 'd-2' } }]
    const held = await gatehouse('kills', 'release', '00000000-0000-7000-8000-000000000001', '--reason', 'calm')
    expect(held.code).toBe(1)
    expect(held.stdout).toContain('gatehouse approvals show a-1')
  })

  it.each([
    [['kill', 'everything', '--reason', 'x'], 'scope everything is not one of'],
    [['kill', 'tenant', '--reason', 'x'], 'needs a target'],
    [['kill', 'global'], "required option '--reason <text>' not specified"],
    [['audit', 'verify', '--verifier', 'bogus'], '--verifier bogus: the key is not in the verifier form'],
    [['nonsense'], "unknown command 'nonsense'"],
    [['call', 'com.example.a'], "missing required argument 'path'"],
    [['call', 'com.example.a', '/x', '--body', '@/not/there'], '--body @/not/there cannot be read'],
    [['install', 'com.example.a', '--at', '1.0.0', '--secret', 'a=@/not/there'], '--secret @/not/there cannot be read'],
    [['policy', 'build', '/not/there', '--out', '/not/there'], 'FOLDER /not/there has no governance/'],
    [['people'], 'gatehouse people takes one of: list, export, erase'],
    [['limits', 'set', '--file', '/not/there', '--reason', 'x'], '--file /not/there cannot be read'],
    [['scim', 'rules', 'preview', '--file', '/not/there'], '--file /not/there cannot be read'],
    [['scim', 'mapping', 'preview', '--file', '/not/there'], '--file /not/there cannot be read'],
    [['--data', '/not/there', 'whoami'], '--data /not/there is no folder that is there'],
    [['audit', 'export', '/not/there/log'], 'FILE /not/there/log cannot be written'],
    [['ext', 'sign', process.execPath, '--signing-key', process.execPath], 'is no key in PEM'],
    [['--as', 'nobody', 'whoami'], '--key and --as both say who speaks'],
  ])('ends with 2 where it is called wrongly: %j', async (args, complaint) => {
    const wrong = await gatehouse(...args, '--json')
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain(complaint.replaceAll('"', String.raw`\"`))
    expect(service.asked).toEqual([])
  })

  it('says in its help what must be given', async () => {
    const { stdout } = await gatehouse('lists', 'add', '--help')
    expect(stdout).toMatch(/--reason <text> +why; goes on record \(required\)/)
    expect(stdout).toMatch(/--list <name> +which list \(default: "default"\)/)
  })

  it('takes a day or a span for when a key stops to count', async () => {
    const file = join(folder, 'publisher.pem')
    await gatehouse('ext', 'keygen', file, '--json')
    await gatehouse('publishers', 'add-key', 'p-1', file, '--until', '2027-01-31')
    expect(service.asked[0]!.body).toMatchObject({ not_after: '2027-01-31T00:00:00Z' })
    expect((await gatehouse('keys', 'create', 'ci', '--expires', 'soon')).code).toBe(2)
  })

  it('names the workspace in what is called next, as it was named', async () => {
    const version = { version: '1.0.0', digest: 'd', permissions: [], review_state: 'approved', yanked_at: null }
    const workspace = { id: '0198c0de-0000-7000-8000-000000000001', slug: 'payments' }
    const endpoints = [{ method: 'GET', path: '/book', title: 'Book' }]
    service.reply = ({ request }) => {
      if (request.startsWith('GET /v1/whoami')) return { body: { in_workspaces: [{ workspace }] } }
      if (request.endsWith('/versions/1.0.0')) return { body: version }
      if (request.startsWith('GET')) return { body: { versions: [version] } }
      const made = { id: 'i', extension: 'com.example.a', version: '1.0.0', permissions: [], warnings: [], endpoints }
      return { status: 201, body: made }
    }
    const { stdout } = await gatehouse('install', 'com.example.a', '--workspace', 'payments')
    expect(stdout).toContain('Next: gatehouse call com.example.a /book --workspace payments ')
  })

  it('ends quietly where nobody reads on', async () => {
    service.tell({
      items: Array.from({ length: 20_000 }, (_, id) => ({ id: `install-${id}`, extension: 'com.example.a' })),
    })
    const address = ['--url', service.url, '--key', 'k', '--json', 'installs']
    const child = spawn(process.execPath, [join(packageRoot(), 'dist/cli/main.js'), ...address])
    let complaint = ''
    child.stderr.on('data', (bytes) => (complaint += String(bytes)))
    child.stdout.once('data', () => child.stdout.destroy())
    const [code] = (await once(child, 'close')) as [number]
    expect([code, complaint]).toEqual([0, ''])
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
    service.answers = [{ status: 201, body: { id: 'p-1', slug: 'acme', name: 'Acme', verified_at: null, keys: [] } }]
    const flags = ['--name', 'Acme', '--contact', 'security@acme.example', '--signing-key', file]
    expect((await gatehouse('publishers', 'create', 'acme', ...flags, '--json')).code).toBe(0)
    expect(service.asked[0]?.body).toEqual({ slug: 'acme', name: 'Acme', contact: 'security@acme.example', public_key })
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
