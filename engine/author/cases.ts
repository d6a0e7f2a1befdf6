import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { DottedId } from '#contract/primitives.js'
import { Answer } from '#contract/decisions/answer.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import { ANSWERS, APPROVAL_KINDS, GATES, type Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from '../canonical.js'
import type { PolicyEngine } from '../load.js'
import { applyPatch } from '../patch.js'
import { PatchOperation } from '../reasons.js'

/** What a case expects of the answer; lists are compared as they stand in the answer, which is sorted. */
const Expectation = z.strictObject({
  outcome: z.enum(ANSWERS),
  rules: z.array(DottedId),
  reasons: z.array(DottedId).default([]),
  params: z.record(DottedId, z.record(z.string(), z.json())).default({}),
  obligations: z.array(DottedId).default([]),
  approval: z.enum(APPROVAL_KINDS).nullable().default(null),
})

/** A file of golden cases: one base input, and for each case what differs from it. */
const CaseFile = z.strictObject({
  base: z.record(z.string(), z.json()),
  cases: z
    .array(z.strictObject({ name: z.string(), patch: z.array(PatchOperation).default([]), expect: Expectation }))
    .min(1),
})

/** One golden case with its input written out. */
export interface GoldenCase {
  readonly gate: Gate
  readonly name: string
  readonly input: Record<string, unknown>
  readonly expect: z.infer<typeof Expectation>
}

/** All golden cases under `policies/cases`. Fails where a case does not parse or an input is not what its gate takes. */
export async function readCases(root: string): Promise<GoldenCase[]> {
  const perGate = await Promise.all(GATES.map((gate) => readGate(root, gate)))
  return perGate.flat()
}

async function readGate(root: string, gate: Gate): Promise<GoldenCase[]> {
  const files = globSync(`cases/${gate}/*.yaml`, { cwd: root })
  const cases = await Promise.all(
    files.toSorted().map(async (file) => expand(gate, file, await readFile(join(root, file), 'utf8'))),
  )
  return cases.flat()
}

function expand(gate: Gate, file: string, text: string): GoldenCase[] {
  const { base, cases } = CaseFile.parse(parse(text))
  return cases.map(({ name, patch, expect }) => {
    const input = INPUTS[gate].safeParse(applyPatch(base, patch))
    if (!input.success) throw new Error(`${file}: "${name}": ${z.prettifyError(input.error)}`)
    return { gate, name, input: input.data, expect }
  })
}

/** How the engine's answer differs from what the case expects; undefined where it does not. Raises EvaluationError. */
export function judge(engine: PolicyEngine, golden: GoldenCase): { fuel: number; difference: string | undefined } {
  const { answer, fuel } = engine.evaluate(golden.gate, canonicalBytes(golden.input))
  const parsed = Answer.safeParse(JSON.parse(new TextDecoder().decode(answer)))
  if (!parsed.success) return { fuel, difference: z.prettifyError(parsed.error) }
  const [found, expected] = [JSON.stringify(summarize(parsed.data)), JSON.stringify(golden.expect)]
  return { fuel, difference: found === expected ? undefined : `answered ${found}, expected ${expected}` }
}

/** The part of an answer that cases speak about, in the order of {@link Expectation}. */
function summarize(answer: Answer): z.infer<typeof Expectation> {
  const withParams = [...answer.reasons, ...answer.obligations].filter(({ params }) => params !== undefined)
  return {
    outcome: answer.outcome,
    rules: answer.rules,
    reasons: answer.reasons.map(({ id }) => id),
    params: Object.fromEntries(withParams.map(({ id, params }) => [id, params!])),
    obligations: answer.obligations.map(({ id }) => id),
    approval: answer.approval?.kind ?? null,
  }
}
