import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { packageRoot } from '#runtime/package-root.js'
import { scimWorld, userBody, type ScimWorld } from './testing/scim-world.js'

const COMMAND = join(packageRoot(), 'dist/cli/main.js')
const LONG = 120_000

const run = promisify(execFile)
let world: ScimWorld
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gatehouse-scim-command-'))
  world = await scimWorld()
}, LONG)
afterAll(async () => {
  await world?.stop()
  await rm(home, { recursive: true, force: true })
})

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}
const gatehouse = async (...words: string[]): Promise<Ran> => {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, GATEHOUSE_URL: world.service.url, GATEHOUSE_DATA: world.service.folder }
  try {
    return { code: 0, ...(await run(process.execPath, [COMMAND, ...words], { cwd: home, env })) }
  } catch (error) {
    return error as Ran
  }
}
/** A command of `gatehouse scim` by an owner, and what it answers as JSON. */
const scim = (...words: string[]) => gatehouse('--as', 'acme_owner', 'scim', ...words)
// oxlint-disable-next-line no-explicit-any -- A test looks at whatever came.
const json = async (...words: string[]): Promise<any> => {
  const ran = await scim(...words, '--json')
  return { exit: ran.code, ...(JSON.parse(ran.stdout) as object) }
}
const provision = (token: string, method: string, path: string, body?: object) =>
  fetch(`${world.service.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body && { body: JSON.stringify(body) }),
  })
const states = (checks: { name: string; state: string }[]) => checks.map(({ name, state }) => `${name} ${state}`)

describe('gatehouse scim', () => {
  it('makes, shows, changes and deletes a connection, which has to be off before it goes', async () => {
    const made = await json('connections', 'create', 'Okta of ours', '--quirks', 'okta')
    expect(made).toMatchObject({ quirks: 'okta', enabled: true, address: `${world.service.url}/scim/v2` })
    expect((await scim('connections', 'show', 'Okta of ours')).stdout).toContain(made.id)
    expect(await json('connections', 'set', made.id, '--existing', 'adopt', '--name', 'Okta')).toMatchObject({
      ...{ name: 'Okta', quirks: 'okta', settings: { existing: 'adopt' } },
    })
    const { secret } = await json('tokens', 'create', 'Okta', '--name', 'first')
    expect(await json('connections', 'delete', 'Okta')).toMatchObject({ exit: 1, refused: true, status: 409 })
    await json('connections', 'set', 'Okta', '--disable')
    expect(await json('connections', 'delete', 'Okta')).toMatchObject({ exit: 0, id: made.id, tokens: 1 })
    expect((await provision(secret, 'GET', '/Users')).status).toBe(401)
    expect((await scim('connections', 'show', 'Okta')).stderr).toContain('CONNECTION Okta is none here')
    expect((await scim('connections', 'list')).stdout).not.toContain('Okta')
  })

  it('puts one token in the place of another, with both counting meanwhile', async () => {
    await json('connections', 'create', 'Rotating')
    const first = await json('tokens', 'create', 'Rotating', '--name', 'first')
    const second = await json('tokens', 'create', 'Rotating', '--name', 'second', '--days', '30')
    expect(await json('tokens', 'create', 'Rotating', '--name', 'third')).toMatchObject({ exit: 1, status: 409 })
    for (const { secret } of [first, second]) expect((await provision(secret, 'GET', '/Users')).status).toBe(200)
    expect((await scim('tokens', 'list', 'Rotating')).stdout).toContain(
      `gatehouse --as acme_owner scim tokens revoke ${first.id}`,
    )
    expect((await json('tokens', 'revoke', first.id)).revoked_at).not.toBeNull()
    expect((await provision(first.secret, 'GET', '/Users')).status).toBe(401)
    expect((await provision(second.secret, 'GET', '/Users')).status).toBe(200)
    expect((await scim('tokens', 'list', 'Rotating')).stdout).toMatch(/first .*revoked/)
  })

  it('finds requests by person, outcome and time, and says what to make of a refusal', async () => {
    await json('connections', 'create', 'Logged')
    const { secret } = await json('tokens', 'create', 'Logged', '--name', 'first')
    const { id } = (await (await provision(secret, 'POST', '/Users', userBody('logged@acme.example'))).json()) as {
      id: string
    }
    await provision(secret, 'POST', '/Users', userBody('LOGGED@acme.example'))
    await provision(secret, 'POST', '/Users', userBody('quoted@acme.example', { active: 'False' }))
    const refused = await json('log', '--outcome', 'refused', '--connection', 'Logged', '--since', '1h')
    expect(refused.items.map(({ status, hint }: { status: number; hint: string }) => [status, hint])).toEqual([
      [400, expect.stringContaining('--quirks entra')],
      [409, expect.stringContaining('the name, or its own id (externalId), is taken')],
    ])
    const words = await scim('log', '--connection', 'Logged', '--until', '0m')
    expect(words.stdout).toContain('user.created logged@acme.example')
    expect(words.stdout).toContain('1 × Microsoft Entra spells it so')
    const about = await json('log', '--person', id)
    expect(about.items).toMatchObject([{ method: 'POST', status: 201, hint: null }])
    const one = await scim('log', about.items[0].id)
    expect(one.stdout).toContain(`user.created logged@acme.example (${id})`)
    expect((await scim('log', '--since', '1h', '--search', 'no such words')).stdout).toContain('(none)')
    expect((await scim('log', '--outcome', 'odd')).code).toBe(2)
  })

  it(
    'looks at a connection from both sides, and says what to do',
    async () => {
      await json('connections', 'create', 'Ailing')
      const bare = await json('doctor', 'Ailing')
      expect(bare).toMatchObject({ exit: 1, ok: false })
      expect(states(bare.connections[0].checks)).toEqual([
        ...['connection ok', 'token fail', 'last_request warn', 'brake ok', 'failures ok'],
      ])
      const { secret } = await json('tokens', 'create', 'Ailing', '--name', 'first')
      await provision(secret, 'POST', '/Users', userBody('a', { shoeSize: 1 }))
      const used = await json('doctor', 'Ailing')
      expect(used).toMatchObject({ exit: 0, ok: true })
      expect(states(used.connections[0].checks)).toEqual([
        ...['connection ok', 'token ok', 'last_request ok', 'brake ok', 'failures warn'],
      ])
      expect((await scim('doctor', 'Ailing')).stdout).toContain("attribute out of the provider's attribute mapping")

      const walked = await gatehouse('scim', 'doctor', '--token', secret, '--json')
      expect(walked.code).toBe(0)
      const { connections } = JSON.parse(walked.stdout) as {
        connections: { checks: { name: string; state: string }[] }[]
      }
      expect(states(connections[0]!.checks)).toEqual([
        ...['provider_config ok', 'schemas ok', 'look_up ok', 'create skipped'],
      ])
      const preview = await json('tokens', 'create', 'Ailing', '--name', 'trial', '--preview')
      await writeFile(join(home, 'token'), `${preview.secret}\n`)
      const people = async () => (await (await provision(secret, 'GET', '/Users')).json()) as { totalResults: number }
      const before = await people()
      const tried = await gatehouse('scim', 'doctor', '--token', '@token', '--url', `${world.service.url}/scim/v2/`)
      expect(tried).toMatchObject({ code: 0, stdout: expect.stringContaining('somebody would be added; nobody was') })
      expect(await people()).toMatchObject({ totalResults: before.totalResults })

      await json('tokens', 'revoke', preview.id)
      const refused = await gatehouse('scim', 'doctor', '--token', preview.secret)
      expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('expired or revoked') })
      const away = await gatehouse('scim', 'doctor', '--token', secret, '--url', 'http://127.0.0.1:9')
      expect(away).toMatchObject({ code: 1, stdout: expect.stringContaining('Look whether the service runs') })
      const elsewhere = await gatehouse('scim', 'doctor', '--token', secret, '--url', `${world.service.url}/healthz/..`)
      expect(elsewhere).toMatchObject({ code: 0 })
    },
    LONG,
  )

  it('gives roles to groups by rules that are tried first', async () => {
    await json('connections', 'create', 'Ruled')
    const { secret } = await json('tokens', 'create', 'Ruled', '--name', 'first')
    const posted = async (path: string, body: object) =>
      (await (await provision(secret, 'POST', path, body)).json()) as { id: string }
    const { id } = await posted('/Users', userBody('ruled@acme.example'))
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group']
    const group = await posted('/Groups', { schemas, displayName: 'Auditors', members: [{ value: id }] })
    const entries = [{ display_name: 'auditors', roles: ['auditor'], why: 'the yearly audit' }]
    await writeFile(join(home, 'rules.json'), JSON.stringify({ title: 'Ours', entries }))
    expect((await scim('rules', 'preview', '--file', 'rules.json')).stdout).toContain(`(${id}) +auditor`)
    expect((await scim('rules', 'who', id)).stdout).toContain('(none)')
    expect((await scim('rules', 'set', '--file', 'rules.json', '--reason', 'as agreed')).code).toBe(0)
    expect((await scim('rules', 'who', id)).stdout).toMatch(/auditor +the organisation +group Auditors +default +1/)
    const shown = await world.service.ask('acme_admin', 'GET', `/v1/scim/groups/${group.id}`)
    expect(shown.body).toMatchObject({
      ...{ display_name: 'Auditors', members: 1, roles: ['auditor'], custom_roles: [] },
      people: [{ id, active: true }],
      rules: [{ rules: 'default', revision: 1, rule: { why: 'the yearly audit' } }],
    })
    const { body } = await world.service.ask('acme_admin', 'GET', '/v1/scim/groups')
    expect(body['items']).toMatchObject([{ id: group.id, members: 1, roles: ['auditor'] }])
    expect((await world.service.ask('globex_admin', 'GET', `/v1/scim/groups/${group.id}`)).status).toBe(404)
    expect((await world.service.ask('acme_member', 'GET', '/v1/scim/groups')).status).toBe(403)
  })

  it('lays down what people have beyond RFC 7643, with revisions', async () => {
    const urn = 'urn:example:params:scim:schemas:2.0:Badge'
    const document = { title: 'Badge', urn, attributes: [{ name: 'number', type: 'string' }] }
    await writeFile(join(home, 'badge.json'), JSON.stringify(document))
    expect((await scim('schemas', 'set', 'badge', '--file', 'badge.json', '--reason', 'as agreed')).code).toBe(0)
    const shown = (await scim('schemas', 'show', 'badge')).stdout
    expect(shown).toContain(urn)
    expect(shown).toMatch(/number +string +no +readWrite +default +none/)
    const attributes = [...document.attributes, { name: 'level', type: 'integer' }]
    await writeFile(join(home, 'badge.json'), JSON.stringify({ ...document, attributes }))
    expect((await scim('schemas', 'set', 'badge', '--file', 'badge.json', '--reason', 'levels')).code).toBe(0)
    expect((await scim('schemas', 'diff', 'badge')).stdout).toContain('+ attribute level')
    expect((await scim('schemas', 'revert', 'badge', '1', '--reason', 'no levels')).code).toBe(0)
    expect((await scim('schemas', 'history', 'badge')).stdout).toContain('back to 1: no levels')
    expect((await scim('schemas', 'list')).stdout).toMatch(/badge +Badge +3/)
  })

  it('maps attributes to fields of a person, tried first', async () => {
    await json('connections', 'create', 'Mapped')
    const { secret } = await json('tokens', 'create', 'Mapped', '--name', 'first')
    const body = { ...userBody('mapped@acme.example'), name: { familyName: 'Low' }, locale: 'de' }
    const { id } = (await (await provision(secret, 'POST', '/Users', body)).json()) as { id: string }
    const fields = [
      { field: 'name', from: [{ attribute: 'name.familyName' }] },
      { field: 'language', from: [{ attribute: 'locale' }, { constant: 'en' }], steps: ['upper_case'] },
    ]
    await writeFile(join(home, 'mapping.json'), JSON.stringify({ title: 'Ours', fields }))
    await writeFile(join(home, 'user.json'), JSON.stringify(userBody('other@acme.example')))
    const tried = await scim('mapping', 'preview', '--file', 'mapping.json', '--resource', 'user.json')
    expect(tried.stdout).toContain(`mapped@acme.example (${id})\n    language: (none) -> DE`)
    expect(tried.stdout).toMatch(/The user that was sent along would be:\n +name +other@acme\.example/)
    expect((await scim('mapping', 'who', id)).stdout).not.toContain('language')
    expect((await scim('mapping', 'set', '--file', 'mapping.json', '--reason', 'as agreed')).code).toBe(0)
    expect((await scim('mapping', 'who', id)).stdout).toMatch(/language +DE/)
    expect((await scim('mapping', 'show')).stdout).toMatch(/language +locale, "en" +the first +upper_case/)
    expect((await scim('mapping', 'diff')).stdout).toContain('+ field language')
  })
})
