import { Logger, ServiceUnavailableException } from '@nestjs/common'
import type { HealthCheckResult, HealthCheckService, HealthIndicatorResult } from '@nestjs/terminus'
import type { Health, HealthIndicator, HealthStatus } from './indicator.js'

/** A check that takes longer tells nobody in time: it counts as down. */
const PATIENCE_MS = 2_000

/** `details`: every indicator by name, with its status and facts. */
export interface HealthReport {
  readonly status: HealthCheckResult['status']
  readonly details: Readonly<Record<string, Health>>
}

/** Asks every indicator. Callers that come while one look is under way share it, so that asking often costs no more. */
export class HealthService {
  private readonly logger = new Logger('health')
  private readonly known = new Map<string, HealthStatus>()
  private look: Promise<HealthReport> | null = null

  constructor(
    private readonly terminus: Pick<HealthCheckService, 'check'>,
    private readonly indicators: readonly HealthIndicator[],
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Every indicator now. Never rejects: what can't be found out is down. */
  report(): Promise<HealthReport> {
    this.look ??= this.ask().finally(() => (this.look = null))
    return this.look
  }

  private async ask(): Promise<HealthReport> {
    const { status, details } = await this.terminus
      .check(this.indicators.map((indicator) => () => this.result(indicator)))
      .catch((error: unknown) => {
        // Terminus reports "not well" by raising the same result.
        if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult
        throw error
      })
    // Terminus puts what is down last; people look for a part where it always stands.
    const inOrder = this.indicators.map(({ name }) => [name, details[name]])
    return { status, details: Object.fromEntries(inOrder) as HealthReport['details'] }
  }

  private async result(indicator: HealthIndicator): Promise<HealthIndicatorResult> {
    const found = await this.bounded(indicator)
    this.tellChange(indicator.name, found)
    return { [indicator.name]: found }
  }

  private async bounded(indicator: HealthIndicator): Promise<Health> {
    const { promise: tooLate, resolve } = Promise.withResolvers<Health>()
    const timer = setTimeout(() => resolve({ status: 'down', fault: 'no answer in time' }), this.patienceMs)
    try {
      return await Promise.race([(async () => indicator.check())(), tooLate])
    } catch (error) {
      // Anybody may read the report: it names the kind of fault, and the log tells the rest.
      const { name } = indicator
      if (this.known.get(name) !== 'down') this.logger.warn({ indicator: name, error }, 'a health check failed')
      return { status: 'down', fault: (error as { code?: string }).code ?? (error as Error).name }
    } finally {
      clearTimeout(timer)
    }
  }

  private tellChange(name: string, { status, ...facts }: Health): void {
    const before = this.known.get(name) ?? 'up'
    this.known.set(name, status)
    if (before === status) return
    if (status === 'up') this.logger.log({ indicator: name }, 'well again')
    else this.logger.warn({ indicator: name, status, ...facts }, 'not well')
  }
}
