/** The program behind the launcher that examines an uploaded bundle: its bytes in, the report out. */
import { serveJob } from '#runtime/jobs/job-channel.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import { inspect, type Report } from './inspect.js'

/** The report in the values that frames carry; files of the artifact as bytes by their names. */
const onTheWire = (report: Report): WireValue => {
  if (report.kind !== 'read') return report as unknown as WireValue
  const { artifact, ...rest } = report
  const files = artifact && { digest: artifact.digest, files: Object.fromEntries(artifact.files) }
  return { ...rest, artifact: files } as unknown as WireValue
}

await serveJob(async (bundle) => {
  if (!(bundle instanceof Uint8Array)) throw new TypeError('the input must be the bytes of a bundle')
  return onTheWire(await inspect(bundle))
})
