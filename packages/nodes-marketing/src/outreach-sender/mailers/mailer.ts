/** A mail that is ready to go. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  /** Message-IDs of our earlier mails in the thread, the oldest first. */
  readonly earlier: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of a mail. */
export type Delivery =
  | { readonly kind: 'sent'; readonly remoteId?: string }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      /**
       * What will not work again: any mail to this contact, this mail, this mail just now, or any mail
       * from this mailbox.
       */
      readonly because: 'contact' | 'mail' | 'now' | 'mailbox';
    }
  /** It may be on its way: nobody answered after it was handed over. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Takes mails to a service. Never rejects for what happens on the way: that is its answer. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<Delivery>;
  /** Whether the service has sent the mail with this Message-ID. Absent where nobody can be asked. */
  hasSent?(messageId: string): Promise<boolean>;
}
