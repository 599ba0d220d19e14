export { createSchemaService } from './schema.service.ts';
