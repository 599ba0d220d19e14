import { CreateCore1763700000000 } from './1763700000000-create-core.ts';
import { AddTakeovers1763800000000 } from './1763800000000-add-takeovers.ts';

/** Every migration, oldest first. One that was released never changes. */
export const MIGRATIONS = [CreateCore1763700000000, AddTakeovers1763800000000];
