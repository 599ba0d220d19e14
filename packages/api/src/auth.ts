import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { Nothing } from './list.ts';
import { User } from './users.ts';

export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' });
export const Password = Type.String({ minLength: 8, maxLength: 256 });

/** Where the instance stands: the editor asks this first. */
export const SetupState = Type.Object({ needsOwner: Type.Boolean(), version: Type.String() });
export type SetupState = Static<typeof SetupState>;

export const Session = Type.Object({
  user: User,
  scopes: Type.Array(Type.String()),
  personalProjectId: Type.String(),
});
export type Session = Static<typeof Session>;

export const getSetup = endpoint({
  method: 'GET',
  url: '/setup',
  access: 'public',
  summary: 'Whether an owner still has to be made',
  response: { 200: SetupState },
});

/** Makes the owner and signs in. Works once. */
export const createOwner = endpoint({
  method: 'POST',
  url: '/setup/owner',
  access: 'public',
  summary: 'Make the owner (once)',
  body: Type.Object({
    email: Email,
    password: Password,
    name: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  response: { 201: Session },
});

export const signIn = endpoint({
  method: 'POST',
  url: '/session',
  access: 'public',
  summary: 'Sign in: sets the session cookie',
  body: Type.Object({ email: Email, password: Type.String({ maxLength: 256 }) }),
  response: { 200: Session },
});

export const getSession = endpoint({
  method: 'GET',
  url: '/session',
  access: 'session:read',
  summary: 'Who is signed in',
  response: { 200: Session },
});

export const signOut = endpoint({
  method: 'DELETE',
  url: '/session',
  access: 'session:delete',
  summary: 'Sign out',
  response: { 204: Nothing },
});

export const changePassword = endpoint({
  method: 'POST',
  url: '/session/password',
  access: 'session:update',
  summary: 'Change the own password: ends all other sessions',
  body: Type.Object({ current: Type.String({ maxLength: 256 }), next: Password }),
  response: { 204: Nothing },
});
