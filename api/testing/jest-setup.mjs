import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Names the folder in which the first spec that needs one starts this run's server. */
export default async function setup() {
  process.env.GATEHOUSE_TEST_RUN = await mkdtemp(join(tmpdir(), 'gatehouse-run-'))
  process.env.GATEHOUSE_TEST_PID = String(process.pid)
}
