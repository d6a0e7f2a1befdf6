import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Subject } from './prove-module.js'
import type { Argument } from './values.js'

const Value = z.object({
  type: z.string(),
  lane_type: z.string().optional(),
  value: z.union([z.string(), z.array(z.string())]).optional(),
})
type Value = z.infer<typeof Value>
const Script = z.object({
  commands: z.array(
    z.object({
      type: z.string(),
      name: z.string().optional(),
      filename: z.string().optional(),
      action: z
        .object({
          type: z.string(),
          field: z.string(),
          module: z.string().optional(),
          args: z.array(Value).optional(),
        })
        .optional(),
    }),
  ),
})
const LANE_BYTES: Record<string, number> = { i8: 1, i16: 2, i32: 4, f32: 4, i64: 8, f64: 8 }

/**
 * The modules of the WebAssembly specification's tests with the calls that are made there, from folders of scripts that
 * `wast2json` made. What the calls should give is not looked at: the module as it is says that.
 */
export async function suiteModules(folders: readonly string[]): Promise<Subject[]> {
  const subjects: Subject[] = []
  for (const folder of folders)
    for (const file of (await readdir(folder)).sort())
      if (file.endsWith('.json')) subjects.push(...(await scriptModules(folder, file)))
  return subjects
}

async function scriptModules(folder: string, file: string): Promise<Subject[]> {
  const { commands } = Script.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))
  const subjects: (Subject & { calls: { name: string; parameters: Argument[] }[] })[] = []
  const named = new Map<string, (typeof subjects)[number]>()
  for (const { type, name, filename, action } of commands) {
    if (type === 'module' && filename !== undefined) {
      const wasm = await readFile(join(folder, filename))
      const subject = { name: `${basename(join(folder, '..'))} ${basename(filename, '.wasm')}`, wasm, calls: [] }
      subjects.push(subject)
      if (name !== undefined) named.set(name, subject)
    }
    if (action?.type !== 'invoke') continue
    const called = action.module === undefined ? subjects.at(-1) : named.get(action.module)
    called?.calls.push({ name: action.field, parameters: (action.args ?? []).flatMap(argumentOf) })
  }
  return subjects
}

/** Numbers are written as their bits, in decimal. */
function argumentOf({ type, lane_type, value }: Value): Argument[] {
  if (type === 'v128') return vectorOf(lane_type!, value as string[])
  if (type === 'i64' || type === 'f64') return [BigInt.asIntN(64, BigInt(value as string))]
  if (type === 'i32' || type === 'f32') return [Number(BigInt.asIntN(32, BigInt(value as string)))]
  return [value === 'null' || value === undefined ? null : (value as string)]
}

function vectorOf(lane: string, values: readonly string[]): Argument[] {
  const bytes = Buffer.alloc(16)
  const width = LANE_BYTES[lane]!
  values.forEach((value, index) => {
    let rest = BigInt.asUintN(width * 8, BigInt(value))
    for (let place = 0; place < width; place++, rest >>= 8n) bytes[index * width + place] = Number(rest & 0xffn)
  })
  return [bytes.readBigInt64LE(0), bytes.readBigInt64LE(8)]
}
