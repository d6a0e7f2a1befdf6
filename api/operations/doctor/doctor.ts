import { processConfig, type Config } from '../../platform/config/config.js'
import { hasCluster, withLogins, type Logins } from '../owner-login.js'
import { examine, type Check, type Diagnosis, type Finding, type Found } from './check.js'
import { clock } from './checks/clock.check.js'
import { dataFolder } from './checks/data-folder.check.js'
import { governedWrites } from './checks/governed-writes.check.js'
import { isolation } from './checks/isolation.check.js'
import { keyFiles } from './checks/key-files.check.js'
import { migrations } from './checks/migrations.check.js'
import { node } from './checks/node.check.js'
import { opa } from './checks/opa.check.js'
import { port } from './checks/port.check.js'
import { postgres } from './checks/postgres.check.js'
import { storedData } from './checks/stored-data.check.js'

const OF_MACHINE: readonly Check<void>[] = [node, opa]
const OF_CONFIG: readonly Check<Config>[] = [dataFolder, keyFiles, port, isolation]
const OF_DATABASE: readonly Check<Logins>[] = [postgres, migrations, governedWrites, clock, storedData]

/**
 * Looks at everything that can be wrong on this machine. Changes nothing: where the embedded service stands still, its
 * database server comes up for the while.
 * @param configure gives the configuration, or throws with every fault
 */
export async function doctor(configure: () => Config = processConfig): Promise<Diagnosis> {
  const checks = await inOrder(OF_MACHINE, undefined)
  const found = readConfig(configure)
  checks.push(await examine({ name: 'config', remedy: 'set what is named', look: async () => found }, undefined))
  if ('config' in found) {
    checks.push(...(await inOrder(OF_CONFIG, found.config)))
    checks.push(...(await ofDatabase(found.config)))
  }
  return { ok: checks.every(({ ok }) => ok), checks }
}

function readConfig(configure: () => Config): (Found & { config: Config }) | Found {
  try {
    const config = configure()
    return { ok: true, detail: `complete (${config.profile} profile)`, config }
  } catch (error) {
    return { ok: false, detail: (error as Error).message }
  }
}

async function ofDatabase(config: Config): Promise<Finding[]> {
  if (config.profile === 'embedded' && !(await hasCluster(config.dataFolder)))
    return OF_DATABASE.map(({ name }) => ({
      ...{ name, ok: true, remedy: null },
      detail: 'not looked at: the first start makes the database',
    }))
  try {
    return await withLogins(config, (logins) => inOrder(OF_DATABASE, logins))
  } catch (error) {
    const { name, remedy } = postgres
    return [{ name, ok: false, detail: (error as Error).message, remedy }]
  }
}

/** One after another, so that no check's work is another's fault. */
async function inOrder<Subject>(checks: readonly Check<Subject>[], subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) findings.push(await examine(check, subject))
  return findings
}
