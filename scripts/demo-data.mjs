/**
 * Fills a new embedded service with something to look at, as its people would: the reference extensions are built, signed,
 * published, reviewed and installed through the `gatehouse` command. What an interrupted run made already is left as it is.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { node, ROOT } from './setup.mjs'

const EXTENSIONS = ['lockfile-auditor', 'expense-classifier']

const gatehouse = (data, person, ...args) =>
  new Promise((resolve, reject) => {
    const program = [join(ROOT, 'dist/cli/main.js'), '--data', data, '--as', person, '--json', ...args]
    const child = spawn(node, program, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      const answer = JSON.parse(said.trim().split('\n').at(-1) || '{}')
      if (code === 0 || answer.held) return resolve(answer)
      reject(new Error(`gatehouse ${args.join(' ')}: ${answer.detail ?? said}`))
    })
  })

const publish = async (data, name, folder) => {
  cpSync(join(ROOT, 'extensions', name), folder, { recursive: true })
  const { bundle } = await gatehouse(data, 'acme_developer', 'ext', 'build', folder)
  await gatehouse(
    data,
    'acme_developer',
    'ext',
    'sign',
    bundle,
    '--signing-key',
    join(data, 'keys', 'acme-labs.publisher.pem'),
  )
  const published = await gatehouse(data, 'acme_developer', 'ext', 'publish', bundle)
  if (published.held)
    await gatehouse(
      data,
      'reviewer',
      'approvals',
      'approve',
      published.approval.id,
      '--comment',
      'reviewed for the demo',
    )
}

/** Tries until what a settled approval brings about is there. */
const installSoon = async (data, extension) => {
  for (let tries = 20; ; tries--) {
    try {
      return await gatehouse(data, 'acme_admin', 'install', extension, '--consent')
    } catch (error) {
      if (tries === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

/** Publishes a reference extension where it isn't there yet, and installs it. */
const bringIn = async (data, name, work) => {
  const { items } = await gatehouse(data, 'acme_developer', 'extensions', 'list')
  if (!items.some((extension) => extension.name === `com.acme-labs.${name}`))
    await publish(data, name, join(work, name))
  await installSoon(data, `com.acme-labs.${name}`)
}

/** Publishes and installs the reference extensions that a service, whose data folder this is, lacks. */
export const seed = async (data, say) => {
  const { items } = await gatehouse(data, 'acme_admin', 'installs')
  const installed = new Set(items.map(({ extension }) => extension))
  const missing = EXTENSIONS.filter((name) => !installed.has(`com.acme-labs.${name}`))
  if (missing.length === 0) return
  const work = mkdtempSync(join(tmpdir(), 'gatehouse-demo-data-'))
  try {
    for (const name of missing) {
      say(`  Demo data: publish and install ${name} …`)
      await bringIn(data, name, work)
    }
    say('  Demo data: ready')
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
