#!/usr/bin/env node
/**
 * Makes a fresh clone ready: packages, Prisma's client, the build; each only where something changed.
 * Plain Node >= 20 and nothing else, because it runs before anything is installed.
 * Progress goes to stderr, so that `--json` commands keep stdout to themselves.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { withLock } from './lock.mjs'
import { FOLDERS } from './folders.mjs'

/** The clone's top folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const BIN = join(ROOT, 'node_modules', '.bin')
/** Node 24 from npm; every program of ours runs on it, whatever the system's Node is. */
export const node = join(BIN, process.platform === 'win32' ? 'node.cmd' : 'node')

const LOCK_FILE = join(ROOT, 'package-lock.json')
const MIN_NODE = 20
const HEARTBEAT_MS = 5_000

/** Stamps lie in what they vouch for, so that removing that removes them. */
const INSTALLED = join(ROOT, 'node_modules', '.gatehouse-installed')
const GENERATED = join(ROOT, 'prisma', 'generated', '.gatehouse-generated')
const BUILT = join(ROOT, 'dist', '.gatehouse-built')

const BUILD_FILES = ['nest-cli.json', '.swcrc', 'tsconfig.json']

/** What a run of the set-up did not manage; the message says what to do. */
class SetupFault extends Error {}

const say = (line) => process.stderr.write(`${line}\n`)
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`
const digestOf = (text) => createHash('sha256').update(text).digest('hex')

/** Environment in which the Node of this project comes first. */
const projectEnv = (extra = {}) => ({
  ...process.env,
  PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}`,
  ...extra,
})

async function stamped(stamp, state) {
  return (await readFile(stamp, 'utf8').catch(() => '')) === state
}

async function writeStamp(stamp, state) {
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, state)
}

/** What a failed program said, without npm's warnings about engines; its beginning and end where it is long. */
function told(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('npm warn'))
  return (lines.length > 25 ? [...lines.slice(0, 8), '…', ...lines.slice(-15)] : lines).join('\n')
}

/** Runs a program of the set-up; its output is shown only where it fails, with the advice. */
async function run(title, [program, ...args], { env = projectEnv(), advice }) {
  const begun = Date.now()
  say(`• ${title} …`)
  const heartbeat = setInterval(() => say(`  still ${title.toLowerCase()}, ${seconds(begun)}`), HEARTBEAT_MS)
  let output = ''
  const code = await new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve((output += error.message) && 1))
    child.on('close', resolve)
  })
  clearInterval(heartbeat)
  if (code !== 0) throw new SetupFault(`${title} failed.\n${told(output)}\n\n→ ${advice}`)
  say(`  done in ${seconds(begun)}`)
}

/** Whether packages that somebody else installed (`npm ci` by hand) are those of the lock file. */
async function installedByHand() {
  const [wanted, found] = await Promise.all(
    ['package-lock.json', join('node_modules', '.package-lock.json')].map((name) =>
      stat(join(ROOT, name)).catch(() => undefined),
    ),
  )
  return (
    existsSync(node) &&
    !existsSync(INSTALLED) &&
    wanted !== undefined &&
    found !== undefined &&
    found.mtimeMs >= wanted.mtimeMs
  )
}

const INSTALL_ADVICE =
  'Is the package registry reachable, and the disk not full? Then run the command again; nothing half-done is kept.'

/**
 * `npm ci`; and where that calls the lock file incomplete, `npm install` by the same lock. npm does so where the registry
 * that the lock was made with had no packages for other platforms. The lock file stays as it was.
 */
async function installPackages(lock) {
  // Said again, because `npm start --silent` hands its silence on, and what fails must be told.
  const flags = ['--no-audit', '--no-fund', '--loglevel=warn']
  try {
    await run('Installing packages', ['npm', 'ci', ...flags], { advice: INSTALL_ADVICE })
  } catch (error) {
    if (!(error instanceof SetupFault && error.message.includes('EUSAGE'))) throw error
    const command = ['npm', 'install', '--no-save', ...flags]
    try {
      await run('Installing packages by the versions in the lock file', command, { advice: INSTALL_ADVICE })
    } finally {
      await writeFile(LOCK_FILE, lock)
    }
  }
}

/** The packages that the lock file names. */
const packages = {
  state: (lock) => digestOf(`${lock}${process.platform}${process.arch}`),
  async isReady() {
    return existsSync(node) && stamped(INSTALLED, this.state(await readFile(LOCK_FILE, 'utf8')))
  },
  async make() {
    const lock = await readFile(LOCK_FILE, 'utf8')
    if (!(await installedByHand())) await installPackages(lock)
    await writeStamp(INSTALLED, this.state(lock))
  },
}

/** Prisma's client for the schema. */
const client = {
  state: async () => digestOf(await readFile(join(ROOT, 'prisma', 'schema.prisma'), 'utf8')),
  async isReady() {
    return stamped(GENERATED, await this.state())
  },
  async make() {
    await run('Generating the database client', [join(BIN, 'prisma'), 'generate'], {
      // Generating needs no schema engine; naming a program that only fails keeps Prisma from downloading one.
      env: projectEnv({
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/false',
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      }),
      advice: 'Look at prisma/schema.prisma.',
    })
    await writeStamp(GENERATED, await this.state())
  },
}

/** Every source with size and time of change, so that a removed one counts as a change too. */
async function fingerprint() {
  const lines = []
  const visit = async (path) => {
    for (const entry of await readdir(join(ROOT, path), { withFileTypes: true }).catch(() => [])) {
      const name = join(path, entry.name)
      if (entry.isDirectory() && entry.name !== 'node_modules') await visit(name)
      else if (/(?<!\.spec)\.tsx?$/.test(entry.name)) lines.push(await describe(name))
    }
  }
  const describe = async (name) => {
    const { size, mtimeMs } = await stat(join(ROOT, name))
    return `${name} ${size} ${mtimeMs}`
  }
  for (const folder of FOLDERS) await visit(folder)
  for (const file of BUILD_FILES) lines.push(await describe(file))
  return digestOf(lines.toSorted().join('\n'))
}

/** What `nest build` makes of the sources. */
const program = {
  async isReady() {
    return stamped(BUILT, await fingerprint())
  },
  async make() {
    const state = await fingerprint()
    await run('Building', [join(BIN, 'nest'), 'build'], { advice: 'Run "npx tsc -p ." to see what does not compile.' })
    await writeStamp(BUILT, state)
  },
}

/** In this order: each needs those before it. */
const PARTS = [packages, client, program]

/** Whether nothing is to be done; only looks, so that a clone that somebody else set up can be used by all. */
async function isReady() {
  for (const part of PARTS) if (!(await part.isReady())) return false
  return true
}

async function makeReady() {
  const begun = Date.now()
  if (Number.parseInt(process.versions.node, 10) < MIN_NODE)
    throw new SetupFault(`Node ${process.versions.node} is too old. → Install Node ${MIN_NODE} or later.`)
  if (await isReady()) return
  const wait = () => say('• waiting for another set-up of this clone …')
  await withLock(join(ROOT, '.setup-lock'), wait, async () => {
    for (const part of PARTS) if (!(await part.isReady())) await part.make()
  })
  say(`Ready after ${seconds(begun)}.`)
}

/** What to do where the disk is the matter. */
function adviceOn({ code, message }) {
  if (code === 'ENOSPC') return `The disk is full (${message}).\n→ Make room, then run the command again.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `The clone is not set up, and this user may not write there (${message}).\n→ Run it once as the user who owns ${ROOT}, or in a clone of your own.`
  return undefined
}

/**
 * Makes the clone ready; does nothing, quickly, where it is. Safe when two run at once: the second waits for the first.
 * Where it cannot, it says what to do and ends the process with 1.
 */
export async function ensureReady() {
  try {
    await makeReady()
  } catch (error) {
    say(error instanceof SetupFault ? error.message : (adviceOn(error) ?? error.stack))
    process.exit(1)
  }
}

/**
 * How the service's Node is started: with room for what a few hundred requests leave behind, which is then not taken for what
 * stays, and with what stays doubling before all of it is collected. That costs up to 300 MB; it saves a governed call a twelfth of its
 * processor time, and pauses of twenty milliseconds that came every second or two.
 */
export const SERVICE_NODE_OPTIONS = ['--max-semi-space-size=64', '--heap-growing-percent=100']

/**
 * Runs a program of this project on its own Node, with this terminal, and ends as it ends.
 * It stays in the folder of whoever called, so that paths among the arguments mean what they say.
 * @param {string} program script, from the root of the project
 */
export async function runOnProjectNode(program, args, nodeOptions = []) {
  const child = spawn(node, [...nodeOptions, join(ROOT, program), ...args], { env: projectEnv(), stdio: 'inherit' })
  // A Ctrl-C reaches the whole foreground group already; what is sent to this process alone is passed on.
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  const [code, ended] = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (...how) => resolve(how))
  })
  return ended ? 1 : code
}

/** Makes the clone ready, then does the work, whose number becomes the exit code. */
export async function afterSetup(work) {
  await ensureReady()
  process.exitCode = (await work()) ?? 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await ensureReady()
