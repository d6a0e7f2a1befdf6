import type { WalkGround } from '../ground/walk-ground.js'
import type { Walk, Walks } from '../walk.js'

const page =
  (path: string): Walk =>
  ({ url }: WalkGround) =>
    fetch(new URL(path, url))

/** What needs no credentials: health and documentation. */
export const openWalks: Walks = {
  'health.live': page('/livez'),
  'health.ready': page('/readyz'),
  'health.report': page('/healthz'),
  'health.metrics': page('/metrics'),
  'openapi.document': page('/openapi.json'),
  'openapi.page': page('/docs'),
  'openapi.asset': ['swagger-ui.css', 'swagger-ui-bundle.js', 'page.js'].map((file) => page(`/docs/${file}`)),
  'auth.keys': page('/auth/jwks.json'),
  'oauth.metadata': page('/.well-known/oauth-authorization-server'),
}
