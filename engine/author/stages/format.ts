import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from '../finding.js'
import type { Opa } from '../opa.js'
import { opaFaults } from '../opa-errors.js'
import type { Stage } from './bench.js'

/** Files for which the first line that differs is looked up. */
const MAX_LOOKED_UP = 20

/** `opa fmt`: every file as the formatter writes it. */
export const format: Stage = async ({ tool, folder }) => ({ faults: await formatFaults(tool, folder, ['governance']) })

/** The files among these, or below them, that the formatter would write otherwise. */
export async function formatFaults(tool: Opa, folder: string, paths: readonly string[]): Promise<Fault[]> {
  const { ok, stdout, stderr } = await tool.run(['fmt', '--list', '--fail', ...paths], folder)
  if (ok) return []
  const unformatted = stdout.split('\n').filter((line) => line.endsWith('.rego'))
  if (unformatted.length === 0) return opaFaults(stderr || stdout)
  return Promise.all(unformatted.slice(0, MAX_LOOKED_UP).map((file) => faultIn(tool, folder, file)))
}

async function faultIn(tool: Opa, folder: string, file: string): Promise<Fault> {
  const [is, wanted] = await Promise.all([readFile(join(folder, file), 'utf8'), tool.output(['fmt', file], folder)])
  const lines = wanted.split('\n')
  const line = is.split('\n').findIndex((text, index) => text !== lines[index]) + 1
  return {
    file,
    line: Math.max(line, 1),
    rule: 'opa-fmt',
    message: 'is not formatted',
    remedy: `run opa fmt -w ${file} in the folder of the sources`,
  }
}
