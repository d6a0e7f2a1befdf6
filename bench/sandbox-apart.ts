import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { admit } from '#runtime/admission/admit.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { Slot } from '#runtime/slots/slot.js'
import { HostFake, jobFor, LIMITS, requestTo } from '#runtime/testing/slot-fixture.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { answered, ESCAPE, HANDLE, LOOP_MS, REQUEST, type Kind } from './sandbox-work.js'

/** A thread or a process that is asked by messages. */
interface Served {
  /** The answer to a request, to `escape` or to `loop`. */
  ask(text: string): Promise<unknown>
  close(): Promise<unknown>
}

interface Serving {
  readonly open: () => Promise<Served>
  /** Whether each call finds it as new. */
  readonly isPristine: boolean
}

/** A kind whose sandboxes stand apart from this thread. What loops is ended with its sandbox, which has to be seen to go. */
const served = (prepare: () => Promise<Serving>): Kind => ({
  many: 16,
  prepare: async () => {
    const { open, isPristine } = await prepare()
    return {
      make: async () => {
        const { ask, close } = await open()
        answered(await ask(REQUEST))
        const call = (): Promise<unknown> => ask(REQUEST)
        return { call, ...(isPristine && { pristine: call }), close }
      },
      reachesNode: async () => {
        const { ask, close } = await open()
        const found = String(await ask('escape')) === 'true'
        await close()
        return found
      },
      stopsLoop: async () => {
        const { ask, close } = await open()
        await Promise.race([ask('loop'), delay(LOOP_MS)])
        const ended = close().then(() => true)
        return Promise.race([ended, delay(LOOP_MS, false)])
      },
    }
  },
})

const SERVING = `${HANDLE}; ${ESCAPE}; function serve(text) { if (text === 'loop') for (;;) {} return text === 'escape' ? escape() : handle(text) }`

const workerThread = served(async () => ({
  isPristine: false,
  open: async () => {
    const source = `${SERVING}; const { parentPort } = require('node:worker_threads'); parentPort.on('message', (text) => parentPort.postMessage(serve(text)))`
    const worker = new Worker(source, { eval: true, env: {}, resourceLimits: { maxOldGenerationSizeMb: 32 } })
    const ask = async (text: string): Promise<unknown> => {
      worker.postMessage(text)
      return ((await once(worker, 'message')) as unknown[])[0]
    }
    return { ask, close: () => worker.terminate() }
  },
}))

const plainProcess = served(async () => ({
  isPristine: false,
  open: async () => {
    const source = `${SERVING}; process.on('message', (text) => process.send(serve(text)))`
    const stdio: ('ignore' | 'inherit' | 'ipc')[] = ['ignore', 'ignore', 'inherit', 'ipc']
    const child = fork('-', { execArgv: ['--eval', source, '--'], env: {}, stdio })
    const ask = async (text: string): Promise<unknown> => {
      child.send(text)
      return ((await once(child, 'message')) as unknown[])[0]
    }
    const close = async (): Promise<void> => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    return { ask, close }
  },
}))

const GUEST = `
const { sum, escape } = (() => { ${HANDLE}; ${ESCAPE}; return { sum: handle, escape } })()
const bytes = (text) => Uint8Array.from(text, (one) => one.charCodeAt(0))
export function handle(request) {
  const asked = String.fromCharCode(...request.body)
  if (asked === 'loop') for (;;) {}
  return { status: 200, headers: [], body: bytes(asked === 'escape' ? String(escape()) : sum(asked)) }
}`

/** As the service runs them: admitted, metered, in a slot behind the strongest wall, each call on a pristine instance. */
const slot = served(async () => {
  const { kind } = await detectWall()
  const component = await buildComponent({ source: { js: GUEST }, capabilities: [] })
  const artifact = await admit(component, { maxMemoryPages: 1024 })
  const open = async (): Promise<Served> => {
    const own = await Slot.boot(kind)
    await own.load(artifact)
    const ask = async (text: string): Promise<string> => {
      const limits = { ...LIMITS, wall_ms: LOOP_MS }
      const result = await own.execute(jobFor(artifact, '/', { request: requestTo('/', text), limits }), new HostFake())
      return result?.outcome === 'ok' ? Buffer.from(result.response!.body).toString('latin1') : `${result?.outcome}`
    }
    const close = async (): Promise<void> => {
      own.end()
      await own.gone()
    }
    return { ask, close }
  }
  return { open, isPristine: true }
})

/** Ways to run foreign code that stand apart from the thread that hosts them. */
export const APART = { worker_thread: workerThread, plain_process: plainProcess, slot }
