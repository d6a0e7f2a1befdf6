#!/usr/bin/env node
/**
 * Keeps `prisma/migrations` and `prisma/schema.prisma` in step, without Prisma's native schema engine.
 *
 *   node scripts/prisma-diff.mjs                 checks; exit 1 where they disagree
 *   node scripts/prisma-diff.mjs --create NAME   writes the next migration
 *   node scripts/prisma-diff.mjs --rewrite       writes the newest generated migration again (while it is undeployed)
 *
 * A generated migration keeps the schema that it leads to beside its SQL; the next one is the difference from there.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const migrations = join(root, 'prisma', 'migrations')
const schemaFile = join(root, 'prisma', 'schema.prisma')
const SNAPSHOT = 'schema.prisma'

/** The schema engine, instantiated by hand: Node does not import `.wasm` modules by itself. */
async function openEngine() {
  const resolve = createRequire(import.meta.url).resolve
  const folder = dirname(resolve('@prisma/schema-engine-wasm'))
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': bindings,
  })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, withoutDatabase())
}

/** Comparing two schemas needs no database. The engine opens a connection all the same, and asks it for its dialect only. */
function withoutDatabase() {
  const answered = (value) => ({ ok: true, value })
  const refuse = () => Promise.reject(new Error('comparing schemas must not query'))
  const dialect = {
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [5, 7, 0],
    rows: [[true, 'PostgreSQL 18.4', 180004]],
  }
  const connection = {
    provider: 'postgres',
    adapterName: 'none',
    queryRaw: ({ sql }) => (sql.includes('server_version_num') ? Promise.resolve(answered(dialect)) : refuse()),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    dispose: () => Promise.resolve(answered(null)),
    getConnectionInfo: () => answered({ schemaName: 'public', supportsRelationJoins: true }),
  }
  const connect = () => Promise.resolve(answered(connection))
  return { provider: 'postgres', adapterName: 'none', connect, connectToShadowDb: connect }
}

/** SQL that leads from one schema text (undefined: an empty database) to another; '' where they agree. */
async function sqlBetween(engine, from, to) {
  const target = (content) => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] })
  const { stdout } = await engine.diff({
    from: from === undefined ? { tag: 'empty' } : target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  return /^\s*(-- This is an empty migration\.\s*)?$/.test(stdout ?? '') ? '' : `${stdout.trim()}\n`
}

/** Generated migrations in order: those that keep a snapshot of the schema. */
async function generated() {
  const found = []
  for (const name of (await readdir(migrations)).toSorted()) {
    const snapshot = await readFile(join(migrations, name, SNAPSHOT), 'utf8').catch(() => undefined)
    if (snapshot !== undefined)
      found.push({ name, snapshot, sql: await readFile(join(migrations, name, 'migration.sql'), 'utf8') })
  }
  return found
}

async function write(name, sql, schema) {
  const folder = join(migrations, name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), sql)
  await writeFile(join(folder, SNAPSHOT), schema)
  console.log(`wrote ${relative(root, folder)}`)
}

async function check(engine, steps, schema) {
  let from
  for (const { name, snapshot, sql } of steps) {
    if ((await sqlBetween(engine, from, snapshot)) !== sql)
      return `prisma/migrations/${name}/migration.sql is not what its schema.prisma asks for`
    from = snapshot
  }
  const missing = await sqlBetween(engine, from, schema)
  return missing && `prisma/schema.prisma has changes without a migration:\n\n${missing}`
}

const [mode = '--check', name] = process.argv.slice(2)
const [engine, steps, schema] = [await openEngine(), await generated(), await readFile(schemaFile, 'utf8')]
if (mode === '--create' && name) {
  const last =
    (await readdir(migrations))
      .filter((entry) => /^\d{14}_/.test(entry))
      .toSorted()
      .at(-1) ?? '0'
  const next = String(Number.parseInt(last, 10) + 1).padStart(14, '0')
  await write(`${next}_${name}`, await sqlBetween(engine, steps.at(-1)?.snapshot, schema), schema)
} else if (mode === '--rewrite' && steps.length > 0) {
  await write(steps.at(-1).name, await sqlBetween(engine, steps.at(-2)?.snapshot, schema), schema)
} else if (mode === '--check') {
  const fault = await check(engine, steps, schema)
  if (fault) {
    console.error(`${fault}\nRun: node scripts/prisma-diff.mjs --create NAME (or --rewrite while nothing is deployed)`)
    process.exitCode = 1
  } else console.log(`schema and ${steps.length} generated migration(s) agree`)
} else {
  console.error('usage: prisma-diff.mjs [--check | --create NAME | --rewrite]')
  process.exitCode = 2
}
engine.free()
