import { processRunnerConfig, RunnerConfigInvalid, type RunnerConfig } from '../../platform/config/runner-config.js'
import { createLog } from '../../platform/telemetry/logger.js'
import { startRunner } from './start.js'

const run = async (config: RunnerConfig): Promise<void> => {
  const log = createLog(config)
  const started = await startRunner(config, (error) => log.warn({ err: error }, 'refused on the channel'))
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    log.info(`${signal}: taking nothing new, and letting calls end`)
    const { left } = await started.stop()
    if (left > 0) log.error(`${left} calls did not end within ${config.RUNNER_DRAIN_SECONDS} s and were ended`)
    process.exit(left > 0 ? 1 : 0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
  process.stdout.write(`Runner ${started.address} listens, behind ${started.wall}.\n`)
}

try {
  const config = await processRunnerConfig()
  if (process.argv.includes('--check-config')) process.stdout.write("The runner's configuration is complete.\n")
  else await run(config)
} catch (error) {
  const { message } = error as Error
  process.stderr.write(`${error instanceof RunnerConfigInvalid ? message : `The runner could not start: ${message}`}\n`)
  process.exit(1)
}
