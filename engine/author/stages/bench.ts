import { assembleBundle, type PolicyBundle } from '../../bundle.js'
import { loadPolicy, type PolicyEngine } from '../../load.js'
import { bundleOf, compile, type Compiled } from '../build.js'
import { readCases, type Cases } from '../cases.js'
import { readCatalogue, type Catalogue } from '../catalogue.js'
import type { StageOutcome } from '../finding.js'
import type { Opa } from '../opa.js'
import type { PolicyFiles } from '../policy-files.js'
import { ruleFiles } from '../sources.js'
import { parseFiles, type Parsed } from '../syntax.js'

interface BenchParts {
  readonly files: PolicyFiles
  /** The files laid out for tools, with schemas and capabilities. */
  readonly folder: string
  readonly tool: Opa
  readonly regal: string | undefined
  readonly base: PolicyBundle | undefined
}

/** What the stages work on. What several of them need is made once, by the first that asks. */
export class Bench {
  /** Set by the stage that measures it. */
  coverage: number | null = null
  #compiled: Promise<Compiled> | undefined
  #engine: Promise<PolicyEngine> | undefined
  #parsed: Promise<readonly Parsed[]> | undefined
  #cases: Cases | undefined
  #catalogue: Promise<Catalogue> | undefined

  readonly files: PolicyFiles
  readonly folder: string
  readonly tool: Opa
  readonly regal: string | undefined
  readonly base: PolicyBundle | undefined

  constructor({ files, folder, tool, regal, base }: BenchParts) {
    this.files = files
    this.folder = folder
    this.tool = tool
    this.regal = regal
    this.base = base
  }

  get cases(): Cases {
    return (this.#cases ??= readCases(this.files))
  }

  /** Raises `OpaRefused` where the policy doesn't compile. */
  compiled(): Promise<Compiled> {
    return (this.#compiled ??= compile(this.tool, this.folder))
  }

  /** Syntax trees of the rule files. */
  parsed(): Promise<readonly Parsed[]> {
    return (this.#parsed ??= parseFiles(this.tool, this.folder, ruleFiles(this.files)))
  }

  /** The policy with its whole evaluation bound and without reasons, which the metadata stage alone reads. */
  engine(): Promise<PolicyEngine> {
    return (this.#engine ??= this.compiled().then((compiled) => loadPolicy(assembleBundle(bundleOf(compiled, {})))))
  }

  catalogue(): Promise<Catalogue> {
    return (this.#catalogue ??= readCatalogue(this.tool, this.folder))
  }
}

/** One stage of the check. Raises `OpaRefused` and `OpaEnded`, which the pipeline reports as findings of the stage. */
export type Stage = (bench: Bench) => Promise<StageOutcome>
