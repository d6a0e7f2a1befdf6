import { dirname } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { findOpa } from '../../scripts/find-opa.mjs'
import { shippedBundleFolder } from '../bundle.js'
import { edited, withFile, withoutFile } from '../testing/edit-policy.js'
import { diffPolicies, type PolicyDiff } from './diff.js'
import { openOpa, type Opa } from './opa.js'
import { readPolicyFolder, type PolicyFiles } from './policy-files.js'

jest.setTimeout(60_000)

const CALL = 'governance/call/call.rego'
const NOTHING = { entrypoints: [], rules: [], reasons: [], data: [] }

let tool: Opa
let files: PolicyFiles
beforeAll(async () => {
  tool = await openOpa(await findOpa())
  files = await readPolicyFolder(dirname(shippedBundleFolder()))
}, 300_000)

const diff = (after: PolicyFiles): Promise<PolicyDiff> => diffPolicies(files, after, { tool })
const names = (changes: readonly { id: string; change: string }[]) => changes.map(({ id, change }) => `${change} ${id}`)

describe('the difference of two policies', () => {
  it('is none of the same sources', async () => {
    expect(await diff(new Map(files))).toEqual({ files: [], meaning: NOTHING, faults: [] })
  })

  it('names files with a unified diff, and no meaning where only comments, lines and tests moved', async () => {
    const commented = edited(files, CALL, [
      '# METADATA\n# title: Sign in first',
      '# seen\n\n# METADATA\n# title: Sign in first',
    ])
    const after = edited(commented, 'governance/call/call_test.rego', ['package', '# seen\npackage'])
    const { files: changed, meaning } = await diff(after)
    expect(names(changed.map(({ path: id, change }) => ({ id, change })))).toEqual([
      `changed ${CALL}`,
      'changed governance/call/call_test.rego',
    ])
    expect(changed[0]!.patch).toContain(`--- a/${CALL}\n+++ b/${CALL}\n`)
    expect(changed[0]!.patch).toContain('\n+# seen\n')
    expect(meaning).toEqual(NOTHING)
  })

  it('names a rule that decides otherwise, and where it stands', async () => {
    const { meaning } = await diff(edited(files, CALL, ['if not actor.known', 'if not actor.system']))
    const place = { file: CALL, line: expect.any(Number) }
    expect(meaning).toEqual({
      ...NOTHING,
      rules: [{ id: 'governance.call.deny["call.anonymous"]', change: 'changed', before: place, after: place }],
    })
  })

  it('sees through an import: the same words about another package are another meaning', async () => {
    const after = edited(files, CALL, ['import data.governance.actor', 'import data.governance.standing as actor'])
    const { rules } = (await diff(after)).meaning!
    expect(names(rules)).toContain('changed governance.call.deny["call.anonymous"]')
    expect(names(rules)).not.toContain('changed governance.call.deny["call.not_permitted"]')
  })

  it('names a reason that was added with its rule, and one whose remedy reads otherwise', async () => {
    const text = new TextDecoder().decode(files.get(CALL)).replace('Send an API key with the request.', 'Sign in.')
    const rule = [
      '# METADATA',
      '# title: Odd',
      '# description: Is odd.',
      '# custom:',
      '#   id: call.odd',
      '#   remedy: Be even.',
      'deny contains "call.odd" if input.action == "odd"',
    ]
    const { meaning } = await diff(withFile(files, CALL, `${text}\n${rule.join('\n')}\n`))
    expect(names(meaning!.rules)).toEqual(['added governance.call.deny["call.odd"]'])
    expect(meaning!.reasons).toEqual([
      {
        id: 'call.anonymous',
        change: 'changed',
        before: expect.objectContaining({ remedy: 'Send an API key with the request.' }),
        after: expect.objectContaining({ remedy: 'Sign in.' }),
      },
      {
        id: 'call.odd',
        change: 'added',
        before: null,
        after: { title: 'Odd', description: 'Is odd.', remedy: 'Be even.' },
      },
    ])
  })

  it('names an entrypoint that is gone with its gate', async () => {
    const { files: changed, meaning } = await diff(withoutFile(files, 'governance/enforcement/enforcement.rego'))
    expect(changed).toEqual([
      {
        path: 'governance/enforcement/enforcement.rego',
        change: 'removed',
        patch: expect.stringContaining('+++ /dev/null'),
      },
    ])
    expect(names(meaning!.entrypoints)).toEqual(['removed governance.enforcement.decision'])
    expect(names(meaning!.reasons).every((name) => name.startsWith('removed enforcement.'))).toBe(true)
  })

  it('names settings of the platform by pointer, with both values', async () => {
    const { meaning } = await diff(edited(files, 'platform.json', ['"log_max_bytes": 8192', '"log_bytes": 8192']))
    expect(meaning).toEqual({
      ...NOTHING,
      data: [
        { id: '/platform/capability/log_bytes', change: 'added', before: null, after: 8192 },
        { id: '/platform/capability/log_max_bytes', change: 'removed', before: 8192, after: null },
      ],
    })
  })

  it('has no meaning where one of them does not parse, and says where', async () => {
    const {
      files: changed,
      meaning,
      faults,
    } = await diff(withFile(files, CALL, 'package governance.call\n\nallow := {\n'))
    expect(changed).toHaveLength(1)
    expect(meaning).toBeNull()
    expect(faults[0]).toMatchObject({ file: CALL, rule: 'rego_parse_error', line: expect.any(Number) })
  })
})
