export { openFakeImap } from './fake-imap.ts';
export { openFakeSmtp, type ReceivedMail } from './fake-smtp.ts';
