/** A refusal by the runtime. `code` is stable (`bundle.link`, `admission.import_refused`, …); callers map it to a problem. */
export class RuntimeRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.name = new.target.name
  }
}

/** Foreign WebAssembly that can't be admitted: invalid, not instrumentable, over a cap, or importing what is not on offer. */
export class AdmissionError extends RuntimeRefusal {}
