import { AdmissionError } from '../errors.js'

/** Printable ASCII that ends no string, template or comment of JavaScript: toolchains name things with nothing else. */
const PLAIN = /^[ !#-&(),-[\]^_a-z|~+]{0,250}$/

/**
 * Refuses a core module with a name in it that is not plain. The generator writes these names into the glue's source
 * between quotes, as they are: a quote in one would end the string, and what follows would run as code.
 * The module is valid already. Raises `AdmissionError` `admission.name_refused`.
 */
export function refuseUnplainNames(wasm: Uint8Array): void {
  const module = new WebAssembly.Module(wasm as BufferSource)
  const imported = WebAssembly.Module.imports(module).flatMap(({ module: from, name }) => [from, name])
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name)
  const unplain = [...imported, ...exported].find((name) => !PLAIN.test(name))
  if (unplain === undefined) return
  const shown = JSON.stringify(unplain.slice(0, 100))
  throw new AdmissionError(
    'admission.name_refused',
    `a core module imports or exports ${shown}, which is no plain name`,
  )
}
