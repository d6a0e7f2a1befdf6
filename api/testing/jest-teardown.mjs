import { endServer } from './server-keeper.mjs'

/** Stops this run's server, where one was started, and removes its folder. */
export default async function teardown() {
  if (process.env.GATEHOUSE_TEST_RUN) await endServer(process.env.GATEHOUSE_TEST_RUN)
}
