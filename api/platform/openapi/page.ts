import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Nothing from elsewhere, no inline script; styles inline because Swagger UI writes style attributes, images as data. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Gatehouse API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <main id="api"></main>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/page.js"></script>
  </body>
</html>
`

// The validator badge would send our address to a third party; keys typed in are kept in memory only.
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  persistAuthorization: false,
  validatorUrl: null,
})
`

export interface Asset {
  readonly type: string
  readonly content: string | Buffer
}

const swaggerUi = (name: string): Promise<Buffer> => {
  const home = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return readFile(join(home, name))
}

/** A file that the page loads. The endpoint's schema lets no other name through. */
export async function pageAsset(file: 'swagger-ui.css' | 'swagger-ui-bundle.js' | 'page.js'): Promise<Asset> {
  const type = file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
  return { type, content: file === 'page.js' ? START : await swaggerUi(file) }
}
