import type { ExecutionRecording, RecordedBytes, RecordedStep } from '#contract/api/recordings.js'
import type { RecordedCall, Recording } from './recording.rules.js'

type Json = RecordedStep['args']
type Fields = readonly (readonly [string, string])[]

/** The secrets that a guest was given, by name: whoever reads its recording is not told them. */
export const disclosedIn = (calls: readonly RecordedCall[]): Map<string, string> =>
  new Map(
    calls.flatMap(({ name, args, answer }) =>
      name === 'secrets.get' && answer && 'ok' in answer && typeof answer.ok === 'string'
        ? [[String(args['name']), answer.ok]]
        : [],
    ),
  )

/** Values of a recording as they are shown. */
class Shown {
  constructor(private readonly disclosed: ReadonlyMap<string, string>) {}

  text(value: string): string {
    let clean = value
    for (const [name, secret] of this.disclosed) if (secret !== '') clean = clean.replaceAll(secret, `[secret ${name}]`)
    return clean.toWellFormed()
  }

  bytes(value: Uint8Array): RecordedBytes {
    const buffer = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    const text = buffer.toString('utf8')
    if (Buffer.from(text).equals(buffer)) return { text: this.text(text) }
    // What is no text is taken byte for byte: a secret may stand in the middle of it.
    let latin = buffer.toString('latin1')
    for (const [name, secret] of this.disclosed)
      if (secret !== '') latin = latin.replaceAll(Buffer.from(secret).toString('latin1'), `[secret ${name}]`)
    return { base64: Buffer.from(latin, 'latin1').toString('base64') }
  }

  fields(fields: Fields): [string, string][] {
    return fields.map(([name, value]) => [this.text(name), this.text(value)])
  }

  json(value: unknown): Json {
    if (value === null || value === undefined) return null
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'bigint') return value.toString()
    if (value instanceof Uint8Array) return this.bytes(value)
    if (Array.isArray(value)) return value.map((each) => this.json(each))
    if (typeof value !== 'object') return value as Json
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.text(key), this.json(each)]))
  }

  answer(answer: RecordedCall['answer']): RecordedStep['answer'] {
    if (answer === null) return null
    // An answer of nothing has no member at all once it was kept.
    return 'error' in answer ? { error: answer.error } : { ok: this.json((answer as { ok?: unknown }).ok) }
  }
}

/**
 * A recording for those who may see it. A secret that the guest was given is struck out wherever it stands, however short.
 * @param decisionOf the decision on each host call
 */
export const shownRecording = (
  { job, calls, result }: Recording,
  decisionOf: (call: RecordedCall) => RecordedStep['decision'],
): ExecutionRecording => {
  const shown = new Shown(disclosedIn(calls))
  const { response } = result
  return {
    form: 1,
    execution_id: job.executionId,
    artifact: job.artifact.digest,
    now_ms: job.fixed!.nowMs,
    request: {
      method: job.request.method,
      path: shown.text(job.request.path),
      params: shown.fields(job.request.params),
      query: shown.fields(job.request.query),
      headers: shown.fields(job.request.headers),
      body: shown.bytes(job.request.body),
    },
    limits: job.limits,
    steps: calls.map((call, at) => ({
      at,
      name: call.name,
      args: shown.json(call.args),
      posted: call.answer === null,
      answer: shown.answer(call.answer),
      decision: decisionOf(call),
    })),
    result: {
      outcome: result.outcome,
      response: response
        ? { status: response.status, headers: shown.fields(response.headers), body: shown.bytes(response.body) }
        : null,
      error: result.error === undefined ? null : shown.text(result.error),
      ...result.usage,
    },
  }
}
