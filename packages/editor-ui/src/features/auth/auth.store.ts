import {
  ApiError,
  createOwner as createOwnerEndpoint,
  getSession,
  getSetup,
  signIn as signInEndpoint,
  signOut as signOutEndpoint,
  type Session,
} from '@millrace/api';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { api } from '../../lib/api.ts';

export type AuthState = 'unknown' | 'needs-owner' | 'signed-out' | 'signed-in';

/** Who uses this tab. */
export const useAuthStore = defineStore('auth', () => {
  const state = shallowRef<AuthState>('unknown');
  const session = shallowRef<Session>();
  const user = computed(() => session.value?.user);

  /** Finds out where we stand; asks the server only the first time. */
  async function load(): Promise<AuthState> {
    if (state.value === 'unknown') {
      const { needsOwner } = await api(getSetup, {});
      if (needsOwner) state.value = 'needs-owner';
      else await resume();
    }
    return state.value;
  }

  async function resume() {
    try {
      enter(await api(getSession, {}));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      forget();
    }
  }

  async function createOwner(body: { email: string; password: string; name?: string }) {
    enter(await api(createOwnerEndpoint, { body }));
  }

  async function signIn(email: string, password: string) {
    enter(await api(signInEndpoint, { body: { email, password } }));
  }

  async function signOut() {
    await api(signOutEndpoint, {});
    forget();
  }

  function enter(next: Session) {
    session.value = next;
    state.value = 'signed-in';
  }

  /** Drops the session without asking the server. Returns whether there was one. */
  function forget(): boolean {
    const wasSignedIn = state.value === 'signed-in';
    session.value = undefined;
    state.value = 'signed-out';
    return wasSignedIn;
  }

  return { state, session, user, load, createOwner, signIn, signOut, forget };
});
