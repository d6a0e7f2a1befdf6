import { readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { availableWalls } from '#runtime/launcher/walls.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { callsOnlyIf, edited, withFile } from '../testing/edit-policy.js'
import { checkAside, diffAside, sealAside, SourcesUnreadable } from './aside.js'
import { checkPolicy, STAGE_NAMES } from './check.js'
import { diffPolicies } from './diff.js'
import type { CheckReport } from './finding.js'
import { Opa, openOpa } from './opa.js'
import { readPolicyFolder, type PolicyFiles } from './policy-files.js'
import { sealPolicy } from './seal.js'

jest.setTimeout(120_000)

const CASES = 'cases/call/invoke.yaml'
let tool: Opa
let files: PolicyFiles
/** Where everything temporary of this file lies; others test beside it. */
let folder: string
const { TMPDIR } = process.env

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-of-aside-'))
  await chmod(folder, 0o711)
  process.env['TMPDIR'] = folder
  tool = await openOpa(await findOpa())
  files = await readPolicyFolder(dirname(shippedBundleFolder()))
}, 300_000)

afterAll(async () => {
  if (TMPDIR === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = TMPDIR
  await rm(folder, { recursive: true, force: true })
})

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const untimed = ({ stages, ...rest }: CheckReport) =>
  plain({ ...rest, stages: stages.map((stage) => ({ ...stage, ms: 0 })) })
const leftBehind = (): string[] => readdirSync(folder)

/** Sees that this thread's own work goes on while something else is done. */
const whileWorking = async <T>(work: Promise<T>): Promise<{ result: T; turns: number }> => {
  let turns = 0
  const turning = setInterval(() => (turns += 1), 5)
  const result = await work.finally(() => clearInterval(turning))
  return { result, turns }
}

describe('what is done aside', () => {
  it('comes to the same as what is done here', async () => {
    const base = await readShippedBundle()
    const changed = edited(files, CASES, ['rules: [call.allowed]', 'rules: [call.allowed, call.throttle]'])
    const found = await checkAside(changed, { tool, regal: undefined, base })
    expect(untimed(found)).toEqual(untimed(await checkPolicy(changed, { tool, base })))
    expect(found.ok).toBe(false)

    const [sealed, here] = [await sealAside(files, { tool }), await sealPolicy(files, { tool })]
    expect([sealed.digest, sealed.revision]).toEqual([here.digest, here.revision])
    expect(Buffer.compare(sealed.archive, here.archive)).toBe(0)
    expect(plain(await diffAside(files, changed, { tool }))).toEqual(
      plain(await diffPolicies(files, changed, { tool })),
    )
    expect(leftBehind()).toEqual([])
  })

  it('says whose fault it was that nothing came of it', async () => {
    const broken = withFile(files, 'governance/call/call.rego', 'package governance.call\n\nallow := {\n')
    await expect(sealAside(broken, { tool })).rejects.toThrow(SourcesUnreadable)
    await expect(sealAside(broken, { tool })).rejects.toThrow('call.rego')
    const kind = availableWalls().find(({ strength }) => strength === 'permission-only')!
    const unwalled = checkAside(files, { tool: new Opa(tool.path, { kind }), regal: undefined, base: undefined })
    await expect(unwalled).rejects.toMatchObject({ code: 'wall.absent' })
  })

  it('is given up when nobody waits any more', async () => {
    const stop = new AbortController()
    const sealing = sealAside(files, { tool, signal: stop.signal })
    setImmediate(() => stop.abort(new Error('nobody waits')))
    await expect(sealing).rejects.toThrow('nobody waits')
    await expect(sealAside(files, { tool, signal: stop.signal })).rejects.toThrow('nobody waits')
    expect(leftBehind()).toEqual([])
  })
})

describe('an unruly draft', () => {
  /** A list of lists of lists …: reading it takes a stack, or a turn for each. */
  const deep = `base: ${'['.repeat(50_000)}${']'.repeat(50_000)}\ncases: []\n`
  const anchors = [
    'a: &a [x, x, x, x, x, x, x, x]',
    ...'bcdefghi'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(8).fill(`*${'abcdefghi'[index]}`).join()}]`),
  ]
  const wide = `base: {${Array.from({ length: 60_000 }, (_, index) => `k${index}: {a: [${index}]}`).join(', ')}}\ncases: []\n`

  it.each([
    ['nests without end', deep],
    ['multiplies by aliases', `${anchors.join('\n')}\nbase: {}\ncases: []\n`],
    ['is very wide', wide],
  ])('whose golden case %s is refused, and who asked for it goes on meanwhile', async (_what, text) => {
    const unruly = withFile(files, 'cases/call/unruly.yaml', text)
    const { result, turns } = await whileWorking(checkAside(unruly, { tool, regal: undefined, base: undefined }))
    const failed = result.stages.find(({ state }) => state === 'failed')
    expect(result.ok).toBe(false)
    expect(failed?.findings[0]?.remedy).toMatch(/\w/)
    expect(result.stages.map(({ name }) => name)).toEqual(STAGE_NAMES)
    expect(turns).toBeGreaterThan(20)
  })

  it.each<[string, string]>([
    ['builds a range of a million', 'count(numbers.range(1, 1000000)) > 0'],
    [
      'has a comprehension in a comprehension',
      'count([1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a * b == 7]) > 0',
    ],
    ['gives builtins huge arguments', 'count(sprintf("%0999999d", [1])) > 0'],
  ])('that %s is stopped', async (_what, condition) => {
    const unruly = callsOnlyIf(files, condition)
    const { result, turns } = await whileWorking(checkAside(unruly, { tool, regal: undefined, base: undefined }))
    expect(result.ok).toBe(false)
    expect(turns).toBeGreaterThan(20)
  })

  it('that holds the thread up, or wants all memory, ends it: a finding of the stage it was at', async () => {
    const stuck = await checkAside(files, {
      tool,
      regal: undefined,
      base: undefined,
      bounds: { wallMs: 300, stuckMs: 200 },
    })
    expect(stuck.stages.find(({ state }) => state === 'failed')?.findings[0]).toMatchObject({ rule: 'check.time' })
    expect(stuck.stages.map(({ name }) => name)).toEqual(STAGE_NAMES)
    const hungry = await checkAside(files, { tool, regal: undefined, base: undefined, bounds: { heapMb: 12 } })
    expect(hungry.stages.find(({ state }) => state === 'failed')?.findings[0]).toMatchObject({ rule: 'check.memory' })
    await expect(sealAside(files, { tool, bounds: { wallMs: 300, stuckMs: 200 } })).rejects.toThrow(SourcesUnreadable)
    expect(leftBehind()).toEqual([])
  })
})
