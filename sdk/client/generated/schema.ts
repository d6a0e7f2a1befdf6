/** Generated from contract/generated/openapi.json by npm run contract:generate. */
export interface paths {
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a command signs in (RFC 8414) */
        get: operations["oauth.metadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ext/{id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Call an endpoint of an installed extension */
        get: operations["gateway.call.get"];
        /** Call an endpoint of an installed extension */
        put: operations["gateway.call.put"];
        /** Call an endpoint of an installed extension */
        post: operations["gateway.call.post"];
        /** Call an endpoint of an installed extension */
        delete: operations["gateway.call.delete"];
        options?: never;
        head?: never;
        /** Call an endpoint of an installed extension */
        patch: operations["gateway.call.patch"];
        trace?: never;
    };
    "/auth/backchannel-logout/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An identity provider tells that somebody signed out (OpenID Connect Back-Channel Logout 1.0) */
        post: operations["auth.backchannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/callback/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an identity provider sends the browser back to */
        get: operations["auth.callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page on which somebody lets a command sign in as them */
        get: operations["auth.device"];
        put?: never;
        /** Let a command sign in, or refuse it */
        post: operations["auth.admit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys with which Gatehouse proves itself to identity providers (RFC 7517) */
        get: operations["auth.keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign in: leads to the identity provider of an address or organisation */
        get: operations["auth.login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session that the request comes with */
        post: operations["auth.logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/saml/{id}/acs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where a SAML 2.0 provider sends the browser back to (HTTP-POST binding) */
        post: operations["auth.samlArrival"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/saml/{id}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a SAML 2.0 provider needs to know of Gatehouse */
        get: operations["auth.samlMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session of this browser, and its token against forged requests */
        get: operations["auth.session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page to read this API and try it */
        get: operations["openapi.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scripts and styles of the page */
        get: operations["openapi.asset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings of the install, with the defaults of the manifest */
        get: operations["host.config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish an event in the own namespace, as the manifest declares it */
        post: operations["host.publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/http": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a request to a host that the manifest declares */
        post: operations["host.fetch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/kv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of the own storage, in the order of their bytes */
        get: operations["host.kvList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/kv/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes under a key, with their version as ETag */
        get: operations["host.kvRead"];
        /** Store bytes under a key */
        put: operations["host.kvWrite"];
        post?: never;
        /** Delete what lies under a key, if anything does */
        delete: operations["host.kvDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write log lines */
        post: operations["host.log"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report measurements of the own work */
        post: operations["host.measure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ext-api/v1/secrets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A secret that was entered at install */
        get: operations["host.secret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every indicator with its detail */
        get: operations["health.report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["health.live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics */
        get: operations["health.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A command asks for a code by loopback redirect (RFC 8252) */
        get: operations["oauth.authorize"];
        put?: never;
        /** Let a command on this machine sign in, or refuse it */
        post: operations["oauth.admit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/device_authorization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A command asks for a code that a person types in elsewhere (RFC 8628) */
        post: operations["oauth.device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of a token (RFC 7009) */
        post: operations["oauth.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Codes and refresh tokens for tokens (RFC 6749, 8628) */
        post: operations["oauth.token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This API as OpenAPI 3.1 */
        get: operations["openapi.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service can decide and run */
        get: operations["health.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/.search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Find people and groups by a body (RFC 7644, section 3.4.3) */
        post: operations["scim.search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Many changes in one request (RFC 7644, section 3.7) */
        post: operations["scim.bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find groups (RFC 7644, section 3.4.2) */
        get: operations["scim.queryGroups"];
        put?: never;
        /** Add a group (RFC 7644, section 3.3) */
        post: operations["scim.createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Groups/.search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Find groups by a body (RFC 7644, section 3.4.3) */
        post: operations["scim.searchGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group */
        get: operations["scim.readGroup"];
        /** Replace a group with its members (RFC 7644, section 3.5.1) */
        put: operations["scim.replaceGroup"];
        post?: never;
        /** Take a group away; its people stay (RFC 7644, section 3.6) */
        delete: operations["scim.deleteGroup"];
        options?: never;
        head?: never;
        /** Change a group or who belongs to it (RFC 7644, section 3.5.2) */
        patch: operations["scim.patchGroup"];
        trace?: never;
    };
    "/scim/v2/Me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whoever asks, by their own key or session (RFC 7644, section 3.11) */
        get: operations["scim.me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/ResourceTypes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of resources (RFC 7643, section 6) */
        get: operations["scim.resourceTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/ResourceTypes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One kind of resource */
        get: operations["scim.resourceType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schemas of resources (RFC 7643, section 7) */
        get: operations["scim.schemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Schemas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One schema */
        get: operations["scim.schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/ServiceProviderConfig": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this service provider can do (RFC 7643, section 5) */
        get: operations["scim.providerConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find people (RFC 7644, section 3.4.2) */
        get: operations["scim.queryUsers"];
        put?: never;
        /** Add somebody (RFC 7644, section 3.3) */
        post: operations["scim.createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Users/.search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Find people by a body (RFC 7644, section 3.4.3) */
        post: operations["scim.searchUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim/v2/Users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person */
        get: operations["scim.readUser"];
        /** Replace what is known of somebody (RFC 7644, section 3.5.1) */
        put: operations["scim.replaceUser"];
        post?: never;
        /** Take somebody away for good (RFC 7644, section 3.6) */
        delete: operations["scim.deleteUser"];
        options?: never;
        head?: never;
        /** Change what is known of somebody (RFC 7644, section 3.5.2) */
        patch: operations["scim.patchUser"];
        trace?: never;
    };
    "/v1/access/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would come of somebody's request, and why */
        post: operations["access.explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/who-can": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who may do something */
        post: operations["access.whoCan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for people, newest first */
        get: operations["approvals.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One approval with its subject and votes */
        get: operations["approvals.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/votes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve or deny, for exactly what was shown */
        post: operations["approvals.vote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the first owner of an empty platform with its one-time token */
        post: operations["bootstrap.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a call stands that was not waited for */
        get: operations["calls.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The answer of a call that was not waited for, as the extension gave it */
        get: operations["calls.result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search decisions, newest first; with after, what the log took since */
        get: operations["decisions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Decisions in the order of the log, as JSON lines or as events of OPA decision logs */
        get: operations["decisions.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a decision was made as it was */
        get: operations["decisions.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Evaluate the stored input again and compare the answer byte for byte */
        post: operations["decisions.replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{id}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which rules a decision entered and which facts they read, by OPA from the sources of its revision */
        post: operations["decisions.trace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Domains of the organisation, proven or not */
        get: operations["domains.list"];
        put?: never;
        /** Claim a domain; the answer says which DNS record proves it */
        post: operations["domains.claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Let a domain go */
        delete: operations["domains.release"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/domains/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look the record up, and hold the domain for proven */
        post: operations["domains.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events on their way to the installs that consume them, newest first */
        get: operations["deliveries.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a dead delivery again, from its first attempt on */
        post: operations["deliveries.redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that extensions published, newest first, as CloudEvents */
        get: operations["events.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Executions, newest first */
        get: operations["executions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One execution */
        get: operations["executions.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executions/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of an execution, with the proof that it is in the log */
        get: operations["executions.receipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executions/{id}/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A recorded execution, host call by host call, with payloads and without the values of secrets */
        get: operations["executions.recording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executions/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a recorded execution again, without effects, and name the first difference */
        post: operations["executions.replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Extensions that the caller can see, newest first */
        get: operations["extensions.list"];
        put?: never;
        /** Publish a signed bundle */
        post: operations["extensions.publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One extension with its versions */
        get: operations["extensions.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions/{name}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log lines of an extension, oldest first */
        get: operations["extensions.logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions/{name}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an extension measured of its own work on one day */
        get: operations["extensions.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions/{name}/rung": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set an extension on a rung of the enforcement ladder */
        put: operations["extensions.setRung"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions/{name}/versions/{semver}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version with its manifest and certification */
        get: operations["versions.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions/{name}/versions/{semver}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a version to the next channel: draft, beta, ga */
        post: operations["versions.promote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/extensions/{name}/versions/{semver}/yank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a version out of circulation: it is not installed anew */
        post: operations["versions.yank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Identity providers that people sign in by */
        get: operations["providers.list"];
        put?: never;
        /** Trust an OpenID provider to say who people are */
        post: operations["providers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-providers/saml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Trust a SAML 2.0 provider to say who people are, by its metadata */
        post: operations["providers.trustSaml"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an identity provider, or turn it off */
        patch: operations["providers.update"];
        trace?: never;
    };
    "/v1/identity-providers/{id}/saml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take newer metadata of a SAML 2.0 provider */
        put: operations["providers.renewSaml"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Installs of the organisation, newest first */
        get: operations["installs.list"];
        put?: never;
        /** Install an extension with the permissions that an admin grants */
        post: operations["installs.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One install */
        get: operations["installs.show"];
        put?: never;
        post?: never;
        /** Uninstall: its rows, secrets, subscriptions and stored entries go with it */
        delete: operations["installs.uninstall"];
        options?: never;
        head?: never;
        /** Change the version, the grant, the settings or the secrets of an install */
        patch: operations["installs.update"];
        trace?: never;
    };
    "/v1/installs/{id}/runtime-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runtime tokens of an install, newest first, without their secrets */
        get: operations["tokens.list"];
        put?: never;
        /** Mint a token of at most an hour for an extension that runs elsewhere; it is shown once */
        post: operations["tokens.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations, open and past */
        get: operations["invitations.list"];
        put?: never;
        /** Invite somebody by e-mail */
        post: operations["invitations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join by the token of an invitation; the answer holds a first API key, shown once */
        post: operations["invitations.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back */
        delete: operations["invitations.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an invitation again, with a new token and seven days more; the token before it ends */
        post: operations["invitations.resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, without their secrets */
        get: operations["keys.list"];
        put?: never;
        /** Create an API key; its secret is shown once */
        post: operations["keys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["keys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/kills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kill switches, newest first */
        get: operations["kills.list"];
        put?: never;
        /** Stop something at once; answers once every node has heard it or its lease has run out */
        post: operations["kills.engage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/kills/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let go what was stopped, once a second person agrees */
        post: operations["kills.release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest signed checkpoint */
        get: operations["ledger.checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log as JSON lines, with all that an offline verifier needs */
        get: operations["ledger.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys that sign checkpoints */
        get: operations["ledger.keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/proofs/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proof that an older log is a prefix of a newer one */
        get: operations["ledger.consistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/proofs/inclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proof that an entry is in the log */
        get: operations["ledger.inclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sets of limits, each at its newest revision */
        get: operations["limits.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A set of limits at its newest revision, or as it was at an earlier one */
        get: operations["limits.show"];
        /** A set of limits: write the next revision */
        put: operations["limits.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits/{name}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A set of limits: what differs between two revisions */
        get: operations["limits.diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits/{name}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A set of limits: write an earlier revision's document as the next */
        post: operations["limits.revert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits/{name}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A set of limits: who changed it when and why, newest first */
        get: operations["limits.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists of extensions, each at its newest revision */
        get: operations["lists.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A list of extensions at its newest revision, or as it was at an earlier one */
        get: operations["lists.show"];
        /** A list of extensions: write the next revision */
        put: operations["lists.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A list of extensions: what differs between two revisions */
        get: operations["lists.diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A list of extensions: write an earlier revision's document as the next */
        post: operations["lists.revert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A list of extensions: who changed it when and why, newest first */
        get: operations["lists.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opa/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** OPA agents: when each was heard of, which policy it decides by, and what went wrong */
        get: operations["agents.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opa/bundles/gatehouse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policy in force as a signed OPA bundle; 304 where the agent has it */
        get: operations["agents.bundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opa/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What OPA agents decided, newest first */
        get: operations["agents.decisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opa/discovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rest of an OPA agent's configuration as a discovery bundle; 304 where the agent has it */
        get: operations["agents.discovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opa/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a decision log of an OPA agent: a JSON array, gzipped or not, at most 8 MiB in either form */
        post: operations["agents.logs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opa/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the status report of an OPA agent */
        post: operations["agents.status"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People and service accounts */
        get: operations["people.list"];
        put?: never;
        /** Add a person or a service account */
        post: operations["people.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a person's name, roles or access */
        patch: operations["people.update"];
        trace?: never;
    };
    "/v1/people/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's sessions, newest first */
        get: operations["sessions.of"];
        put?: never;
        post?: never;
        /** End every session of a person, at once */
        delete: operations["sessions.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policy that decides now, with its rules in words */
        get: operations["policy.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When which policy was put in force, by whom and why, newest first */
        get: operations["policy.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/canaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Canaries, newest first */
        get: operations["canaries.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/canaries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a canary is, what its pairs show, and why it was taken back */
        get: operations["canaries.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/canaries/{id}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the present step without waiting for its pairs; after the last one the candidate is in force */
        post: operations["canaries.advance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/canaries/{id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a canary back; one person suffices */
        post: operations["canaries.revert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drafts of policy, newest first */
        get: operations["drafts.list"];
        put?: never;
        /** Begin a draft from a revision, or from files */
        post: operations["drafts.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A draft with its files and the last run of its checks */
        get: operations["drafts.show"];
        put?: never;
        post?: never;
        /** Give a draft up; it stays on record */
        delete: operations["drafts.discard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run every check on a draft, in their order */
        post: operations["drafts.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a draft changes, by file and by meaning */
        get: operations["drafts.diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace every file, as a push from a working tree does */
        put: operations["drafts.push"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}/files/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file of a draft */
        get: operations["drafts.read"];
        /** Write one file of a draft */
        put: operations["drafts.write"];
        post?: never;
        /** Take one file out of a draft */
        delete: operations["drafts.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}/rebase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over what changed in force since the draft began; files changed on both sides are a conflict */
        post: operations["drafts.rebase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}/seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Seal a draft that passed its checks as a revision */
        post: operations["drafts.seal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/drafts/{id}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to replay past decisions through a draft, as it stands now */
        post: operations["whatifs.startDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sealed policies, newest first */
        get: operations["policy.revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/revisions/{revision}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a sealed policy in force, once a second person agrees */
        post: operations["policy.activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/revisions/{revision}/canary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a sealed policy take over by degrees, once a second person agrees */
        post: operations["canaries.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/revisions/{revision}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to replay past decisions through a revision */
        post: operations["whatifs.startRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go back to a policy that has decided before; one person suffices */
        post: operations["policy.rollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which policy is in force, and which one each instance decides by */
        get: operations["policy.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What policy would answer to facts, or to a past decision as edited */
        post: operations["policy.try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/waivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Waivers, newest first */
        get: operations["waivers.list"];
        put?: never;
        /** Ask that a reason shall not count for one organisation or extension for some time, once a second person agrees */
        post: operations["waivers.request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/waivers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A waiver, and the last decisions in which it acted */
        get: operations["waivers.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/waivers/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a waiver now; one person suffices */
        post: operations["waivers.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/what-ifs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replays of past decisions through candidates, newest first */
        get: operations["whatifs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/what-ifs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a replay is and, when it is done, what the candidate would have changed */
        get: operations["whatifs.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/what-ifs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a replay; what it found by now is not kept as a report */
        post: operations["whatifs.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publishers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Publishers and their signing keys */
        get: operations["publishers.list"];
        put?: never;
        /** Sign up as a publisher with a first signing key */
        post: operations["publishers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publishers/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a signing key to the trust bundle */
        post: operations["publishers.addKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publishers/{id}/keys/{keyid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a signing key: what it signed is no longer installed or called */
        delete: operations["publishers.revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publishers/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** State that the publisher is who it says */
        post: operations["publishers.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles of the organisation's own, each at its newest revision */
        get: operations["roles.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A role of the organisation's own at its newest revision, or as it was at an earlier one */
        get: operations["roles.show"];
        /** A role of the organisation's own: write the next revision */
        put: operations["roles.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles/{name}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A role of the organisation's own: what differs between two revisions */
        get: operations["roles.diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles/{name}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A role of the organisation's own: write an earlier revision's document as the next */
        post: operations["roles.revert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles/{name}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A role of the organisation's own: who changed it when and why, newest first */
        get: operations["roles.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runtime-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a runtime token */
        delete: operations["tokens.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scim/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SCIM connections of the organisation */
        get: operations["scim.listConnections"];
        put?: never;
        /** Let an identity provider keep people and groups in step; it needs a token next */
        post: operations["scim.createConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scim/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One SCIM connection */
        get: operations["scim.showConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename, turn on or off, or change what a SCIM connection may do */
        patch: operations["scim.updateConnection"];
        trace?: never;
    };
    "/v1/scim/connections/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens of a SCIM connection, newest first, without their secrets */
        get: operations["scim.listTokens"];
        put?: never;
        /** Make a token of a SCIM connection, beside one that is still in use; its secret is shown once */
        post: operations["scim.createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scim/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What identity providers asked for, what it came to and what changed, newest first */
        get: operations["scim.listLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scim/log/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request of an identity provider */
        get: operations["scim.showLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scim/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token of a SCIM connection */
        delete: operations["scim.revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Service accounts, and who answers for them */
        get: operations["accounts.list"];
        put?: never;
        /** Add a service account */
        post: operations["accounts.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a service account proves itself by, without the secrets */
        get: operations["accounts.credentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts/{id}/credentials/{credential_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a secret or key; its tokens end with it */
        delete: operations["accounts.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts/{id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name another person who answers for a service account */
        post: operations["accounts.handover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a public key for private_key_jwt (RFC 7523) */
        post: operations["accounts.key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-accounts/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a client secret, shown once; two count at once */
        post: operations["accounts.secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own sessions, newest first */
        get: operations["sessions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your own sessions */
        delete: operations["sessions.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation's own restrictions in force, and how its draft stands */
        get: operations["restrictions.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant-policy/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When which of the organisation's own restrictions came in force, by whom and why, newest first */
        get: operations["restrictions.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant-policy/activations/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One change, with the Rego that came in force by it */
        get: operations["restrictions.activation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant-policy/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The draft, with the last run of its checks */
        get: operations["restrictions.draft"];
        /** Write the draft: rules and tests */
        put: operations["restrictions.write"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant-policy/draft/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the draft in force, once a second person of the organisation agrees */
        post: operations["restrictions.activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant-policy/draft/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run every check on the draft, and ask it about past decisions of the organisation */
        post: operations["restrictions.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant-policy/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go back to restrictions that were in force before, or to none; one person suffices */
        post: operations["restrictions.rollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations that the caller can see */
        get: operations["tenants.list"];
        put?: never;
        /** Create an organisation with its default workspace and first owner */
        post: operations["tenants.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename an organisation or change what it chooses for itself */
        patch: operations["tenants.update"];
        trace?: never;
    };
    "/v1/tenants/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the suspension of an organisation */
        post: operations["tenants.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend an organisation: its people sign in no more, and its extensions are not called */
        post: operations["tenants.suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give ownership of an organisation to another of its people */
        post: operations["tenants.transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who this key belongs to, and what it may do */
        get: operations["whoami.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Workspaces of an organisation */
        get: operations["workspaces.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @description urn:gatehouse:problem: and the code */
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "request.invalid" | "request.malformed_json" | "request.too_large" | "request.headers_too_large" | "request.unsupported_media_type" | "request.timeout" | "not_found" | "method_not_allowed" | "already_exists" | "conflict" | "overloaded" | "internal" | "auth.required" | "auth.invalid" | "policy.denied" | "policy.unavailable" | "tenant_policy.unavailable" | "kill.engaged" | "kill.lease_stale" | "database.unavailable" | "ledger.unavailable" | "ledger.empty" | "ledger.not_sequenced" | "decision.gone" | "decision.search_too_wide" | "decision.not_replayable" | "decision.revision_missing" | "decision.not_traceable" | "policy.draft_closed" | "policy.revision_broken" | "policy.sources_missing" | "policy.base_moved" | "policy.unreadable" | "policy.rebase_conflict" | "policy.archive_missing" | "policy.tool_missing" | "auth.step_up_required" | "auth.session_ended" | "auth.csrf" | "sign_in.no_realm" | "sign_in.failed" | "sign_in.provider_unreachable" | "sign_in.no_public_url" | "manifest.invalid" | "version.exists" | "publisher.required" | "publisher.key_invalid" | "signature.malformed" | "bundle.path_traversal" | "bundle.bad_name" | "bundle.duplicate_entry" | "bundle.too_many_entries" | "bundle.link" | "bundle.too_large" | "bundle.ratio" | "bundle.truncated" | "bundle.malformed" | "component.refused" | "storage.corrupt" | "scanner.unavailable" | "execution.fuel_exhausted" | "execution.memory_exhausted" | "execution.time_exceeded" | "execution.output_exceeded" | "execution.host_calls_exhausted" | "execution.exited" | "execution.trap" | "execution.guest_error" | "execution.not_recorded" | "execution.not_replayable" | "execution.response_invalid" | "execution.crashed" | "execution.runner_lost" | "execution.killed" | "execution.client_gone" | "execution.input_exceeded" | "execution.isolation_absent" | "execution.concurrency_exceeded" | "execution.circuit_open" | "execution.limit_reached" | "execution.throttled" | "idempotency.key_reused" | "call.in_progress" | "call.interrupted" | "call.answer_not_kept" | "host.token_outdated" | "host.precondition_failed" | "host.call_refused" | "host.unreachable";
            detail: string;
            /** @description What to do about it */
            remedy: string;
            correlation_id: string;
            /**
             * Format: uuid
             * @description The decision that refused; GET /v1/decisions/{id} explains it
             * @example 0198c0de-0000-7000-8000-000000000001
             */
            decision_id?: string;
            reasons?: {
                /** @example install.consent_missing */
                id: string;
                message: string;
                remedy: string;
                params?: {
                    [key: string]: string | number | boolean;
                };
            }[];
            /** @description Each wrong field by its RFC 6901 pointer */
            errors?: {
                pointer: string;
                detail: string;
                remedy?: string;
            }[];
        };
        Held: {
            approval: {
                /**
                 * Format: uuid
                 * @example 0198c0de-0000-7000-8000-000000000001
                 */
                id: string;
                /** @enum {string} */
                kind: "review" | "consent" | "kill_release" | "policy" | "waiver" | "tenant_policy";
                title: string;
                /**
                 * Format: date-time
                 * @example 2036-01-31T09:30:00Z
                 */
                expires_at: string;
                url: string;
            };
            reasons: {
                /** @example install.consent_missing */
                id: string;
                message: string;
                remedy: string;
                params?: {
                    [key: string]: string | number | boolean;
                };
            }[];
            /**
             * Format: uuid
             * @example 0198c0de-0000-7000-8000-000000000001
             */
            decision_id: string;
        };
        OAuthError: {
            /** @enum {string} */
            error: "invalid_request" | "invalid_client" | "invalid_grant" | "unsupported_grant_type" | "unauthorized_client" | "invalid_scope" | "authorization_pending" | "slow_down" | "access_denied" | "expired_token";
            /** @description For people who look for what went wrong */
            error_description: string;
        };
        ScimError: {
            schemas: "urn:ietf:params:scim:api:messages:2.0:Error"[];
            /** @description The status of HTTP, as a string */
            status: string;
            /** @enum {string} */
            scimType?: "invalidFilter" | "tooMany" | "uniqueness" | "mutability" | "invalidSyntax" | "invalidPath" | "noTarget" | "invalidValue" | "invalidVers" | "sensitive" | "invalidCursor" | "expiredCursor" | "invalidCount";
            /** @description What is wrong, and what would be right */
            detail: string;
        };
    };
    responses: {
        /** @description Refused */
        Refused: {
            headers: {
                /** @description Finds the request in the log of the service; also in the body of a problem */
                "x-correlation-id"?: string;
                /** @description Seconds until it is worth asking again */
                "retry-after"?: string;
                /** @description With 401: what to come with */
                "www-authenticate"?: string;
                /** @description With 405: what the path takes */
                allow?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Refused, in the words of RFC 7644, section 3.12 */
        RefusedByScim: {
            headers: {
                /** @description Finds the request in the log of the service; also in the body of a problem */
                "x-correlation-id"?: string;
                /** @description Seconds until it is worth asking again */
                "retry-after"?: string;
                /** @description With 401: what to come with */
                "www-authenticate"?: string;
                /** @description With 405: what the path takes */
                allow?: string;
                [name: string]: unknown;
            };
            content: {
                "application/scim+json": components["schemas"]["ScimError"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "oauth.metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where a command signs in (RFC 8414) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        issuer: string;
                        authorization_endpoint: string;
                        token_endpoint: string;
                        device_authorization_endpoint: string;
                        revocation_endpoint: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "gateway.call.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs once for each key of the organisation; the same request under it gets the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answers 202 at once, and `Location` says where to ask for the call */
                Prefer?: string;
                /** @description true keeps what the execution is given, sealed and for seven days, so that it can be replayed */
                "Gatehouse-Record"?: string;
            };
            path: {
                id: string;
                /** @description Path below the extension, as its manifest has it */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Call an endpoint of an installed extension */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Under way, where `Prefer: respond-async` was asked for */
            202: {
                headers: {
                    /** @description Where to ask for the call */
                    location: string;
                    /** @description Seconds until it is worth asking */
                    "retry-after": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Also the id of the execution and of the decision that allowed it
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @constant */
                        state: "running";
                        /** @description Path of its answer */
                        result: string;
                    };
                };
            };
            /** @description Refused, or what the extension answered */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "*/*": unknown;
                };
            };
        };
    };
    "gateway.call.put": {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs once for each key of the organisation; the same request under it gets the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answers 202 at once, and `Location` says where to ask for the call */
                Prefer?: string;
                /** @description true keeps what the execution is given, sealed and for seven days, so that it can be replayed */
                "Gatehouse-Record"?: string;
            };
            path: {
                id: string;
                /** @description Path below the extension, as its manifest has it */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Call an endpoint of an installed extension */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Under way, where `Prefer: respond-async` was asked for */
            202: {
                headers: {
                    /** @description Where to ask for the call */
                    location: string;
                    /** @description Seconds until it is worth asking */
                    "retry-after": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Also the id of the execution and of the decision that allowed it
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @constant */
                        state: "running";
                        /** @description Path of its answer */
                        result: string;
                    };
                };
            };
            /** @description Refused, or what the extension answered */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "*/*": unknown;
                };
            };
        };
    };
    "gateway.call.post": {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs once for each key of the organisation; the same request under it gets the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answers 202 at once, and `Location` says where to ask for the call */
                Prefer?: string;
                /** @description true keeps what the execution is given, sealed and for seven days, so that it can be replayed */
                "Gatehouse-Record"?: string;
            };
            path: {
                id: string;
                /** @description Path below the extension, as its manifest has it */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Call an endpoint of an installed extension */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Under way, where `Prefer: respond-async` was asked for */
            202: {
                headers: {
                    /** @description Where to ask for the call */
                    location: string;
                    /** @description Seconds until it is worth asking */
                    "retry-after": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Also the id of the execution and of the decision that allowed it
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @constant */
                        state: "running";
                        /** @description Path of its answer */
                        result: string;
                    };
                };
            };
            /** @description Refused, or what the extension answered */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "*/*": unknown;
                };
            };
        };
    };
    "gateway.call.delete": {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs once for each key of the organisation; the same request under it gets the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answers 202 at once, and `Location` says where to ask for the call */
                Prefer?: string;
                /** @description true keeps what the execution is given, sealed and for seven days, so that it can be replayed */
                "Gatehouse-Record"?: string;
            };
            path: {
                id: string;
                /** @description Path below the extension, as its manifest has it */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Call an endpoint of an installed extension */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Under way, where `Prefer: respond-async` was asked for */
            202: {
                headers: {
                    /** @description Where to ask for the call */
                    location: string;
                    /** @description Seconds until it is worth asking */
                    "retry-after": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Also the id of the execution and of the decision that allowed it
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @constant */
                        state: "running";
                        /** @description Path of its answer */
                        result: string;
                    };
                };
            };
            /** @description Refused, or what the extension answered */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "*/*": unknown;
                };
            };
        };
    };
    "gateway.call.patch": {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs once for each key of the organisation; the same request under it gets the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answers 202 at once, and `Location` says where to ask for the call */
                Prefer?: string;
                /** @description true keeps what the execution is given, sealed and for seven days, so that it can be replayed */
                "Gatehouse-Record"?: string;
            };
            path: {
                id: string;
                /** @description Path below the extension, as its manifest has it */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Call an endpoint of an installed extension */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Under way, where `Prefer: respond-async` was asked for */
            202: {
                headers: {
                    /** @description Where to ask for the call */
                    location: string;
                    /** @description Seconds until it is worth asking */
                    "retry-after": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Also the id of the execution and of the decision that allowed it
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @constant */
                        state: "running";
                        /** @description Path of its answer */
                        result: string;
                    };
                };
            };
            /** @description Refused, or what the extension answered */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "*/*": unknown;
                };
            };
        };
    };
    "auth.backchannel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description An identity provider tells that somebody signed out (OpenID Connect Back-Channel Logout 1.0) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Refused in OAuth's own words */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.callback": {
        parameters: {
            query?: {
                state?: string;
                code?: string;
                iss?: string;
                error?: string;
                error_description?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where an identity provider sends the browser back to */
            303: {
                headers: {
                    /** @description Where to */
                    location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.device": {
        parameters: {
            query?: {
                user_code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page on which somebody lets a command sign in as them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The browser is sent elsewhere */
            303: {
                headers: {
                    /** @description Where to */
                    location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.admit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Let a command sign in, or refuse it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Public keys with which Gatehouse proves itself to identity providers (RFC 7517) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            [key: string]: unknown;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.login": {
        parameters: {
            query?: {
                /** @description An e-mail address: its domain leads to the provider */
                login_hint?: string;
                tenant?: string;
                /** @description A provider of that organisation; its only one where absent */
                provider?: string;
                /** @description A path of this service */
                return_to?: string;
                /** @description Have the person prove who they are again, with a second factor */
                step_up?: "1";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign in: leads to the identity provider of an address or organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The browser is sent elsewhere */
            303: {
                headers: {
                    /** @description Where to */
                    location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End the session that the request comes with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: number;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.samlArrival": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Where a SAML 2.0 provider sends the browser back to (HTTP-POST binding) */
            303: {
                headers: {
                    /** @description Where to */
                    location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.samlMetadata": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a SAML 2.0 provider needs to know of Gatehouse */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/samlmetadata+xml": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "auth.session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session of this browser, and its token against forged requests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        session: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            principal_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            provider_id: string;
                            /** @enum {string} */
                            client: "browser" | "cli";
                            /** @description What the browser or command calls itself */
                            label: string;
                            acr: string | null;
                            second_factor: boolean;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            auth_time: string;
                            /** @description The one that this request came with */
                            current: boolean;
                            /**
                             * Format: date-time
                             * @description To the minute
                             * @example 2036-01-31T09:30:00Z
                             */
                            last_used_at: string;
                            /**
                             * Format: date-time
                             * @description Unused until then, it ends
                             * @example 2036-01-31T09:30:00Z
                             */
                            idle_until: string;
                            /**
                             * Format: date-time
                             * @description Used or not, it ends
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                        /** @description Send it as x-csrf-token */
                        csrf_token: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "openapi.page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page to read this API and try it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "openapi.asset": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: "swagger-ui.css" | "swagger-ui-bundle.js" | "page.js";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Scripts and styles of the page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settings of the install, with the defaults of the manifest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    type: string;
                    /** @description As the manifest declares it */
                    data: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Publish an event in the own namespace, as the manifest declares it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default GET
                     * @enum {string}
                     */
                    method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                    url: string;
                    /** @default [] */
                    headers?: [
                        string,
                        string
                    ][];
                    /**
                     * Format: base64
                     * @default
                     */
                    body?: string;
                };
            };
        };
        responses: {
            /** @description Send a request to a host that the manifest declares */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: number;
                        headers: string[][];
                        /** Format: base64 */
                        body: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.kvList": {
        parameters: {
            query?: {
                prefix?: string;
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys of the own storage, in the order of their bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: string[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.kvRead": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that is here already: 304 where it is still the one */
                "If-None-Match"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes under a key, with their version as ETag */
            200: {
                headers: {
                    /** @description Version of the entry */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description It is still the one */
            304: {
                headers: {
                    /** @description Version of the entry */
                    etag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.kvWrite": {
        parameters: {
            query?: {
                /** @description Seconds until the entry is gone */
                ttl_s?: number;
            };
            header?: {
                /** @description The ETag that is expected to lie there */
                "If-Match"?: string;
                /** @description `*`: only where nothing lies there */
                "If-None-Match"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Store bytes under a key */
            200: {
                headers: {
                    /** @description Version of the entry */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also the ETag */
                        version: number;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.kvDelete": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is expected to lie there */
                "If-Match"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        /**
                         * @default info
                         * @enum {string}
                         */
                        level?: "debug" | "info" | "warn" | "error";
                        message: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Write log lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: number;
                        refused: {
                            call: string;
                            reason: string;
                            count: number;
                        }[];
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.measure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    measurements: {
                        /** @enum {string} */
                        kind: "counter" | "gauge" | "histogram";
                        name: string;
                        value: number;
                        /** @default {} */
                        labels?: {
                            [key: string]: string;
                        };
                    }[];
                };
            };
        };
        responses: {
            /** @description Report measurements of the own work */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: number;
                        refused: {
                            call: string;
                            reason: string;
                            count: number;
                        }[];
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "host.secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A secret that was entered at install */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        value: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "health.report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every indicator with its detail */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "health.live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "health.metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "oauth.authorize": {
        parameters: {
            query: {
                response_type: "code";
                client_id: "gatehouse-cli";
                redirect_uri: string;
                code_challenge: string;
                code_challenge_method: "S256";
                state: string;
                scope?: string;
                tenant?: string;
                login_hint?: string;
                /** @description 0 asks for a step-up */
                max_age?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A command asks for a code by loopback redirect (RFC 8252) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The browser is sent elsewhere */
            303: {
                headers: {
                    /** @description Where to */
                    location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "oauth.admit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Let a command on this machine sign in, or refuse it */
            303: {
                headers: {
                    /** @description Where to */
                    location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "oauth.device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description A command asks for a code that a person types in elsewhere (RFC 8628) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Refused in OAuth's own words */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "oauth.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description End the session of a token (RFC 7009) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Refused in OAuth's own words */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "oauth.token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Codes and refresh tokens for tokens (RFC 6749, 8628) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Refused in OAuth's own words */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "openapi.document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This API as OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        openapi: "3.1.0";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "health.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service can decide and run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Find people and groups by a body (RFC 7644, section 3.4.3) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:ListResponse"[];
                        totalResults: number;
                        itemsPerPage: number;
                        /** @description Absent where pages go by cursors */
                        startIndex?: number;
                        /** @description Absent behind the last page (RFC 9865) */
                        nextCursor?: string;
                        Resources: ({
                            schemas: string[];
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Many changes in one request (RFC 7644, section 3.7) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:BulkResponse"[];
                        Operations: {
                            /** @enum {string} */
                            method: "POST" | "PUT" | "PATCH" | "DELETE";
                            bulkId?: string;
                            /** @description Absent where nothing was added */
                            location?: string;
                            version?: string;
                            status: string;
                            /** @description Why it was refused */
                            response?: {
                                schemas: "urn:ietf:params:scim:api:messages:2.0:Error"[];
                                /** @description The status of HTTP, as a string */
                                status: string;
                                /** @enum {string} */
                                scimType?: "invalidFilter" | "tooMany" | "uniqueness" | "mutability" | "invalidSyntax" | "invalidPath" | "noTarget" | "invalidValue" | "invalidVers" | "sensitive" | "invalidCursor" | "expiredCursor" | "invalidCount";
                                /** @description What is wrong, and what would be right */
                                detail: string;
                            };
                        }[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.queryGroups": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
                /** @description RFC 7644, section 3.4.2.2; a longer one by .search */
                filter?: string;
                sortBy?: string;
                sortOrder?: string;
                startIndex?: string;
                count?: string;
                /** @description Empty for the first page, then nextCursor of the page before (RFC 9865) */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find groups (RFC 7644, section 3.4.2) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:ListResponse"[];
                        totalResults: number;
                        itemsPerPage: number;
                        /** @description Absent where pages go by cursors */
                        startIndex?: number;
                        /** @description Absent behind the last page (RFC 9865) */
                        nextCursor?: string;
                        Resources: ({
                            schemas: string[];
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.createGroup": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Add a group (RFC 7644, section 3.3) */
            201: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.searchGroups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Find groups by a body (RFC 7644, section 3.4.3) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:ListResponse"[];
                        totalResults: number;
                        itemsPerPage: number;
                        /** @description Absent where pages go by cursors */
                        startIndex?: number;
                        /** @description Absent behind the last page (RFC 9865) */
                        nextCursor?: string;
                        Resources: ({
                            schemas: string[];
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.readGroup": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: {
                /** @description A version that is known: 304 where it did not change */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One group */
            200: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The version that is known is still the one */
            304: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.replaceGroup": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: {
                /** @description The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Replace a group with its members (RFC 7644, section 3.5.1) */
            200: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.deleteGroup": {
        parameters: {
            query?: never;
            header?: {
                /** @description The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.patchGroup": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: {
                /** @description The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Change a group or who belongs to it (RFC 7644, section 3.5.2) */
            200: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Changed, where members alone did and nothing is asked for */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.me": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: {
                /** @description A version that is known: 304 where it did not change */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whoever asks, by their own key or session (RFC 7644, section 3.11) */
            200: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The version that is known is still the one */
            304: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.resourceTypes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kinds of resources (RFC 7643, section 6) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:ListResponse"[];
                        totalResults: number;
                        itemsPerPage: number;
                        /** @description Absent where pages go by cursors */
                        startIndex?: number;
                        /** @description Absent behind the last page (RFC 9865) */
                        nextCursor?: string;
                        Resources: ({
                            schemas: string[];
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.resourceType": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One kind of resource */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Schemas of resources (RFC 7643, section 7) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:ListResponse"[];
                        totalResults: number;
                        itemsPerPage: number;
                        /** @description Absent where pages go by cursors */
                        startIndex?: number;
                        /** @description Absent behind the last page (RFC 9865) */
                        nextCursor?: string;
                        Resources: ({
                            schemas: string[];
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.schema": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.providerConfig": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What this service provider can do (RFC 7643, section 5) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.queryUsers": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
                /** @description RFC 7644, section 3.4.2.2; a longer one by .search */
                filter?: string;
                sortBy?: string;
                sortOrder?: string;
                startIndex?: string;
                count?: string;
                /** @description Empty for the first page, then nextCursor of the page before (RFC 9865) */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find people (RFC 7644, section 3.4.2) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:ListResponse"[];
                        totalResults: number;
                        itemsPerPage: number;
                        /** @description Absent where pages go by cursors */
                        startIndex?: number;
                        /** @description Absent behind the last page (RFC 9865) */
                        nextCursor?: string;
                        Resources: ({
                            schemas: string[];
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.createUser": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Add somebody (RFC 7644, section 3.3) */
            201: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.searchUsers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Find people by a body (RFC 7644, section 3.4.3) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: "urn:ietf:params:scim:api:messages:2.0:ListResponse"[];
                        totalResults: number;
                        itemsPerPage: number;
                        /** @description Absent where pages go by cursors */
                        startIndex?: number;
                        /** @description Absent behind the last page (RFC 9865) */
                        nextCursor?: string;
                        Resources: ({
                            schemas: string[];
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.readUser": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: {
                /** @description A version that is known: 304 where it did not change */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One person */
            200: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The version that is known is still the one */
            304: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.replaceUser": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: {
                /** @description The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Replace what is known of somebody (RFC 7644, section 3.5.1) */
            200: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.deleteUser": {
        parameters: {
            query?: never;
            header?: {
                /** @description The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "scim.patchUser": {
        parameters: {
            query?: {
                /** @description Attributes to answer, joined by commas */
                attributes?: string;
                /** @description Attributes to leave out, joined by commas */
                excludedAttributes?: string;
            };
            header?: {
                /** @description The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/scim+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Change what is known of somebody (RFC 7644, section 3.5.2) */
            200: {
                headers: {
                    /** @description Its version */
                    etag: string;
                    /** @description Its address */
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": {
                        schemas: string[];
                        id: string;
                        /** @description As far as it is asked for */
                        meta?: {
                            resourceType?: string;
                            location?: string;
                            version?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            431: components["responses"]["Refused"];
            default: components["responses"]["RefusedByScim"];
        };
    };
    "access.explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    person: string;
                    /** @enum {string} */
                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                    /** @description What it is done to, as the path of the endpoint names it: person/0198…, or com.example.app/1.0.0 */
                    resource?: string;
                    /** @description Which endpoint, where several do the action; the closest where absent */
                    endpoint?: string;
                    /**
                     * @description Of a call of an extension; GET where absent
                     * @enum {string}
                     */
                    method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                    /** @description The body of the request; a version that is left out is taken for the current one */
                    with?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description What they come with: a key with all that their roles give, a sign-in of an hour ago, or one just now with a second factor
                     * @default key
                     * @enum {string}
                     */
                    by?: "key" | "session" | "fresh_session";
                };
            };
        };
        responses: {
            /** @description What would come of somebody's request, and why */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            name: string;
                            pseudonym: string;
                        };
                        /** @enum {string} */
                        action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                        /** @description What the gate was asked: another action where the request does it to oneself; null where it was not asked */
                        decided_as: ("platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report") | null;
                        /** @description As it was asked */
                        request: {
                            endpoint: string;
                            method: string;
                            path: string;
                        };
                        /**
                         * @description not_decided: the request ends before the gate is asked; problem tells why
                         * @enum {string}
                         */
                        outcome: "allow" | "hold" | "deny" | "unavailable" | "not_decided";
                        decided_by: ("policy" | "kill" | "floor" | "unavailable") | null;
                        cause: ("policy_unavailable" | "budget_exhausted" | "memory_exhausted" | "answer_invalid" | "input_invalid" | "ledger_unavailable" | "kill_lease_stale" | "tenant_policy_unavailable") | null;
                        /** @description Whoever sends it is told that there is no such thing */
                        hidden: boolean;
                        /** @description Rules that fire */
                        rules: string[];
                        /** @description What speaks against it, each with its remedy */
                        reasons: {
                            /** @example install.consent_missing */
                            id: string;
                            message: string;
                            remedy: string;
                            params?: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        obligations: {
                            /** @example install.consent_missing */
                            id: string;
                            params?: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        revision: string | null;
                        /** @description Of a request that ends before the gate is asked */
                        problem: {
                            status: number;
                            code: string;
                            detail: string;
                        } | null;
                        /** @description Null where the action asks for none */
                        scope: {
                            /** @enum {string} */
                            required: "tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate";
                            held: boolean;
                            /** @description Roles of the person that give it */
                            by: {
                                role: string;
                                custom: boolean;
                            }[];
                            /** @description Roles that ship with it */
                            given_by: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        } | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "access.whoCan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                    /** @description What it is done to, as the path of the endpoint names it: person/0198…, or com.example.app/1.0.0 */
                    resource?: string;
                    /** @description Which endpoint, where several do the action; the closest where absent */
                    endpoint?: string;
                    /**
                     * @description Of a call of an extension; GET where absent
                     * @enum {string}
                     */
                    method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                    /** @description The body of the request; a version that is left out is taken for the current one */
                    with?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description What they come with: a key with all that their roles give, a sign-in of an hour ago, or one just now with a second factor
                     * @default key
                     * @enum {string}
                     */
                    by?: "key" | "session" | "fresh_session";
                    /**
                     * Format: uuid
                     * @description The caller's own organisation where absent
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    tenant_id?: string;
                    /**
                     * @description People that are asked about on a page
                     * @default 100
                     */
                    limit?: number;
                    /** @description next_cursor of the page before */
                    cursor?: string;
                };
            };
        };
        responses: {
            /** @description Who may do something */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            person: {
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                id: string;
                                name: string;
                                pseudonym: string;
                            };
                            /**
                             * @description hold: once others agree
                             * @enum {string}
                             */
                            outcome: "allow" | "hold";
                            rules: string[];
                            /** @description Roles that give the scope of the action */
                            by: {
                                role: string;
                                custom: boolean;
                            }[];
                        }[];
                        next_cursor: string | null;
                        asked: number;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "approvals.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "open" | "approved" | "denied" | "expired" | "voided";
                kind?: "review" | "consent" | "kill_release" | "policy" | "waiver" | "tenant_policy";
                /** @description True: only what the caller may vote on and has not yet */
                waiting?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits for people, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @enum {string} */
                            kind: "review" | "consent" | "kill_release" | "policy" | "waiver" | "tenant_policy";
                            /** @enum {string} */
                            action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                            /** @enum {string} */
                            state: "open" | "approved" | "denied" | "expired" | "voided";
                            title: string;
                            subject: unknown;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            subject_digest: string;
                            subject_publisher_id: string | null;
                            /**
                             * @description Who may vote: people with this scope
                             * @enum {string}
                             */
                            scope: "tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate";
                            quorum: number;
                            opened_by: string;
                            /** @description The caller may vote on it and has not yet */
                            waits_for_me: boolean;
                            votes: {
                                voter: string;
                                /** @enum {string} */
                                verdict: "approve" | "deny";
                                comment: string;
                                /**
                                 * Format: date-time
                                 * @example 2036-01-31T09:30:00Z
                                 */
                                at: string;
                            }[];
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                            settled_at: string | null;
                            /** @description Why it can no longer be voted on; null unless it was voided */
                            voided_because: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /**
                             * Format: uuid
                             * @description The decision that was held
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "approvals.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One approval with its subject and votes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @enum {string} */
                        kind: "review" | "consent" | "kill_release" | "policy" | "waiver" | "tenant_policy";
                        /** @enum {string} */
                        action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                        /** @enum {string} */
                        state: "open" | "approved" | "denied" | "expired" | "voided";
                        title: string;
                        subject: unknown;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        subject_digest: string;
                        subject_publisher_id: string | null;
                        /**
                         * @description Who may vote: people with this scope
                         * @enum {string}
                         */
                        scope: "tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate";
                        quorum: number;
                        opened_by: string;
                        /** @description The caller may vote on it and has not yet */
                        waits_for_me: boolean;
                        votes: {
                            voter: string;
                            /** @enum {string} */
                            verdict: "approve" | "deny";
                            comment: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                        }[];
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        settled_at: string | null;
                        /** @description Why it can no longer be voted on; null unless it was voided */
                        voided_because: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @description The decision that was held
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "approvals.vote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    verdict: "approve" | "deny";
                    /** @default  */
                    comment?: string;
                    /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                    subject_digest: string;
                };
            };
        };
        responses: {
            /** @description Approve or deny, for exactly what was shown */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @enum {string} */
                        kind: "review" | "consent" | "kill_release" | "policy" | "waiver" | "tenant_policy";
                        /** @enum {string} */
                        action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                        /** @enum {string} */
                        state: "open" | "approved" | "denied" | "expired" | "voided";
                        title: string;
                        subject: unknown;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        subject_digest: string;
                        subject_publisher_id: string | null;
                        /**
                         * @description Who may vote: people with this scope
                         * @enum {string}
                         */
                        scope: "tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate";
                        quorum: number;
                        opened_by: string;
                        /** @description The caller may vote on it and has not yet */
                        waits_for_me: boolean;
                        votes: {
                            voter: string;
                            /** @enum {string} */
                            verdict: "approve" | "deny";
                            comment: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                        }[];
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        settled_at: string | null;
                        /** @description Why it can no longer be voted on; null unless it was voided */
                        voided_because: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @description The decision that was held
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "bootstrap.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    name: string;
                    /** @example ana@example.com */
                    email: string & (unknown & unknown);
                };
            };
        };
        responses: {
            /** @description Make the first owner of an empty platform with its one-time token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            publisher_id: string | null;
                            /** @enum {string} */
                            kind: "user" | "service_account";
                            name: string;
                            email: string | null;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            pseudonym: string;
                            disabled_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                        key: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            principal_id: string;
                            name: string;
                            prefix: string;
                            scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                            expires_at: string | null;
                            revoked_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /** @description The key itself: shown this once, and kept only as a hash */
                            secret: string;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "calls.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How a call stands that was not waited for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Also the id of the execution and of the decision that allowed it
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @enum {string} */
                        state: "running" | "done" | "interrupted";
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        endpoint: string;
                        /** @description HTTP status of its answer, or of the problem in place of one; null until it is done */
                        status: number | null;
                        /** @description Code of the problem that it ended with */
                        problem: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        ended_at: string | null;
                        /**
                         * Format: date-time
                         * @description From then on nothing is known of it
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        /** @description Path of its answer */
                        result: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "calls.result": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer of a call that was not waited for, as the extension gave it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Refused, or what the extension answered */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "*/*": unknown;
                };
            };
        };
    };
    "decisions.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                gate?: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                action?: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                outcome?: "allow" | "hold" | "deny" | "unavailable";
                decided_by?: "policy" | "kill" | "floor" | "unavailable";
                /** @description Why no decision could be made */
                cause?: "policy_unavailable" | "budget_exhausted" | "memory_exhausted" | "answer_invalid" | "input_invalid" | "ledger_unavailable" | "kill_lease_stale" | "tenant_policy_unavailable";
                /** @description Organisation that it was filed under */
                tenant?: string;
                workspace?: string;
                publisher?: string;
                extension?: string;
                install?: string;
                execution?: string;
                /** @description Pseudonym of who asked */
                actor?: string;
                resource_kind?: string;
                /** @description Id of what was acted on */
                resource?: string;
                /** @description Among the reasons */
                reason?: string;
                /** @description Among the rules that fired */
                rule?: string;
                /** @description Bundle revision (policy WASM and data) that decided */
                revision?: string;
                correlation_id?: string;
                /** @description Made at this moment or later */
                since?: string;
                /** @description Made before this moment */
                until?: string;
                /** @description next_cursor of a feed; begin or end for the first time */
                after?: string;
                /** @description Seconds to wait for something new; goes with after */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Search decisions, newest first; with after, what the log took since */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                            tenant: string;
                            /** @enum {string} */
                            gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                            /** @enum {string} */
                            action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                            /** @enum {string} */
                            outcome: "allow" | "hold" | "deny" | "unavailable";
                            /** @enum {string} */
                            decided_by: "policy" | "kill" | "floor" | "unavailable";
                            cause: ("policy_unavailable" | "budget_exhausted" | "memory_exhausted" | "answer_invalid" | "input_invalid" | "ledger_unavailable" | "kill_lease_stale" | "tenant_policy_unavailable") | null;
                            actor: string | null;
                            resource: {
                                kind: string;
                                id: string;
                            } | null;
                            extension: string | null;
                            install_id: string | null;
                            execution_id: string | null;
                            correlation_id: string | null;
                            reasons: string[];
                            rules: string[];
                            /** @description Bundle revision that decided; sealed revisions may share it */
                            revision: string | null;
                            /** @description How many identical host calls this stands for */
                            count: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "decisions.export": {
        parameters: {
            query?: {
                format?: "jsonl" | "opa";
                /** @description next_cursor of a feed; begin or end for the first time */
                after?: string;
                /** @description Seconds to wait for something new; goes with after */
                wait?: number;
                gate?: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                action?: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                outcome?: "allow" | "hold" | "deny" | "unavailable";
                decided_by?: "policy" | "kill" | "floor" | "unavailable";
                /** @description Why no decision could be made */
                cause?: "policy_unavailable" | "budget_exhausted" | "memory_exhausted" | "answer_invalid" | "input_invalid" | "ledger_unavailable" | "kill_lease_stale" | "tenant_policy_unavailable";
                /** @description Organisation that it was filed under */
                tenant?: string;
                workspace?: string;
                publisher?: string;
                extension?: string;
                install?: string;
                execution?: string;
                /** @description Pseudonym of who asked */
                actor?: string;
                resource_kind?: string;
                /** @description Id of what was acted on */
                resource?: string;
                /** @description Among the reasons */
                reason?: string;
                /** @description Among the rules that fired */
                rule?: string;
                /** @description Bundle revision (policy WASM and data) that decided */
                revision?: string;
                correlation_id?: string;
                /** @description Made at this moment or later */
                since?: string;
                /** @description Made before this moment */
                until?: string;
            };
            header?: {
                /** @description gzip packs the answer */
                "accept-encoding"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Decisions in the order of the log, as JSON lines or as events of OPA decision logs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "decisions.show": {
        parameters: {
            query?: {
                /** @description Also show the facts; needs decision:explain and is recorded */
                facts?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why a decision was made as it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                        tenant: string;
                        /** @enum {string} */
                        gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                        /** @enum {string} */
                        action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                        /** @enum {string} */
                        outcome: "allow" | "hold" | "deny" | "unavailable";
                        /** @enum {string} */
                        decided_by: "policy" | "kill" | "floor" | "unavailable";
                        cause: ("policy_unavailable" | "budget_exhausted" | "memory_exhausted" | "answer_invalid" | "input_invalid" | "ledger_unavailable" | "kill_lease_stale" | "tenant_policy_unavailable") | null;
                        actor: string | null;
                        resource: {
                            kind: string;
                            id: string;
                        } | null;
                        extension: string | null;
                        install_id: string | null;
                        execution_id: string | null;
                        correlation_id: string | null;
                        reasons: {
                            /** @example install.consent_missing */
                            id: string;
                            message: string;
                            remedy: string;
                            params?: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        rules: {
                            /** @example install.consent_missing */
                            id: string;
                            title: string | null;
                            description: string | null;
                            location: {
                                file: string;
                                line: number;
                            } | null;
                        }[];
                        /** @description Bundle revision that decided; sealed revisions may share it */
                        revision: string | null;
                        /** @description How many identical host calls this stands for */
                        count: number;
                        input_digest: string | null;
                        engine: string | null;
                        /** @description The organisation's own policy that was asked as well */
                        tenant_module: string | null;
                        fuel: number | null;
                        expires_at: string | null;
                        /** @description Reasons that fired and did not count, each with the waiver that took it out */
                        waived: {
                            /** @example install.consent_missing */
                            reason: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            waiver: string;
                        }[];
                        ledger: {
                            leaf_hash: string;
                            leaf_index: number | null;
                        } | null;
                        /** @description What policy would say once every remedy that changes facts were taken; null where none does */
                        after: {
                            /** @enum {string} */
                            outcome: "allow" | "hold" | "deny";
                            reasons: string[];
                        } | null;
                        facts?: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "decisions.replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Evaluate the stored input again and compare the answer byte for byte */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * @description Bundle revision that decided, and decides again
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /** @description The answer has the same bytes */
                        equal: boolean;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        expected_digest: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        actual_digest: string;
                        /** @description Today the same engine evaluates as then */
                        engine_same: boolean;
                        /** @description The stored input still has its recorded digest */
                        input_intact: boolean;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "decisions.trace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which rules a decision entered and which facts they read, by OPA from the sources of its revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @enum {string} */
                        gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                        /** @enum {string} */
                        action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                        /**
                         * @description Bundle revision that made it
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /** @description The recorded input is intact, and from it opa gave the recorded bytes */
                        agrees: boolean;
                        input_intact: boolean;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        expected_digest: string;
                        /** @description Of what opa answered; null where it gave no answer */
                        actual_digest: string | null;
                        /** @description Why opa gave no answer */
                        fault: string | null;
                        /** @description What the sources compile to here; null where they do not */
                        compiles_to: string | null;
                        /** @description In the order in which they were entered first */
                        rules: {
                            file: string;
                            line: number;
                            /** @description As the sources have it; of a set with the member that the rule adds */
                            name: string;
                            /** @description Its reason id, where it has one */
                            id: string | null;
                            /** @description How often */
                            entered: number;
                            /** @description Its body held at least once */
                            held: boolean;
                            /** @description The furthest line at which its body failed; null where it held */
                            stopped_line: number | null;
                        }[];
                        /** @description By document and path */
                        facts: {
                            /** @enum {string} */
                            document: "input" | "data";
                            /** @description RFC 6901 pointer; what was handed on or looked through stands whole */
                            path: string;
                            /** @description There is something at this place */
                            found: boolean;
                            value?: unknown;
                        }[];
                        /** @description Rules replaced input or data by `with`; what they read then is told of the recorded one */
                        facts_replaced: boolean;
                        /** @description There were more rules or facts than are told */
                        cut: boolean;
                        /** @description What the policy of the organisation added, as recorded; opa is asked about the platform’s part alone */
                        tenant: {
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            module: string;
                            restrictions: ({
                                reason: string;
                                message: string;
                                remedy: string;
                                /** @constant */
                                effect: "deny";
                            } | {
                                reason: string;
                                message: string;
                                remedy: string;
                                /** @constant */
                                effect: "hold";
                                approval: {
                                    /** @enum {string} */
                                    kind: "review" | "consent" | "kill_release" | "policy" | "waiver" | "tenant_policy";
                                    /** @enum {string} */
                                    scope: "tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate";
                                    quorum: number;
                                    expires_in_s: number;
                                };
                            })[];
                        } | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "domains.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Domains of the organisation, proven or not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            domain: string;
                            /** @description Where people of this domain sign in */
                            provider_id: string | null;
                            /** @description The record that proves it; leave it in place, it is looked up again */
                            record: {
                                name: string;
                                /** @constant */
                                type: "TXT";
                                value: string;
                            };
                            verified_at: string | null;
                            checked_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "domains.claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    domain: string;
                    /**
                     * Format: uuid
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    provider_id?: string;
                };
            };
        };
        responses: {
            /** @description Claim a domain; the answer says which DNS record proves it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        domain: string;
                        /** @description Where people of this domain sign in */
                        provider_id: string | null;
                        /** @description The record that proves it; leave it in place, it is looked up again */
                        record: {
                            name: string;
                            /** @constant */
                            type: "TXT";
                            value: string;
                        };
                        verified_at: string | null;
                        checked_at: string | null;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "domains.release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let a domain go */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        domain: string;
                        /** @description Where people of this domain sign in */
                        provider_id: string | null;
                        /** @description The record that proves it; leave it in place, it is looked up again */
                        record: {
                            name: string;
                            /** @constant */
                            type: "TXT";
                            value: string;
                        };
                        verified_at: string | null;
                        checked_at: string | null;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "domains.verify": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Look the record up, and hold the domain for proven */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        domain: string;
                        /** @description Where people of this domain sign in */
                        provider_id: string | null;
                        /** @description The record that proves it; leave it in place, it is looked up again */
                        record: {
                            name: string;
                            /** @constant */
                            type: "TXT";
                            value: string;
                        };
                        verified_at: string | null;
                        checked_at: string | null;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "deliveries.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "waiting" | "delivered" | "dead";
                extension?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events on their way to the installs that consume them, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @description Also the id of the CloudEvent and the idempotency key that the extension gets
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            event_id: string;
                            type: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            install_id: string;
                            /**
                             * @description The one that consumes it
                             * @example com.example.lockfile-auditor
                             */
                            extension: string;
                            /** @enum {string} */
                            state: "waiting" | "delivered" | "dead";
                            attempts: number;
                            /** @description Why it failed last */
                            fault: string | null;
                            /** @description The call that took it */
                            execution_id: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            updated_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "deliveries.redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Try a dead delivery again, from its first attempt on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @description Also the id of the CloudEvent and the idempotency key that the extension gets
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        event_id: string;
                        type: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        install_id: string;
                        /**
                         * @description The one that consumes it
                         * @example com.example.lockfile-auditor
                         */
                        extension: string;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "dead";
                        attempts: number;
                        /** @description Why it failed last */
                        fault: string | null;
                        /** @description The call that took it */
                        execution_id: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "events.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                extension?: string;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events that extensions published, newest first, as CloudEvents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @constant */
                            specversion: "1.0";
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @description The install that published it, as a path of this API */
                            source: string;
                            /** @description In the extension's own namespace, as its manifest declares it */
                            type: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            time: string;
                            /** @constant */
                            datacontenttype: "application/json";
                            data: {
                                [key: string]: unknown;
                            };
                            /** @example com.example.lockfile-auditor */
                            extensionid: string;
                            /** @example 1.4.2 */
                            extensionversion: string;
                            /**
                             * Format: uuid
                             * @description The execution that published it, and the decision that allowed that
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            executionid: string;
                            /** @description Events that led to it, one by another, this one included */
                            hops: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "executions.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                extension?: string;
                outcome?: "ok" | "guest_error" | "fuel_exhausted" | "memory_exhausted" | "time_exceeded" | "output_exceeded" | "host_calls_exhausted" | "exited" | "trap" | "killed" | "crashed" | "client_gone" | "input_exceeded";
                trace_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Executions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description Also the id of the decision that allowed it
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            tenant: string;
                            workspace_id: string | null;
                            install_id: string | null;
                            /** @example com.example.lockfile-auditor */
                            extension: string;
                            /** @example 1.4.2 */
                            version: string;
                            digest: string | null;
                            endpoint: string;
                            /** @enum {string} */
                            outcome: "ok" | "guest_error" | "fuel_exhausted" | "memory_exhausted" | "time_exceeded" | "output_exceeded" | "host_calls_exhausted" | "exited" | "trap" | "killed" | "crashed" | "client_gone" | "input_exceeded";
                            /** @description HTTP status that the caller got */
                            status: number;
                            fuel: number;
                            memory_bytes: number;
                            wall_ms: number;
                            host_calls: number;
                            denied_calls: number;
                            /** @description Host calls that were refused, posted ones included, and why; null where that is not told */
                            denied: {
                                call: string;
                                reason: string;
                                count: number;
                            }[] | null;
                            output_bytes: number;
                            input_digest: string | null;
                            output_digest: string | null;
                            slot: string | null;
                            correlation_id: string | null;
                            trace_id: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            started_at: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            ended_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "executions.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One execution */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Also the id of the decision that allowed it
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        tenant: string;
                        workspace_id: string | null;
                        install_id: string | null;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        digest: string | null;
                        endpoint: string;
                        /** @enum {string} */
                        outcome: "ok" | "guest_error" | "fuel_exhausted" | "memory_exhausted" | "time_exceeded" | "output_exceeded" | "host_calls_exhausted" | "exited" | "trap" | "killed" | "crashed" | "client_gone" | "input_exceeded";
                        /** @description HTTP status that the caller got */
                        status: number;
                        fuel: number;
                        memory_bytes: number;
                        wall_ms: number;
                        host_calls: number;
                        denied_calls: number;
                        /** @description Host calls that were refused, posted ones included, and why; null where that is not told */
                        denied: {
                            call: string;
                            reason: string;
                            count: number;
                        }[] | null;
                        output_bytes: number;
                        input_digest: string | null;
                        output_digest: string | null;
                        slot: string | null;
                        correlation_id: string | null;
                        trace_id: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        ended_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "executions.receipt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt of an execution, with the proof that it is in the log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        receipt: {
                            /** @constant */
                            kind: "execution";
                            /**
                             * Format: uuid
                             * @description Also the id of the decision that allowed it
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            workspace_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            publisher_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            install_id: string;
                            /** @example com.example.lockfile-auditor */
                            extension: string;
                            /** @example 1.4.2 */
                            semver: string;
                            /**
                             * @description The signed bundle
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            digest: string;
                            /**
                             * @description What admission made of the bundle, and what ran
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            artifact: string;
                            /** @description What carried it out */
                            engine: string;
                            /** @description The policy that decided it and its host calls */
                            revision: string | null;
                            endpoint: string;
                            /** @enum {string} */
                            outcome: "ok" | "guest_error" | "fuel_exhausted" | "memory_exhausted" | "time_exceeded" | "output_exceeded" | "host_calls_exhausted" | "exited" | "trap" | "killed" | "crashed" | "client_gone" | "input_exceeded";
                            status: number;
                            fuel: number;
                            memory_bytes: number;
                            wall_ms: number;
                            host_calls: number;
                            denied_calls: number;
                            /** @description Decisions on its host calls, in their order; identical ones are one */
                            decisions: string[];
                            output_bytes: number;
                            /**
                             * @description Over the request's body
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            input_digest: string;
                            /** @description Over the answer's body; null where the guest gave none */
                            output_digest: string | null;
                            /** @description Over the recording, where there is one */
                            recording_digest: string | null;
                            slot: string;
                            correlation_id: string;
                            started_at: number;
                            ended_at: number;
                        };
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        entry: string;
                        /** Format: base64 */
                        leaf_hash: string;
                        leaf_index: number;
                        /** @description RFC 6962 audit path, nearest sibling first */
                        proof: string[];
                        checkpoint: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "executions.recording": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A recorded execution, host call by host call, with payloads and without the values of secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        form: 1;
                        execution_id: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        artifact: string;
                        /** @description The moment that the guest saw */
                        now_ms: number;
                        request: {
                            method: string;
                            path: string;
                            params: string[][];
                            query: string[][];
                            headers: string[][];
                            body: {
                                text: string;
                            } | {
                                base64: string;
                            };
                        };
                        limits: {
                            fuel: number;
                            memory_bytes: number;
                            wall_ms: number;
                            host_calls: number;
                            output_bytes: number;
                        };
                        steps: {
                            /** @description From 0 */
                            at: number;
                            name: string;
                            args: unknown;
                            /** @description The guest did not wait for an answer */
                            posted: boolean;
                            /** @description Null where none was waited for, or none came */
                            answer: ({
                                ok: unknown;
                            } | {
                                error: {
                                    code: string;
                                    message: string;
                                    decision_id?: string;
                                };
                            }) | null;
                            /** @description The decision that fits the call; null where it was refused before policy was asked */
                            decision: {
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                id: string;
                                /** @enum {string} */
                                outcome: "allow" | "hold" | "deny" | "unavailable";
                                reasons: {
                                    /** @example install.consent_missing */
                                    id: string;
                                    message: string;
                                    remedy: string;
                                    params?: {
                                        [key: string]: string | number | boolean;
                                    };
                                }[];
                            } | null;
                        }[];
                        result: {
                            /** @enum {string} */
                            outcome: "ok" | "guest_error" | "fuel_exhausted" | "memory_exhausted" | "time_exceeded" | "output_exceeded" | "host_calls_exhausted" | "exited" | "trap" | "killed" | "crashed" | "client_gone" | "input_exceeded";
                            response: {
                                status: number;
                                headers: string[][];
                                body: {
                                    text: string;
                                } | {
                                    base64: string;
                                };
                            } | null;
                            error: string | null;
                            fuel: number;
                            memory_bytes: number;
                            wall_ms: number;
                            host_calls: number;
                            output_bytes: number;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "executions.replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Run a recorded execution again, without effects, and name the first difference */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        execution_id: string;
                        /** @enum {string} */
                        verdict: "identical" | "different";
                        /** @description The first one */
                        difference: {
                            /** @enum {string} */
                            what: "recording" | "host_call" | "outcome" | "status" | "headers" | "output" | "error" | "fuel" | "memory" | "decision";
                            /** @description Which host call or decision, from 0 */
                            at: number | null;
                            recorded: string | null;
                            replayed: string | null;
                        } | null;
                        engine: {
                            recorded: string;
                            replayed: string;
                            same: boolean;
                        };
                        /**
                         * @description What ran, then and now
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        artifact: string;
                        /** @description Recorded; answered from the recording, without any effect */
                        host_calls: number;
                        fuel: number;
                        /** @description Evaluated again: on the call and on its host calls */
                        decisions: {
                            equal: number;
                            of: number;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "extensions.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Part of the id, title or description */
                q?: string;
                category?: "ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support";
                type?: "ui-app" | "workflow-step" | "ai-agent" | "report";
                /** @description Only those that do not ask for it */
                without_permission?: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                /** @description Whether it runs on this platform version */
                compatible?: "true" | "false";
                publisher?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Extensions that the caller can see, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @example com.example.lockfile-auditor */
                            name: string;
                            title: string;
                            description: string;
                            /** @enum {string} */
                            type: "ui-app" | "workflow-step" | "ai-agent" | "report";
                            categories: ("ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support")[];
                            publisher: {
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                id: string;
                                /** @example acme-labs */
                                slug: string;
                                name: string;
                                verified: boolean;
                            };
                            /** @enum {string} */
                            rung: "none" | "notice" | "warn" | "throttle" | "delist" | "suspend" | "terminate";
                            /** @description Of the newest version shown */
                            permissions: {
                                /** @enum {string} */
                                id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                                /** @enum {string} */
                                risk: "low" | "medium" | "high" | "critical";
                                title: string;
                                words: string;
                            }[];
                            /** @description The manifest's billing model */
                            pricing: string;
                            author: string | null;
                            compatibility: string;
                            /** @description Newest first */
                            versions: {
                                /** @example 1.4.2 */
                                version: string;
                                /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                                digest: string;
                                /** @enum {string} */
                                channel: "draft" | "beta" | "ga";
                                /** @enum {string} */
                                review_state: "pending" | "in_review" | "approved" | "denied" | "quarantined";
                                yanked_at: string | null;
                                platform_compatible: boolean;
                                /**
                                 * Format: date-time
                                 * @example 2036-01-31T09:30:00Z
                                 */
                                created_at: string;
                            }[];
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "extensions.publish": {
        parameters: {
            query?: never;
            header?: {
                /** @description The DSSE envelope of the bundle: its JSON as base64 */
                "x-gatehouse-envelope"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.gatehouse.bundle.v1+gzip": string;
            };
        };
        responses: {
            /** @description Publish a signed bundle */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        publisher_id: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        artifact_digest: string | null;
                        size_bytes: number;
                        /** @enum {string} */
                        channel: "draft" | "beta" | "ga";
                        /** @enum {string} */
                        review_state: "pending" | "in_review" | "approved" | "denied" | "quarantined";
                        yanked_at: string | null;
                        deprecation: string | null;
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                        }[];
                        unbuilt_features: {
                            /** @example install.consent_missing */
                            feature: string;
                            pointer: string;
                        }[];
                        platform_compatible: boolean;
                        certification: {
                            /** @enum {string} */
                            state: "completed" | "unavailable";
                            checks: string[];
                            findings: {
                                check: string;
                                /** @example install.consent_missing */
                                code: string;
                                /** @enum {string} */
                                severity: "info" | "low" | "medium" | "high" | "critical";
                                malware: boolean;
                                message: string;
                                remedy: string;
                            }[];
                        };
                        /** @description Key ids on the envelope: the publisher and the registry */
                        signed_by: string[];
                        manifest: unknown;
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "extensions.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One extension with its versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example com.example.lockfile-auditor */
                        name: string;
                        title: string;
                        description: string;
                        /** @enum {string} */
                        type: "ui-app" | "workflow-step" | "ai-agent" | "report";
                        categories: ("ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support")[];
                        publisher: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @example acme-labs */
                            slug: string;
                            name: string;
                            verified: boolean;
                        };
                        /** @enum {string} */
                        rung: "none" | "notice" | "warn" | "throttle" | "delist" | "suspend" | "terminate";
                        /** @description Of the newest version shown */
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                        }[];
                        /** @description The manifest's billing model */
                        pricing: string;
                        author: string | null;
                        compatibility: string;
                        /** @description Newest first */
                        versions: {
                            /** @example 1.4.2 */
                            version: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                            /** @enum {string} */
                            channel: "draft" | "beta" | "ga";
                            /** @enum {string} */
                            review_state: "pending" | "in_review" | "approved" | "denied" | "quarantined";
                            yanked_at: string | null;
                            platform_compatible: boolean;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "extensions.logs": {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Log lines of an extension, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            execution_id: string;
                            tenant: string;
                            /** @enum {string} */
                            level: "debug" | "info" | "warn" | "error";
                            message: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "extensions.metrics": {
        parameters: {
            query?: {
                /** @description In UTC; today where absent */
                day?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an extension measured of its own work on one day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            install_id: string;
                            /** Format: date */
                            day: string;
                            /** @enum {string} */
                            kind: "counter" | "gauge" | "histogram";
                            name: string;
                            labels: {
                                [key: string]: string;
                            };
                            count: number;
                            sum: number;
                            min: number;
                            max: number;
                            last: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "extensions.setRung": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    rung: "none" | "notice" | "warn" | "throttle" | "delist" | "suspend" | "terminate";
                    reason: string;
                    /** @description Why a rung is skipped */
                    severity_reason?: string;
                    /**
                     * Format: date-time
                     * @description When the rung ends by itself
                     * @example 2036-01-31T09:30:00Z
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description Set an extension on a rung of the enforcement ladder */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @enum {string} */
                        rung: "none" | "notice" | "warn" | "throttle" | "delist" | "suspend" | "terminate";
                        /** @enum {string} */
                        previous: "none" | "notice" | "warn" | "throttle" | "delist" | "suspend" | "terminate";
                        reason: string;
                        until: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "versions.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                semver: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One version with its manifest and certification */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        publisher_id: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        artifact_digest: string | null;
                        size_bytes: number;
                        /** @enum {string} */
                        channel: "draft" | "beta" | "ga";
                        /** @enum {string} */
                        review_state: "pending" | "in_review" | "approved" | "denied" | "quarantined";
                        yanked_at: string | null;
                        deprecation: string | null;
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                        }[];
                        unbuilt_features: {
                            /** @example install.consent_missing */
                            feature: string;
                            pointer: string;
                        }[];
                        platform_compatible: boolean;
                        certification: {
                            /** @enum {string} */
                            state: "completed" | "unavailable";
                            checks: string[];
                            findings: {
                                check: string;
                                /** @example install.consent_missing */
                                code: string;
                                /** @enum {string} */
                                severity: "info" | "low" | "medium" | "high" | "critical";
                                malware: boolean;
                                message: string;
                                remedy: string;
                            }[];
                        };
                        /** @description Key ids on the envelope: the publisher and the registry */
                        signed_by: string[];
                        manifest: unknown;
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "versions.promote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                semver: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    to: "beta" | "ga";
                };
            };
        };
        responses: {
            /** @description Move a version to the next channel: draft, beta, ga */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        publisher_id: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        artifact_digest: string | null;
                        size_bytes: number;
                        /** @enum {string} */
                        channel: "draft" | "beta" | "ga";
                        /** @enum {string} */
                        review_state: "pending" | "in_review" | "approved" | "denied" | "quarantined";
                        yanked_at: string | null;
                        deprecation: string | null;
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                        }[];
                        unbuilt_features: {
                            /** @example install.consent_missing */
                            feature: string;
                            pointer: string;
                        }[];
                        platform_compatible: boolean;
                        certification: {
                            /** @enum {string} */
                            state: "completed" | "unavailable";
                            checks: string[];
                            findings: {
                                check: string;
                                /** @example install.consent_missing */
                                code: string;
                                /** @enum {string} */
                                severity: "info" | "low" | "medium" | "high" | "critical";
                                malware: boolean;
                                message: string;
                                remedy: string;
                            }[];
                        };
                        /** @description Key ids on the envelope: the publisher and the registry */
                        signed_by: string[];
                        manifest: unknown;
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "versions.yank": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                semver: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a version out of circulation: it is not installed anew */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        publisher_id: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        artifact_digest: string | null;
                        size_bytes: number;
                        /** @enum {string} */
                        channel: "draft" | "beta" | "ga";
                        /** @enum {string} */
                        review_state: "pending" | "in_review" | "approved" | "denied" | "quarantined";
                        yanked_at: string | null;
                        deprecation: string | null;
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                        }[];
                        unbuilt_features: {
                            /** @example install.consent_missing */
                            feature: string;
                            pointer: string;
                        }[];
                        platform_compatible: boolean;
                        certification: {
                            /** @enum {string} */
                            state: "completed" | "unavailable";
                            checks: string[];
                            findings: {
                                check: string;
                                /** @example install.consent_missing */
                                code: string;
                                /** @enum {string} */
                                severity: "info" | "low" | "medium" | "high" | "critical";
                                malware: boolean;
                                message: string;
                                remedy: string;
                            }[];
                        };
                        /** @description Key ids on the envelope: the publisher and the registry */
                        signed_by: string[];
                        manifest: unknown;
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "providers.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Identity providers that people sign in by */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @example acme-labs */
                            slug: string;
                            /** @enum {string} */
                            kind: "oidc" | "saml";
                            /** @description Of a SAML provider its entityID */
                            issuer: string;
                            name: string;
                            /** @description What the provider knows Gatehouse by; to a SAML provider its entityID */
                            client_id: string;
                            /**
                             * @description How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json
                             * @enum {string}
                             */
                            client_auth: "private_key_jwt" | "client_secret_basic" | "client_secret_post" | "none";
                            scopes: string[];
                            /** @description What the provider calls a sign-in with a second factor; asked for at a step-up */
                            step_up_acr: string[];
                            /**
                             * @description Somebody who comes for the first time: refused, linked by verified address, or made
                             * @enum {string}
                             */
                            jit: "off" | "link" | "create";
                            /** @description Roles of whoever is made */
                            jit_roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            /** @description null of an OpenID provider */
                            saml: {
                                /** @description Where people are sent, by the HTTP-Redirect binding */
                                sso_url: string;
                                /** @description Base64 of DER; several while a key is rotated */
                                certificates: string[];
                            } | null;
                            has_secret: boolean;
                            /** @description Turned off, nobody signs in by it and every session by it ends */
                            enabled: boolean;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "providers.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example acme-labs */
                    slug: string;
                    issuer: string;
                    name: string;
                    client_id: string;
                    /**
                     * @description How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json
                     * @default private_key_jwt
                     * @enum {string}
                     */
                    client_auth?: "private_key_jwt" | "client_secret_basic" | "client_secret_post" | "none";
                    /**
                     * @default [
                     *       "openid",
                     *       "email",
                     *       "profile"
                     *     ]
                     */
                    scopes?: string[];
                    /**
                     * @description What the provider calls a sign-in with a second factor; asked for at a step-up
                     * @default []
                     */
                    step_up_acr?: string[];
                    /**
                     * @description Somebody who comes for the first time: refused, linked by verified address, or made
                     * @default link
                     * @enum {string}
                     */
                    jit?: "off" | "link" | "create";
                    /**
                     * @description Roles of whoever is made
                     * @default []
                     */
                    jit_roles?: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                    /** @description Kept encrypted, and never shown again */
                    client_secret?: string;
                };
            };
        };
        responses: {
            /** @description Trust an OpenID provider to say who people are */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @example acme-labs */
                        slug: string;
                        /** @enum {string} */
                        kind: "oidc" | "saml";
                        /** @description Of a SAML provider its entityID */
                        issuer: string;
                        name: string;
                        /** @description What the provider knows Gatehouse by; to a SAML provider its entityID */
                        client_id: string;
                        /**
                         * @description How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json
                         * @enum {string}
                         */
                        client_auth: "private_key_jwt" | "client_secret_basic" | "client_secret_post" | "none";
                        scopes: string[];
                        /** @description What the provider calls a sign-in with a second factor; asked for at a step-up */
                        step_up_acr: string[];
                        /**
                         * @description Somebody who comes for the first time: refused, linked by verified address, or made
                         * @enum {string}
                         */
                        jit: "off" | "link" | "create";
                        /** @description Roles of whoever is made */
                        jit_roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        /** @description null of an OpenID provider */
                        saml: {
                            /** @description Where people are sent, by the HTTP-Redirect binding */
                            sso_url: string;
                            /** @description Base64 of DER; several while a key is rotated */
                            certificates: string[];
                        } | null;
                        has_secret: boolean;
                        /** @description Turned off, nobody signs in by it and every session by it ends */
                        enabled: boolean;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "providers.trustSaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example acme-labs */
                    slug: string;
                    name: string;
                    /** @description The EntityDescriptor of the provider, as XML */
                    metadata?: string;
                    /** @description Where it is instead; it is read once, now */
                    metadata_url?: string;
                    /**
                     * @description What the provider calls a sign-in with a second factor; asked for at a step-up
                     * @default []
                     */
                    step_up_acr?: string[];
                    /**
                     * @description Somebody who comes for the first time: refused, linked by verified address, or made
                     * @default link
                     * @enum {string}
                     */
                    jit?: "off" | "link" | "create";
                    /**
                     * @description Roles of whoever is made
                     * @default []
                     */
                    jit_roles?: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                };
            };
        };
        responses: {
            /** @description Trust a SAML 2.0 provider to say who people are, by its metadata */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @example acme-labs */
                        slug: string;
                        /** @enum {string} */
                        kind: "oidc" | "saml";
                        /** @description Of a SAML provider its entityID */
                        issuer: string;
                        name: string;
                        /** @description What the provider knows Gatehouse by; to a SAML provider its entityID */
                        client_id: string;
                        /**
                         * @description How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json
                         * @enum {string}
                         */
                        client_auth: "private_key_jwt" | "client_secret_basic" | "client_secret_post" | "none";
                        scopes: string[];
                        /** @description What the provider calls a sign-in with a second factor; asked for at a step-up */
                        step_up_acr: string[];
                        /**
                         * @description Somebody who comes for the first time: refused, linked by verified address, or made
                         * @enum {string}
                         */
                        jit: "off" | "link" | "create";
                        /** @description Roles of whoever is made */
                        jit_roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        /** @description null of an OpenID provider */
                        saml: {
                            /** @description Where people are sent, by the HTTP-Redirect binding */
                            sso_url: string;
                            /** @description Base64 of DER; several while a key is rotated */
                            certificates: string[];
                        } | null;
                        has_secret: boolean;
                        /** @description Turned off, nobody signs in by it and every session by it ends */
                        enabled: boolean;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "providers.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    enabled?: boolean;
                    client_secret?: string;
                    name?: string;
                    client_id?: string;
                    /**
                     * @description How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json
                     * @enum {string}
                     */
                    client_auth?: "private_key_jwt" | "client_secret_basic" | "client_secret_post" | "none";
                    scopes?: string[];
                    /** @description What the provider calls a sign-in with a second factor; asked for at a step-up */
                    step_up_acr?: string[];
                    /**
                     * @description Somebody who comes for the first time: refused, linked by verified address, or made
                     * @enum {string}
                     */
                    jit?: "off" | "link" | "create";
                    /** @description Roles of whoever is made */
                    jit_roles?: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                };
            };
        };
        responses: {
            /** @description Change an identity provider, or turn it off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @example acme-labs */
                        slug: string;
                        /** @enum {string} */
                        kind: "oidc" | "saml";
                        /** @description Of a SAML provider its entityID */
                        issuer: string;
                        name: string;
                        /** @description What the provider knows Gatehouse by; to a SAML provider its entityID */
                        client_id: string;
                        /**
                         * @description How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json
                         * @enum {string}
                         */
                        client_auth: "private_key_jwt" | "client_secret_basic" | "client_secret_post" | "none";
                        scopes: string[];
                        /** @description What the provider calls a sign-in with a second factor; asked for at a step-up */
                        step_up_acr: string[];
                        /**
                         * @description Somebody who comes for the first time: refused, linked by verified address, or made
                         * @enum {string}
                         */
                        jit: "off" | "link" | "create";
                        /** @description Roles of whoever is made */
                        jit_roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        /** @description null of an OpenID provider */
                        saml: {
                            /** @description Where people are sent, by the HTTP-Redirect binding */
                            sso_url: string;
                            /** @description Base64 of DER; several while a key is rotated */
                            certificates: string[];
                        } | null;
                        has_secret: boolean;
                        /** @description Turned off, nobody signs in by it and every session by it ends */
                        enabled: boolean;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "providers.renewSaml": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @description The EntityDescriptor of the provider, as XML */
                    metadata?: string;
                    /** @description Where it is instead; it is read once, now */
                    metadata_url?: string;
                };
            };
        };
        responses: {
            /** @description Take newer metadata of a SAML 2.0 provider */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @example acme-labs */
                        slug: string;
                        /** @enum {string} */
                        kind: "oidc" | "saml";
                        /** @description Of a SAML provider its entityID */
                        issuer: string;
                        name: string;
                        /** @description What the provider knows Gatehouse by; to a SAML provider its entityID */
                        client_id: string;
                        /**
                         * @description How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json
                         * @enum {string}
                         */
                        client_auth: "private_key_jwt" | "client_secret_basic" | "client_secret_post" | "none";
                        scopes: string[];
                        /** @description What the provider calls a sign-in with a second factor; asked for at a step-up */
                        step_up_acr: string[];
                        /**
                         * @description Somebody who comes for the first time: refused, linked by verified address, or made
                         * @enum {string}
                         */
                        jit: "off" | "link" | "create";
                        /** @description Roles of whoever is made */
                        jit_roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        /** @description null of an OpenID provider */
                        saml: {
                            /** @description Where people are sent, by the HTTP-Redirect binding */
                            sso_url: string;
                            /** @description Base64 of DER; several while a key is rotated */
                            certificates: string[];
                        } | null;
                        has_secret: boolean;
                        /** @description Turned off, nobody signs in by it and every session by it ends */
                        enabled: boolean;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "installs.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                extension?: string;
                /** @description Platform operators only */
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Installs of the organisation, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            workspace_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            publisher_id: string;
                            /** @example com.example.lockfile-auditor */
                            extension: string;
                            /** @example 1.4.2 */
                            version: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                            /** @enum {string} */
                            status: "active" | "disabled" | "uninstalled";
                            permissions: {
                                /** @enum {string} */
                                id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                                /** @enum {string} */
                                risk: "low" | "medium" | "high" | "critical";
                                title: string;
                                words: string;
                                granted: boolean;
                            }[];
                            secrets: {
                                name: string;
                                required: boolean;
                                set: boolean;
                            }[];
                            /** @description Settings that were entered; the manifest has the defaults */
                            config: {
                                [key: string]: unknown;
                            };
                            endpoints: {
                                id: string;
                                method: string;
                                path: string;
                                title: string;
                            }[];
                            /** @description What policy wants told along with the change, such as install.warn_uncertified */
                            warnings: string[];
                            revision: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "installs.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.lockfile-auditor */
                    extension: string;
                    /** @example 1.4.2 */
                    version?: string;
                    /**
                     * Format: uuid
                     * @description The organisation's default workspace where absent
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    workspace_id?: string;
                    permissions?: ("kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask")[];
                    /** @default {} */
                    secrets?: {
                        [key: string]: string;
                    };
                    /** @description Beside the manifest's defaults */
                    config?: {
                        [key: string]: unknown;
                    };
                    /** @description Without it the install waits until an admin agrees */
                    consent?: {
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        permissions: ("kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask")[];
                    };
                };
            };
        };
        responses: {
            /** @description Install an extension with the permissions that an admin grants */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        workspace_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        publisher_id: string;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        /** @enum {string} */
                        status: "active" | "disabled" | "uninstalled";
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                            granted: boolean;
                        }[];
                        secrets: {
                            name: string;
                            required: boolean;
                            set: boolean;
                        }[];
                        /** @description Settings that were entered; the manifest has the defaults */
                        config: {
                            [key: string]: unknown;
                        };
                        endpoints: {
                            id: string;
                            method: string;
                            path: string;
                            title: string;
                        }[];
                        /** @description What policy wants told along with the change, such as install.warn_uncertified */
                        warnings: string[];
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "installs.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One install */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        workspace_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        publisher_id: string;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        /** @enum {string} */
                        status: "active" | "disabled" | "uninstalled";
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                            granted: boolean;
                        }[];
                        secrets: {
                            name: string;
                            required: boolean;
                            set: boolean;
                        }[];
                        /** @description Settings that were entered; the manifest has the defaults */
                        config: {
                            [key: string]: unknown;
                        };
                        endpoints: {
                            id: string;
                            method: string;
                            path: string;
                            title: string;
                        }[];
                        /** @description What policy wants told along with the change, such as install.warn_uncertified */
                        warnings: string[];
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "installs.uninstall": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Uninstall: its rows, secrets, subscriptions and stored entries go with it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        install_id: string;
                        removed: {
                            installs: number;
                            consents: number;
                            secrets: number;
                            subscriptions: number;
                            kv_entries: number;
                            kept_calls: number;
                            runtime_tokens: number;
                            deliveries: number;
                        };
                        left: {
                            installs: number;
                            consents: number;
                            secrets: number;
                            subscriptions: number;
                            kv_entries: number;
                            kept_calls: number;
                            runtime_tokens: number;
                            deliveries: number;
                        };
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "installs.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                    /** @example 1.4.2 */
                    version?: string;
                    permissions?: ("kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask")[];
                    /** @default {} */
                    secrets?: {
                        [key: string]: string;
                    };
                    /** @description All settings anew; they stay where absent */
                    config?: {
                        [key: string]: unknown;
                    };
                    consent?: {
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        permissions: ("kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask")[];
                    };
                };
            };
        };
        responses: {
            /** @description Change the version, the grant, the settings or the secrets of an install */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        workspace_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        publisher_id: string;
                        /** @example com.example.lockfile-auditor */
                        extension: string;
                        /** @example 1.4.2 */
                        version: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        digest: string;
                        /** @enum {string} */
                        status: "active" | "disabled" | "uninstalled";
                        permissions: {
                            /** @enum {string} */
                            id: "kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask";
                            /** @enum {string} */
                            risk: "low" | "medium" | "high" | "critical";
                            title: string;
                            words: string;
                            granted: boolean;
                        }[];
                        secrets: {
                            name: string;
                            required: boolean;
                            set: boolean;
                        }[];
                        /** @description Settings that were entered; the manifest has the defaults */
                        config: {
                            [key: string]: unknown;
                        };
                        endpoints: {
                            id: string;
                            method: string;
                            path: string;
                            title: string;
                        }[];
                        /** @description What policy wants told along with the change, such as install.warn_uncertified */
                        warnings: string[];
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tokens.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Runtime tokens of an install, newest first, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            install_id: string;
                            name: string;
                            prefix: string;
                            permissions: string[];
                            /**
                             * @description The version that it was minted for; an update of the install ends it
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            digest: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                            revoked_at: string | null;
                            /** @description To the minute */
                            last_used_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tokens.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    permissions?: ("kv:read" | "kv:write" | "log:read" | "log:write" | "config:read" | "metrics:write" | "http:fetch" | "secrets:read" | "events:publish" | "events:subscribe" | "services:call" | "model:invoke" | "query:read" | "workspace:read" | "workspace:write" | "command:run" | "people:read" | "expense:read" | "expense:write" | "pii:unmask")[];
                    /**
                     * @description Seconds; policy allows an hour at most
                     * @default 900
                     */
                    expires_in?: number;
                };
            };
        };
        responses: {
            /** @description Mint a token of at most an hour for an extension that runs elsewhere; it is shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        install_id: string;
                        name: string;
                        prefix: string;
                        permissions: string[];
                        /**
                         * @description The version that it was minted for; an update of the install ends it
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        digest: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        revoked_at: string | null;
                        /** @description To the minute */
                        last_used_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /** @description Shown this once, and kept only as a hash */
                        access_token: string;
                        /** @constant */
                        token_type: "Bearer";
                        expires_in: number;
                        /** @description Its permissions, separated by spaces */
                        scope: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "invitations.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invitations, open and past */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            email: string;
                            name: string | null;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            /** @enum {string} */
                            state: "open" | "accepted" | "revoked" | "expired";
                            /** @description Pseudonym of whoever invited */
                            invited_by: string;
                            /** @description Who came of it */
                            principal_id: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "invitations.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example ana@example.com */
                    email: string & (unknown & unknown);
                    name?: string;
                    roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                    /** @description Roles of the organisation's own, by name */
                    custom_roles?: string[];
                    /**
                     * Format: date-time
                     * @description In seven days where absent; in thirty at the latest
                     * @example 2036-01-31T09:30:00Z
                     */
                    expires_at?: string;
                    /**
                     * Format: uuid
                     * @description The caller's own organisation where absent
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    tenant_id?: string;
                };
            };
        };
        responses: {
            /** @description Invite somebody by e-mail */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        email: string;
                        name: string | null;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        /** @enum {string} */
                        state: "open" | "accepted" | "revoked" | "expired";
                        /** @description Pseudonym of whoever invited */
                        invited_by: string;
                        /** @description Who came of it */
                        principal_id: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * @description By the provider of the organisation, where it has one
                         * @enum {string}
                         */
                        accept_by: "sign_in" | "token";
                        /**
                         * @description `failed`: the mail server did not take it, send it again; `shown`: there is no mail server
                         * @enum {string}
                         */
                        delivery: "mailed" | "failed" | "shown";
                        /** @description Shown this once, to pass on, where it counts and no mail server is set */
                        token: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "invitations.accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Join by the token of an invitation; the answer holds a first API key, shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            publisher_id: string | null;
                            /** @enum {string} */
                            kind: "user" | "service_account";
                            name: string;
                            email: string | null;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            pseudonym: string;
                            disabled_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                        key: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            principal_id: string;
                            name: string;
                            prefix: string;
                            scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                            expires_at: string | null;
                            revoked_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /** @description The key itself: shown this once, and kept only as a hash */
                            secret: string;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "invitations.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take an invitation back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        email: string;
                        name: string | null;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        /** @enum {string} */
                        state: "open" | "accepted" | "revoked" | "expired";
                        /** @description Pseudonym of whoever invited */
                        invited_by: string;
                        /** @description Who came of it */
                        principal_id: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "invitations.resend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send an invitation again, with a new token and seven days more; the token before it ends */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        email: string;
                        name: string | null;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        /** @enum {string} */
                        state: "open" | "accepted" | "revoked" | "expired";
                        /** @description Pseudonym of whoever invited */
                        invited_by: string;
                        /** @description Who came of it */
                        principal_id: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * @description By the provider of the organisation, where it has one
                         * @enum {string}
                         */
                        accept_by: "sign_in" | "token";
                        /**
                         * @description `failed`: the mail server did not take it, send it again; `shown`: there is no mail server
                         * @enum {string}
                         */
                        delivery: "mailed" | "failed" | "shown";
                        /** @description Shown this once, to pass on, where it counts and no mail server is set */
                        token: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "keys.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description API keys, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            principal_id: string;
                            name: string;
                            prefix: string;
                            scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                            expires_at: string | null;
                            revoked_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "keys.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Whose key; the caller where absent
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    principal_id?: string;
                    name: string;
                    /** @description All scopes of the roles where absent; what the roles lack has no effect */
                    scopes?: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                    /**
                     * Format: date-time
                     * @example 2036-01-31T09:30:00Z
                     */
                    expires_at?: string;
                };
            };
        };
        responses: {
            /** @description Create an API key; its secret is shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        principal_id: string;
                        name: string;
                        prefix: string;
                        scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                        expires_at: string | null;
                        revoked_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /** @description The key itself: shown this once, and kept only as a hash */
                        secret: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "keys.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an API key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        principal_id: string;
                        name: string;
                        prefix: string;
                        scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                        expires_at: string | null;
                        revoked_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "kills.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "engaged" | "released";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kill switches, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @enum {string} */
                            scope: "global" | "tenant" | "publisher" | "extension" | "version" | "install";
                            target: string;
                            reason: string;
                            engaged_by: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            engaged_at: string;
                            released_at: string | null;
                            /** @description Stands in this node's journal only, until the database can be written */
                            local: boolean;
                            /** @description The decision behind its last change; null while local */
                            decision_id: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "kills.engage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    scope: "global";
                    /**
                     * @default *
                     * @constant
                     */
                    target?: "*";
                    reason: string;
                } | {
                    /** @constant */
                    scope: "tenant";
                    /**
                     * @description The organisation's id or slug
                     * @example acme-labs
                     */
                    target: string;
                    reason: string;
                } | {
                    /** @constant */
                    scope: "publisher";
                    /**
                     * @description The publisher's id or slug
                     * @example acme-labs
                     */
                    target: string;
                    reason: string;
                } | {
                    /** @constant */
                    scope: "extension";
                    /** @example com.example.lockfile-auditor */
                    target: string;
                    reason: string;
                } | {
                    /** @constant */
                    scope: "version";
                    target: string;
                    reason: string;
                } | {
                    /** @constant */
                    scope: "install";
                    /**
                     * Format: uuid
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    target: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Stop something at once; answers once every node has heard it or its lease has run out */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        order: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @enum {string} */
                            scope: "global" | "tenant" | "publisher" | "extension" | "version" | "install";
                            target: string;
                            reason: string;
                            engaged_by: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            engaged_at: string;
                            released_at: string | null;
                            /** @description Stands in this node's journal only, until the database can be written */
                            local: boolean;
                            /** @description The decision behind its last change; null while local */
                            decision_id: string | null;
                        };
                        nodes: {
                            acknowledged: string[];
                            lapsed: string[];
                            not_reached: string[];
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "kills.release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Let go what was stopped, once a second person agrees */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        order: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @enum {string} */
                            scope: "global" | "tenant" | "publisher" | "extension" | "version" | "install";
                            target: string;
                            reason: string;
                            engaged_by: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            engaged_at: string;
                            released_at: string | null;
                            /** @description Stands in this node's journal only, until the database can be written */
                            local: boolean;
                            /** @description The decision behind its last change; null while local */
                            decision_id: string | null;
                        };
                        nodes: {
                            acknowledged: string[];
                            lapsed: string[];
                            not_reached: string[];
                        };
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "ledger.checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest signed checkpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        note: string;
                        origin: string;
                        size: number;
                        /** Format: base64 */
                        root: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        signed_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        /** @description Durable entries that are not in the log yet */
                        unsequenced: number;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "ledger.export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log as JSON lines, with all that an offline verifier needs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "ledger.keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys that sign checkpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            name: string;
                            /** @constant */
                            algorithm: "ed25519";
                            verifier: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "ledger.consistency": {
        parameters: {
            query: {
                /** @description Size of the older log */
                from: number;
                /** @description Size of the newer log; that of the newest checkpoint where absent */
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Proof that an older log is a prefix of a newer one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: number;
                        to: number;
                        /** Format: base64 */
                        from_root: string;
                        /** Format: base64 */
                        to_root: string;
                        proof: string[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "ledger.inclusion": {
        parameters: {
            query: {
                /** @description Id of a decision or of another leaf */
                entry: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Proof that an entry is in the log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        entry: string;
                        /** Format: base64 */
                        leaf_hash: string;
                        leaf_index: number;
                        /** @description RFC 6962 audit path, nearest sibling first */
                        proof: string[];
                        checkpoint: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "limits.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sets of limits, each at its newest revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @example acme-labs */
                            name: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            revision: number;
                            why: string;
                            /** @description Who wrote it, by pseudonym */
                            by: string;
                            /** @description The revision whose document this one repeats */
                            reverts_to: number | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            document: {
                                title: string;
                                entries: ({
                                    /** @constant */
                                    limit: "calls_per_day";
                                    /** @description Calls of one installed extension in a UTC day */
                                    value: number;
                                    /**
                                     * @description Ids of extensions that it holds for
                                     * @default *
                                     */
                                    extension: string;
                                    /**
                                     * @description Holds from then on; at once where null
                                     * @default null
                                     */
                                    from: string | null;
                                    /**
                                     * @description Holds until then; without end where null
                                     * @default null
                                     */
                                    until: string | null;
                                    why: string;
                                    /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                    by?: string;
                                } | {
                                    /** @constant */
                                    limit: "calls_per_minute";
                                    /** @description Calls in a minute, over all instances */
                                    value: number;
                                    /**
                                     * @description Ids of extensions that it holds for
                                     * @default *
                                     */
                                    extension: string;
                                    /**
                                     * @description Holds from then on; at once where null
                                     * @default null
                                     */
                                    from: string | null;
                                    /**
                                     * @description Holds until then; without end where null
                                     * @default null
                                     */
                                    until: string | null;
                                    why: string;
                                    /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                    by?: string;
                                    /**
                                     * @description Counted apart for each install, each API key or each endpoint, or together for the whole organisation
                                     * @default install
                                     * @enum {string}
                                     */
                                    per: "install" | "organisation" | "key" | "endpoint";
                                } | {
                                    /** @constant */
                                    limit: "installs";
                                    /** @description Installs at the same time, of all extensions that it holds for */
                                    value: number;
                                    /**
                                     * @description Ids of extensions that it holds for
                                     * @default *
                                     */
                                    extension: string;
                                    /**
                                     * @description Holds from then on; at once where null
                                     * @default null
                                     */
                                    from: string | null;
                                    /**
                                     * @description Holds until then; without end where null
                                     * @default null
                                     */
                                    until: string | null;
                                    why: string;
                                    /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                    by?: string;
                                } | {
                                    /** @constant */
                                    limit: "grant_risk";
                                    /**
                                     * @description Highest risk of a permission that may be granted
                                     * @enum {string}
                                     */
                                    value: "low" | "medium" | "high" | "critical";
                                    /**
                                     * @description Ids of extensions that it holds for
                                     * @default *
                                     */
                                    extension: string;
                                    /**
                                     * @description Holds from then on; at once where null
                                     * @default null
                                     */
                                    from: string | null;
                                    /**
                                     * @description Holds until then; without end where null
                                     * @default null
                                     */
                                    until: string | null;
                                    why: string;
                                    /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                    by?: string;
                                })[];
                            };
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "limits.show": {
        parameters: {
            query?: {
                tenant_id?: string;
                /** @description The newest where absent */
                revision?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A set of limits at its newest revision, or as it was at an earlier one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            entries: ({
                                /** @constant */
                                limit: "calls_per_day";
                                /** @description Calls of one installed extension in a UTC day */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            } | {
                                /** @constant */
                                limit: "calls_per_minute";
                                /** @description Calls in a minute, over all instances */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                                /**
                                 * @description Counted apart for each install, each API key or each endpoint, or together for the whole organisation
                                 * @default install
                                 * @enum {string}
                                 */
                                per: "install" | "organisation" | "key" | "endpoint";
                            } | {
                                /** @constant */
                                limit: "installs";
                                /** @description Installs at the same time, of all extensions that it holds for */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            } | {
                                /** @constant */
                                limit: "grant_risk";
                                /**
                                 * @description Highest risk of a permission that may be granted
                                 * @enum {string}
                                 */
                                value: "low" | "medium" | "high" | "critical";
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            })[];
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "limits.set": {
        parameters: {
            query?: {
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: {
                        title: string;
                        entries: ({
                            /** @constant */
                            limit: "calls_per_day";
                            /** @description Calls of one installed extension in a UTC day */
                            value: number;
                            /**
                             * @description Ids of extensions that it holds for
                             * @default *
                             */
                            extension?: string;
                            /**
                             * @description Holds from then on; at once where null
                             * @default null
                             */
                            from?: string | null;
                            /**
                             * @description Holds until then; without end where null
                             * @default null
                             */
                            until?: string | null;
                            why: string;
                            /** @description Who put it in, by pseudonym; what is sent here is ignored */
                            by?: string;
                        } | {
                            /** @constant */
                            limit: "calls_per_minute";
                            /** @description Calls in a minute, over all instances */
                            value: number;
                            /**
                             * @description Ids of extensions that it holds for
                             * @default *
                             */
                            extension?: string;
                            /**
                             * @description Holds from then on; at once where null
                             * @default null
                             */
                            from?: string | null;
                            /**
                             * @description Holds until then; without end where null
                             * @default null
                             */
                            until?: string | null;
                            why: string;
                            /** @description Who put it in, by pseudonym; what is sent here is ignored */
                            by?: string;
                            /**
                             * @description Counted apart for each install, each API key or each endpoint, or together for the whole organisation
                             * @default install
                             * @enum {string}
                             */
                            per?: "install" | "organisation" | "key" | "endpoint";
                        } | {
                            /** @constant */
                            limit: "installs";
                            /** @description Installs at the same time, of all extensions that it holds for */
                            value: number;
                            /**
                             * @description Ids of extensions that it holds for
                             * @default *
                             */
                            extension?: string;
                            /**
                             * @description Holds from then on; at once where null
                             * @default null
                             */
                            from?: string | null;
                            /**
                             * @description Holds until then; without end where null
                             * @default null
                             */
                            until?: string | null;
                            why: string;
                            /** @description Who put it in, by pseudonym; what is sent here is ignored */
                            by?: string;
                        } | {
                            /** @constant */
                            limit: "grant_risk";
                            /**
                             * @description Highest risk of a permission that may be granted
                             * @enum {string}
                             */
                            value: "low" | "medium" | "high" | "critical";
                            /**
                             * @description Ids of extensions that it holds for
                             * @default *
                             */
                            extension?: string;
                            /**
                             * @description Holds from then on; at once where null
                             * @default null
                             */
                            from?: string | null;
                            /**
                             * @description Holds until then; without end where null
                             * @default null
                             */
                            until?: string | null;
                            why: string;
                            /** @description Who put it in, by pseudonym; what is sent here is ignored */
                            by?: string;
                        })[];
                    };
                    /** @description Why it changes */
                    why: string;
                    /** @description The revision that was read; 0 for a new one */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description A set of limits: write the next revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            entries: ({
                                /** @constant */
                                limit: "calls_per_day";
                                /** @description Calls of one installed extension in a UTC day */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            } | {
                                /** @constant */
                                limit: "calls_per_minute";
                                /** @description Calls in a minute, over all instances */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                                /**
                                 * @description Counted apart for each install, each API key or each endpoint, or together for the whole organisation
                                 * @default install
                                 * @enum {string}
                                 */
                                per: "install" | "organisation" | "key" | "endpoint";
                            } | {
                                /** @constant */
                                limit: "installs";
                                /** @description Installs at the same time, of all extensions that it holds for */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            } | {
                                /** @constant */
                                limit: "grant_risk";
                                /**
                                 * @description Highest risk of a permission that may be granted
                                 * @enum {string}
                                 */
                                value: "low" | "medium" | "high" | "critical";
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            })[];
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "limits.diff": {
        parameters: {
            query?: {
                tenant_id?: string;
                /** @description The one before where absent; 0 is nothing */
                from?: number;
                /** @description The newest where absent */
                to?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A set of limits: what differs between two revisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        from: number;
                        to: number;
                        changes: {
                            id: string;
                            /** @enum {string} */
                            change: "added" | "removed" | "changed";
                            before: unknown;
                            after: unknown;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "limits.revert": {
        parameters: {
            query?: {
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to: number;
                    /** @description Why it changes */
                    why: string;
                    /** @description The revision that was read; 0 for a new one */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description A set of limits: write an earlier revision's document as the next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            entries: ({
                                /** @constant */
                                limit: "calls_per_day";
                                /** @description Calls of one installed extension in a UTC day */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            } | {
                                /** @constant */
                                limit: "calls_per_minute";
                                /** @description Calls in a minute, over all instances */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                                /**
                                 * @description Counted apart for each install, each API key or each endpoint, or together for the whole organisation
                                 * @default install
                                 * @enum {string}
                                 */
                                per: "install" | "organisation" | "key" | "endpoint";
                            } | {
                                /** @constant */
                                limit: "installs";
                                /** @description Installs at the same time, of all extensions that it holds for */
                                value: number;
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            } | {
                                /** @constant */
                                limit: "grant_risk";
                                /**
                                 * @description Highest risk of a permission that may be granted
                                 * @enum {string}
                                 */
                                value: "low" | "medium" | "high" | "critical";
                                /**
                                 * @description Ids of extensions that it holds for
                                 * @default *
                                 */
                                extension: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            })[];
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "limits.history": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A set of limits: who changed it when and why, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @example acme-labs */
                            name: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            revision: number;
                            why: string;
                            /** @description Who wrote it, by pseudonym */
                            by: string;
                            /** @description The revision whose document this one repeats */
                            reverts_to: number | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /** @description Against the revision before */
                            changes: {
                                added: number;
                                removed: number;
                                changed: number;
                            };
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "lists.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists of extensions, each at its newest revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @example acme-labs */
                            name: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            revision: number;
                            why: string;
                            /** @description Who wrote it, by pseudonym */
                            by: string;
                            /** @description The revision whose document this one repeats */
                            reverts_to: number | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            document: {
                                title: string;
                                /**
                                 * @description listed: what no entry allows or pins is refused
                                 * @default all
                                 * @enum {string}
                                 */
                                admits: "all" | "listed";
                                entries: {
                                    /** @enum {string} */
                                    effect: "allow" | "deny" | "pin";
                                    /** @description Id of an extension, such as com.example.* */
                                    extension?: string;
                                    /** @description Slug or id of a publisher */
                                    publisher?: string;
                                    /** @description Versions, such as >=2.0.0 <3 */
                                    version?: string;
                                    /** @enum {string} */
                                    category?: "ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support";
                                    /** @description One of the permissions granted, such as http:* */
                                    permission?: string;
                                    /**
                                     * @description Holds from then on; at once where null
                                     * @default null
                                     */
                                    from: string | null;
                                    /**
                                     * @description Holds until then; without end where null
                                     * @default null
                                     */
                                    until: string | null;
                                    why: string;
                                    /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                    by?: string;
                                }[];
                            };
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "lists.show": {
        parameters: {
            query?: {
                tenant_id?: string;
                /** @description The newest where absent */
                revision?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list of extensions at its newest revision, or as it was at an earlier one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            /**
                             * @description listed: what no entry allows or pins is refused
                             * @default all
                             * @enum {string}
                             */
                            admits: "all" | "listed";
                            entries: {
                                /** @enum {string} */
                                effect: "allow" | "deny" | "pin";
                                /** @description Id of an extension, such as com.example.* */
                                extension?: string;
                                /** @description Slug or id of a publisher */
                                publisher?: string;
                                /** @description Versions, such as >=2.0.0 <3 */
                                version?: string;
                                /** @enum {string} */
                                category?: "ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support";
                                /** @description One of the permissions granted, such as http:* */
                                permission?: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            }[];
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "lists.set": {
        parameters: {
            query?: {
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: {
                        title: string;
                        /**
                         * @description listed: what no entry allows or pins is refused
                         * @default all
                         * @enum {string}
                         */
                        admits?: "all" | "listed";
                        entries: {
                            /** @enum {string} */
                            effect: "allow" | "deny" | "pin";
                            /** @description Id of an extension, such as com.example.* */
                            extension?: string;
                            /** @description Slug or id of a publisher */
                            publisher?: string;
                            /** @description Versions, such as >=2.0.0 <3 */
                            version?: string;
                            /** @enum {string} */
                            category?: "ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support";
                            /** @description One of the permissions granted, such as http:* */
                            permission?: string;
                            /**
                             * @description Holds from then on; at once where null
                             * @default null
                             */
                            from?: string | null;
                            /**
                             * @description Holds until then; without end where null
                             * @default null
                             */
                            until?: string | null;
                            why: string;
                            /** @description Who put it in, by pseudonym; what is sent here is ignored */
                            by?: string;
                        }[];
                    };
                    /** @description Why it changes */
                    why: string;
                    /** @description The revision that was read; 0 for a new one */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description A list of extensions: write the next revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            /**
                             * @description listed: what no entry allows or pins is refused
                             * @default all
                             * @enum {string}
                             */
                            admits: "all" | "listed";
                            entries: {
                                /** @enum {string} */
                                effect: "allow" | "deny" | "pin";
                                /** @description Id of an extension, such as com.example.* */
                                extension?: string;
                                /** @description Slug or id of a publisher */
                                publisher?: string;
                                /** @description Versions, such as >=2.0.0 <3 */
                                version?: string;
                                /** @enum {string} */
                                category?: "ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support";
                                /** @description One of the permissions granted, such as http:* */
                                permission?: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            }[];
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "lists.diff": {
        parameters: {
            query?: {
                tenant_id?: string;
                /** @description The one before where absent; 0 is nothing */
                from?: number;
                /** @description The newest where absent */
                to?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list of extensions: what differs between two revisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        from: number;
                        to: number;
                        changes: {
                            id: string;
                            /** @enum {string} */
                            change: "added" | "removed" | "changed";
                            before: unknown;
                            after: unknown;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "lists.revert": {
        parameters: {
            query?: {
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to: number;
                    /** @description Why it changes */
                    why: string;
                    /** @description The revision that was read; 0 for a new one */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description A list of extensions: write an earlier revision's document as the next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            /**
                             * @description listed: what no entry allows or pins is refused
                             * @default all
                             * @enum {string}
                             */
                            admits: "all" | "listed";
                            entries: {
                                /** @enum {string} */
                                effect: "allow" | "deny" | "pin";
                                /** @description Id of an extension, such as com.example.* */
                                extension?: string;
                                /** @description Slug or id of a publisher */
                                publisher?: string;
                                /** @description Versions, such as >=2.0.0 <3 */
                                version?: string;
                                /** @enum {string} */
                                category?: "ai" | "analytics" | "compliance" | "developer-tools" | "finance" | "hr" | "integration" | "legal" | "marketing" | "operations" | "productivity" | "sales" | "security" | "support";
                                /** @description One of the permissions granted, such as http:* */
                                permission?: string;
                                /**
                                 * @description Holds from then on; at once where null
                                 * @default null
                                 */
                                from: string | null;
                                /**
                                 * @description Holds until then; without end where null
                                 * @default null
                                 */
                                until: string | null;
                                why: string;
                                /** @description Who put it in, by pseudonym; what is sent here is ignored */
                                by?: string;
                            }[];
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "lists.history": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list of extensions: who changed it when and why, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @example acme-labs */
                            name: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            revision: number;
                            why: string;
                            /** @description Who wrote it, by pseudonym */
                            by: string;
                            /** @description The revision whose document this one repeats */
                            reverts_to: number | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /** @description Against the revision before */
                            changes: {
                                added: number;
                                removed: number;
                                changed: number;
                            };
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "agents.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OPA agents: when each was heard of, which policy it decides by, and what went wrong */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Its own id, which it makes when it starts */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant: string;
                            /** @description Pseudonym of the service account that it comes with */
                            principal: string;
                            version: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            /** @description The policy that it says it decides by */
                            active_revision: string | null;
                            /** @description That is the one in force */
                            follows: boolean;
                            /** @description What went wrong with its bundles, in its own words */
                            errors: string[];
                            /** @description Events of its decision log that were not in the form of OPA */
                            refused_events: number;
                            /** @description When its last status came; null while it only sent decisions */
                            reported_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            seen_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "agents.bundle": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags of what the agent has */
                "if-none-match"?: string;
                /** @description modes=snapshot;wait=N: answer at once where there is something newer, else after at most N seconds */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy in force as a signed OPA bundle; 304 where the agent has it */
            200: {
                headers: {
                    /** @description Names this bundle */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openpolicyagent.bundles": string;
                };
            };
            /** @description The agent has it */
            304: {
                headers: {
                    /** @description Names the bundle that the agent has */
                    etag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "agents.decisions": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                agent?: string;
                gate?: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What OPA agents decided, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @constant */
                            source: "agent";
                            /**
                             * Format: date-time
                             * @description By the clock of the agent
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            received_at: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant: string;
                            agent: string;
                            principal: string;
                            /** @description The id that the agent gave it */
                            decision_id: string;
                            /** @description The rule that was asked; null for an ad-hoc query */
                            path: string | null;
                            /** @description Null where the rule is none of our entrypoints */
                            gate: ("publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin") | null;
                            action: ("platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report") | null;
                            /** @description Null where the answer is not one of ours */
                            outcome: ("allow" | "hold" | "deny") | null;
                            /** @description The policy of ours by which it was made */
                            revision: string | null;
                            error: string | null;
                            /** @description The agent took parts out before it sent the decision */
                            masked: boolean;
                            masked_paths: string[];
                            /** @description Whole, and made at one of our entrypoints by a policy of ours */
                            replayable: boolean;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "agents.discovery": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags of what the agent has */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rest of an OPA agent's configuration as a discovery bundle; 304 where the agent has it */
            200: {
                headers: {
                    /** @description Names this bundle */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openpolicyagent.bundles": string;
                };
            };
            /** @description The agent has it */
            304: {
                headers: {
                    /** @description Names the bundle that the agent has */
                    etag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    "agents.logs": {
        parameters: {
            query?: never;
            header?: {
                /** @description gzip, or absent */
                "content-encoding"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Take a decision log of an OPA agent: a JSON array, gzipped or not, at most 8 MiB in either form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kept: number;
                        /** @description Events that are no decisions in the form of OPA, and are not kept */
                        refused: number;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "agents.status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    labels: {
                        [key: string]: string;
                    };
                    bundles?: {
                        [key: string]: {
                            active_revision?: string;
                            code?: string;
                            message?: string;
                            errors?: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    };
                    discovery?: {
                        active_revision?: string;
                        code?: string;
                        message?: string;
                        errors?: unknown[];
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Take the status report of an OPA agent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agent: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "people.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People and service accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            publisher_id: string | null;
                            /** @enum {string} */
                            kind: "user" | "service_account";
                            name: string;
                            email: string | null;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            pseudonym: string;
                            disabled_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "people.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @default user
                     * @enum {string}
                     */
                    kind?: "user" | "service_account";
                    /** @example ana@example.com */
                    email?: string & (unknown & unknown);
                    roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                    /** @description Roles of the organisation's own, by name */
                    custom_roles?: string[];
                    /**
                     * Format: uuid
                     * @description The publisher that this person works for; of the same organisation
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    publisher_id?: string;
                    /**
                     * Format: uuid
                     * @description The caller's own organisation where absent
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    tenant_id?: string;
                };
            };
        };
        responses: {
            /** @description Add a person or a service account */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        publisher_id: string | null;
                        /** @enum {string} */
                        kind: "user" | "service_account";
                        name: string;
                        email: string | null;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        pseudonym: string;
                        disabled_at: string | null;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "people.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    name?: string;
                    email?: (string & (unknown & unknown)) | null;
                    roles?: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                    /** @description Roles of the organisation's own, by name */
                    custom_roles?: string[];
                    /** @description True stops every key of this person at once */
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Change a person's name, roles or access */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        publisher_id: string | null;
                        /** @enum {string} */
                        kind: "user" | "service_account";
                        name: string;
                        email: string | null;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        pseudonym: string;
                        disabled_at: string | null;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "sessions.of": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A person's sessions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            principal_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            provider_id: string;
                            /** @enum {string} */
                            client: "browser" | "cli";
                            /** @description What the browser or command calls itself */
                            label: string;
                            acr: string | null;
                            second_factor: boolean;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            auth_time: string;
                            /** @description The one that this request came with */
                            current: boolean;
                            /**
                             * Format: date-time
                             * @description To the minute
                             * @example 2036-01-31T09:30:00Z
                             */
                            last_used_at: string;
                            /**
                             * Format: date-time
                             * @description Unused until then, it ends
                             * @example 2036-01-31T09:30:00Z
                             */
                            idle_until: string;
                            /**
                             * Format: date-time
                             * @description Used or not, it ends
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "sessions.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End every session of a person, at once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: number;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "policy.show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy that decides now, with its rules in words */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Name of the sealed revision
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /**
                         * @description Digest of the policy WASM and data, as decisions record it
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        bundle_revision: string;
                        /** @description What evaluates it; replays on another engine say so */
                        engine: string;
                        rules: {
                            /** @example install.consent_missing */
                            id: string;
                            title: string;
                            description: string;
                            remedy: string | null;
                            /** @description A waiver may take it out for some time */
                            waivable: boolean;
                            file: string;
                            line: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "policy.history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description When which policy was put in force, by whom and why, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        activations: {
                            /** @description Grows by one with each */
                            seq: number;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            revision: string;
                            /** @description What decided before; null where nothing could */
                            replaces: string | null;
                            /** @enum {string} */
                            kind: "activate" | "rollback" | "break_glass" | "expiry";
                            reason: string;
                            by: string;
                            approval_id: string | null;
                            /** @description By break-glass: from then on what it replaced decides again */
                            expires_at: string | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "canaries.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Canaries, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @enum {string} */
                            state: "running" | "finished" | "reverted" | "overtaken";
                            /**
                             * @description The candidate
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            revision: string;
                            /**
                             * @description What decides otherwise, and again where the candidate is taken back
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            base_revision: string;
                            percent: 1 | 10 | 100;
                            /** @enum {string} */
                            unit: "tenant" | "install";
                            reason: string;
                            by: string;
                            approval_id: string | null;
                            /** @description The approved what-if that foretells its flips; null: none are foretold */
                            what_if: string | null;
                            /** @description Changed rules, or gates whose rules changed: each step must include all of them */
                            changed: string[];
                            /** @description Of the present or last step */
                            pairs: {
                                /** @description Decisions of the candidate that were held against an answer of the base */
                                pairs: number;
                                /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                skipped: number;
                                flips: {
                                    rule: string;
                                    /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                    foretold_rate: number;
                                    /** @description Flips that are taken among so many pairs */
                                    bound: number;
                                    found: number;
                                }[];
                                /** @description The candidate gave no answer, and the base did */
                                unavailable: number;
                                /** @description Fuel of the candidate over that of the base; null before the first pair */
                                cost_ratio: number | null;
                                /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                unseen: string[];
                            };
                            breach: {
                                /** @enum {string} */
                                kind: "flips" | "unavailable" | "cost";
                                rule: string | null;
                                bound: number;
                                found: number;
                                step: {
                                    /** @description Decisions of the candidate that were held against an answer of the base */
                                    pairs: number;
                                    /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                    skipped: number;
                                    flips: {
                                        rule: string;
                                        /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                        foretold_rate: number;
                                        /** @description Flips that are taken among so many pairs */
                                        bound: number;
                                        found: number;
                                    }[];
                                    /** @description The candidate gave no answer, and the base did */
                                    unavailable: number;
                                    /** @description Fuel of the candidate over that of the base; null before the first pair */
                                    cost_ratio: number | null;
                                    /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                    unseen: string[];
                                };
                                /** @description Some of the flips; only for the platform’s own */
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description The instance that saw it first */
                                seen_by: string;
                            } | null;
                            ended_by: string | null;
                            ended_because: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            started_at: string;
                            /**
                             * Format: date-time
                             * @description When the present step began
                             * @example 2036-01-31T09:30:00Z
                             */
                            step_at: string;
                            ended_at: string | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "canaries.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far a canary is, what its pairs show, and why it was taken back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @enum {string} */
                        state: "running" | "finished" | "reverted" | "overtaken";
                        /**
                         * @description The candidate
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /**
                         * @description What decides otherwise, and again where the candidate is taken back
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        base_revision: string;
                        percent: 1 | 10 | 100;
                        /** @enum {string} */
                        unit: "tenant" | "install";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /** @description The approved what-if that foretells its flips; null: none are foretold */
                        what_if: string | null;
                        /** @description Changed rules, or gates whose rules changed: each step must include all of them */
                        changed: string[];
                        /** @description Of the present or last step */
                        pairs: {
                            /** @description Decisions of the candidate that were held against an answer of the base */
                            pairs: number;
                            /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                            skipped: number;
                            flips: {
                                rule: string;
                                /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                foretold_rate: number;
                                /** @description Flips that are taken among so many pairs */
                                bound: number;
                                found: number;
                            }[];
                            /** @description The candidate gave no answer, and the base did */
                            unavailable: number;
                            /** @description Fuel of the candidate over that of the base; null before the first pair */
                            cost_ratio: number | null;
                            /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                            unseen: string[];
                        };
                        breach: {
                            /** @enum {string} */
                            kind: "flips" | "unavailable" | "cost";
                            rule: string | null;
                            bound: number;
                            found: number;
                            step: {
                                /** @description Decisions of the candidate that were held against an answer of the base */
                                pairs: number;
                                /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                skipped: number;
                                flips: {
                                    rule: string;
                                    /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                    foretold_rate: number;
                                    /** @description Flips that are taken among so many pairs */
                                    bound: number;
                                    found: number;
                                }[];
                                /** @description The candidate gave no answer, and the base did */
                                unavailable: number;
                                /** @description Fuel of the candidate over that of the base; null before the first pair */
                                cost_ratio: number | null;
                                /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                unseen: string[];
                            };
                            /** @description Some of the flips; only for the platform’s own */
                            samples: {
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                decision_id: string;
                                at: number;
                                /** @enum {string} */
                                gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                /** @enum {string} */
                                action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                /** @description Bundle revision that answered then */
                                revision: string | null;
                                /** @enum {string} */
                                kind: "outcome" | "reasons";
                                before: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                                after: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                            }[];
                            /** @description The instance that saw it first */
                            seen_by: string;
                        } | null;
                        ended_by: string | null;
                        ended_because: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        /**
                         * Format: date-time
                         * @description When the present step began
                         * @example 2036-01-31T09:30:00Z
                         */
                        step_at: string;
                        ended_at: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "canaries.advance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /**
                     * @description Percent of the step to end; `conflict` where the canary is at another one by now. Absent: whichever it is at
                     * @enum {number}
                     */
                    from?: 1 | 10 | 100;
                };
            };
        };
        responses: {
            /** @description End the present step without waiting for its pairs; after the last one the candidate is in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @enum {string} */
                        state: "running" | "finished" | "reverted" | "overtaken";
                        /**
                         * @description The candidate
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /**
                         * @description What decides otherwise, and again where the candidate is taken back
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        base_revision: string;
                        percent: 1 | 10 | 100;
                        /** @enum {string} */
                        unit: "tenant" | "install";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /** @description The approved what-if that foretells its flips; null: none are foretold */
                        what_if: string | null;
                        /** @description Changed rules, or gates whose rules changed: each step must include all of them */
                        changed: string[];
                        /** @description Of the present or last step */
                        pairs: {
                            /** @description Decisions of the candidate that were held against an answer of the base */
                            pairs: number;
                            /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                            skipped: number;
                            flips: {
                                rule: string;
                                /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                foretold_rate: number;
                                /** @description Flips that are taken among so many pairs */
                                bound: number;
                                found: number;
                            }[];
                            /** @description The candidate gave no answer, and the base did */
                            unavailable: number;
                            /** @description Fuel of the candidate over that of the base; null before the first pair */
                            cost_ratio: number | null;
                            /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                            unseen: string[];
                        };
                        breach: {
                            /** @enum {string} */
                            kind: "flips" | "unavailable" | "cost";
                            rule: string | null;
                            bound: number;
                            found: number;
                            step: {
                                /** @description Decisions of the candidate that were held against an answer of the base */
                                pairs: number;
                                /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                skipped: number;
                                flips: {
                                    rule: string;
                                    /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                    foretold_rate: number;
                                    /** @description Flips that are taken among so many pairs */
                                    bound: number;
                                    found: number;
                                }[];
                                /** @description The candidate gave no answer, and the base did */
                                unavailable: number;
                                /** @description Fuel of the candidate over that of the base; null before the first pair */
                                cost_ratio: number | null;
                                /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                unseen: string[];
                            };
                            /** @description Some of the flips; only for the platform’s own */
                            samples: {
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                decision_id: string;
                                at: number;
                                /** @enum {string} */
                                gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                /** @enum {string} */
                                action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                /** @description Bundle revision that answered then */
                                revision: string | null;
                                /** @enum {string} */
                                kind: "outcome" | "reasons";
                                before: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                                after: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                            }[];
                            /** @description The instance that saw it first */
                            seen_by: string;
                        } | null;
                        ended_by: string | null;
                        ended_because: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        /**
                         * Format: date-time
                         * @description When the present step began
                         * @example 2036-01-31T09:30:00Z
                         */
                        step_at: string;
                        ended_at: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "canaries.revert": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Take a canary back; one person suffices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @enum {string} */
                        state: "running" | "finished" | "reverted" | "overtaken";
                        /**
                         * @description The candidate
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /**
                         * @description What decides otherwise, and again where the candidate is taken back
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        base_revision: string;
                        percent: 1 | 10 | 100;
                        /** @enum {string} */
                        unit: "tenant" | "install";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /** @description The approved what-if that foretells its flips; null: none are foretold */
                        what_if: string | null;
                        /** @description Changed rules, or gates whose rules changed: each step must include all of them */
                        changed: string[];
                        /** @description Of the present or last step */
                        pairs: {
                            /** @description Decisions of the candidate that were held against an answer of the base */
                            pairs: number;
                            /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                            skipped: number;
                            flips: {
                                rule: string;
                                /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                foretold_rate: number;
                                /** @description Flips that are taken among so many pairs */
                                bound: number;
                                found: number;
                            }[];
                            /** @description The candidate gave no answer, and the base did */
                            unavailable: number;
                            /** @description Fuel of the candidate over that of the base; null before the first pair */
                            cost_ratio: number | null;
                            /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                            unseen: string[];
                        };
                        breach: {
                            /** @enum {string} */
                            kind: "flips" | "unavailable" | "cost";
                            rule: string | null;
                            bound: number;
                            found: number;
                            step: {
                                /** @description Decisions of the candidate that were held against an answer of the base */
                                pairs: number;
                                /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                skipped: number;
                                flips: {
                                    rule: string;
                                    /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                    foretold_rate: number;
                                    /** @description Flips that are taken among so many pairs */
                                    bound: number;
                                    found: number;
                                }[];
                                /** @description The candidate gave no answer, and the base did */
                                unavailable: number;
                                /** @description Fuel of the candidate over that of the base; null before the first pair */
                                cost_ratio: number | null;
                                /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                unseen: string[];
                            };
                            /** @description Some of the flips; only for the platform’s own */
                            samples: {
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                decision_id: string;
                                at: number;
                                /** @enum {string} */
                                gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                /** @enum {string} */
                                action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                /** @description Bundle revision that answered then */
                                revision: string | null;
                                /** @enum {string} */
                                kind: "outcome" | "reasons";
                                before: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                                after: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                            }[];
                            /** @description The instance that saw it first */
                            seen_by: string;
                        } | null;
                        ended_by: string | null;
                        ended_because: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        /**
                         * Format: date-time
                         * @description When the present step began
                         * @example 2036-01-31T09:30:00Z
                         */
                        step_at: string;
                        ended_at: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Drafts of policy, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "open" | "sealed" | "discarded";
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            base_revision: string;
                            /** @description The base still decides; where it does not, rebase before you seal */
                            base_in_force: boolean;
                            source_commit: string | null;
                            /** @description The last run was on exactly these files */
                            checked: boolean;
                            sealed_revision: string | null;
                            created_by: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /** @description The draft as it was read; another one meanwhile is a conflict */
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            updated_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @description A sealed revision or the shipped one; what is in force where absent
                     * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                     */
                    base?: string;
                    /** @description All sources; those of the base where absent */
                    files?: {
                        [key: string]: string;
                    };
                    source_commit?: string;
                };
            };
        };
        responses: {
            /** @description Begin a draft from a revision, or from files */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A draft with its files and the last run of its checks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.discard": {
        parameters: {
            query: {
                version: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give a draft up; it stays on record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.check": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The draft as it was read; another one meanwhile is a conflict */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Run every check on a draft, in their order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.diff": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a draft changes, by file and by meaning */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        files: {
                            path: string;
                            /** @enum {string} */
                            change: "added" | "removed" | "changed";
                            patch: string | null;
                        }[];
                        /** @description Null where a side cannot be read; faults say why */
                        meaning: {
                            entrypoints: ({
                                id: string;
                                /** @enum {string} */
                                change: "added" | "removed" | "changed";
                            } & {
                                [key: string]: unknown;
                            })[];
                            rules: ({
                                id: string;
                                /** @enum {string} */
                                change: "added" | "removed" | "changed";
                            } & {
                                [key: string]: unknown;
                            })[];
                            reasons: ({
                                id: string;
                                /** @enum {string} */
                                change: "added" | "removed" | "changed";
                            } & {
                                [key: string]: unknown;
                            })[];
                            data: ({
                                id: string;
                                /** @enum {string} */
                                change: "added" | "removed" | "changed";
                            } & {
                                [key: string]: unknown;
                            })[];
                        } | null;
                        faults: {
                            file: string | null;
                            line: number | null;
                            rule: string | null;
                            message: string;
                            remedy: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.push": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    files: {
                        [key: string]: string;
                    };
                    source_commit?: string;
                    /** @description The draft as it was read; another one meanwhile is a conflict */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Replace every file, as a push from a working tree does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One file of a draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        path: string;
                        text: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.write": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @description The draft as it was read; another one meanwhile is a conflict */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Write one file of a draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.remove": {
        parameters: {
            query: {
                version: number;
            };
            header?: never;
            path: {
                id: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take one file out of a draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.rebase": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The draft as it was read; another one meanwhile is a conflict */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Take over what changed in force since the draft began; files changed on both sides are a conflict */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        state: "open" | "sealed" | "discarded";
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        /** @description The base still decides; where it does not, rebase before you seal */
                        base_in_force: boolean;
                        files: {
                            path: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            digest: string;
                        }[];
                        source_commit: string | null;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly these files */
                        checked: boolean;
                        sealed_revision: string | null;
                        created_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /** @description The draft as it was read; another one meanwhile is a conflict */
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "drafts.seal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The draft as it was read; another one meanwhile is a conflict */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Seal a draft that passed its checks as a revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Its name: the digest over sources, data, capabilities, compiler and flags; of what was not sealed from sources the digest of module and data
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /**
                         * @description Digest of the policy WASM and data, as decisions record it; revisions may share it
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        bundle_revision: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        base_revision: string;
                        draft_id: string | null;
                        source_commit: string | null;
                        sealed_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        sealed_at: string;
                        in_force: boolean;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "whatifs.startDraft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Decided at this moment or later
                     * @example 2036-01-31T09:30:00Z
                     */
                    since?: string;
                    /**
                     * Format: date-time
                     * @description Decided before this moment; the moment of the start where absent
                     * @example 2036-01-31T09:30:00Z
                     */
                    until?: string;
                    /** @description Most decisions, the oldest first */
                    limit?: number;
                    /**
                     * Format: uuid
                     * @description One organisation’s decisions only
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    tenant?: string;
                    /** @description How many flips are taken */
                    budget?: {
                        max_flips?: number;
                        /** @description Of the decisions that were replayed */
                        max_flips_percent?: number;
                        /** @description Most flips that a rule takes part in */
                        per_rule?: {
                            [key: string]: number;
                        };
                    };
                    /** @description A shadow: judges what is decided from now on, until `until` or, where that is absent, for a day */
                    follow?: boolean;
                };
            };
        };
        responses: {
            /** @description Begin to replay past decisions through a draft, as it stands now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @description The draft that was compiled, as it stood then */
                        draft_id: string | null;
                        /** @description What the candidate is called; null until it is compiled */
                        revision: string | null;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done" | "failed" | "cancelled";
                        since: number | null;
                        until: number;
                        limit: number | null;
                        tenant: string | null;
                        budget: {
                            max_flips?: number;
                            /** @description Of the decisions that were replayed */
                            max_flips_percent?: number;
                            /** @description Most flips that a rule takes part in */
                            per_rule?: {
                                [key: string]: number;
                            };
                        } | null;
                        /** @description A shadow, whose report grows while it runs */
                        follow: boolean;
                        /** @description Past decisions that were judged by now */
                        decisions: number;
                        flips: number;
                        /** @description Null until it is done; organisations and samples only for the platform’s own */
                        report: {
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            candidate: string;
                            /** @description Past decisions that were read */
                            decisions: number;
                            replayed: number;
                            flips: number;
                            outcome_flips: number;
                            reason_flips: number;
                            /** @description Same outcome and reasons, but other rules, obligations, parameters or approval */
                            differs_otherwise: number;
                            not_replayable: {
                                [key: string]: number;
                            };
                            /** @description Flips in which the candidate gave no answer */
                            no_answer: {
                                [key: string]: number;
                            };
                            /** @description Share of the decisions that were replayed */
                            flip_rate: number;
                            flips_by_rule: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_reason: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_extension: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_publisher: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_tenant: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                        } | null;
                        /** @description Over the RFC 8785 form of the whole report */
                        report_digest: string | null;
                        /** @description Of the budget; null without one, and until the run is done */
                        verdict: {
                            within: boolean;
                            exceeded: {
                                /** @enum {string} */
                                bound: "max_flips" | "max_flips_percent" | "per_rule" | "nothing_replayed";
                                rule: string | null;
                                allowed: number;
                                found: number;
                            }[];
                        } | null;
                        /** @description Why it failed */
                        fault: string | null;
                        /** @description How often an instance took it up */
                        attempts: number;
                        started_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        ended_at: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "policy.revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sealed policies, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revisions: {
                            /**
                             * @description Its name: the digest over sources, data, capabilities, compiler and flags; of what was not sealed from sources the digest of module and data
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            revision: string;
                            /**
                             * @description Digest of the policy WASM and data, as decisions record it; revisions may share it
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            bundle_revision: string;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            base_revision: string;
                            draft_id: string | null;
                            source_commit: string | null;
                            sealed_by: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            sealed_at: string;
                            in_force: boolean;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "policy.activate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                revision: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    break_glass?: {
                        expires_in_s: number;
                    };
                };
            };
        };
        responses: {
            /** @description Put a sealed policy in force, once a second person agrees */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Grows by one with each */
                        seq: number;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        revision: string;
                        /** @description What decided before; null where nothing could */
                        replaces: string | null;
                        /** @enum {string} */
                        kind: "activate" | "rollback" | "break_glass" | "expiry";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /** @description By break-glass: from then on what it replaced decides again */
                        expires_at: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "canaries.start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                revision: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Let a sealed policy take over by degrees, once a second person agrees */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @enum {string} */
                        state: "running" | "finished" | "reverted" | "overtaken";
                        /**
                         * @description The candidate
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /**
                         * @description What decides otherwise, and again where the candidate is taken back
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        base_revision: string;
                        percent: 1 | 10 | 100;
                        /** @enum {string} */
                        unit: "tenant" | "install";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /** @description The approved what-if that foretells its flips; null: none are foretold */
                        what_if: string | null;
                        /** @description Changed rules, or gates whose rules changed: each step must include all of them */
                        changed: string[];
                        /** @description Of the present or last step */
                        pairs: {
                            /** @description Decisions of the candidate that were held against an answer of the base */
                            pairs: number;
                            /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                            skipped: number;
                            flips: {
                                rule: string;
                                /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                foretold_rate: number;
                                /** @description Flips that are taken among so many pairs */
                                bound: number;
                                found: number;
                            }[];
                            /** @description The candidate gave no answer, and the base did */
                            unavailable: number;
                            /** @description Fuel of the candidate over that of the base; null before the first pair */
                            cost_ratio: number | null;
                            /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                            unseen: string[];
                        };
                        breach: {
                            /** @enum {string} */
                            kind: "flips" | "unavailable" | "cost";
                            rule: string | null;
                            bound: number;
                            found: number;
                            step: {
                                /** @description Decisions of the candidate that were held against an answer of the base */
                                pairs: number;
                                /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                skipped: number;
                                flips: {
                                    rule: string;
                                    /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                    foretold_rate: number;
                                    /** @description Flips that are taken among so many pairs */
                                    bound: number;
                                    found: number;
                                }[];
                                /** @description The candidate gave no answer, and the base did */
                                unavailable: number;
                                /** @description Fuel of the candidate over that of the base; null before the first pair */
                                cost_ratio: number | null;
                                /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                unseen: string[];
                            };
                            /** @description Some of the flips; only for the platform’s own */
                            samples: {
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                decision_id: string;
                                at: number;
                                /** @enum {string} */
                                gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                /** @enum {string} */
                                action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                /** @description Bundle revision that answered then */
                                revision: string | null;
                                /** @enum {string} */
                                kind: "outcome" | "reasons";
                                before: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                                after: {
                                    /** @enum {string} */
                                    outcome: "allow" | "hold" | "deny" | "unavailable";
                                    rules: string[];
                                    reasons: string[];
                                    cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                };
                            }[];
                            /** @description The instance that saw it first */
                            seen_by: string;
                        } | null;
                        ended_by: string | null;
                        ended_because: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        /**
                         * Format: date-time
                         * @description When the present step began
                         * @example 2036-01-31T09:30:00Z
                         */
                        step_at: string;
                        ended_at: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "whatifs.startRevision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                revision: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Decided at this moment or later
                     * @example 2036-01-31T09:30:00Z
                     */
                    since?: string;
                    /**
                     * Format: date-time
                     * @description Decided before this moment; the moment of the start where absent
                     * @example 2036-01-31T09:30:00Z
                     */
                    until?: string;
                    /** @description Most decisions, the oldest first */
                    limit?: number;
                    /**
                     * Format: uuid
                     * @description One organisation’s decisions only
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    tenant?: string;
                    /** @description How many flips are taken */
                    budget?: {
                        max_flips?: number;
                        /** @description Of the decisions that were replayed */
                        max_flips_percent?: number;
                        /** @description Most flips that a rule takes part in */
                        per_rule?: {
                            [key: string]: number;
                        };
                    };
                    /** @description A shadow: judges what is decided from now on, until `until` or, where that is absent, for a day */
                    follow?: boolean;
                };
            };
        };
        responses: {
            /** @description Begin to replay past decisions through a revision */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @description The draft that was compiled, as it stood then */
                        draft_id: string | null;
                        /** @description What the candidate is called; null until it is compiled */
                        revision: string | null;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done" | "failed" | "cancelled";
                        since: number | null;
                        until: number;
                        limit: number | null;
                        tenant: string | null;
                        budget: {
                            max_flips?: number;
                            /** @description Of the decisions that were replayed */
                            max_flips_percent?: number;
                            /** @description Most flips that a rule takes part in */
                            per_rule?: {
                                [key: string]: number;
                            };
                        } | null;
                        /** @description A shadow, whose report grows while it runs */
                        follow: boolean;
                        /** @description Past decisions that were judged by now */
                        decisions: number;
                        flips: number;
                        /** @description Null until it is done; organisations and samples only for the platform’s own */
                        report: {
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            candidate: string;
                            /** @description Past decisions that were read */
                            decisions: number;
                            replayed: number;
                            flips: number;
                            outcome_flips: number;
                            reason_flips: number;
                            /** @description Same outcome and reasons, but other rules, obligations, parameters or approval */
                            differs_otherwise: number;
                            not_replayable: {
                                [key: string]: number;
                            };
                            /** @description Flips in which the candidate gave no answer */
                            no_answer: {
                                [key: string]: number;
                            };
                            /** @description Share of the decisions that were replayed */
                            flip_rate: number;
                            flips_by_rule: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_reason: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_extension: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_publisher: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_tenant: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                        } | null;
                        /** @description Over the RFC 8785 form of the whole report */
                        report_digest: string | null;
                        /** @description Of the budget; null without one, and until the run is done */
                        verdict: {
                            within: boolean;
                            exceeded: {
                                /** @enum {string} */
                                bound: "max_flips" | "max_flips_percent" | "per_rule" | "nothing_replayed";
                                rule: string | null;
                                allowed: number;
                                found: number;
                            }[];
                        } | null;
                        /** @description Why it failed */
                        fault: string | null;
                        /** @description How often an instance took it up */
                        attempts: number;
                        started_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        ended_at: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "policy.rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                    revision?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Go back to a policy that has decided before; one person suffices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Grows by one with each */
                        seq: number;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        revision: string;
                        /** @description What decided before; null where nothing could */
                        replaces: string | null;
                        /** @enum {string} */
                        kind: "activate" | "rollback" | "break_glass" | "expiry";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /** @description By break-glass: from then on what it replaced decides again */
                        expires_at: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "policy.status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which policy is in force, and which one each instance decides by */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Null only while no policy could be loaded and none was ever activated */
                        in_force: string | null;
                        /** @description The last change; null while the shipped policy was never replaced */
                        activation: {
                            /** @description Grows by one with each */
                            seq: number;
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            revision: string;
                            /** @description What decided before; null where nothing could */
                            replaces: string | null;
                            /** @enum {string} */
                            kind: "activate" | "rollback" | "break_glass" | "expiry";
                            reason: string;
                            by: string;
                            approval_id: string | null;
                            /** @description By break-glass: from then on what it replaced decides again */
                            expires_at: string | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                        } | null;
                        /** @description What decides was put in force by break-glass, and until when; null in ordinary times */
                        break_glass: {
                            reason: string;
                            by: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                        } | null;
                        /** @description The policy that takes over by degrees; null while there is none */
                        canary: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @enum {string} */
                            state: "running" | "finished" | "reverted" | "overtaken";
                            /**
                             * @description The candidate
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            revision: string;
                            /**
                             * @description What decides otherwise, and again where the candidate is taken back
                             * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                             */
                            base_revision: string;
                            percent: 1 | 10 | 100;
                            /** @enum {string} */
                            unit: "tenant" | "install";
                            reason: string;
                            by: string;
                            approval_id: string | null;
                            /** @description The approved what-if that foretells its flips; null: none are foretold */
                            what_if: string | null;
                            /** @description Changed rules, or gates whose rules changed: each step must include all of them */
                            changed: string[];
                            /** @description Of the present or last step */
                            pairs: {
                                /** @description Decisions of the candidate that were held against an answer of the base */
                                pairs: number;
                                /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                skipped: number;
                                flips: {
                                    rule: string;
                                    /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                    foretold_rate: number;
                                    /** @description Flips that are taken among so many pairs */
                                    bound: number;
                                    found: number;
                                }[];
                                /** @description The candidate gave no answer, and the base did */
                                unavailable: number;
                                /** @description Fuel of the candidate over that of the base; null before the first pair */
                                cost_ratio: number | null;
                                /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                unseen: string[];
                            };
                            breach: {
                                /** @enum {string} */
                                kind: "flips" | "unavailable" | "cost";
                                rule: string | null;
                                bound: number;
                                found: number;
                                step: {
                                    /** @description Decisions of the candidate that were held against an answer of the base */
                                    pairs: number;
                                    /** @description Decisions of the candidate that were held against nothing: too many waited, or the base had no answer */
                                    skipped: number;
                                    flips: {
                                        rule: string;
                                        /** @description Share of past decisions that flipped by this rule; 0 where none did */
                                        foretold_rate: number;
                                        /** @description Flips that are taken among so many pairs */
                                        bound: number;
                                        found: number;
                                    }[];
                                    /** @description The candidate gave no answer, and the base did */
                                    unavailable: number;
                                    /** @description Fuel of the candidate over that of the base; null before the first pair */
                                    cost_ratio: number | null;
                                    /** @description Changed rules, or gates whose rules changed, that no pair has included yet */
                                    unseen: string[];
                                };
                                /** @description Some of the flips; only for the platform’s own */
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description The instance that saw it first */
                                seen_by: string;
                            } | null;
                            ended_by: string | null;
                            ended_because: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            started_at: string;
                            /**
                             * Format: date-time
                             * @description When the present step began
                             * @example 2036-01-31T09:30:00Z
                             */
                            step_at: string;
                            ended_at: string | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                        } | null;
                        instances: {
                            node: string;
                            /** @description What it decides by; null where it has none and refuses everything */
                            revision: string | null;
                            /** @description It decides by what is in force */
                            follows: boolean;
                            /** @description Why it could not load what is in force */
                            fault: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            since: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            seen_at: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "policy.try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A past decision, whose facts are taken and whose answer is compared
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    decision?: string;
                    /**
                     * @description Which gate is asked; that of the decision where one is named
                     * @enum {string}
                     */
                    gate?: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                    /** @description The facts; in place of those of the decision */
                    input?: {
                        [key: string]: unknown;
                    };
                    /** @description Changes to the facts (RFC 6902) */
                    patch?: ({
                        /** @enum {string} */
                        op: "add" | "replace";
                        /** Format: starts_with */
                        path: string;
                        value: unknown;
                    } | {
                        /** @constant */
                        op: "remove";
                        /** Format: starts_with */
                        path: string;
                    })[];
                    /**
                     * Format: uuid
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    draft?: string;
                    /**
                     * @description A policy by the name of its sealed revision, or by its bundle revision
                     * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                     */
                    revision?: string;
                };
            };
        };
        responses: {
            /** @description What policy would answer to facts, or to a past decision as edited */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                        /** @description As the facts have it */
                        action: string;
                        draft_id: string | null;
                        /**
                         * @description Bundle revision that was asked; of a draft the one that it compiles to
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        revision: string;
                        /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                        input_digest: string;
                        /** @enum {string} */
                        outcome: "allow" | "hold" | "deny" | "unavailable";
                        /** @description Why there is no answer */
                        cause: ("policy_unavailable" | "budget_exhausted" | "memory_exhausted" | "answer_invalid" | "input_invalid" | "ledger_unavailable" | "kill_lease_stale" | "tenant_policy_unavailable") | null;
                        reasons: {
                            /** @example install.consent_missing */
                            id: string;
                            message: string;
                            remedy: string;
                            params?: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        rules: {
                            /** @example install.consent_missing */
                            id: string;
                            title: string | null;
                            description: string | null;
                            location: {
                                file: string;
                                line: number;
                            } | null;
                        }[];
                        obligations: {
                            /** @example install.consent_missing */
                            id: string;
                            params?: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        /** @description What kind of approval a hold asks for */
                        approval: string | null;
                        fuel: number;
                        /** @description Module of the organisation that had a say in the decision that was named: it has one here too; null where none had */
                        tenant_module: string | null;
                        /** @description What policy would say once every remedy that changes facts were taken; null where none does */
                        after: {
                            /** @enum {string} */
                            outcome: "allow" | "hold" | "deny";
                            reasons: string[];
                        } | null;
                        /** @description The answer on record of the decision that was named */
                        recorded: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            revision: string | null;
                            /** @enum {string} */
                            outcome: "allow" | "hold" | "deny" | "unavailable";
                            /** @description Why there is no answer */
                            cause: ("policy_unavailable" | "budget_exhausted" | "memory_exhausted" | "answer_invalid" | "input_invalid" | "ledger_unavailable" | "kill_lease_stale" | "tenant_policy_unavailable") | null;
                            reasons: string[];
                            rules: string[];
                        } | null;
                        /** @description Against the answer on record */
                        changed: {
                            outcome: boolean;
                            reasons: {
                                appeared: string[];
                                vanished: string[];
                            };
                            rules: {
                                appeared: string[];
                                vanished: string[];
                            };
                        } | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "waivers.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "in_force" | "expired" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Waivers, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @example install.consent_missing */
                            reason: string;
                            subject: {
                                /** @constant */
                                kind: "tenant";
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                id: string;
                            } | {
                                /** @constant */
                                kind: "extension";
                                /** @example com.example.lockfile-auditor */
                                id: string;
                            };
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            until: string;
                            why: string;
                            /** @enum {string} */
                            state: "in_force" | "expired" | "revoked";
                            asked_by: string;
                            approval_id: string | null;
                            revoked_at: string | null;
                            revoked_by: string | null;
                            revoked_because: string | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            granted_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "waivers.request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description A reason whose rule says that it may be waived
                     * @example install.consent_missing
                     */
                    reason: string;
                    subject: {
                        /** @constant */
                        kind: "tenant";
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                    } | {
                        /** @constant */
                        kind: "extension";
                        /** @example com.example.lockfile-auditor */
                        id: string;
                    };
                    /**
                     * Format: date-time
                     * @example 2036-01-31T09:30:00Z
                     */
                    until: string;
                    why: string;
                };
            };
        };
        responses: {
            /** @description Ask that a reason shall not count for one organisation or extension for some time, once a second person agrees */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example install.consent_missing */
                        reason: string;
                        subject: {
                            /** @constant */
                            kind: "tenant";
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                        } | {
                            /** @constant */
                            kind: "extension";
                            /** @example com.example.lockfile-auditor */
                            id: string;
                        };
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        until: string;
                        why: string;
                        /** @enum {string} */
                        state: "in_force" | "expired" | "revoked";
                        asked_by: string;
                        approval_id: string | null;
                        revoked_at: string | null;
                        revoked_by: string | null;
                        revoked_because: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        granted_at: string;
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "waivers.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A waiver, and the last decisions in which it acted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example install.consent_missing */
                        reason: string;
                        subject: {
                            /** @constant */
                            kind: "tenant";
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                        } | {
                            /** @constant */
                            kind: "extension";
                            /** @example com.example.lockfile-auditor */
                            id: string;
                        };
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        until: string;
                        why: string;
                        /** @enum {string} */
                        state: "in_force" | "expired" | "revoked";
                        asked_by: string;
                        approval_id: string | null;
                        revoked_at: string | null;
                        revoked_by: string | null;
                        revoked_because: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        granted_at: string;
                        acted: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                            /** @enum {string} */
                            action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                            outcome: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            extension: string | null;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "waivers.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    why: string;
                };
            };
        };
        responses: {
            /** @description End a waiver now; one person suffices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example install.consent_missing */
                        reason: string;
                        subject: {
                            /** @constant */
                            kind: "tenant";
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                        } | {
                            /** @constant */
                            kind: "extension";
                            /** @example com.example.lockfile-auditor */
                            id: string;
                        };
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        until: string;
                        why: string;
                        /** @enum {string} */
                        state: "in_force" | "expired" | "revoked";
                        asked_by: string;
                        approval_id: string | null;
                        revoked_at: string | null;
                        revoked_by: string | null;
                        revoked_because: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        granted_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "whatifs.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Of this draft only */
                draft?: string;
                /** @description Of this revision only */
                revision?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Replays of past decisions through candidates, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @description The draft that was compiled, as it stood then */
                            draft_id: string | null;
                            /** @description What the candidate is called; null until it is compiled */
                            revision: string | null;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            since: number | null;
                            until: number;
                            limit: number | null;
                            tenant: string | null;
                            budget: {
                                max_flips?: number;
                                /** @description Of the decisions that were replayed */
                                max_flips_percent?: number;
                                /** @description Most flips that a rule takes part in */
                                per_rule?: {
                                    [key: string]: number;
                                };
                            } | null;
                            /** @description A shadow, whose report grows while it runs */
                            follow: boolean;
                            /** @description Past decisions that were judged by now */
                            decisions: number;
                            flips: number;
                            /** @description Over the RFC 8785 form of the whole report */
                            report_digest: string | null;
                            /** @description Of the budget; null without one, and until the run is done */
                            verdict: {
                                within: boolean;
                                exceeded: {
                                    /** @enum {string} */
                                    bound: "max_flips" | "max_flips_percent" | "per_rule" | "nothing_replayed";
                                    rule: string | null;
                                    allowed: number;
                                    found: number;
                                }[];
                            } | null;
                            /** @description Why it failed */
                            fault: string | null;
                            /** @description How often an instance took it up */
                            attempts: number;
                            started_by: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            started_at: string;
                            ended_at: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "whatifs.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far a replay is and, when it is done, what the candidate would have changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @description The draft that was compiled, as it stood then */
                        draft_id: string | null;
                        /** @description What the candidate is called; null until it is compiled */
                        revision: string | null;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done" | "failed" | "cancelled";
                        since: number | null;
                        until: number;
                        limit: number | null;
                        tenant: string | null;
                        budget: {
                            max_flips?: number;
                            /** @description Of the decisions that were replayed */
                            max_flips_percent?: number;
                            /** @description Most flips that a rule takes part in */
                            per_rule?: {
                                [key: string]: number;
                            };
                        } | null;
                        /** @description A shadow, whose report grows while it runs */
                        follow: boolean;
                        /** @description Past decisions that were judged by now */
                        decisions: number;
                        flips: number;
                        /** @description Null until it is done; organisations and samples only for the platform’s own */
                        report: {
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            candidate: string;
                            /** @description Past decisions that were read */
                            decisions: number;
                            replayed: number;
                            flips: number;
                            outcome_flips: number;
                            reason_flips: number;
                            /** @description Same outcome and reasons, but other rules, obligations, parameters or approval */
                            differs_otherwise: number;
                            not_replayable: {
                                [key: string]: number;
                            };
                            /** @description Flips in which the candidate gave no answer */
                            no_answer: {
                                [key: string]: number;
                            };
                            /** @description Share of the decisions that were replayed */
                            flip_rate: number;
                            flips_by_rule: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_reason: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_extension: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_publisher: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_tenant: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                        } | null;
                        /** @description Over the RFC 8785 form of the whole report */
                        report_digest: string | null;
                        /** @description Of the budget; null without one, and until the run is done */
                        verdict: {
                            within: boolean;
                            exceeded: {
                                /** @enum {string} */
                                bound: "max_flips" | "max_flips_percent" | "per_rule" | "nothing_replayed";
                                rule: string | null;
                                allowed: number;
                                found: number;
                            }[];
                        } | null;
                        /** @description Why it failed */
                        fault: string | null;
                        /** @description How often an instance took it up */
                        attempts: number;
                        started_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        ended_at: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "whatifs.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End a replay; what it found by now is not kept as a report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @description The draft that was compiled, as it stood then */
                        draft_id: string | null;
                        /** @description What the candidate is called; null until it is compiled */
                        revision: string | null;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done" | "failed" | "cancelled";
                        since: number | null;
                        until: number;
                        limit: number | null;
                        tenant: string | null;
                        budget: {
                            max_flips?: number;
                            /** @description Of the decisions that were replayed */
                            max_flips_percent?: number;
                            /** @description Most flips that a rule takes part in */
                            per_rule?: {
                                [key: string]: number;
                            };
                        } | null;
                        /** @description A shadow, whose report grows while it runs */
                        follow: boolean;
                        /** @description Past decisions that were judged by now */
                        decisions: number;
                        flips: number;
                        /** @description Null until it is done; organisations and samples only for the platform’s own */
                        report: {
                            /** @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef */
                            candidate: string;
                            /** @description Past decisions that were read */
                            decisions: number;
                            replayed: number;
                            flips: number;
                            outcome_flips: number;
                            reason_flips: number;
                            /** @description Same outcome and reasons, but other rules, obligations, parameters or approval */
                            differs_otherwise: number;
                            not_replayable: {
                                [key: string]: number;
                            };
                            /** @description Flips in which the candidate gave no answer */
                            no_answer: {
                                [key: string]: number;
                            };
                            /** @description Share of the decisions that were replayed */
                            flip_rate: number;
                            flips_by_rule: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_reason: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                appeared: number;
                                vanished: number;
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_extension: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_publisher: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                            flips_by_tenant: {
                                /** @description The rule, reason, extension, publisher or tenant */
                                key: string;
                                flips: number;
                                /** @description Flips of the outcome */
                                outcome: number;
                                /** @description Flips of the reasons alone */
                                reasons: number;
                                samples: {
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    decision_id: string;
                                    at: number;
                                    /** @enum {string} */
                                    gate: "publish" | "install" | "call" | "capability" | "enforcement" | "killswitch" | "admin";
                                    /** @enum {string} */
                                    action: "platform.bootstrap" | "platform.status" | "tenant.create" | "tenant.update" | "tenant.suspend" | "tenant.resume" | "tenant.transfer" | "tenant.read" | "person.create" | "person.update" | "person.read" | "invitation.read" | "invitation.create" | "invitation.resend" | "invitation.revoke" | "invitation.accept" | "key.create" | "key.revoke" | "key.read" | "service_account.read" | "service_account.create" | "service_account.handover" | "service_account.credential_add" | "service_account.credential_revoke" | "service_token.create" | "role.read" | "role.write" | "list.read" | "list.write" | "limits.read" | "limits.write" | "whoami.read" | "access.read" | "provider.read" | "provider.create" | "provider.update" | "domain.read" | "domain.claim" | "domain.verify" | "domain.release" | "domain.lapse" | "session.create" | "session.read" | "session.end" | "session.revoke" | "scim.read" | "scim.configure" | "scim.look_up" | "scim.provision" | "publisher.register" | "publisher.key_add" | "publisher.key_revoke" | "publisher.verify" | "publisher.read" | "extension.submit" | "extension.approve" | "extension.promote" | "extension.yank" | "extension.read" | "install.create" | "install.update" | "install.uninstall" | "runtime_token.create" | "runtime_token.revoke" | "install.read" | "extension.invoke" | "capability.use" | "execution.read" | "event.redeliver" | "call.read" | "call.fetch" | "execution.record" | "execution.replay" | "execution.export" | "enforcement.set_rung" | "kill.engage" | "kill.release" | "kill.read" | "approval.vote" | "approval.read" | "decision.read" | "decision.explain" | "decision.replay" | "audit.read" | "audit.export" | "audit.retain" | "policy.read" | "policy.draft" | "policy.what_if" | "policy.seal" | "policy.activate" | "policy.advance" | "policy.revert" | "policy.rollback" | "policy.expire" | "waiver.grant" | "waiver.revoke" | "tenant_policy.draft" | "tenant_policy.activate" | "tenant_policy.rollback" | "agent.connect" | "agent.report";
                                    /** @description Bundle revision that answered then */
                                    revision: string | null;
                                    /** @enum {string} */
                                    kind: "outcome" | "reasons";
                                    before: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                    after: {
                                        /** @enum {string} */
                                        outcome: "allow" | "hold" | "deny" | "unavailable";
                                        rules: string[];
                                        reasons: string[];
                                        cause: ("budget" | "memory" | "trap" | "invalid" | "deadline" | "crashed" | "abandoned") | null;
                                    };
                                }[];
                                /** @description Share of the decisions that were replayed */
                                rate: number;
                            }[];
                        } | null;
                        /** @description Over the RFC 8785 form of the whole report */
                        report_digest: string | null;
                        /** @description Of the budget; null without one, and until the run is done */
                        verdict: {
                            within: boolean;
                            exceeded: {
                                /** @enum {string} */
                                bound: "max_flips" | "max_flips_percent" | "per_rule" | "nothing_replayed";
                                rule: string | null;
                                allowed: number;
                                found: number;
                            }[];
                        } | null;
                        /** @description Why it failed */
                        fault: string | null;
                        /** @description How often an instance took it up */
                        attempts: number;
                        started_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        started_at: string;
                        ended_at: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "publishers.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Publishers and their signing keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @example acme-labs */
                            slug: string;
                            name: string;
                            contact: string;
                            verified_at: string | null;
                            keys: {
                                keyid: string;
                                /** @constant */
                                algorithm: "ed25519";
                                /** @description Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----) */
                                public_key: string;
                                not_after: string | null;
                                revoked_at: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2036-01-31T09:30:00Z
                                 */
                                created_at: string;
                            }[];
                            revision: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "publishers.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example acme-labs */
                    slug: string;
                    name: string;
                    /** @example ana@example.com */
                    contact: string & (unknown & unknown);
                    /** @description Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----) */
                    public_key: string;
                };
            };
        };
        responses: {
            /** @description Sign up as a publisher with a first signing key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @example acme-labs */
                        slug: string;
                        name: string;
                        contact: string;
                        verified_at: string | null;
                        keys: {
                            keyid: string;
                            /** @constant */
                            algorithm: "ed25519";
                            /** @description Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----) */
                            public_key: string;
                            not_after: string | null;
                            revoked_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "publishers.addKey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----) */
                    public_key: string;
                    /**
                     * Format: date-time
                     * @example 2036-01-31T09:30:00Z
                     */
                    not_after?: string;
                };
            };
        };
        responses: {
            /** @description Add a signing key to the trust bundle */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keyid: string;
                        /** @constant */
                        algorithm: "ed25519";
                        /** @description Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----) */
                        public_key: string;
                        not_after: string | null;
                        revoked_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "publishers.revokeKey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                keyid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a signing key: what it signed is no longer installed or called */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keyid: string;
                        /** @constant */
                        algorithm: "ed25519";
                        /** @description Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----) */
                        public_key: string;
                        not_after: string | null;
                        revoked_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "publishers.verify": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description State that the publisher is who it says */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /** @example acme-labs */
                        slug: string;
                        name: string;
                        contact: string;
                        verified_at: string | null;
                        keys: {
                            keyid: string;
                            /** @constant */
                            algorithm: "ed25519";
                            /** @description Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----) */
                            public_key: string;
                            not_after: string | null;
                            revoked_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "roles.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roles of the organisation's own, each at its newest revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @example acme-labs */
                            name: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            revision: number;
                            why: string;
                            /** @description Who wrote it, by pseudonym */
                            by: string;
                            /** @description The revision whose document this one repeats */
                            reverts_to: number | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            document: {
                                title: string;
                                scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                                /**
                                 * @description Gives nothing from then on; without end where null
                                 * @default null
                                 */
                                until: string | null;
                            };
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "roles.show": {
        parameters: {
            query?: {
                tenant_id?: string;
                /** @description The newest where absent */
                revision?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A role of the organisation's own at its newest revision, or as it was at an earlier one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                            /**
                             * @description Gives nothing from then on; without end where null
                             * @default null
                             */
                            until: string | null;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "roles.set": {
        parameters: {
            query?: {
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: {
                        title: string;
                        scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                        /**
                         * @description Gives nothing from then on; without end where null
                         * @default null
                         */
                        until?: string | null;
                    };
                    /** @description Why it changes */
                    why: string;
                    /** @description The revision that was read; 0 for a new one */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description A role of the organisation's own: write the next revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                            /**
                             * @description Gives nothing from then on; without end where null
                             * @default null
                             */
                            until: string | null;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "roles.diff": {
        parameters: {
            query?: {
                tenant_id?: string;
                /** @description The one before where absent; 0 is nothing */
                from?: number;
                /** @description The newest where absent */
                to?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A role of the organisation's own: what differs between two revisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        from: number;
                        to: number;
                        changes: {
                            id: string;
                            /** @enum {string} */
                            change: "added" | "removed" | "changed";
                            before: unknown;
                            after: unknown;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "roles.revert": {
        parameters: {
            query?: {
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to: number;
                    /** @description Why it changes */
                    why: string;
                    /** @description The revision that was read; 0 for a new one */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description A role of the organisation's own: write an earlier revision's document as the next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example acme-labs */
                        name: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        revision: number;
                        why: string;
                        /** @description Who wrote it, by pseudonym */
                        by: string;
                        /** @description The revision whose document this one repeats */
                        reverts_to: number | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        document: {
                            title: string;
                            scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                            /**
                             * @description Gives nothing from then on; without end where null
                             * @default null
                             */
                            until: string | null;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "roles.history": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A role of the organisation's own: who changed it when and why, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @example acme-labs */
                            name: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            revision: number;
                            why: string;
                            /** @description Who wrote it, by pseudonym */
                            by: string;
                            /** @description The revision whose document this one repeats */
                            reverts_to: number | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /** @description Against the revision before */
                            changes: {
                                added: number;
                                removed: number;
                                changed: number;
                            };
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tokens.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a runtime token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        install_id: string;
                        name: string;
                        prefix: string;
                        permissions: string[];
                        /**
                         * @description The version that it was minted for; an update of the install ends it
                         * @example sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                         */
                        digest: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        revoked_at: string | null;
                        /** @description To the minute */
                        last_used_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.listConnections": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description SCIM connections of the organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            name: string;
                            /**
                             * @description Whose habits are understood besides RFC 7644: okta and entra read what those products send
                             * @enum {string}
                             */
                            quirks: "generic" | "okta" | "entra";
                            settings: {
                                /**
                                 * @description What becomes of somebody who is here already under the address: 409, or managed by the provider from now on
                                 * @enum {string}
                                 */
                                existing: "refuse" | "adopt";
                            };
                            enabled: boolean;
                            /** @description What decisions call the connection */
                            pseudonym: string;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.createConnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @description Whose habits are understood besides RFC 7644: okta and entra read what those products send
                     * @default generic
                     * @enum {string}
                     */
                    quirks?: "generic" | "okta" | "entra";
                    /** @default {} */
                    settings?: {
                        /**
                         * @description What becomes of somebody who is here already under the address: 409, or managed by the provider from now on
                         * @enum {string}
                         */
                        existing?: "refuse" | "adopt";
                    };
                };
            };
        };
        responses: {
            /** @description Let an identity provider keep people and groups in step; it needs a token next */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        name: string;
                        /**
                         * @description Whose habits are understood besides RFC 7644: okta and entra read what those products send
                         * @enum {string}
                         */
                        quirks: "generic" | "okta" | "entra";
                        settings: {
                            /**
                             * @description What becomes of somebody who is here already under the address: 409, or managed by the provider from now on
                             * @enum {string}
                             */
                            existing: "refuse" | "adopt";
                        };
                        enabled: boolean;
                        /** @description What decisions call the connection */
                        pseudonym: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.showConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One SCIM connection */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        name: string;
                        /**
                         * @description Whose habits are understood besides RFC 7644: okta and entra read what those products send
                         * @enum {string}
                         */
                        quirks: "generic" | "okta" | "entra";
                        settings: {
                            /**
                             * @description What becomes of somebody who is here already under the address: 409, or managed by the provider from now on
                             * @enum {string}
                             */
                            existing: "refuse" | "adopt";
                        };
                        enabled: boolean;
                        /** @description What decisions call the connection */
                        pseudonym: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.updateConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    name?: string;
                    /**
                     * @description Whose habits are understood besides RFC 7644: okta and entra read what those products send
                     * @enum {string}
                     */
                    quirks?: "generic" | "okta" | "entra";
                    settings?: {
                        /**
                         * @description What becomes of somebody who is here already under the address: 409, or managed by the provider from now on
                         * @enum {string}
                         */
                        existing?: "refuse" | "adopt";
                    };
                    /** @description False refuses every token of the connection */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Rename, turn on or off, or change what a SCIM connection may do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        name: string;
                        /**
                         * @description Whose habits are understood besides RFC 7644: okta and entra read what those products send
                         * @enum {string}
                         */
                        quirks: "generic" | "okta" | "entra";
                        settings: {
                            /**
                             * @description What becomes of somebody who is here already under the address: 409, or managed by the provider from now on
                             * @enum {string}
                             */
                            existing: "refuse" | "adopt";
                        };
                        enabled: boolean;
                        /** @description What decisions call the connection */
                        pseudonym: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.listTokens": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tokens of a SCIM connection, newest first, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            connection_id: string;
                            name: string;
                            prefix: string;
                            /** @description What comes with it is answered and logged as it would be, and rolled back */
                            preview: boolean;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                            revoked_at: string | null;
                            /** @description To the minute */
                            last_used_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.createToken": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default false */
                    preview?: boolean;
                    /** @default 365 */
                    expires_in_days?: number;
                };
            };
        };
        responses: {
            /** @description Make a token of a SCIM connection, beside one that is still in use; its secret is shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        connection_id: string;
                        name: string;
                        prefix: string;
                        /** @description What comes with it is answered and logged as it would be, and rolled back */
                        preview: boolean;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        revoked_at: string | null;
                        /** @description To the minute */
                        last_used_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /** @description The token itself: shown this once, and kept only as a hash */
                        secret: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.listLog": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
                connection_id?: string;
                /** @description Of one person or group */
                resource_id?: string;
                outcome?: "done" | "refused" | "failed";
                would?: "true" | "false";
                /** @description Requests with such a change */
                effect?: "user.created" | "user.adopted" | "user.changed" | "user.deactivated" | "user.reactivated" | "user.deleted" | "sessions.ended" | "keys.revoked" | "service_account.disabled" | "group.created" | "group.changed" | "group.deleted" | "member.added" | "member.removed";
                since?: string;
                until?: string;
                /** @description Words of the path or the detail */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What identity providers asked for, what it came to and what changed, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            connection_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            token_id: string;
                            method: string;
                            path: string;
                            resource_type: string | null;
                            resource_id: string | null;
                            status: number;
                            /** @enum {string} */
                            outcome: "done" | "refused" | "failed";
                            scim_type: string | null;
                            detail: string | null;
                            /** @description The first thousand */
                            effects: {
                                /** @enum {string} */
                                kind: "user.created" | "user.adopted" | "user.changed" | "user.deactivated" | "user.reactivated" | "user.deleted" | "sessions.ended" | "keys.revoked" | "service_account.disabled" | "group.created" | "group.changed" | "group.deleted" | "member.added" | "member.removed";
                                resource: {
                                    /** @enum {string} */
                                    type: "User" | "Group";
                                    /**
                                     * Format: uuid
                                     * @example 0198c0de-0000-7000-8000-000000000001
                                     */
                                    id: string;
                                    display: string;
                                };
                                /** @description Attributes */
                                changed?: string[];
                                /**
                                 * Format: uuid
                                 * @description Who was added to the group or taken out of it
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                member?: string;
                                detail?: string;
                            }[];
                            effect_count: number;
                            /** @description It came with a preview token, so nothing was changed */
                            would: boolean;
                            duration_ms: number;
                            decision_id: string | null;
                            correlation_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.showLog": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One request of an identity provider */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        connection_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        token_id: string;
                        method: string;
                        path: string;
                        resource_type: string | null;
                        resource_id: string | null;
                        status: number;
                        /** @enum {string} */
                        outcome: "done" | "refused" | "failed";
                        scim_type: string | null;
                        detail: string | null;
                        /** @description The first thousand */
                        effects: {
                            /** @enum {string} */
                            kind: "user.created" | "user.adopted" | "user.changed" | "user.deactivated" | "user.reactivated" | "user.deleted" | "sessions.ended" | "keys.revoked" | "service_account.disabled" | "group.created" | "group.changed" | "group.deleted" | "member.added" | "member.removed";
                            resource: {
                                /** @enum {string} */
                                type: "User" | "Group";
                                /**
                                 * Format: uuid
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                id: string;
                                display: string;
                            };
                            /** @description Attributes */
                            changed?: string[];
                            /**
                             * Format: uuid
                             * @description Who was added to the group or taken out of it
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            member?: string;
                            detail?: string;
                        }[];
                        effect_count: number;
                        /** @description It came with a preview token, so nothing was changed */
                        would: boolean;
                        duration_ms: number;
                        decision_id: string | null;
                        correlation_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "scim.revokeToken": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a token of a SCIM connection */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        connection_id: string;
                        name: string;
                        prefix: string;
                        /** @description What comes with it is answered and logged as it would be, and rolled back */
                        preview: boolean;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        revoked_at: string | null;
                        /** @description To the minute */
                        last_used_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "accounts.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Service accounts, and who answers for them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            publisher_id: string | null;
                            name: string;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            pseudonym: string;
                            disabled_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                            /** @description Who answers for it: once they are disabled, it is refused until handed over */
                            owner_id: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "accounts.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                    /** @description Roles of the organisation's own, by name */
                    custom_roles?: string[];
                    /**
                     * Format: uuid
                     * @description An active person of the same organisation; the caller where absent
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    owner_id?: string;
                };
            };
        };
        responses: {
            /** @description Add a service account */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        publisher_id: string | null;
                        name: string;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        pseudonym: string;
                        disabled_at: string | null;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /** @description Who answers for it: once they are disabled, it is refused until handed over */
                        owner_id: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "accounts.credentials": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a service account proves itself by, without the secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @description The service account; its client_id
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            principal_id: string;
                            /** @enum {string} */
                            kind: "secret" | "key";
                            name: string;
                            /** @description Of a secret: how it begins */
                            prefix: string | null;
                            /** @description Of a key: the key id that assertions name */
                            kid: string | null;
                            expires_at: string | null;
                            revoked_at: string | null;
                            last_used_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "accounts.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                credential_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a secret or key; its tokens end with it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @description The service account; its client_id
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        principal_id: string;
                        /** @enum {string} */
                        kind: "secret" | "key";
                        name: string;
                        /** @description Of a secret: how it begins */
                        prefix: string | null;
                        /** @description Of a key: the key id that assertions name */
                        kid: string | null;
                        expires_at: string | null;
                        revoked_at: string | null;
                        last_used_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "accounts.handover": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /**
                     * Format: uuid
                     * @description An active person of the same organisation
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    owner_id: string;
                };
            };
        };
        responses: {
            /** @description Name another person who answers for a service account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        publisher_id: string | null;
                        name: string;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        pseudonym: string;
                        disabled_at: string | null;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /** @description Who answers for it: once they are disabled, it is refused until handed over */
                        owner_id: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "accounts.key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * Format: date-time
                     * @description It and its tokens end then; never where absent
                     * @example 2036-01-31T09:30:00Z
                     */
                    expires_at?: string;
                    jwk: {
                        /** @description The RFC 7638 thumbprint where absent */
                        kid?: string;
                        /** @constant */
                        use?: "sig";
                        /** @constant */
                        kty: "EC";
                        /** @constant */
                        crv: "P-256";
                        /** @constant */
                        alg?: "ES256";
                        x: string;
                        y: string;
                    } | {
                        /** @description The RFC 7638 thumbprint where absent */
                        kid?: string;
                        /** @constant */
                        use?: "sig";
                        /** @constant */
                        kty: "OKP";
                        /** @constant */
                        crv: "Ed25519";
                        /** @enum {string} */
                        alg?: "EdDSA" | "Ed25519";
                        x: string;
                    } | {
                        /** @description The RFC 7638 thumbprint where absent */
                        kid?: string;
                        /** @constant */
                        use?: "sig";
                        /** @constant */
                        kty: "RSA";
                        /** @enum {string} */
                        alg?: "RS256" | "PS256";
                        n: string;
                        /** @constant */
                        e: "AQAB";
                    };
                };
            };
        };
        responses: {
            /** @description Register a public key for private_key_jwt (RFC 7523) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @description The service account; its client_id
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        principal_id: string;
                        /** @enum {string} */
                        kind: "secret" | "key";
                        name: string;
                        /** @description Of a secret: how it begins */
                        prefix: string | null;
                        /** @description Of a key: the key id that assertions name */
                        kid: string | null;
                        expires_at: string | null;
                        revoked_at: string | null;
                        last_used_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "accounts.secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * Format: date-time
                     * @description It and its tokens end then; never where absent
                     * @example 2036-01-31T09:30:00Z
                     */
                    expires_at?: string;
                };
            };
        };
        responses: {
            /** @description Make a client secret, shown once; two count at once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @description The service account; its client_id
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        principal_id: string;
                        /** @enum {string} */
                        kind: "secret" | "key";
                        name: string;
                        /** @description Of a secret: how it begins */
                        prefix: string | null;
                        /** @description Of a key: the key id that assertions name */
                        kid: string | null;
                        expires_at: string | null;
                        revoked_at: string | null;
                        last_used_at: string | null;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                        /** @description Shown this once, and kept only as a hash */
                        secret: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "sessions.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller's own sessions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            principal_id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            provider_id: string;
                            /** @enum {string} */
                            client: "browser" | "cli";
                            /** @description What the browser or command calls itself */
                            label: string;
                            acr: string | null;
                            second_factor: boolean;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            auth_time: string;
                            /** @description The one that this request came with */
                            current: boolean;
                            /**
                             * Format: date-time
                             * @description To the minute
                             * @example 2036-01-31T09:30:00Z
                             */
                            last_used_at: string;
                            /**
                             * Format: date-time
                             * @description Unused until then, it ends
                             * @example 2036-01-31T09:30:00Z
                             */
                            idle_until: string;
                            /**
                             * Format: date-time
                             * @description Used or not, it ends
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "sessions.end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End one of your own sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        tenant_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        principal_id: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        provider_id: string;
                        /** @enum {string} */
                        client: "browser" | "cli";
                        /** @description What the browser or command calls itself */
                        label: string;
                        acr: string | null;
                        second_factor: boolean;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        auth_time: string;
                        /** @description The one that this request came with */
                        current: boolean;
                        /**
                         * Format: date-time
                         * @description To the minute
                         * @example 2036-01-31T09:30:00Z
                         */
                        last_used_at: string;
                        /**
                         * Format: date-time
                         * @description Unused until then, it ends
                         * @example 2036-01-31T09:30:00Z
                         */
                        idle_until: string;
                        /**
                         * Format: date-time
                         * @description Used or not, it ends
                         * @example 2036-01-31T09:30:00Z
                         */
                        expires_at: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organisation's own restrictions in force, and how its draft stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Null where nothing is */
                        in_force: {
                            /** @description Grows by one with each of the organisation's */
                            seq: number;
                            /** @description Null where nothing was in force from then on */
                            module: string | null;
                            replaces: string | null;
                            /** @enum {string} */
                            kind: "activate" | "rollback";
                            reason: string;
                            by: string;
                            approval_id: string | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                            source: string | null;
                            tests: string | null;
                        } | null;
                        /** @description The instance that answers decides by it */
                        follows: boolean;
                        draft: {
                            version: number;
                            checked: boolean;
                            passed: boolean;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            updated_at: string;
                        } | null;
                        limits: {
                            /** @description Most units of one evaluation */
                            fuel: number;
                            memory_bytes: number;
                            /**
                             * @description Most restrictions of one answer
                             * @constant
                             */
                            restrictions: 20;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description When which of the organisation's own restrictions came in force, by whom and why, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        activations: {
                            /** @description Grows by one with each of the organisation's */
                            seq: number;
                            /** @description Null where nothing was in force from then on */
                            module: string | null;
                            replaces: string | null;
                            /** @enum {string} */
                            kind: "activate" | "rollback";
                            reason: string;
                            by: string;
                            approval_id: string | null;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            decision_id: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            at: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.activation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One change, with the Rego that came in force by it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Grows by one with each of the organisation's */
                        seq: number;
                        /** @description Null where nothing was in force from then on */
                        module: string | null;
                        replaces: string | null;
                        /** @enum {string} */
                        kind: "activate" | "rollback";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                        source: string | null;
                        tests: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The draft, with the last run of its checks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        source: string;
                        tests: string;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly this */
                        checked: boolean;
                        /** @description What it compiled to in the last run */
                        module: string | null;
                        what_if: {
                            /** @description How many were asked again */
                            decisions: number;
                            /** @description Those that it would have denied */
                            denied: number;
                            /** @description Those that passed and would have waited for a person */
                            held: number;
                            effects: {
                                reason: string;
                                /** @enum {string} */
                                effect: "deny" | "hold";
                                decisions: number;
                                /**
                                 * Format: uuid
                                 * @description The newest of them
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                example: string;
                            }[];
                        } | null;
                        updated_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.write": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    tests: string;
                    version: number | null;
                };
            };
        };
        responses: {
            /** @description Write the draft: rules and tests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        source: string;
                        tests: string;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly this */
                        checked: boolean;
                        /** @description What it compiled to in the last run */
                        module: string | null;
                        what_if: {
                            /** @description How many were asked again */
                            decisions: number;
                            /** @description Those that it would have denied */
                            denied: number;
                            /** @description Those that passed and would have waited for a person */
                            held: number;
                            effects: {
                                reason: string;
                                /** @enum {string} */
                                effect: "deny" | "hold";
                                decisions: number;
                                /**
                                 * Format: uuid
                                 * @description The newest of them
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                example: string;
                            }[];
                        } | null;
                        updated_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Put the draft in force, once a second person of the organisation agrees */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Grows by one with each of the organisation's */
                        seq: number;
                        /** @description Null where nothing was in force from then on */
                        module: string | null;
                        replaces: string | null;
                        /** @enum {string} */
                        kind: "activate" | "rollback";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                    };
                };
            };
            /** @description Held for a person */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Held"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                };
            };
        };
        responses: {
            /** @description Run every check on the draft, and ask it about past decisions of the organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        source: string;
                        tests: string;
                        /** @description The last run */
                        checks: {
                            /** @description No stage that ran found anything */
                            ok: boolean;
                            /**
                             * @description Stages that could not run, such as regal where it is not installed
                             * @default []
                             */
                            skipped: string[];
                            /** @description Percent of the lines outside tests, not rounded */
                            coverage: number | null;
                            stages: {
                                name: string;
                                /** @enum {string} */
                                state: "passed" | "failed" | "not_run";
                                detail: string;
                                findings: {
                                    stage: string;
                                    file: string | null;
                                    line: number | null;
                                    rule: string | null;
                                    message: string;
                                    remedy: string;
                                }[];
                                ms: number;
                            }[];
                        } | null;
                        /** @description The last run was on exactly this */
                        checked: boolean;
                        /** @description What it compiled to in the last run */
                        module: string | null;
                        what_if: {
                            /** @description How many were asked again */
                            decisions: number;
                            /** @description Those that it would have denied */
                            denied: number;
                            /** @description Those that passed and would have waited for a person */
                            held: number;
                            effects: {
                                reason: string;
                                /** @enum {string} */
                                effect: "deny" | "hold";
                                decisions: number;
                                /**
                                 * Format: uuid
                                 * @description The newest of them
                                 * @example 0198c0de-0000-7000-8000-000000000001
                                 */
                                example: string;
                            }[];
                        } | null;
                        updated_by: string;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "restrictions.rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to?: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Go back to restrictions that were in force before, or to none; one person suffices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Grows by one with each of the organisation's */
                        seq: number;
                        /** @description Null where nothing was in force from then on */
                        module: string | null;
                        replaces: string | null;
                        /** @enum {string} */
                        kind: "activate" | "rollback";
                        reason: string;
                        by: string;
                        approval_id: string | null;
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        decision_id: string;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tenants.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Organisations that the caller can see */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @example acme-labs */
                            slug: string;
                            name: string;
                            /** @enum {string} */
                            status: "active" | "suspended";
                            /** @description What its people are told; null while it is active */
                            suspended_because: string | null;
                            settings: {
                                /**
                                 * @description Whether an uncertified version may be installed with a warning, or not at all
                                 * @enum {string}
                                 */
                                certification_mode: "warn" | "block";
                            };
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tenants.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example acme-labs */
                    slug: string;
                    name: string;
                    owner: {
                        name: string;
                        /** @example ana@example.com */
                        email: string & (unknown & unknown);
                    };
                };
            };
        };
        responses: {
            /** @description Create an organisation with its default workspace and first owner */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenant: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @example acme-labs */
                            slug: string;
                            name: string;
                            /** @enum {string} */
                            status: "active" | "suspended";
                            /** @description What its people are told; null while it is active */
                            suspended_because: string | null;
                            settings: {
                                /**
                                 * @description Whether an uncertified version may be installed with a warning, or not at all
                                 * @enum {string}
                                 */
                                certification_mode: "warn" | "block";
                            };
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                        workspace: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @example acme-labs */
                            slug: string;
                            name: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                        owner: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            publisher_id: string | null;
                            /** @enum {string} */
                            kind: "user" | "service_account";
                            name: string;
                            email: string | null;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            pseudonym: string;
                            disabled_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tenants.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    name?: string;
                    settings?: {
                        /**
                         * @description Whether an uncertified version may be installed with a warning, or not at all
                         * @enum {string}
                         */
                        certification_mode?: "warn" | "block";
                    };
                };
            };
        };
        responses: {
            /** @description Rename an organisation or change what it chooses for itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example acme-labs */
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        /** @description What its people are told; null while it is active */
                        suspended_because: string | null;
                        settings: {
                            /**
                             * @description Whether an uncertified version may be installed with a warning, or not at all
                             * @enum {string}
                             */
                            certification_mode: "warn" | "block";
                        };
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tenants.resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                };
            };
        };
        responses: {
            /** @description End the suspension of an organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example acme-labs */
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        /** @description What its people are told; null while it is active */
                        suspended_because: string | null;
                        settings: {
                            /**
                             * @description Whether an uncertified version may be installed with a warning, or not at all
                             * @enum {string}
                             */
                            certification_mode: "warn" | "block";
                        };
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tenants.suspend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @description Why; its people are told, and it goes on record */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Suspend an organisation: its people sign in no more, and its extensions are not called */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        /** @example acme-labs */
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        /** @description What its people are told; null while it is active */
                        suspended_because: string | null;
                        settings: {
                            /**
                             * @description Whether an uncertified version may be installed with a warning, or not at all
                             * @enum {string}
                             */
                            certification_mode: "warn" | "block";
                        };
                        version: number;
                        /**
                         * Format: date-time
                         * @example 2036-01-31T09:30:00Z
                         */
                        created_at: string;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "tenants.transfer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description An active person of the same organisation
                     * @example 0198c0de-0000-7000-8000-000000000001
                     */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Give ownership of an organisation to another of its people */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        owner: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            publisher_id: string | null;
                            /** @enum {string} */
                            kind: "user" | "service_account";
                            name: string;
                            email: string | null;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            pseudonym: string;
                            disabled_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                        former: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            publisher_id: string | null;
                            /** @enum {string} */
                            kind: "user" | "service_account";
                            name: string;
                            email: string | null;
                            roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                            custom_roles: string[];
                            pseudonym: string;
                            disabled_at: string | null;
                            version: number;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        };
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "whoami.show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who this key belongs to, and what it may do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0198c0de-0000-7000-8000-000000000001
                         */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        kind: "user" | "service_account";
                        /** @description What decisions call you */
                        pseudonym: string;
                        tenant: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @example acme-labs */
                            slug: string;
                            name: string;
                        };
                        publisher_id: string | null;
                        roles: ("owner" | "admin" | "project_manager" | "developer" | "member" | "auditor" | "security_lead" | "operator" | "opa_agent" | "scim_client")[];
                        custom_roles: string[];
                        scopes: ("tenants:read" | "tenants:write" | "people:read" | "people:write" | "access:read" | "sign_in:read" | "sign_in:write" | "scim:read" | "scim:write" | "scim:provision" | "keys:read" | "keys:write" | "publishers:read" | "publishers:write" | "extensions:read" | "extensions:publish" | "extensions:review" | "lists:read" | "lists:write" | "limits:read" | "limits:write" | "installs:read" | "installs:write" | "extensions:invoke" | "executions:read" | "executions:record" | "approvals:read" | "approvals:vote" | "decisions:read" | "decision:explain" | "decisions:replay" | "audit:read" | "audit:export" | "kill:read" | "kill:engage" | "kill:release" | "enforcement:write" | "policy:read" | "policy:write" | "policy:activate" | "tenant_policy:write" | "tenant_policy:activate" | "opa:connect" | "platform:operate")[];
                        /** @description Null for somebody who signed in */
                        key: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            name: string;
                            prefix: string;
                            expires_at: string | null;
                        } | null;
                        /** @description Null for whoever came with a key */
                        session: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /** @enum {string} */
                            client: "browser" | "cli";
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            expires_at: string;
                        } | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    "workspaces.list": {
        parameters: {
            query?: {
                /** @description Items on a page */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Workspaces of an organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @example 0198c0de-0000-7000-8000-000000000001
                             */
                            tenant_id: string;
                            /** @example acme-labs */
                            slug: string;
                            name: string;
                            /**
                             * Format: date-time
                             * @example 2036-01-31T09:30:00Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
}
