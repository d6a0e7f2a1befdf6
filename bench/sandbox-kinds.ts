import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createContext, runInContext, Script } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { admit } from '#runtime/admission/admit.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { Slot } from '#runtime/slots/slot.js'
import { HostFake, jobFor, requestTo } from '#runtime/testing/slot-fixture.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { ANSWER, ESCAPE, HANDLE, REQUEST, type Sandbox } from './sandbox-work.js'

/** How one kind of sandbox is made, and what its escape comes to. Raises where it is not to be had. */
export interface Kind {
  readonly prepare: () => Promise<{
    readonly make: () => Promise<Sandbox>
    /** Null where there is no JavaScript of Node's engine to escape from. */
    readonly escapes: () => Promise<boolean | null>
  }>
}

/** Where `npm install --prefix FOLDER isolated-vm quickjs-emscripten` was run. */
const installed = (name: string): unknown => {
  const folder = process.env['SANDBOX_PACKAGES']
  if (folder === undefined) throw new Error(`${name}: --packages names no folder in which it is installed`)
  return createRequire(join(folder, 'package.json'))(name)
}

const answered = (answer: unknown): void => {
  if (answer !== ANSWER) throw new Error(`answered ${String(answer)}`)
}

const nodeVm: Kind = {
  prepare: async () => {
    const script = new Script(`${HANDLE}; ${ESCAPE}`)
    const fresh = () => {
      const context = createContext({ text: REQUEST })
      script.runInContext(context)
      return context
    }
    const run = (context: object): unknown => runInContext('handle(text)', context, { timeout: 1000 })
    return {
      make: async () => {
        const context = fresh()
        answered(run(context))
        return { call: () => run(context), pristine: () => run(fresh()), close: () => undefined }
      },
      escapes: async () => runInContext('escape()', fresh()) as boolean,
    }
  },
}

const SERVING = `${HANDLE}; ${ESCAPE}; const serve = (text) => text === 'escape' ? escape() : handle(text)`

const workerThread: Kind = {
  prepare: async () => {
    const source = `${SERVING}; const { parentPort } = require('node:worker_threads'); parentPort.on('message', (text) => parentPort.postMessage(serve(text)))`
    const open = () => {
      const worker = new Worker(source, { eval: true, env: {}, resourceLimits: { maxOldGenerationSizeMb: 32 } })
      const ask = async (text: string): Promise<unknown> => {
        worker.postMessage(text)
        return ((await once(worker, 'message')) as unknown[])[0]
      }
      return { ask, close: () => worker.terminate() }
    }
    return served(open)
  },
}

const plainProcess: Kind = {
  prepare: async () => {
    const source = `${SERVING}; process.on('message', (text) => process.send(serve(text)))`
    const open = () => {
      const child = fork('-', {
        execArgv: ['--eval', source, '--'],
        env: {},
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      const ask = async (text: string): Promise<unknown> => {
        child.send(text)
        return ((await once(child, 'message')) as unknown[])[0]
      }
      const close = async (): Promise<void> => {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      return { ask, close }
    }
    return served(open)
  },
}

/** Something that is asked by messages. */
const served = (open: () => { ask: (text: string) => Promise<unknown>; close: () => Promise<unknown> }) => ({
  make: async (): Promise<Sandbox> => {
    const { ask, close } = open()
    answered(await ask(REQUEST))
    return { call: () => ask(REQUEST), close }
  },
  escapes: async (): Promise<boolean> => {
    const { ask, close } = open()
    const found = (await ask('escape')) as boolean
    await close()
    return found
  },
})

interface Isolated {
  createContextSync(): { evalSync(source: string, options?: object): unknown; release(): void }
  dispose(): void
}

const isolatedVm: Kind = {
  prepare: async () => {
    const { Isolate } = installed('isolated-vm') as { Isolate: new (options: object) => Isolated }
    const text = JSON.stringify(REQUEST)
    const fresh = (isolate: Isolated) => {
      const context = isolate.createContextSync()
      context.evalSync(`${HANDLE}; ${ESCAPE}`)
      const run = (code: string) => context.evalSync(code, { timeout: 1000 })
      return { run, close: () => context.release() }
    }
    return {
      make: async () => {
        const isolate = new Isolate({ memoryLimit: 128 })
        const context = fresh(isolate)
        const run = () => context.run(`handle(${text})`)
        answered(run())
        const pristine = (): void => {
          const own = fresh(isolate)
          own.run(`handle(${text})`)
          own.close()
        }
        return { call: run, pristine, close: () => isolate.dispose() }
      },
      escapes: async () => fresh(new Isolate({ memoryLimit: 128 })).run('escape()') as boolean,
    }
  },
}

interface QuickJs {
  newContext(): { evalCode(code: string): { value: object }; dump(value: object): unknown; dispose(): void }
}

const quickJs: Kind = {
  prepare: async () => {
    const { newQuickJSWASMModule } = installed('quickjs-emscripten') as { newQuickJSWASMModule: () => Promise<QuickJs> }
    const text = JSON.stringify(REQUEST)
    const fresh = (module: QuickJs) => {
      const context = module.newContext()
      const run = (code: string) => context.dump(context.evalCode(code).value)
      run(`${HANDLE}; ${ESCAPE}; 0`)
      return { run, close: () => context.dispose() }
    }
    return {
      make: async () => {
        const module = await newQuickJSWASMModule()
        const context = fresh(module)
        const run = () => context.run(`handle(${text})`)
        answered(run())
        const pristine = (): void => {
          const own = fresh(module)
          own.run(`handle(${text})`)
          own.close()
        }
        return { call: run, pristine, close: context.close }
      },
      escapes: async () => fresh(await newQuickJSWASMModule()).run('escape()') as boolean,
    }
  },
}

const GUEST = `
const { sum, escape } = (() => { ${HANDLE}; ${ESCAPE}; return { sum: handle, escape } })()
const bytes = (text) => Uint8Array.from(text, (one) => one.charCodeAt(0))
export function handle(request) {
  const text = request.path === '/escape' ? String(escape()) : sum(String.fromCharCode(...request.body))
  return { status: 200, headers: [], body: bytes(text) }
}`

/** As the service runs them: admitted, metered, in a slot behind the strongest wall, each call on a pristine instance. */
const slot: Kind = {
  prepare: async () => {
    const { kind } = await detectWall()
    const artifact = await admit(await buildComponent({ source: { js: GUEST }, capabilities: [] }), {
      maxMemoryPages: 1024,
    })
    const open = async () => {
      const own = await Slot.boot(kind)
      await own.load(artifact)
      const ask = async (path: string): Promise<string> => {
        const job = jobFor(artifact, path, { request: requestTo(path, REQUEST) })
        const result = await own.execute(job, new HostFake())
        return Buffer.from(result?.response?.body ?? []).toString('latin1')
      }
      const close = async (): Promise<void> => {
        own.end()
        await own.gone()
      }
      return { ask, close }
    }
    return {
      make: async () => {
        const { ask, close } = await open()
        answered(await ask('/'))
        return { call: () => ask('/'), pristine: () => ask('/'), close }
      },
      escapes: async () => {
        const { ask, close } = await open()
        const found = (await ask('/escape')) === 'true'
        await close()
        return found
      },
    }
  },
}

/** What is measured in JavaScript, in the order of its walls. */
export const KINDS: Readonly<Record<string, Kind>> = {
  node_vm: nodeVm,
  worker_thread: workerThread,
  isolated_vm: isolatedVm,
  quickjs_in_wasm: quickJs,
  plain_process: plainProcess,
  slot,
}
