import { createTransport, type Transporter } from 'nodemailer'
import type { Approval } from '#contract/api/approvals.js'

/** How long a mail server may take to answer before the notice is tried again later, in milliseconds. */
const SMTP_TIMEOUT_MS = 10_000

/** Where mail goes out, and as whom. */
export interface MailSettings {
  /** `smtp://` or `smtps://` URL, with user and password where the server wants them. */
  readonly url: string
  readonly from: string
}

interface Recipient {
  readonly id: string
  readonly email: string
}

/** What happened, in words; `id` is the same however often it is told. */
export interface Told {
  readonly id: string
  readonly subject: string
  readonly text: string
}

const textOf = ({ id, title, kind, expires_at }: Approval): string =>
  [
    `${title}`,
    '',
    `This ${kind.replaceAll('_', ' ')} waits for somebody like you until ${expires_at}.`,
    'Look at what is asked before you vote:',
    '',
    `  gatehouse approvals show ${id}`,
    '',
    'It is also in the console under "Waiting for you".',
    '',
  ].join('\n')

/** Sends notices of what waits. Where no mail server is set, there is none, and the console alone tells. */
export class ApprovalMailer {
  private readonly transport: Transporter | null

  constructor(private readonly settings: MailSettings | null) {
    this.transport =
      settings &&
      createTransport({
        url: settings.url,
        connectionTimeout: SMTP_TIMEOUT_MS,
        greetingTimeout: SMTP_TIMEOUT_MS,
        socketTimeout: SMTP_TIMEOUT_MS,
      })
  }

  /** Whether notices go out by mail. */
  get enabled(): boolean {
    return this.transport !== null
  }

  /**
   * Sends one notice; rejects where the mail server does not take it. The Message-ID depends on the approval and `recipient`
   * alone, so that a notice sent twice is recognised as one.
   */
  send(recipient: Recipient, approval: Approval): Promise<void> {
    return this.tell(recipient, {
      ...{ id: approval.id, subject: `Waiting for you: ${approval.title}` },
      text: textOf(approval),
    })
  }

  /** Sends what happened to one person, as `send` does. */
  async tell(recipient: Recipient, { id, subject, text }: Told): Promise<void> {
    if (!this.transport || !this.settings) return
    await this.transport.sendMail({
      from: this.settings.from,
      to: { name: '', address: recipient.email },
      subject,
      text,
      messageId: `<${id}.${recipient.id}@gatehouse>`,
      headers: { 'auto-submitted': 'auto-generated' },
    })
  }
}
