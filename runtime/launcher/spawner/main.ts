/**
 * The process that starts others for the service, those of one urgency. To start one, a process is copied page table by page table, which takes a
 * large one some thirty milliseconds in which it does nothing else; this one stays small.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import type { Readable, Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { closeInherited } from './close-inherited.js'
import type { Report, Request } from './messages.js'
import { stepBack } from './step-back.js'
import { inOwnGroup } from './own-group.js'
import { takeLess } from './share.js'

const MAX_COMPLAINT_CHARACTERS = 4_000
const LAST_WORDS_MS = 100
const CHANNEL = 3

type Start = Extract<Request, { kind: 'start' }>

const running = new Map<number, ChildProcess>()
const waiting: Start[] = []
/** One channel travels at a time: what a second one says while it waits for its turn would be read here, and be lost. */
let travelling = false

const tell = (report: Report, channel?: Duplex): void => {
  process.send!(report, channel as never)
}

/** Why a program cannot be started; whoever starts it in its own group could not say. */
const faultOf = (file: string): string | undefined => {
  try {
    accessSync(file, constants.X_OK)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

const start = ({ id, command: { file, args, identity } }: Start): void => {
  const fault = faultOf(file)
  if (fault !== undefined) return tell({ kind: 'ended', id, code: null, complaints: fault })
  const apart = inOwnGroup(file, args)
  const stdio = ['ignore', 'ignore', 'pipe', 'pipe'] as const
  const child = spawn(apart.file, apart.args, { env: {}, cwd: '/', ...apart.how, ...identity, stdio: [...stdio] })
  const complaints = tail(child.stderr as Readable)
  const end = (code: number | null, more = ''): void => {
    if (running.delete(id)) tell({ kind: 'ended', id, code, complaints: complaints() + more })
  }
  running.set(id, child)
  child.once('error', (error) => end(null, error.message))
  child.once('exit', (code) => void lastWords(child.stderr as Readable).then(() => end(code)))
  if (child.pid === undefined) return
  travelling = true
  const channel = child.stdio[CHANNEL] as Duplex & { readonly _handle: { readStop(): void } }
  // Node reads whatever it opens, and drops that where it is handed on; there is no public way to have it wait.
  channel._handle.readStop()
  ;(child.stdio as unknown[])[CHANNEL] = null
  tell({ kind: 'started', id, pid: child.pid }, channel)
}

const startNext = (): void => {
  while (!travelling && waiting.length > 0) start(waiting.shift()!)
}

const kill = (id: number): void => {
  const place = waiting.findIndex((each) => each.id === id)
  if (place < 0) running.get(id)?.kill('SIGKILL')
  else {
    waiting.splice(place, 1)
    tell({ kind: 'ended', id, code: null, complaints: '' })
  }
}

const answer = (request: Request): void => {
  switch (request.kind) {
    case 'start':
      waiting.push(request)
      return startNext()
    case 'took':
      travelling = false
      return startNext()
    case 'kill':
      return kill(request.id)
    case 'step-back':
      return stepBack(running.get(request.id)?.pid)
  }
}

/** What it wrote last is read before its end is told of, unless something that it started still holds the other end. */
const lastWords = async (stderr: Readable): Promise<void> => {
  if (!stderr.closed) await Promise.race([once(stderr, 'close'), setTimeout(LAST_WORDS_MS)])
}

function tail(stream: Readable): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => (text = (text + chunk).slice(-MAX_COMPLAINT_CHARACTERS)))
  return () => text
}

closeInherited()
takeLess(Number(process.argv[2]))
process.on('message', answer)
// Nobody is there any more whom they would work for.
process.on('disconnect', () => {
  for (const child of running.values()) child.kill('SIGKILL')
  process.exit()
})
// It ends with whoever it works for, not by the key or signal that ends them in their order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
