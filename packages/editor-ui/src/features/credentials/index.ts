export { default as CredentialDialog } from './CredentialDialog.vue';
export { useCredentialsStore } from './credentials.store.ts';
