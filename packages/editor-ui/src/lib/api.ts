import { ApiError, createClient, type Client } from '@millrace/api';

type SignedOutListener = () => void;

const signedOutListeners = new Set<SignedOutListener>();
const send = createClient('/api/v1', {
  // A delete still goes out when the page is being left.
  fetcher: (input, init) =>
    fetch(input, { ...init, credentials: 'same-origin', keepalive: init?.method === 'DELETE' }),
});

/** Calls one endpoint of this server with the session cookie. */
export const api: Client = async (endpoint, input, options) => {
  try {
    return await send(endpoint, input, options);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && endpoint.access !== 'public') {
      for (const listener of signedOutListeners) listener();
    }
    throw error;
  }
};

/** Calls `listener` whenever the server says that the session is over. Returns how to stop. */
export function onSignedOut(listener: SignedOutListener): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}
