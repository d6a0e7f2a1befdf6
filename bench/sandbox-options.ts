import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { packageRoot } from '#runtime/package-root.js'
import { machine, readable } from './conditions.js'
import { median } from './gate-measure.js'
import { KINDS } from './sandbox-kinds.js'
import { memoryOfOneMore } from './sandbox-memory.js'
import { CALLS, COLD_RUNS, SUM_WAT, type Figures } from './sandbox-work.js'

const ME = fileURLToPath(import.meta.url)
/** Each kind is measured so often, in turns; the median counts. */
const ROUNDS = 3
/** What hangs by then is said to hang. */
const PATIENCE_MS = 120_000

type Answer = Figures | { readonly not_measured: string }

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
  const { prepare, many } = KINDS[name]!
  const { make, reachesNode, stopsLoop } = await prepare()
  // First of all: what an engine keeps in reserve after many calls would hide it.
  const memory_kib = await memoryOfOneMore(make, many)
  const cold = async (): Promise<void> => void (await (await make()).close())
  await cold()
  const cold_ms = await timed(cold, COLD_RUNS)
  const one = await make()
  await timed(() => one.call(), CALLS)
  const call_us = (await timed(() => one.call(), CALLS)) * 1e3
  const pristine_call_us = one.pristine ? (await timed(() => one.pristine!(), CALLS)) * 1e3 : cold_ms * 1e3
  await one.close()
  return {
    ...{ cold_ms, call_us, pristine_call_us, memory_kib },
    reaches_node: await reachesNode(),
    stops_loop: await stopsLoop(),
  }
}

/** Each kind has a process of its own, so that no figure holds what another left. */
const measureApart = async (name: string): Promise<Answer> => {
  const child = fork(ME, ['--kind', name], {
    env: { ...process.env, ...(values.packages !== undefined && { SANDBOX_PACKAGES: values.packages }) },
    execArgv: ['--no-node-snapshot', '--no-warnings'],
  })
  const hung = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  let answer: Answer = { not_measured: 'it took the process with it' }
  child.on('message', (message) => (answer = message as Answer))
  // Not its end, which may be seen before the last that it said.
  await once(child, 'disconnect')
  clearTimeout(hung)
  return answer
}

const measureWasmtime = async (): Promise<Answer> => {
  if (values.python === undefined) return { not_measured: '--python names none in which wasmtime is installed' }
  const script = join(packageRoot(), 'bench/sandbox-wasmtime.py')
  const { stdout } = await promisify(execFile)(values.python, [script, SUM_WAT])
  return JSON.parse(stdout) as Figures
}

/** The median of each figure; of what is true or false, the worst. */
const middle = (rounds: readonly Answer[]): Answer => {
  const measured = rounds.filter((round): round is Figures => !('not_measured' in round))
  if (measured.length < rounds.length) return rounds.find((round) => 'not_measured' in round)!
  const of = (name: 'cold_ms' | 'call_us' | 'pristine_call_us' | 'memory_kib') =>
    median(measured.map((round) => round[name]))
  return {
    ...{ cold_ms: of('cold_ms'), call_us: of('call_us'), pristine_call_us: of('pristine_call_us') },
    memory_kib: of('memory_kib'),
    reaches_node: measured.some(({ reaches_node }) => reaches_node) || measured[0]!.reaches_node,
    stops_loop: measured.every(({ stops_loop }) => stops_loop),
  }
}

const measureAll = async (): Promise<void> => {
  const kinds: Record<string, () => Promise<Answer>> = {
    ...Object.fromEntries(Object.keys(KINDS).map((name) => [name, () => measureApart(name)])),
    wasmtime: measureWasmtime,
  }
  const rounds: Record<string, Answer>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const of: Record<string, Answer> = {}
    for (const [name, measured] of Object.entries(kinds)) of[name] = await measured()
    rounds.push(of)
  }
  const options = Object.fromEntries(
    Object.keys(kinds).map((name) => [name, readable(middle(rounds.map((round) => round[name]!)))]),
  )
  if (values.json) process.stdout.write(`${JSON.stringify({ options, rounds: ROUNDS, machine: machine() })}\n`)
  else console.table(options)
}

if (values.kind === undefined) await measureAll()
else {
  const answer = await measure(values.kind).catch((error: Error) => ({
    not_measured: error.message.split('\n', 1)[0]!,
  }))
  process.send!(answer, () => process.exit(0))
}
