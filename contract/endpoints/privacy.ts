import { z } from 'zod'
import {
  AccessReview,
  AccessReviewQuery,
  AuditExportQuery,
  AuditPage,
  AuditQuery,
  Erasure,
  PersonalData,
} from '../api/privacy.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** Who did what, who has what, and what is kept of a person. */
export const privacyEndpoints = {
  'audit.list': endpoint({
    method: 'GET',
    path: '/v1/audit',
    summary: 'Who did what, from where, under which decision: administration, sign-in and SCIM, newest first',
    action: 'audit.read',
    query: AuditQuery,
    response: AuditPage,
    status: 200,
  }),
  'audit.export': endpoint({
    method: 'GET',
    path: '/v1/audit/export',
    summary: 'The same as JSON lines or as CSV',
    action: 'audit.export',
    query: AuditExportQuery,
    headers: { 'accept-encoding': 'gzip packs the answer' },
    // By the format asked for: application/jsonl or text/csv.
    response: { type: '*/*' },
    status: 200,
  }),
  'access.review': endpoint({
    method: 'GET',
    path: '/v1/access/review',
    summary: 'Who has what in an organisation: since when, by what, and when it was used',
    action: 'access.review',
    query: AccessReviewQuery,
    response: AccessReview,
    status: 200,
  }),
  'access.table': endpoint({
    method: 'GET',
    path: '/v1/access/review.csv',
    summary: 'The same as CSV, a line for each role and each key',
    action: 'access.review',
    query: AccessReviewQuery,
    response: { type: 'text/csv' },
    status: 200,
  }),
  'people.export': endpoint({
    method: 'GET',
    path: '/v1/people/{id}/export',
    summary: 'All that is kept of a person',
    action: 'person.export',
    params,
    response: PersonalData,
    status: 200,
  }),
  'whoami.export': endpoint({
    method: 'GET',
    path: '/v1/whoami/export',
    summary: 'All that is kept of you',
    action: 'person.export_own',
    response: PersonalData,
    status: 200,
  }),
  'people.erase': endpoint({
    method: 'POST',
    path: '/v1/people/{id}/erase',
    summary: 'Erase a person, once a second person agrees: only their pseudonym stays, and leads to nobody',
    action: 'person.erase',
    params,
    response: Erasure,
    status: 200,
    held: true,
  }),
}
