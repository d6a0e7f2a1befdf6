import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { programTree } from '../program.js'
import type { Urgency } from '../scheduling.js'
import { startProgram, type Started } from './index.js'

const shell = (script: string, urgency?: Urgency) => startProgram({ file: '/bin/sh', args: ['-c', script] }, urgency)
const isGone = (pid: number): boolean =>
  !existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
const niceness = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[16])

const membershipOf = (pid: number): { group: string; session: string } => {
  const [, , group, session] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return { group: group!, session: session! }
}

const afterwards: Started[] = []
afterEach(() => {
  for (const program of afterwards.splice(0)) program.kill()
})
/** Starts a program that does nothing, and gives its number. */
const sleeping = async (urgency?: Urgency): Promise<number> => {
  const program = await shell('echo $$ >&3; exec sleep 60', urgency)
  afterwards.push(program)
  return Number(await once(program.channel, 'data'))
}

describe('a program that is started apart', () => {
  it('talks on descriptor 3 and nothing else, and its end is told with what it complained of', async () => {
    const program = await shell('cat <&3 >&3; ls /proc/self/fd | tr "\\n" " " >&2; env >&2; exit 3')
    program.channel.end('hello')
    expect(await text(program.channel)).toBe('hello')
    expect(await program.ended).toBe(3)
    // The fourth is the one that `ls` reads the folder by.
    expect(program.complaints()).toMatch(/^0 1 2 3 4 PWD=\/\n$/)
  })

  it('loses nothing of what many say that end at once', async () => {
    const said = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const program = await shell(`echo ${n} >&3`)
        return [await text(program.channel), await program.ended]
      }),
    )
    expect(said).toEqual(Array.from({ length: 20 }, (_, n) => [`${n}\n`, 0]))
  })

  it('is ended from outside, and steps back with all that it started', async () => {
    const program = await shell('sleep 60 & echo $$ $! >&3; wait')
    const [line] = (await once(program.channel, 'data')) as [Buffer]
    const [parent, child] = String(line).trim().split(' ').map(Number) as [number, number]
    program.stepBack()
    while (niceness(child) !== 19) await setTimeout(5)
    expect(niceness(parent)).toBe(19)
    program.kill()
    expect(await program.ended).toBeNull()
    process.kill(child)
  })

  // Empty, or not there at all, where Linux knows no shares of sessions.
  const shareOf = (pid: number): string =>
    existsSync('/proc/self/autogroup') ? readFileSync(`/proc/${pid}/autogroup`, 'utf8') : ''

  it.each<[Urgency, RegExp]>([
    ['usual', /nice 5$/m],
    ['idle', /nice 19$/m],
  ])(
    'shares a session with the others that are %s and nobody else, which takes less of the processors than the service',
    async (urgency, share) => {
      const [one, other] = await Promise.all([sleeping(urgency), sleeping(urgency)])
      const apart = await sleeping(urgency === 'idle' ? 'usual' : 'idle')
      expect(membershipOf(one).session).toBe(membershipOf(other).session)
      for (const pid of [process.pid, apart]) expect(membershipOf(one).session).not.toBe(membershipOf(pid).session)
      if (shareOf(one) !== '') while (!share.test(shareOf(one))) await setTimeout(50)
    },
  )

  it('reaches nobody else by signals to its own group', async () => {
    const [one, other] = await Promise.all([sleeping(), sleeping()])
    expect(membershipOf(one).group).not.toBe(membershipOf(other).group)
    const program = await shell('kill -KILL 0')
    expect(await program.ended).toBeNull()
    expect([one, other].map(isGone)).toEqual([false, false])
  })

  it('that cannot be started says why', async () => {
    await expect(startProgram({ file: '/no/such/program', args: [] })).rejects.toThrow('ENOENT')
    expect(await (await shell('exit 0')).ended).toBe(0)
  })

  it('is started by another process where the one that starts them is gone, which takes its programs along', async () => {
    const program = await shell('echo $$ $PPID >&3; exec sleep 60')
    const [line] = (await once(program.channel, 'data')) as [Buffer]
    const [pid, spawner] = String(line).trim().split(' ').map(Number) as [number, number]
    process.kill(spawner, 'SIGKILL')
    expect(await program.ended).toBeNull()
    while (!isGone(pid)) await setTimeout(5)
    expect(await (await shell('exit 4')).ended).toBe(4)
  })

  it('goes with whoever started it, however that ends', async () => {
    const module = pathToFileURL(join(programTree().root, 'dist/runtime/launcher/spawner/index.js')).href
    const script = `const { startProgram } = await import(${JSON.stringify(module)})
      const program = await startProgram({ file: '/bin/sh', args: ['-c', 'echo $$ >&3; exec sleep 60'] })
      program.channel.on('data', (pid) => console.log(String(pid).trim()))`
    const starter = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script])
    const [pid] = (await once(starter.stdout, 'data')) as [Buffer]
    expect(isGone(Number(pid))).toBe(false)
    starter.kill('SIGKILL')
    while (!isGone(Number(pid))) await setTimeout(5)
  })
})
