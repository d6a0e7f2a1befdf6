import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Certification } from '#contract/api/registry.js'
import { checkManifest } from '#contract/manifest/index.js'
import { Problem, PROBLEMS, type ProblemCode } from '#contract/problems.js'
import { readArtifact, type Artifact } from '#runtime/admission/artifact.js'
import { AdmissionError } from '#runtime/errors.js'
import { ScannerUnavailable, type JobProgram, type JobRunner } from '#runtime/jobs/run-job.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import type { StagedBlob } from '../platform/blobs/staged-blob.js'
import type { Inspection } from './inspection.js'

/** What the job answers. It looked at a stranger's bytes, so its answer is held to a schema like any input. */
const Report = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unreadable'),
    code: z.string().refine((code): code is ProblemCode => code.startsWith('bundle.') && code in PROBLEMS),
    detail: z.string().max(1000),
  }),
  z.strictObject({
    kind: z.literal('manifest_invalid'),
    errors: z
      .array(z.strictObject({ pointer: z.string(), detail: z.string(), remedy: z.string().optional() }))
      .min(1)
      .transform((errors) => errors.slice(0, 100)),
  }),
  z.strictObject({
    kind: z.literal('read'),
    manifest: z.unknown(),
    certification: Certification,
    artifact: z.strictObject({ digest: z.string(), files: z.record(z.string(), z.instanceof(Uint8Array)) }).nullable(),
  }),
])

const PROGRAM: JobProgram = {
  program: 'certification/inspect.job.js',
  parts: ['contract', 'runtime', 'certification'],
}

const isNoAnswer = (error: unknown): boolean =>
  [ScannerUnavailable, z.ZodError, AdmissionError, Problem].some((kind) => error instanceof kind)

/** Has uploads examined behind the launcher. */
export class Inspector {
  /** @param requireWall raises where this machine has no wall behind which a stranger's bytes may be looked at */
  constructor(
    private readonly jobs: JobRunner,
    private readonly requireWall: () => void,
  ) {}

  /** What the bundle came to; `unavailable` where the job could not be run or gave no answer that holds. Never a pass. */
  async inspect({ path }: Pick<StagedBlob, 'path'>): Promise<Inspection> {
    const bundle = await readFile(path)
    try {
      this.requireWall()
      return inspectionOf(await this.jobs.run(PROGRAM, bundle))
    } catch (error) {
      if (isNoAnswer(error)) return { kind: 'unavailable', cause: error }
      throw error
    }
  }
}

const inspectionOf = (answer: WireValue): Inspection => {
  const report = Report.parse(answer)
  if (report.kind === 'manifest_invalid') {
    const errors = report.errors.map(({ remedy, ...named }) => (remedy === undefined ? named : { ...named, remedy }))
    return { kind: report.kind, errors }
  }
  if (report.kind !== 'read') return report
  const checked = checkManifest(report.manifest)
  if (!checked.ok) return { kind: 'manifest_invalid', errors: checked.errors }
  return {
    kind: 'read',
    manifest: checked.manifest,
    certification: report.certification,
    artifact: artifactOf(report.artifact),
  }
}

const artifactOf = (sent: { digest: string; files: Record<string, Uint8Array> } | null): Artifact | null =>
  sent && readArtifact(new Map(Object.entries(sent.files)), sent.digest)
