import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const ID = '00000000-0000-7000-8000-000000000001'
const BASE = `sha256:${'a'.repeat(64)}`
const CALL = 'governance/call/call.rego'

/** A service with one draft, which holds to versions as ours does. */
let service: ToldService
let folder: string
let draft: { version: number; files: Record<string, string>; commit: string | null; state: string }
let checks: { ok: boolean; coverage: null; stages: object[] }
/** What somebody else does between a reading and a write. */
let meanwhile: () => void

const shown = () => ({
  ...{ id: ID, name: 'stricter', state: draft.state, base_revision: BASE, base_in_force: true, checks },
  files: Object.keys(draft.files).map((path) => ({ path, digest: BASE })),
  ...{ source_commit: draft.commit, checked: true, sealed_revision: null, created_by: 'lead', version: draft.version },
})

const changed = (version: unknown, change: () => void): [number, object] => {
  meanwhile()
  if (Number(version) !== draft.version) return [409, { code: 'conflict', title: 'Changed meanwhile', status: 409 }]
  change()
  draft.version += 1
  return [200, shown()]
}

type Body = { files: Record<string, string>; source_commit?: string; text: string; version: number }

const answer = (method: string, url: URL, body: Body): [number, object] => {
  const path = url.pathname.split('/files/')[1]
  const version = url.searchParams.get('version') ?? body?.version
  if (method === 'GET' && path) return [200, { path, text: draft.files[path], version: draft.version }]
  if (url.pathname.endsWith('/diff'))
    return [
      200,
      {
        files: [{ path: 'platform.json', change: 'changed', patch: '-604800\n+3600' }],
        meaning: {
          ...{ entrypoints: [], rules: [], reasons: [] },
          data: [{ id: '/platform/install/consent_expires_in_s', change: 'changed', before: 604_800, after: 3600 }],
        },
        faults: [],
      },
    ]
  if (method === 'GET' && url.pathname.endsWith('drafts')) return [200, { items: [shown()], next_cursor: null }]
  if (method === 'GET') return [200, shown()]
  if (method === 'DELETE' && !path) return changed(version, () => (draft.state = 'discarded'))
  if (method === 'DELETE') return changed(version, () => delete draft.files[path!])
  if (path) return changed(version, () => (draft.files[path] = body.text))
  if (url.pathname.endsWith('/check')) return changed(version, () => {})
  if (url.pathname.endsWith('/seal')) return [200, { revision: BASE, base_revision: BASE, in_force: false }]
  const take = () => Object.assign(draft, { files: body.files ?? draft.files, commit: body.source_commit ?? null })
  return method === 'POST' ? (take(), [201, shown()]) : changed(version, take)
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-drafts-'))
  meanwhile = () => {}
  checks = { ok: true, coverage: null, stages: [] }
  draft = { version: 1, files: { [CALL]: 'package x\n', 'platform.json': '{}\n' }, commit: null, state: 'open' }
  service = await ToldService.start()
  service.reply = ({ request, body }) => {
    const [method = '', path = ''] = request.split(' ')
    const [status, said] = answer(method, new URL(path, 'http://x'), body as Body)
    return { status, body: said }
  }
})

const terminal = process.stdin.isTTY
afterEach(async () => {
  process.stdin.isTTY = terminal
  delete process.env['EDITOR']
  delete process.env['VISUAL']
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

const policy = (...args: string[]) => service.gatehouse('policy', ...args)

const tree = (): string => {
  const dir = join(folder, 'tree')
  mkdirSync(join(dir, 'governance/call'), { recursive: true })
  writeFileSync(join(dir, CALL), 'package governance.call\n')
  writeFileSync(join(dir, 'platform.json'), '{"platform": {}}\n')
  return dir
}

const git = (dir: string, ...args: string[]): string =>
  execFileSync('git', ['-C', dir, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { encoding: 'utf8' })

const editing = (script: string): void => {
  const file = join(folder, 'editor.cjs')
  writeFileSync(file, script)
  process.env['EDITOR'] = `"${process.execPath}" "${file}"`
  process.stdin.isTTY = true
}

describe('gatehouse policy drafts', () => {
  it('lists drafts, shows one, and says what to do next', async () => {
    expect((await policy('drafts')).stdout).toContain('stricter')
    expect((await policy('drafts', ID)).stdout).toContain(`Next: gatehouse policy seal ${ID}`)
    expect((await policy('new', 'stricter', '--from', BASE)).stdout).toContain(`gatehouse policy pull ${ID}`)
    expect((await policy('seal', ID)).stdout).toContain(`Next: gatehouse policy activate ${BASE}`)
  })

  it('changes a draft as it was read', async () => {
    draft.version = 7
    expect((await policy('discard', ID)).code).toBe(0)
    expect(service.asked.at(-1)!.request).toBe(`DELETE /v1/policy/drafts/${ID}?version=7`)
    meanwhile = () => void (draft.version += 1)
    const late = await policy('remove', ID, 'platform.json', '--json')
    expect(late.code).toBe(1)
    expect(JSON.parse(late.stdout)).toMatchObject({ refused: true, code: 'conflict' })
  })

  it('tells a diff by file and by meaning', async () => {
    const { stdout } = await policy('diff', ID)
    expect(stdout).toContain('~ platform.json changed')
    expect(stdout).toContain('~ /platform/install/consent_expires_in_s changed: 604800 -> 3600')
  })

  it('ends with 1 where the checks refuse, with file, line and remedy', async () => {
    expect((await policy('verify', ID)).code).toBe(0)
    const finding = {
      stage: 'format',
      file: CALL,
      line: 3,
      rule: 'opa-fmt',
      message: 'not formatted',
      remedy: 'opa fmt',
    }
    checks = {
      ok: false,
      coverage: null,
      stages: [{ name: 'format', state: 'failed', detail: '', findings: [finding], ms: 1 }],
    }
    const refused = await policy('verify', ID)
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain(`  ${CALL}:3: opa-fmt: not formatted\n    Remedy: opa fmt`)
    expect((await policy('verify', ID, '--json')).code).toBe(1)
  })

  it.each([
    [['drafts', 'mine'], 'DRAFT mine is no id'],
    [['new', 'x', '--from', 'latest'], '--from latest is no revision'],
    [['push', '/not/there', '--name', 'x'], 'DIR /not/there has no governance/'],
    [['push', '/not/there'], '--draft ID for a draft'],
    [['remove', ID, '../x'], 'PATH ../x must be platform.json'],
    [['edit', ID, CALL], 'neither VISUAL nor EDITOR'],
  ])('ends with 2 where it is called wrongly: %j', async (args, complaint) => {
    const wrong = await policy(...args)
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain(complaint)
    expect(service.asked).toEqual([])
  })
})

describe('gatehouse policy push and pull', () => {
  it('records the commit of a clean tree, and says why it records none', async () => {
    const dir = tree()
    const outside = await policy('push', dir, '--name', 'stricter')
    expect(outside).toMatchObject({ code: 0, stderr: expect.stringContaining('no Git working tree') })
    git(dir, 'init', '-q')
    git(dir, 'add', '.')
    git(dir, 'commit', '-qm', 'begin')
    expect((await policy('push', dir, '--draft', ID)).stderr).toBe('')
    expect(draft.commit).toBe(git(dir, 'rev-parse', 'HEAD').trim())
    expect(draft.files[CALL]).toBe('package governance.call\n')

    writeFileSync(join(dir, '.gitignore'), 'governance/call/ignored.rego\n')
    git(dir, 'add', '.')
    git(dir, 'commit', '-qm', 'ignore')
    writeFileSync(join(dir, 'governance/call/ignored.rego'), 'package x\n')
    const dirty = await policy('push', dir, '--draft', ID, '--json')
    expect(dirty.stderr).toContain('1 of its files differ from the last commit')
    expect(draft.commit).toBeNull()
  })

  it('writes exactly the files of a draft, and over others only where it may', async () => {
    const dir = tree()
    writeFileSync(join(dir, 'governance/call/old.rego'), '')
    writeFileSync(join(dir, 'README.md'), 'kept')
    expect(await policy('pull', ID, dir)).toMatchObject({ code: 2, stderr: expect.stringContaining('--overwrite') })
    expect((await policy('pull', ID, dir, '--overwrite')).code).toBe(0)
    expect(readFileSync(join(dir, CALL), 'utf8')).toBe('package x\n')
    expect(existsSync(join(dir, 'governance/call/old.rego'))).toBe(false)
    expect(existsSync(join(dir, 'README.md'))).toBe(true)
  })

  it('writes nothing where the service names a file outside', async () => {
    draft.files['governance/../../escaped'] = 'x'
    expect((await policy('pull', ID, join(folder, 'new'))).code).not.toBe(0)
    expect(existsSync(join(folder, 'new'))).toBe(false)
    expect(existsSync(join(folder, 'escaped'))).toBe(false)
  })
})

describe('gatehouse policy edit', () => {
  const APPEND = `require('node:fs').appendFileSync(process.argv[2], '# more\\n')`

  it('writes back what was changed, and nothing where nothing was', async () => {
    editing(APPEND)
    expect((await policy('edit', ID, CALL)).code).toBe(0)
    expect(draft).toMatchObject({ version: 2, files: { [CALL]: 'package x\n# more\n' } })
    editing('')
    expect((await policy('edit', ID, CALL)).stdout).toContain('nothing was written')
    expect(draft.version).toBe(2)
  })

  it('keeps what was written where the draft was changed meanwhile', async () => {
    editing(APPEND)
    meanwhile = () => void (draft.version += 1)
    const late = await policy('edit', ID, CALL)
    expect(late.code).toBe(1)
    const kept = /kept in (\S+)/.exec(late.stderr)![1]!
    expect(readFileSync(kept, 'utf8')).toBe('package x\n# more\n')
    rmSync(join(kept, '..'), { recursive: true })
  })

  it('takes the text from a file where one is named, without a terminal', async () => {
    process.stdin.isTTY = false
    const file = join(folder, 'new.rego')
    writeFileSync(file, 'package y\n')
    expect((await policy('edit', ID, CALL, '--from', file)).code).toBe(0)
    expect(draft).toMatchObject({ version: 2, files: { [CALL]: 'package y\n' } })
    expect((await policy('read', ID, CALL)).stdout).toBe('package y\n')
    expect(await policy('edit', ID, CALL, '--from', join(folder, 'absent'))).toMatchObject({ code: 2 })
  })

  it('writes nothing where the editor fails, or where nobody sits at a terminal', async () => {
    editing('process.exit(3)')
    expect((await policy('edit', ID, CALL)).code).toBe(1)
    process.stdin.isTTY = false
    expect(await policy('edit', ID, CALL)).toMatchObject({ code: 2, stderr: expect.stringContaining('no terminal') })
    expect(draft.version).toBe(1)
  })
})
