import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { packageRoot } from '#runtime/package-root.js'
import { median } from './gate-measure.js'
import { KINDS } from './sandbox-kinds.js'
import { memoryOfTree } from './sandbox-memory.js'
import { ALIVE, CALLS, COLD_RUNS, SUM_WAT, type Figures, type Sandbox } from './sandbox-work.js'

const ME = fileURLToPath(import.meta.url)

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** A folder in which `isolated-vm` and `quickjs-emscripten` are installed. */
    packages: { type: 'string' },
    /** A Python in which `wasmtime` is installed. */
    python: { type: 'string' },
    /** Measures one kind in this process, and sends it to whoever started it. */
    kind: { type: 'string' },
  },
})

const timed = async (work: () => unknown, runs: number): Promise<number> => {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begun = performance.now()
    await work()
    times.push(performance.now() - begun)
  }
  return median(times)
}

const measure = async (name: string): Promise<Figures> => {
  const { make, escapes } = await KINDS[name]!.prepare()
  const cold = async (): Promise<void> => void (await (await make()).close())
  await cold()
  const cold_ms = await timed(cold, COLD_RUNS)
  const before = memoryOfTree()
  const alive: Sandbox[] = []
  for (let one = 0; one < ALIVE; one++) alive.push(await make())
  const memory_kib = (memoryOfTree() - before) / ALIVE
  const [first] = alive as [Sandbox]
  await timed(() => first.call(), CALLS)
  const call_us = (await timed(() => first.call(), CALLS)) * 1e3
  const pristine_call_us = first.pristine ? (await timed(() => first.pristine!(), CALLS)) * 1e3 : cold_ms * 1e3
  for (const one of alive) await one.close()
  return { cold_ms, call_us, pristine_call_us, memory_kib, reaches_node: await escapes() }
}

/** Each kind has a process of its own, so that no figure holds what another left. */
const measureApart = async (name: string): Promise<Figures | { not_measured: string }> => {
  const child = fork(ME, ['--kind', name], {
    env: { ...process.env, ...(values.packages !== undefined && { SANDBOX_PACKAGES: values.packages }) },
    execArgv: ['--no-node-snapshot', '--no-warnings'],
  })
  const [[answer]] = await Promise.all([once(child, 'message'), once(child, 'exit')])
  return answer as Figures | { not_measured: string }
}

const measureWasmtime = async (): Promise<Figures | { not_measured: string }> => {
  if (values.python === undefined) return { not_measured: '--python names none in which wasmtime is installed' }
  const script = join(packageRoot(), 'bench/sandbox-wasmtime.py')
  const { stdout } = await promisify(execFile)(values.python, [script, SUM_WAT])
  return JSON.parse(stdout) as Figures
}

const rounded = (figures: object): object =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? Number(value.toPrecision(3)) : (value as unknown),
    ]),
  )

const measureAll = async (): Promise<void> => {
  const options: Record<string, object> = {}
  const kinds = {
    ...Object.fromEntries(Object.keys(KINDS).map((name) => [name, () => measureApart(name)])),
    wasmtime: measureWasmtime,
  }
  for (const [name, measured] of Object.entries(kinds)) {
    options[name] = rounded(await measured())
    if (!values.json) process.stdout.write(`${name.padEnd(16)} ${JSON.stringify(options[name])}\n`)
  }
  const model = cpus()[0]?.model
  const machine = { cores: cpus().length, model, node: process.version, load: loadavg()[0] }
  process.stdout.write(`${JSON.stringify({ options, machine })}\n`)
}

if (values.kind === undefined) await measureAll()
else {
  const answer = await measure(values.kind).catch((error: Error) => ({
    not_measured: error.message.split('\n', 1)[0]!,
  }))
  process.send!(answer, () => process.exit(0))
}
