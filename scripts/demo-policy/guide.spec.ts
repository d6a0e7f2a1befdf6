import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { packageRoot } from '#runtime/package-root.js'
import { CASES, RULE, TEST } from './rule.js'
import { TENANT_RULE, TENANT_TEST } from './tenant-rule.js'

const guide = readFileSync(join(packageRoot(), 'docs/policy/guide.md'), 'utf8')
const tenantGuide = readFileSync(join(packageRoot(), 'docs/policy/tenant.md'), 'utf8')
const steps = join(packageRoot(), 'scripts/demo-policy/steps')
const demo = readdirSync(steps)
  .map((file) => readFileSync(join(steps, file), 'utf8'))
  .join('')

/** The words that name each command of the guide's blocks, without who speaks: `policy push`, `keys create`. */
const commands = [...guide.matchAll(/^gatehouse (?:--as \w+ )?(\w+) (\S+)/gm)].map(([, family, verb]) => [
  family!,
  verb!,
])

describe('the guide for security leads', () => {
  it.each([
    ['rule', RULE],
    ['test', TEST],
    ['golden cases', CASES],
  ])('writes the %s that the demo writes', (_, text) => {
    expect(guide).toContain(text.trimEnd())
  })

  it.each(commands)('runs a command that the demo runs: %s %s', (family, verb) => {
    const known = verb === 'DECISION' ? `'${family}', world` : `'${family}', '${verb}'`
    expect(demo).toContain(known)
  })

  it('has commands', () => expect(commands.length).toBeGreaterThan(10))
})

describe('the guide for organisations', () => {
  it.each([
    ['rule', TENANT_RULE],
    ['test', TENANT_TEST],
  ])('writes the %s that the demo writes', (_, text) => {
    expect(tenantGuide).toContain(text.trimEnd())
  })
})
