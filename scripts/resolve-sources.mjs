/**
 * How the architecture check resolves imports, in webpack's form: `#part/…` goes by tsconfig's paths to a source, and not by
 * package.json's imports to what was built of it.
 */
export default { resolve: { importsFields: [] } }
