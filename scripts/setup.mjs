/**
 * Makes a fresh clone ready: packages, Prisma client, build. Plain Node >= 20 and nothing else, because it runs before
 * anything is installed. Progress goes to stderr, so that stdout stays clean for `--json`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => join(root, ...parts)
const stamps = at('node_modules', '.gatehouse')
const lock = at('.setup-lock')
const PARTS = ['contract', 'policies', 'runtime', 'engine', 'certification', 'sdk', 'api', 'cli', 'tui', 'bench', 'prisma', 'scripts']
const LOCK_STALE_MS = 10 * 60_000

/** Node 24 from npm; every program of ours runs on it, whatever the system's Node is. */
export const node = at('node_modules', '.bin', 'node')

const say = (line) => process.stderr.write(`${line}\n`)

class SetupError extends Error {}

const digest = (...paths) => {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(readFileSync(at(path)))
  return hash.digest('hex')
}

const isFresh = (name, value) => existsSync(join(stamps, name)) && readFileSync(join(stamps, name), 'utf8') === value
const stamp = (name, value) => {
  mkdirSync(stamps, { recursive: true })
  writeFileSync(join(stamps, name), value)
}

/** Runs a command and shows what it says only where it fails. */
const run = (title, command, args, remedy) =>
  new Promise((resolve, reject) => {
    const started = Date.now()
    say(`  ${title} …`)
    const ticking = setInterval(() => say(`  ${title}: ${Math.round((Date.now() - started) / 1000)} s …`), 10_000)
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/false', PATH: `${at('node_modules', '.bin')}:${process.env.PATH}` }
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = []
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    child.on('error', (error) => output.push(Buffer.from(error.message)))
    child.on('close', (code) => {
      clearInterval(ticking)
      if (code === 0) return resolve(say(`  ${title}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`))
      reject(new SetupError(`${title} failed:\n${Buffer.concat(output).toString().split('\n').slice(-25).join('\n')}\nWhat to do: ${remedy}`))
    })
  })

const newest = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      if (entry.isDirectory()) return newest(join(folder, entry.name))
      return /\.(tsx?|json)$/.test(entry.name) ? statSync(join(folder, entry.name)).mtimeMs : 0
    }),
  )

const packages = async () => {
  const wanted = digest('package-lock.json', 'package.json')
  if (isFresh('packages', wanted) && existsSync(node)) return
  await run('Install packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], 'check that npm can reach its registry (npm ping), then run the command again')
  stamp('packages', wanted)
}

const client = async () => {
  const wanted = digest('prisma/schema.prisma', 'package-lock.json')
  if (isFresh('prisma', wanted) && existsSync(at('prisma', 'generated'))) return
  await run('Generate the database client', at('node_modules', '.bin', 'prisma'), ['generate', '--schema', at('prisma', 'schema.prisma')], 'read what Prisma says above; prisma/schema.prisma must be valid')
  stamp('prisma', wanted)
}

const build = async () => {
  const sources = String(Math.max(...PARTS.map((part) => newest(at(part)))))
  if (isFresh('build', sources) && existsSync(at('dist', 'api', 'main.js'))) return
  rmSync(at('dist'), { recursive: true, force: true })
  await run('Build', at('node_modules', '.bin', 'nest'), ['build'], 'read what the compiler says above')
  stamp('build', sources)
}

/** One set-up at a time: a second one waits for the first. */
const exclusively = async (work) => {
  for (let told = false; ; ) {
    try {
      mkdirSync(lock)
      break
    } catch {
      if (Date.now() - statSync(lock).mtimeMs > LOCK_STALE_MS) rmSync(lock, { recursive: true, force: true })
      else if (!told) say('  Another set-up is running; waiting for it …')
      told = true
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

/** Makes the clone ready; does nothing, quickly, where it is. Ends the process with words where it can't. */
export const ensureReady = async () => {
  const started = Date.now()
  try {
    const [major] = process.versions.node.split('.').map(Number)
    if (major < 20) throw new SetupError(`Node ${process.version} is too old.\nWhat to do: install Node 20 or newer`)
    await exclusively(async () => {
      await packages()
      await client()
      await build()
    })
  } catch (error) {
    say(error instanceof SetupError ? error.message : `Set-up failed: ${error.message}`)
    process.exit(1)
  }
  if (Date.now() - started > 1_000) say(`  Ready after ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

/** Replaces this process by one of our programs on Node 24; its exit code becomes ours, and signals reach it. */
export const become = (program, args = process.argv.slice(2), { env = {}, nodeArgs = [] } = {}) => {
  const child = spawn(node, [...nodeArgs, at(program), ...args], { stdio: 'inherit', env: { ...process.env, ...env } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

/** Runs one of our programs to its end; its exit code. */
export const runToEnd = (program, args, { env = {}, nodeArgs = [] } = {}) =>
  spawnSync(node, [...nodeArgs, at(program), ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureReady()
