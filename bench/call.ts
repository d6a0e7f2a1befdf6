import { parseArgs } from 'node:util'
import { measureGrowth, measureSwitches } from './call-growth.js'
import { measurePairs } from './call-pairs.js'
import { measureStages } from './call-stages.js'
import { laySubjects, SLOTS, type Subjects } from './call-subjects.js'
import { machine, readable } from './conditions.js'
import { durability } from './service.js'

/** Figures by name. In this order: the later ones fill the database. */
const PARTS: Readonly<Record<string, (subjects: Subjects) => Promise<object>>> = {
  pairs: measurePairs,
  stages: measureStages,
  growth: measureGrowth,
  switches: measureSwitches,
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
})

const isWanted = (name: string): boolean => values.only === undefined || values.only.includes(name)

const unknown = values.only?.filter((name) => !(name in PARTS)) ?? []
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`)
  process.exit(2)
}

const progress = (line: string): void => void process.stderr.write(`• ${line}\n`)

progress('the service starts, and extensions are published and installed')
const subjects = await laySubjects()
try {
  const found: object[] = []
  for (const [name, part] of Object.entries(PARTS)) {
    if (!isWanted(name)) continue
    progress(name)
    const figures = await part(subjects)
    found.push(figures)
    // It takes minutes: who ends it early has what there is.
    progress(JSON.stringify(readable(figures)))
  }
  const conditions = { ...(await durability(subjects.service)), slots: SLOTS, machine: machine() }
  const figures = readable(Object.assign({}, ...found, conditions) as object)
  process.stdout.write(`${JSON.stringify(figures, null, values.json ? undefined : 2)}\n`)
} finally {
  await subjects.close()
}
