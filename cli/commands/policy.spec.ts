import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { CheckReport } from '#engine/author/index.js'
import { shippedBundleFolder } from '#engine/bundle.js'
import { runProgram } from '../program.js'

jest.setTimeout(300_000)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-cli-policy-'))
  await cp(dirname(shippedBundleFolder()), folder, { recursive: true })
})
afterEach(async () => {
  process.exitCode = undefined
  jest.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

async function gatehouse(...args: string[]): Promise<{ code: unknown; stdout: string }> {
  let stdout = ''
  jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk)
    return true
  })
  await runProgram(args)
  jest.restoreAllMocks()
  return { code: process.exitCode ?? 0, stdout }
}

describe('gatehouse policy check', () => {
  it('ends with 0 where every stage passes, and says which did not run', async () => {
    const { code, stdout } = await gatehouse('policy', 'check', folder)
    expect(code).toBe(0)
    expect(stdout).toContain('not run regal: Regal not installed')
    expect(stdout).toContain('passed  remedies')
  })

  it('ends with 1 where one refuses, with the same findings as JSON, SARIF and JUnit', async () => {
    const file = join(folder, 'governance/call/call.rego')
    await writeFile(file, (await readFile(file, 'utf8')).replace('input.install.status', 'input.install.state'))
    const [sarif, junit] = [join(folder, 'x.sarif'), join(folder, 'x.xml')]
    const { code, stdout } = await gatehouse('--json', 'policy', 'check', folder, '--sarif', sarif, '--junit', junit)
    expect(code).toBe(1)
    const report = JSON.parse(stdout) as CheckReport
    const [finding] = report.stages.flatMap(({ findings }) => findings)
    expect(finding).toMatchObject({ stage: 'types', file: 'governance/call/call.rego', rule: 'rego_type_error' })
    const { runs } = JSON.parse(await readFile(sarif, 'utf8')) as { runs: { results: object[] }[] }
    expect(runs[0]!.results[0]).toMatchObject({
      ruleId: 'types/rego_type_error',
      locations: [{ physicalLocation: { region: { startLine: finding!.line } } }],
    })
    expect(await readFile(junit, 'utf8')).toContain(`governance/call/call.rego:${finding!.line}: rego_type_error`)
  })

  it('ends with 2 where it is called wrongly', async () => {
    expect((await gatehouse('policy', 'check', join(folder, 'cases'))).code).toBe(2)
    expect((await gatehouse('policy', 'check', folder, '--junit', '/not/there/x.xml')).code).toBe(2)
  })
})
