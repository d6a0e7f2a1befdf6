import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { probeWall } from './probe.js'
import { runTool, type ToolJob } from './run-tool.js'
import { availableWalls, type WallKind, type WallName } from './walls.js'

const LIMITS = { wallMs: 20_000, outputBytes: 1 << 20, memoryMb: 1_024, cpuSeconds: 20, fileMb: 1 }
const TEST_MS = 40_000

let outer: string
let folder: string
beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'gatehouse-tool-'))
  folder = join(outer, 'inside')
  await mkdir(folder)
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'source.txt'), 'source')
  await writeFile(join(folder, 'result.txt'), '')
  await chmod(join(folder, 'result.txt'), 0o666)
})
afterEach(() => rm(outer, { recursive: true, force: true }))

/** Node plays the tool, because it can be told what to try. */
const trying = (script: string, changes: Partial<ToolJob> = {}): ToolJob => ({
  executable: process.execPath,
  args: ['-e', script],
  folder,
  writable: ['result.txt'],
  limits: LIMITS,
  ...changes,
})

const walls: (readonly [WallName, WallKind])[] = []
for (const kind of availableWalls().filter(({ strength }) => strength === 'namespaces'))
  if ('leaks' in (await probeWall(kind))) walls.push([kind.name, kind] as const)

const openly = (walls.length > 0 ? describe.each(walls) : describe.skip.each([['no wall', undefined as never]])) as (
  name: string,
  body: (name: string, kind: WallKind) => void,
) => void

openly('a tool behind %s', (_name, kind) => {
  it(
    'reads its folder, writes what it may, and reaches no environment, file or network',
    async () => {
      const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const script = `
        const fs = require('node:fs')
        const tries = (what) => { try { what(); return true } catch { return false } }
        fs.writeFileSync('/result.txt', fs.readFileSync('source.txt', 'utf8') + ' read')
        const found = {
          environment: Object.keys(process.env).filter((name) => name !== 'PWD'),
          folder: tries(() => fs.writeFileSync('/source.txt', 'changed')),
          root: tries(() => fs.writeFileSync('/new.txt', '')),
          host: tries(() => fs.readFileSync('/etc/passwd')) || tries(() => fs.readdirSync(${JSON.stringify(outer)})),
        }
        const socket = require('node:net').connect(${port}, '127.0.0.1')
        const say = (network) => () => console.log(JSON.stringify({ ...found, network }))
        socket.on('connect', say(true)).on('error', say(false))`
      const run = await runTool({ kind }, trying(script))
      server.close()
      expect({ ...run, stderr: run.stderr.toString() }).toMatchObject({ ended: 'exited', code: 0, stderr: '' })
      expect(JSON.parse(run.stdout.toString())).toEqual({
        environment: [],
        folder: false,
        root: false,
        host: false,
        network: false,
      })
      expect(await readFile(join(folder, 'result.txt'), 'utf8')).toBe('source read')
      expect(await readFile(join(folder, 'source.txt'), 'utf8')).toBe('source')
    },
    TEST_MS,
  )

  it(
    'is ended where it takes too long, says too much, or nobody waits any more',
    async () => {
      const forever = 'setInterval(() => {}, 1000)'
      const run = (script: string, changes: Partial<ToolJob>) => runTool({ kind }, trying(script, changes))
      const slow = await run(forever, { limits: { ...LIMITS, wallMs: 300 } })
      const chatty = await run('for (;;) require("node:fs").writeSync(1, "x".repeat(4096))', {
        limits: { ...LIMITS, outputBytes: 8_192 },
      })
      const stop = new AbortController()
      const left = run(forever, { signal: stop.signal })
      stop.abort()
      expect([slow, chatty, await left].map(({ ended, code }) => [ended, code])).toEqual([
        ['time', null],
        ['output', null],
        ['aborted', null],
      ])
    },
    TEST_MS,
  )

  it(
    'gets neither more memory nor more of the disk than its limits say',
    async () => {
      const memory = await runTool(
        { kind },
        trying('Buffer.alloc(600 << 20).fill(1); console.log("had it")', { limits: { ...LIMITS, memoryMb: 400 } }),
      )
      expect(memory.code).not.toBe(0)
      expect(memory.stdout.toString()).toBe('')
      const disk = await runTool(
        { kind },
        trying('require("node:fs").writeFileSync("/result.txt", Buffer.alloc(8 << 20)); console.log("had it")'),
      )
      expect(disk.stdout.toString()).toBe('')
      expect((await readFile(join(folder, 'result.txt'))).byteLength).toBeLessThanOrEqual(2 << 20)
    },
    TEST_MS,
  )
})

describe('a machine without a wall', () => {
  const kind = availableWalls().find(({ strength }) => strength === 'permission-only')!
  /** As whoever runs the test: another account may not reach its folders. */
  const bare = {
    ...kind,
    command: (enclosed: Parameters<typeof kind.command>[0]) => ({
      ...kind.command(enclosed),
      identity: undefined as never,
    }),
  }

  it('runs nothing, and says why', async () => {
    await expect(runTool({ kind }, trying('console.log(1)'))).rejects.toMatchObject({
      code: 'wall.absent',
      message: expect.stringContaining('bubblewrap'),
    })
  })

  it('waits for no process that one which was ended has left with its output', async () => {
    const left = { executable: '/bin/sh', args: ['-c', 'sleep 30 & exec sleep 30'], writable: [] }
    const run = await runTool(
      { kind: bare, weakIsolation: true },
      trying('', { ...left, limits: { ...LIMITS, wallMs: 300 } }),
    )
    expect(run).toMatchObject({ ended: 'time', code: null })
  }, 20_000)

  it('runs a tool without an environment where weak isolation is allowed', async () => {
    const run = await runTool(
      { kind: bare, weakIsolation: true },
      trying('console.log(Object.keys(process.env).length)'),
    )
    // A shell that sets the limits adds PWD and the like, nothing of ours.
    expect(Number(run.stdout.toString())).toBeLessThanOrEqual(3)
  })
})
