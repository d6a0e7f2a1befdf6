import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { answered, ESCAPE, HANDLE, LOOP_MS, REQUEST, type Kind } from './sandbox-work.js'

/** A context of an engine that lives in this process. */
interface Context {
  /** The value of a piece of code. */
  run(code: string): unknown
  close(): void
}

/** What contexts are made in; each sandbox has one of its own. */
interface Engine {
  context(): Context
  close(): void
}

/** Where `npm install --prefix FOLDER isolated-vm quickjs-emscripten` was run. */
const installed = (name: string): unknown => {
  const folder = process.env['SANDBOX_PACKAGES']
  if (folder === undefined) throw new Error(`${name}: --packages names no folder in which it is installed`)
  return createRequire(join(folder, 'package.json'))(name)
}

const CALL = `handle(${JSON.stringify(REQUEST)})`

/** A kind whose sandboxes are contexts: pristine is a context more in the same engine. */
const embedded = (open: () => Promise<() => Promise<Engine>>): Kind => ({
  many: 128,
  prepare: async () => {
    const newEngine = await open()
    const prepared = (engine: Engine): Context => {
      const context = engine.context()
      context.run(`${HANDLE}; ${ESCAPE}; 0`)
      return context
    }
    const once = async (code: string): Promise<unknown> => {
      const engine = await newEngine()
      try {
        return prepared(engine).run(code)
      } finally {
        engine.close()
      }
    }
    return {
      make: async () => {
        const engine = await newEngine()
        const context = prepared(engine)
        answered(context.run(CALL))
        const pristine = (): void => {
          const own = prepared(engine)
          answered(own.run(CALL))
          own.close()
        }
        const close = (): void => (context.close(), engine.close())
        return { call: () => context.run(CALL), pristine, close }
      },
      reachesNode: async () => (await once('escape()')) === true,
      stopsLoop: () =>
        once('for (;;) {}').then(
          () => false,
          () => true,
        ),
    }
  },
})

const nothing = (): void => undefined

const nodeVm = embedded(async () => async () => ({
  context: () => {
    const context = createContext({})
    return { run: (code) => runInContext(code, context, { timeout: LOOP_MS }) as unknown, close: nothing }
  },
  close: nothing,
}))

interface Isolated {
  createContextSync(): { evalSync(source: string, options: object): unknown; release(): void }
  dispose(): void
}

const isolatedVm = embedded(async () => {
  const { Isolate } = installed('isolated-vm') as { Isolate: new (options: object) => Isolated }
  return async () => {
    const isolate = new Isolate({ memoryLimit: 128 })
    return {
      context: () => {
        const context = isolate.createContextSync()
        return { run: (code) => context.evalSync(code, { timeout: LOOP_MS }), close: () => context.release() }
      },
      close: () => isolate.dispose(),
    }
  }
})

interface QuickJs {
  newContext(): {
    readonly runtime: { setInterruptHandler(over: () => boolean): void }
    evalCode(code: string): { readonly value?: object; readonly error?: { dispose(): void } }
    dump(value: object): unknown
    dispose(): void
  }
}

const quickJs = embedded(async () => {
  const { newQuickJSWASMModule } = installed('quickjs-emscripten') as { newQuickJSWASMModule: () => Promise<QuickJs> }
  return async () => {
    const module = await newQuickJSWASMModule()
    return {
      context: () => {
        const context = module.newContext()
        const run = (code: string): unknown => {
          const until = performance.now() + LOOP_MS
          context.runtime.setInterruptHandler(() => performance.now() > until)
          const { value, error } = context.evalCode(code)
          if (value) return context.dump(value)
          error?.dispose()
          throw new Error('the code did not end well')
        }
        return { run, close: () => context.dispose() }
      },
      close: nothing,
    }
  }
})

/** Engines that run foreign code inside the process that hosts it. */
export const EMBEDDED = { node_vm: nodeVm, isolated_vm: isolatedVm, quickjs_in_wasm: quickJs }
