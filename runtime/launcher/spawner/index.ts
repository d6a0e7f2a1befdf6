import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { programTree } from '../program.js'
import type { Urgency } from '../scheduling.js'
import type { Command } from '../walls.js'
import type { Report, Request } from './messages.js'

const PROGRAM = 'dist/runtime/launcher/spawner/main.js'

/** A program that was started, seen from outside. */
export interface Started {
  /** Its descriptor 3. */
  readonly channel: Duplex
  /** Resolves once it is gone: its exit code, null where it was ended. */
  readonly ended: Promise<number | null>
  /** The end of what it wrote to stderr; empty until it is gone. */
  complaints(): string
  /** SIGKILL. Does nothing to one that is gone. */
  kill(): void
  /** From now on it takes what others leave of the processors. */
  stepBack(): void
}

interface Awaited {
  /** Of the program, once it is started. */
  pid?: number
  arrived(channel: Duplex): void
  ended(code: number | null, complaints: string): void
}

/** While no program runs for so long, it goes too. */
const IDLE_MS = 10_000
const LOST = 'the process that starts programs is gone'

/**
 * Of a session's share of the processors, as of a process's: at 5 about a third of what others get who want the same core,
 * at 19 next to nothing. What would only take what is left has a session of its own: in that of the others it would use up
 * their common share, and they would wait for it to come round again.
 */
const NICENESS: Readonly<Record<Urgency, number>> = { usual: 5, idle: 19 }

/** The way to the process that starts programs of one urgency; another takes its place where it is gone, and its programs with it. */
class Spawner {
  private child: ChildProcess | undefined
  private readonly awaited = new Map<number, Awaited>()
  private last = 0
  private idle: NodeJS.Timeout | undefined

  constructor(private readonly niceness: number) {}

  /** Starts a program. Raises what kept it from starting. */
  start(command: Command): Promise<Started> {
    const id = (this.last += 1)
    let said = ''
    return new Promise((resolve, reject) => {
      let isOver: (code: number | null) => void
      const ended = new Promise<number | null>((settle) => (isOver = settle))
      const child = this.process()
      this.awaited.set(id, {
        arrived: (channel) =>
          resolve({
            ...{ channel, ended, complaints: () => said },
            kill: () => this.ask({ kind: 'kill', id }),
            stepBack: () => this.ask({ kind: 'step-back', id }),
          }),
        ended: (code, complaints) => {
          said = complaints
          isOver(code)
          reject(new Error(complaints || 'the program ended before it began'))
        },
      })
      child.ref()
      this.ask({ kind: 'start', id, command })
    })
  }

  private process(): ChildProcess {
    if (this.child) return this.child
    // It leads a session of its own: its programs have no terminal, and it has a share of the processors of its own.
    const child = fork(join(programTree().root, PROGRAM), [String(this.niceness)], {
      ...{ env: {}, execArgv: [], serialization: 'advanced', detached: true },
    })
    child.on('message', (report: Report, channel) => this.onReport(report, channel as Duplex | undefined))
    child.once('exit', () => this.onGone(child))
    // One that could not be started does not end; a request that cannot be sent any more is answered by the end.
    child.on('error', () => child.pid === undefined && this.onGone(child))
    this.rest(child)
    return (this.child = child)
  }

  private ask(request: Request): void {
    const { child } = this
    if (child?.connected === true) child.send(request, () => undefined)
  }

  private onReport(report: Report, channel: Duplex | undefined): void {
    const awaited = this.awaited.get(report.id)
    if (report.kind === 'started') {
      this.ask({ kind: 'took' })
      if (awaited) awaited.pid = report.pid
      if (channel) awaited?.arrived(channel)
    } else {
      this.awaited.delete(report.id)
      awaited?.ended(report.code, report.complaints)
      if (this.awaited.size === 0 && this.child) this.rest(this.child)
    }
  }

  private onGone(child: ChildProcess): void {
    // One that was let go may end after the next has begun its work.
    if (this.child !== child) return
    this.child = undefined
    for (const [id, awaited] of this.awaited) {
      this.awaited.delete(id)
      // Whoever was to end it is gone.
      if (awaited.pid !== undefined) endProcess(awaited.pid)
      awaited.ended(null, LOST)
    }
  }

  /** While nothing runs nobody waits for it, and before long it is let go. */
  private rest(child: ChildProcess): void {
    child.unref()
    child.channel?.unref()
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.letGo(child), IDLE_MS).unref()
  }

  /** It stays as long as any program runs: to start it again the whole service would be copied. */
  private letGo(child: ChildProcess): void {
    if (this.awaited.size > 0 || this.child !== child) return
    if (Object.values(spawners).some(({ awaited }) => awaited.size > 0)) return this.rest(child)
    this.child = undefined
    if (child.connected) child.disconnect()
  }
}

const endProcess = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

const spawners: Readonly<Record<Urgency, Spawner>> = {
  usual: new Spawner(NICENESS.usual),
  idle: new Spawner(NICENESS.idle),
}

/** Starts a program by a small process of its own, with nothing but descriptor 3. Raises what kept it from starting. */
export const startProgram = (command: Command, urgency: Urgency = 'usual'): Promise<Started> =>
  spawners[urgency].start(command)
