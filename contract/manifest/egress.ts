import { z } from 'zod'

/** Methods that a guest may send. CONNECT and TRACE never. */
export const EGRESS_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const NAME = `(${LABEL}\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?`
// The last label starts with a letter, so that no IP literal passes; a wildcard stands for whole labels below two fixed ones.
const HOST = new RegExp(`^(${NAME}|\\*\\.(${LABEL}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?)$`)

const HeaderName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/, { error: 'must be the name of a header in lower case' })

/** One destination. Host, port, scheme, method and path prefix must all match, or the request is refused. */
export const EgressRule = z.strictObject({
  host: z.string().max(253).regex(HOST, {
    error: 'must be a lower-case DNS name such as api.example.com or *.example.com; IP addresses are not accepted',
  }),
  port: z.int().min(1).max(65_535).optional().describe("The scheme's own where absent"),
  scheme: z.enum(['https', 'http']).default('https'),
  methods: z.array(z.enum(EGRESS_METHODS)).min(1).max(EGRESS_METHODS.length),
  path_prefix: z
    .string()
    .max(500)
    .regex(/^\/(?!.*\/\.{1,2}(\/|$))[A-Za-z0-9._~!$&'()*+,;=:@/-]*$/, {
      error: 'must start with / and have no . or .. segment, query or escape',
    })
    .default('/'),
  headers: z
    .array(HeaderName)
    .max(20)
    .optional()
    .describe('Headers that may be sent; all that the platform lets through where absent'),
  secrets: z
    .array(z.string().max(63))
    .max(20)
    .optional()
    .describe('Secrets that may stand in headers as {{secret:NAME}}; the extension never sees their values'),
})
export type EgressRule = z.infer<typeof EgressRule>

/** Everything outside that the extension may reach; empty means nothing. */
export const Egress = z.array(EgressRule).max(50)
