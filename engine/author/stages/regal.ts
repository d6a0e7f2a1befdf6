import { z } from 'zod'
import { runTool } from '#runtime/launcher/run-tool.js'
import { faultOf, type Fault } from '../finding.js'
import { OPA_LIMITS } from '../opa.js'
import type { Stage } from './bench.js'

const Report = z.object({
  violations: z.array(
    z.object({
      title: z.string(),
      description: z.string(),
      category: z.string(),
      location: z.object({ file: z.string(), row: z.int().optional() }),
    }),
  ),
})

/** Regal's own rules, behind the same wall. Without a Regal the stage has not run, and says so. */
export const regal: Stage = async ({ tool, folder, regal: path }) => {
  if (!path) return { faults: [], notRun: true, detail: 'Regal not installed' }
  const { wall, signal } = tool
  const args = ['lint', '--format', 'json', 'governance']
  const job = { executable: path, args, folder, limits: OPA_LIMITS, ...(signal ? { signal } : {}) }
  const { ended, stdout, stderr } = await runTool(wall, job)
  if (ended === 'aborted') throw signal!.reason
  return { faults: regalFaults(stdout.toString('utf8'), stderr.toString('utf8')) }
}

/** The faults in Regal's JSON report; what is no report is a fault too, never a pass. */
export function regalFaults(report: string, complaint: string): Fault[] {
  const parsed = Report.safeParse(parseJson(report))
  if (!parsed.success)
    return [faultOf('regal', `Regal gave no report: ${complaint.trim().slice(0, 500)}`, 'run regal lint by hand')]
  return parsed.data.violations.map(({ title, description, category, location }) => ({
    file: location.file,
    line: location.row ?? null,
    rule: `${category}/${title}`,
    message: description,
    remedy: `see Regal's page on the rule ${title}`,
  }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
