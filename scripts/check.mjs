#!/usr/bin/env node
/**
 * `npm run check [-- stage …]`: everything that can be said of the sources without running them. Each stage runs, also
 * after one has failed; what a failing stage said is shown. Exit 1 where any failed.
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import { FOLDERS } from './folders.mjs'
import { afterSetup, node, ROOT } from './setup.mjs'

const BIN = join(ROOT, 'node_modules', '.bin')

/** Name, and the program with its arguments, relative to the root. */
const STAGES = [
  ['format', 'oxfmt', '--check', '.'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings', '.'],
  ['types', 'tsc', '-p', '.'],
  ['architecture', 'depcruise', '--config', '.dependency-cruiser.mjs', ...FOLDERS],
  ['dead-code', 'knip', '--no-progress'],
  ['schema', 'node', 'scripts/prisma-diff.mjs'],
  ['contract', 'node', 'dist/contract/generate.js', '--check'],
  ['types-of-sdk', 'node', 'dist/sdk/types/generate.js', '--check'],
  ['frames', 'node', 'dist/tui/frames.js', '--check'],
  ['bindings', 'node', 'scripts/wit-bindings.mjs', '--check'],
  ['settings', 'node', 'scripts/settings-reference.mjs', '--check'],
  ['threats', 'node', 'dist/scripts/threats/main.js'],
  ['opa-runtime', 'node', 'scripts/opa-runtime.mjs', '--check'],
  ['policy', 'node', 'scripts/opa-policies.mjs', 'check'],
]

const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}`, NO_COLOR: '1' }

/** Runs one stage; its output and whether it passed. */
const run = ([, program, ...args]) =>
  new Promise((resolve) => {
    const child = spawn(program === 'node' ? node : join(BIN, program), args, { cwd: ROOT, env })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.on('error', (error) => resolve({ ok: false, said: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, said }))
  })

/** What a stage must say although it passed: that a part of it could not run. */
const caveats = (said) => said.split('\n').filter((line) => /not run|not installed/i.test(line))

/** As many stages at a time as there are cores, in their order; how many failed. They only read, so none disturbs another. */
async function eachInTurn(stages, passes) {
  const waiting = [...stages]
  let failed = 0
  const lane = async () => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) if (!(await passes(stage))) failed++
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  return failed
}

await afterSetup(async () => {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !STAGES.some(([stage]) => stage === name))
  if (unknown.length > 0) {
    console.error(`no stage ${unknown.join(', ')}; there are ${STAGES.map(([name]) => name).join(', ')}`)
    return 2
  }
  const stages = STAGES.filter(([name]) => wanted.length === 0 || wanted.includes(name))
  const failed = await eachInTurn(stages, async (stage) => {
    const begun = Date.now()
    const { ok, said } = await run(stage)
    console.log(
      `${ok ? 'ok  ' : 'FAIL'} ${stage[0].padEnd(13)} ${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s`,
    )
    if (ok) for (const line of caveats(said)) console.log(`     ${line.trim()}`)
    else console.log(said.trim().replaceAll(/^/gm, '     '))
    return ok
  })
  console.log(`${stages.length - failed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
})
