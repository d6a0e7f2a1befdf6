import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { runProgram } from '#cli/program.js'
import { testService, type TestService } from '../testing/test-service.js'

let service: TestService

beforeAll(async () => {
  service = await testService()
}, 60_000)
afterAll(() => service.stop())

const terminal = process.stdin.isTTY
afterEach(() => {
  process.exitCode = undefined
  process.stdin.isTTY = terminal
  delete process.env['EDITOR']
})

/** Runs the command line as somebody of the demo; `out` is what it said, parsed where it was asked for JSON. */
const gatehouse = async (person: string, ...args: string[]) => {
  let [stdout, stderr] = ['', '']
  const catching = [
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((stdout += String(chunk)), true)),
    jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((stderr += String(chunk)), true)),
  ]
  process.exitCode = undefined
  await runProgram(['--url', service.url, '--key', service.keys[person]!, ...args])
  for (const each of catching) each.mockRestore()
  return {
    code: process.exitCode ?? 0,
    stdout,
    stderr,
    json: () => JSON.parse(stdout) as { readonly tenant_id?: string },
  }
}
const admin = (...args: string[]) => gatehouse('acme_admin', ...args)

const editing = (script: string): void => {
  const file = join(service.folder, 'editor.cjs')
  writeFileSync(file, script)
  process.env['EDITOR'] = `"${process.execPath}" "${file}"`
  process.stdin.isTTY = true
}
const file = (name: string, document: object): string => {
  const path = join(service.folder, name)
  writeFileSync(path, JSON.stringify(document))
  return path
}

describe('gatehouse lists', () => {
  it('begins a list with its first entry and adds to it', async () => {
    const because = ['--reason', 'not vetted']
    const first = await admin('lists', 'add', 'deny', '--extension', 'com.bad.*', ...because, '--json')
    expect(first.json()).toMatchObject({ name: 'default', revision: 1, document: { entries: [{ effect: 'deny' }] } })
    const pinned = [
      'lists',
      'add',
      'pin',
      '--extension',
      'com.acme.ledger',
      '--version',
      '^2.1',
      '--reason',
      'reviewed',
    ]
    const { stdout } = await admin(...pinned)
    expect(stdout).toContain('default, revision 2')
    expect(stdout).toMatch(/pin +extension com\.acme\.ledger, version \^2\.1 +always/)
  })

  it('shows, compares, tells its history and goes back', async () => {
    expect((await admin('lists', 'show')).stdout).toContain('extension com.bad.*')
    expect((await admin('lists', 'diff')).stdout).toContain('+ pin extension com.acme.ledger, version ^2.1')
    expect((await admin('lists', 'history')).stdout).toMatch(/2 .*\+1 -0 ~0 +reviewed/)
    const back = await admin('lists', 'revert', 'default', '1', '--reason', 'too early', '--json')
    expect(back.json()).toMatchObject({ revision: 3, reverts_to: 1 })
    expect((await admin('lists', 'show', 'default', '--revision', '2')).stdout).toContain('pin')
    expect((await admin('lists', 'list')).stdout).toMatch(/default +Our extensions +3 /)
  })

  it('is edited where there is a terminal, and says so where there is none', async () => {
    expect((await admin('lists', 'set', 'default', '--reason', 'x')).code).toBe(2)
    editing(`const fs = require('fs'); const file = process.argv[2]
      const list = JSON.parse(fs.readFileSync(file)); list.admits = 'listed'; fs.writeFileSync(file, JSON.stringify(list))`)
    const { stdout, code } = await admin('lists', 'set', 'default', '--reason', 'closed')
    expect([code, stdout]).toEqual([0, expect.stringContaining('only what is allowed or pinned')])
    editing('')
    expect((await admin('lists', 'set', 'default', '--reason', 'closed')).stdout).toContain('nothing was written')
  })

  it('names the field that is wrong, and keeps what was written', async () => {
    editing(
      `require('fs').writeFileSync(process.argv[2], '{"title": "x", "entries": [{"effect": "deny", "why": "y"}]}')`,
    )
    const { code, stderr } = await admin('lists', 'set', 'default', '--reason', 'x')
    expect(code).toBe(1)
    expect(stderr).toContain('/document/entries/0: must name an extension, publisher')
    expect(stderr).toContain('What you wrote is kept in')
  })

  it('refuses somebody without the scope, and shows nothing of another organisation', async () => {
    const member = await gatehouse('acme_member', 'lists', 'add', 'deny', '--extension', '*', '--reason', 'x', '--json')
    expect(member.json()).toMatchObject({ refused: true, code: 'policy.denied' })
    expect((await gatehouse('globex_admin', 'lists', 'list')).stdout).toContain('(none)')
    const acme = (await admin('lists', 'show', '--json')).json().tenant_id!
    expect((await gatehouse('globex_admin', 'lists', 'show', '--tenant', acme)).code).toBe(1)
    expect((await gatehouse('operator', 'lists', 'show', '--tenant', acme)).code).toBe(0)
  })
})

describe('gatehouse limits', () => {
  it('are written from a file, and told with their units', async () => {
    const entries = [
      { limit: 'calls_per_day', value: 100, extension: 'com.new.*', until: '2099-01-01T00:00:00Z', why: 'trial' },
      { limit: 'grant_risk', value: 'medium', why: 'rule 12' },
    ]
    const limits = file('limits.json', { title: 'Our limits', entries })
    const { stdout } = await admin('limits', 'set', '--file', limits, '--reason', 'as agreed')
    expect(stdout).toMatch(/calls_per_day +100 +com\.new\.\* +until 2099-01-01T00:00:00Z/)
    const wrong = file('wrong.json', { title: 'x', entries: [{ limit: 'installs', value: 'many', why: 'x' }] })
    expect((await admin('limits', 'set', '--file', wrong, '--reason', 'x')).stderr).toContain(
      '/document/entries/0/value',
    )
  })
})

describe('gatehouse roles', () => {
  it('are written, given and taken', async () => {
    const role = file('role.json', { title: 'Releases', scopes: ['extensions:publish'] })
    const owner = (...args: string[]) => gatehouse('acme_owner', ...args)
    expect((await admin('roles', 'set', 'releases', '--file', role, '--reason', 'x')).stderr).toContain(
      'admin.role_beyond_own',
    )
    expect((await owner('roles', 'set', 'releases', '--file', role, '--reason', 'x')).stdout).toContain(
      'scopes   extensions:publish',
    )
    const given = await owner('roles', 'give', 'releases', 'member@acme.example', '--json')
    expect(given.json()).toMatchObject({ roles: ['member'], custom_roles: ['releases'] })
    const taken = await owner('roles', 'take', 'releases', 'member@acme.example')
    expect(taken.stdout).toMatch(/roles +member$/m)
    expect((await owner('roles', 'give', 'unheard-of', 'member@acme.example')).code).toBe(1)
    expect((await owner('roles', 'give', 'releases', 'nobody@acme.example')).code).toBe(2)
  })
})
