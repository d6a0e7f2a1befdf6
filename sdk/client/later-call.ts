import type { GatehouseClient } from './client.js'
import { pollWait } from './retry.rules.js'
import type { AnswerOf } from './types.js'

/** A call of an extension that was not waited for. */
export class LaterCall {
  constructor(
    private readonly client: GatehouseClient,
    /** Also the id of the execution and of the decision that allowed it. */
    readonly id: string,
    private readonly firstWaitMs: number | null,
  ) {}

  /** How the call stands. */
  show(signal?: AbortSignal): Promise<AnswerOf<'calls.show'>> {
    return this.client.get('calls.show', { params: { id: this.id } }, { signal })
  }

  /** Waits until it runs no more, and gives the extension's answer. Throws `Refusal` where there came none. */
  async answer(signal?: AbortSignal): Promise<Response> {
    for (let asked = 0; ; asked++) {
      await this.client.waiting.sleep(pollWait(asked, this.firstWaitMs), signal)
      if ((await this.show(signal)).state !== 'running') break
    }
    return this.client.answered(`/v1/calls/${this.id}/result`, { method: 'GET', ...(signal && { signal }) })
  }
}
