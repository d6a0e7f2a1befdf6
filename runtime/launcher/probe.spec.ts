import { describe, expect, it } from '@jest/globals'
import { detectWall, probeWall, WallLeaks } from './probe.js'
import { availableWalls, type WallKind } from './walls.js'

const permissionOnly = availableWalls().find(({ name }) => name === 'permission-only')!

/** Node's permission model alone, as whoever runs the test: another account may not reach a clone in a closed folder. */
const nodeAlone: WallKind = {
  ...permissionOnly,
  command: (enclosed) => {
    const { file, args } = permissionOnly.command(enclosed)
    return { file, args }
  },
}

describe('detectWall', () => {
  it('takes a wall of namespaces that lets nothing through where the machine has one', async () => {
    const wall = await detectWall()
    if (process.platform === 'linux') expect(wall).toMatchObject({ strength: 'namespaces', leaks: [] })
  })

  it('tells what Node alone does not hold', async () => {
    const found = await probeWall(nodeAlone)
    expect(found).toEqual({ leaks: expect.arrayContaining(['host_files', 'network', 'shell', 'processes']) })
  })

  it('stops at a wall that is claimed but leaks', async () => {
    const claimed: WallKind = { ...nodeAlone, strength: 'namespaces' }
    await expect(detectWall([claimed])).rejects.toThrow(WallLeaks)
  })

  it('stops at a filter that is claimed and does not stand', async () => {
    const unfiltered = availableWalls().find(({ strength, filtered }) => strength === 'namespaces' && !filtered)
    if (unfiltered === undefined || process.arch !== 'x64') return
    await expect(detectWall([{ ...unfiltered, filtered: true }])).rejects.toMatchObject({
      code: 'wall.leaks',
      details: { leaks: expect.arrayContaining(['processes', 'sockets', 'tracing', 'namespaces', 'kernel']) },
    })
  })

  it('goes on to the next where one does not come up', async () => {
    const broken: WallKind = {
      name: 'bwrap',
      strength: 'namespaces',
      filtered: false,
      command: () => ({ file: '/bin/false', args: [] }),
    }
    const wall = await detectWall([broken, nodeAlone])
    expect(wall.name).toBe('permission-only')
    expect(wall.absent.map(({ name }) => name)).toEqual(['bwrap'])
  })

  it.each(
    availableWalls()
      .filter(({ strength }) => strength === 'namespaces')
      .map((wall) => [wall.name, wall] as const),
  )('%s holds or is absent', async (_name, wall) => {
    const found = await probeWall(wall)
    if ('leaks' in found) expect(found.leaks).toEqual([])
  })
})
