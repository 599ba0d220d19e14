export { usersPlugin } from './users.plugin.ts';
export { createUserService, type UserService } from './users.service.ts';
