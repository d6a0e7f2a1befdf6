import { parseArgs } from 'node:util'
import { World } from '../scripts/demo/world.js'
import { measureActivation } from './policy-activate.js'
import { measureCanary } from './policy-canary.js'
import { measureRss } from './policy-rss.js'
import { measureShadow } from './policy-shadow.js'
import { measureTenant } from './policy-tenant.js'
import { layStage, sealAnother, type Stage } from './policy-stage.js'

/** One measurement over the running instances; it gives its figures by name. `other` is a sealed revision besides the shipped one. */
type Part = (stage: Stage, other: string, progress: (line: string) => void) => Promise<object>

/** In this order. Another figure is a file of its own and a line here. */
const PARTS: Readonly<Record<string, Part>> = {
  activate: measureActivation,
  shadow: measureShadow,
  canary: measureCanary,
  tenant: measureTenant,
}

const TEN_MILLION = 10_000_000

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    evaluations: { type: 'string' },
    only: { type: 'string', multiple: true },
  },
})

const progress =
  (name: string) =>
  (line: string): void =>
    void process.stderr.write(`• ${name}: ${line}\n`)

const isWanted = (name: string): boolean => values.only === undefined || values.only.includes(name)

/** What says how much the figures are worth: the database's durability, and how busy the machine is. */
const conditions = async ({ records }: Stage): Promise<object> => {
  const setting = async (name: string) => (await records.query<Record<string, string>>(`SHOW ${name}`)).rows[0]![name]
  return { fsync: await setting('fsync'), synchronous_commit: await setting('synchronous_commit') }
}

const overServices = async (): Promise<object> => {
  const wanted = Object.entries(PARTS).filter(([name]) => isWanted(name))
  if (wanted.length === 0) return {}
  const world = await World.create(async () => ({ OPA_BIN: process.env['OPA_BIN'] ?? '' }))
  try {
    progress('stage')('an extension is published and installed, and another policy sealed')
    const stage = await layStage(world)
    try {
      const other = await sealAnother(stage)
      const figures: object[] = []
      for (const [name, part] of wanted) figures.push(await part(stage, other, progress(name)))
      return Object.assign({}, ...figures, await conditions(stage)) as object
    } finally {
      await stage.close()
    }
  } finally {
    await world.close()
  }
}

const figures = {
  ...(await overServices()),
  ...(isWanted('rss') ? await measureRss(Number(values.evaluations ?? TEN_MILLION), progress('rss')) : {}),
}
if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`)
else console.table(figures)
process.exit()
