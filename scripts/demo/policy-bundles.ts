import { appendFileSync, cpSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gatehouse } from './command.js'
import { shown } from './step.js'
import type { World } from './world.js'

const POLICIES = fileURLToPath(new URL('../../../policies', import.meta.url))
const GATES = ['publish', 'install', 'call', 'capability', 'enforcement', 'killswitch', 'admin'] as const

/** A gate that lets everything through, in a package of the same name. */
const allowAll = (gate: string): string => `# METADATA
# title: Lets everything through
# description: Only for showing that the demo notices.
# entrypoint: true
package governance.${gate}

# METADATA
# title: Allowed
# description: Whatever it is.
# custom:
#   id: ${gate}.allowed
decision := {"outcome": "allow", "rules": ["${gate}.allowed"], "reasons": [], "obligations": [], "approval": null}
`

/** A rule that costs more than any budget, for calls of one extension. */
const RUNAWAY = `
# METADATA
# title: Never reached
# description: Costs more than any budget before it can be told.
# custom:
#   id: call.runaway
#   remedy: None.
deny contains "call.runaway" if {
	input.extension.id == "com.acme-labs.misbehaver"
	some a in numbers.range(1, 5000)
	some b in numbers.range(1, 5000)
	a * b == -1
}
`

const settingsFor = (bundle: string, trust: string): Record<string, string> => ({
  GATEHOUSE_POLICY_BUNDLE: bundle,
  GATEHOUSE_POLICY_TRUST: trust,
})

const keyPath = (folder: string): string => join(folder, 'policy-key.pem')
const trustPath = (folder: string): string => join(folder, 'policy-key.pub.pem')

const demand = async (args: string[]): Promise<Record<string, unknown>> => {
  const ran = await gatehouse(args, {})
  shown(ran.code === 0, `gatehouse ${args.slice(0, 2).join(' ')} works`, ran)
  return ran.answer
}

const signed = async (folder: string, bundle: string): Promise<Record<string, string>> => {
  if (!existsSync(keyPath(folder))) {
    const { public_key } = await demand(['ext', 'keygen', keyPath(folder)])
    writeFileSync(trustPath(folder), String(public_key))
  }
  await demand(['policy', 'sign', bundle, '--signing-key', keyPath(folder)])
  return settingsFor(bundle, trustPath(folder))
}

/** A signed copy of the shipped bundle, so that the demo may corrupt it. */
export const shippedCopy = async (folder: string): Promise<Record<string, string>> => {
  const bundle = join(folder, 'policy')
  cpSync(join(POLICIES, 'bundle'), bundle, { recursive: true })
  return signed(folder, bundle)
}

const compiled = async (
  folder: string,
  name: string,
  change: (sources: string) => void,
): Promise<Record<string, string>> => {
  const sources = join(folder, `${name}-sources`)
  cpSync(POLICIES, sources, { recursive: true })
  change(sources)
  const bundle = join(folder, name)
  await demand(['policy', 'build', sources, '--out', bundle])
  return signed(folder, bundle)
}

/** A real, signed bundle that lets everything through: under it, what policy alone forbids must be seen to happen. */
export const allowAllBundle = (folder: string): Promise<Record<string, string>> =>
  compiled(folder, 'policy', (sources) => {
    for (const gate of GATES) writeFileSync(join(sources, 'governance', gate, `${gate}.rego`), allowAll(gate))
  })

/** A real, signed bundle whose call gate does not end for the misbehaving extension. */
export const runawayBundle = (world: World): Promise<Record<string, string>> =>
  compiled(world.folder, 'runaway', (sources) => {
    appendFileSync(join(sources, 'governance/call/call.rego'), RUNAWAY)
  })
